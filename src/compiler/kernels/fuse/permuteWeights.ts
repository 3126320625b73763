/**
 * `flatten` of a channels-last value is a copy that a linear layer reads. Its weight is a constant: the rows of the weight are put into the order
 * of memory at build time instead, and the copy is gone. Any copy that only permutes the elements within each row of a product's left
 * operand is taken so.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimProduct, isConst } from '../../../ops/dimMath.ts'
import { hashContent } from '../../artifact/hash.ts'
import type { ConstantId, TensorConstant } from '../../ir/graph.ts'
import type { Access, BufferDecl, GemmStage, LoopStage, Stage } from '../stage.ts'
import { isNormalized } from '../stageExpr.ts'
import { type Fusion, isPointwise, usageOf } from './stages.ts'

export interface Permuted extends Fusion {
  readonly constants: ReadonlyMap<ConstantId, TensorConstant>
}

export function permuteWeights(fusion: Fusion, constants: ReadonlyMap<ConstantId, TensorConstant>): Permuted {
  const made = new Map<ConstantId, TensorConstant>()
  const buffers: BufferDecl[] = [...fusion.buffers]
  const stages: Stage[] = [...fusion.stages]
  const { writers, readers } = usageOf(stages)
  for (const [at, stage] of stages.entries()) {
    if (stage.kind !== 'gemm' || stage.batch.length > 0) continue
    const source = stage.a.buffer
    const [from, ...others] = writers.get(source) ?? []
    if (from === undefined || others.length > 0 || readers.get(source)!.length > 1 || fusion.buffers[source]!.role !== 'temporary') continue
    const copy = stages[from]!
    const weight = buffers[stage.b.buffer]!
    const constant = weight.role === 'weight' && !weight.packing ? constants.get(weight.constant!) : undefined
    if (!isPointwise(copy) || !constant) continue
    const order = rowOrder(copy, stage)
    if (!order) continue
    const permuted = permuteRows(constant, stage, order.places)
    if (!permuted) continue
    made.set(permuted.id, permuted)
    const buffer: BufferDecl = { ...weight, id: buffers.length, name: permuted.name, constant: permuted.id }
    buffers.push(buffer)
    stages[at] = { ...stage, a: { ...order.source, shape: stage.a.shape, strides: stage.a.strides }, b: { ...stage.b, buffer: buffer.id } }
  }
  return { buffers, stages, constants: made }
}

/**
 * Where the element at place f of a row lies in the row of the source: places[f]. null when the copy is anything but rows of k elements that
 * are rows of k elements there.
 */
function rowOrder(copy: LoopStage, { a, k }: GemmStage): { readonly source: Access; readonly places: Int32Array } | null {
  const { body, out, axes } = copy
  if (body.s !== 'load' || !isNormalized(body) || !isConst(k) || out.offset !== 0 || a.offset !== 0) return null
  if (a.strides[1] !== 1 || !(a.shape[0] === 1 || dimEqual(a.strides[0]!, k)) || !dimEqual(dimProduct(axes), dimProduct(a.shape)))
    return null
  const inner: { readonly size: number; readonly to: number; readonly from: number }[] = []
  for (const [axis, size] of axes.entries()) {
    const [to, from] = [out.strides[axis]!, body.access.strides[axis]!]
    const isRow = dimEqual(to, k) && dimEqual(from, k) && dimEqual(size, a.shape[0]!)
    if (isRow) continue
    if (!isConst(size) || !isConst(to) || !isConst(from)) return null
    inner.push({ size, to, from })
  }
  if (inner.reduce((product, { size }) => product * size, 1) !== k) return null
  const places = new Int32Array(k).fill(-1)
  const taken = new Uint8Array(k)
  const visit = (axis: number, to: number, from: number): boolean => {
    const own = inner[axis]
    if (own) return Array.from({ length: own.size }, (_, i) => i).every((i) => visit(axis + 1, to + i * own.to, from + i * own.from))
    if (to >= k || from >= k || places[to] !== -1 || taken[from]) return false
    places[to] = from
    taken[from] = 1
    return true
  }
  return visit(0, 0, 0) ? { source: body.access, places } : null
}

/** The weight with its rows (along k) at their new places; null when it is not stored as one dense matrix. */
function permuteRows(constant: TensorConstant, { b, k, n }: GemmStage, places: Int32Array): TensorConstant | null {
  const [alongK, alongN] = b.strides as [Dim, Dim]
  if (
    !isConst(alongK) ||
    !isConst(alongN) ||
    !isConst(n) ||
    b.offset !== 0 ||
    constant.data.length !== (k as number) * n ||
    constant.dtype !== 'float32'
  )
    return null
  if (!((alongK === 1 && alongN === k) || (alongN === 1 && alongK === n))) return null
  const data = new Float32Array(constant.data.length)
  for (const [f, place] of places.entries())
    for (let j = 0; j < n; j++) data[place * alongK + j * alongN] = constant.data[f * alongK + j * alongN]!
  const id = hashContent('permuteWeights', constant.id, new Uint8Array(places.buffer)) as ConstantId
  return { ...constant, id, name: `${constant.name}@channels_last`, data }
}
