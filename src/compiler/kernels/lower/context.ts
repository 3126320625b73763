/**
 * What lowering one segment carries along: the buffers made so far, the stages in order, and the access of each tensor value.
 * Kernel lowerings and compute lowering add to it; nothing here is shared between segments.
 */
import type { Dim } from '../../../ops/dim.ts'
import type { DType } from '../../../ops/dtype.ts'
import type { TensorMeta } from '../../../ops/operator.ts'
import { contiguousStrides, numel } from '../../../ops/shape.ts'
import type { ConstantId, TensorConstant, ValueId } from '../../ir/graph.ts'
import { isRowMajor, stridesInOrder } from '../access.ts'
import type { Access, BufferDecl, BufferId, Packing, Stage } from '../stage.ts'
import { loadOf } from '../stageExpr.ts'

export class LoweringContext {
  readonly buffers: BufferDecl[] = []
  readonly stages: Stage[] = []
  readonly constants: ReadonlyMap<ConstantId, TensorConstant>
  private readonly accesses = new Map<ValueId, Access>()
  private readonly weights = new Map<string, BufferDecl>()

  constructor(constants: ReadonlyMap<ConstantId, TensorConstant>) {
    this.constants = constants
  }

  buffer(name: string, dtype: DType, size: Dim, role: BufferDecl['role'], rest: Pick<BufferDecl, 'constant' | 'packing'> = {}): BufferDecl {
    const declaration: BufferDecl = { id: this.buffers.length, name, dtype, size, role, ...rest }
    this.buffers.push(declaration)
    return declaration
  }

  /** A temporary for a tensor. `order`: its axes from the slowest to the fastest, row-major by default. */
  temporary(name: string, meta: TensorMeta, order?: readonly number[]): Access {
    const { id } = this.buffer(name, meta.dtype, numel(meta.shape), 'temporary')
    return {
      buffer: id,
      dtype: meta.dtype,
      shape: meta.shape,
      strides: order ? stridesInOrder(meta.shape, order) : contiguousStrides(meta.shape),
      offset: 0,
    }
  }

  /** The constant's data as it is, or packed. The same constant in the same packing is one buffer. */
  weight(id: ConstantId, packing: Packing | null = null): Access {
    const constant = this.constantOf(id)
    const key = `${id}/${JSON.stringify(packing)}`
    let declaration = this.weights.get(key)
    if (!declaration) {
      declaration = this.buffer(constant.name, constant.dtype, numel(constant.shape), 'weight', { constant: id, packing })
      this.weights.set(key, declaration)
    }
    return { buffer: declaration.id, dtype: constant.dtype, shape: constant.shape, strides: contiguousStrides(constant.shape), offset: 0 }
  }

  constantOf(id: ConstantId): TensorConstant {
    const constant = this.constants.get(id)
    if (!constant) throw new Error(`internal error: constant ${id} is not part of the program`)
    return constant
  }

  setAccess(value: ValueId, access: Access): void {
    this.accesses.set(value, access)
  }

  accessOf(value: ValueId): Access {
    const access = this.accesses.get(value)
    if (!access) throw new Error(`internal error: value ${value} is read before it is made`)
    return access
  }

  declarationOf(buffer: BufferId): BufferDecl {
    return this.buffers[buffer]!
  }

  /** `to` has the shape of `from`. */
  copy(from: Access, to: Access): void {
    this.stages.push({ kind: 'loop', axes: from.shape, reduce: null, body: loadOf(from), epilogue: null, out: to })
  }

  /** The value in row-major order from offset 0: itself when it is so, else a copy. */
  dense(access: Access, name = 'dense'): Access {
    if (isRowMajor(access) && access.offset === 0) return access
    const target = this.temporary(name, access)
    this.copy(access, target)
    return target
  }
}
