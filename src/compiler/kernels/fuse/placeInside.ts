/**
 * A temporary that is copied whole into a part of another buffer, and needed elsewhere too, lies in that part from the start: what is concatenated or stacked
 * is written once, and its other readers read it there. fuseEpilogues does the same where the copy is the only reader.
 */
import { dimEqual, dimProduct } from '../../../ops/dimMath.ts'
import { denseOrder, solveIndices } from '../access.ts'
import type { Access, LoopStage, Stage } from '../stage.ts'
import { affineExpr, isNormalized, type LoadExpr, loadsOf, mapExpr, normalizeLoads, reindex, substituteIndices } from '../stageExpr.ts'
import { type Fusion, isPointwise, mapSites, readsOf, writesOf } from './stages.ts'

export function placeInside(fusion: Fusion): Fusion {
  let { stages } = fusion
  for (let position = 0; position < stages.length; position++) {
    const placed = placeAt({ ...fusion, stages }, position)
    if (!placed) continue
    stages = placed
    position = -1
  }
  return { ...fusion, stages }
}

type Copy = LoopStage & { readonly body: LoadExpr }

const isCopy = (stage: Stage): stage is Copy => isPointwise(stage) && stage.body.s === 'load' && isNormalized(stage.body)

/** The stages without the copy at `position`, or null where its source must stay what it is. */
function placeAt({ buffers, stages }: Fusion, position: number): readonly Stage[] | null {
  const copy = stages[position]!
  if (!isCopy(copy)) return null
  const source = copy.body.access
  const [from, to] = [buffers[source.buffer]!, buffers[copy.out.buffer]!]
  if (from.role !== 'temporary' || from.dtype !== to.dtype || to.role === 'input' || from.id === to.id) return null
  // Every element of the source, once.
  if (source.offset !== 0 || !denseOrder(source) || !dimEqual(dimProduct(source.shape), from.size)) return null
  const moved: Stage[] = []
  for (const [at, stage] of stages.entries()) {
    if (at === position) continue
    const touches = readsOf(stage).has(from.id) || writesOf(stage).some(({ buffer }) => buffer === from.id)
    const changed = touches ? moveTo(stage, from.id, copy) : stage
    if (!changed) return null
    moved.push(changed)
  }
  return moved
}

/** The stage with its accesses to the copied buffer in the place of the copy; null where there are no strides for that, or it would work in place. */
function moveTo(stage: Stage, buffer: number, { body, out }: Copy): Stage | null {
  // Row temporaries are no buffers, and templates and recurrences want dense operands.
  if (stage.kind === 'row' || stage.kind === 'template' || stage.kind === 'recurrent') return null
  let failed = false
  const move = (access: Access): Access => {
    if (access.buffer !== buffer) return access
    const placed = solveIndices(body.access, access)
    const moved = placed && reindex(out, placed, access.shape)
    // Vectors stay vectors.
    if (!moved || access.strides.some((stride, axis) => stride === 1 && moved.strides[axis] !== 1)) {
      failed = true
      return access
    }
    return moved
  }
  const withSites = mapSites(stage, (expr, axes) => {
    if (loadsOf(expr).every(({ access }) => access.buffer !== buffer)) return expr
    const replaced = mapExpr(expr, (e) => {
      if (e.s !== 'load' || e.access.buffer !== buffer) return e
      const placed = solveIndices(body.access, e.access)
      if (!placed) {
        failed = true
        return e
      }
      return { ...e, access: out, indices: placed.map((affine) => substituteIndices(affineExpr(affine), e.indices)) }
    })
    return normalizeLoads(replaced, axes)
  })
  const result = moveOperands(withSites, move)
  if (failed || !result) return null
  return writesOf(result).some((access) => readsOf(result).has(access.buffer)) ? null : result
}

function moveOperands(stage: Stage, move: (access: Access) => Access): Stage | null {
  switch (stage.kind) {
    case 'loop':
      return { ...stage, out: move(stage.out) }
    case 'gemm':
      return { ...stage, a: move(stage.a), b: move(stage.b), out: move(stage.out) }
    case 'conv':
      return { ...stage, input: move(stage.input), weight: move(stage.weight), out: move(stage.out) }
    case 'pool':
      return { ...stage, input: move(stage.input), out: move(stage.out) }
    default:
      return null
  }
}
