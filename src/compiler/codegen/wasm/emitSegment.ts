/**
 * A scheduled segment -> its exported function `(arena, weights, ...scalars)`: calls the kernels in order, each buffer as an absolute byte address.
 * Symbolic dims (offsets, scalar arguments, repeat counts) are evaluated in i32. Derived weights start at the address in a global, which
 * `prepare(weights, derived)` sets when the program is loaded.
 */
import type { Dim, SymOp } from '../../../ops/dim.ts'
import { elementBytes } from '../../../ops/dtype.ts'
import type { KernelArg, KernelCall, KernelFunction, MemoryPlan, ScheduledSegment } from '../../kernels/loop.ts'
import type { BufferDecl, BufferId } from '../../kernels/stage.ts'
import { FunctionBuilder } from './encoder.ts'
import type { MathTable } from './mathTable.ts'
import { op } from './opcodes.ts'

interface Callees {
  readonly kernelIndex: (kernel: KernelFunction) => number
  readonly math: MathTable
}

/** Offsets of derived weights, in bytes from the first, of every segment; and the size of all. */
export interface DerivedLayout {
  readonly offsets: readonly ReadonlyMap<BufferId, number>[]
  readonly bytes: number
}

export function layOutDerived(scheduled: readonly ScheduledSegment[]): DerivedLayout {
  let bytes = 0
  const offsets = scheduled.map(
    ({ buffers }) =>
      new Map(
        buffers
          .filter(({ derived }) => derived)
          .map(({ id, size, dtype }) => {
            const start = bytes
            bytes = Math.ceil((start + (size as number) * elementBytes[dtype]) / 64) * 64
            return [id, start] as const
          }),
      ),
  )
  return { offsets, bytes }
}

export function emitSegment(
  scheduled: ScheduledSegment,
  plan: MemoryPlan,
  derived: ReadonlyMap<BufferId, number>,
  derivedGlobal: number | null,
  callees: Callees,
): FunctionBuilder {
  const { scalars } = scheduled.segment
  const f = new FunctionBuilder({ params: ['i32', 'i32', ...scalars.map(({ type }) => (type === 'float' ? 'f32' : 'i32'))], results: [] })
  const base = (buffer: BufferDecl): void => {
    if (buffer.derived) f.op(op.global_get).code.u32(derivedGlobal!)
    else f.get(buffer.role === 'weight' ? 1 : 0)
  }
  emitCalls(f, scheduled, scheduled.calls, { base, offsets: new Map([...plan.offsets, ...derived]), firstScalar: 2, callees })
  return f
}

/** `prepare(weights, derived)`: fills the derived weights of all segments, the last first (placeDerived.ts), and keeps their address. */
export function emitPrepare(
  scheduled: readonly ScheduledSegment[],
  plans: readonly MemoryPlan[],
  derived: DerivedLayout,
  derivedGlobal: number,
  callees: Callees,
): FunctionBuilder {
  const f = new FunctionBuilder({ params: ['i32', 'i32'], results: [] })
  f.get(1).op(op.global_set).code.u32(derivedGlobal)
  const base = (buffer: BufferDecl): void => {
    f.get(buffer.derived ? 1 : 0)
  }
  ;[...scheduled.entries()].reverse().forEach(([i, segment]) => {
    const offsets = new Map([...plans[i]!.offsets, ...derived.offsets[i]!])
    emitCalls(f, segment, [...(segment.prepare ?? [])].reverse(), { base, offsets, firstScalar: 2, callees })
  })
  return f
}

interface Places {
  /** Pushes the address that a buffer's offset counts from. */
  readonly base: (buffer: BufferDecl) => void
  readonly offsets: ReadonlyMap<BufferId, Dim>
  /** Parameter position of the segment's first scalar. */
  readonly firstScalar: number
  readonly callees: Callees
}

function emitCalls(f: FunctionBuilder, scheduled: ScheduledSegment, calls: readonly KernelCall[], places: Places): void {
  const { scalars } = scheduled.segment
  const { kernelIndex, math } = places.callees
  const position = new Map(scalars.map(({ name }, i) => [name, i + places.firstScalar]))
  const floats = new Set(scalars.filter(({ type }) => type === 'float').map(({ name }) => name))
  const buffers = new Map([...scheduled.segment.buffers, ...scheduled.buffers].map((buffer) => [buffer.id, buffer]))

  const pushDim = (dim: Dim): void => {
    if (typeof dim === 'number') f.i32(dim)
    else if (dim.op === 'var') {
      const local = position.get(dim.name)
      if (local === undefined) throw new Error(`segment ${scheduled.segment.name} does not take the symbol ${dim.name}`)
      f.get(local)
    } else pushOperation(dim.op, dim.args)
  }
  const pushOperation = (fn: SymOp, args: readonly Dim[]): void => {
    args.forEach((arg, i) => {
      pushDim(arg)
      if (i === 0) return
      if (fn === 'add') f.op(op.i32_add)
      else if (fn === 'mul') f.op(op.i32_mul)
      else if (fn === 'floordiv') f.call(math.function('floordiv_i32'))
      else if (fn === 'mod') f.call(math.function('floormod_i32'))
      else {
        const [a, b] = [f.local('i32'), f.local('i32')]
        f.set(b).tee(a).get(b).get(a).get(b)
        f.op(fn === 'min' ? op.i32_lt_s : op.i32_gt_s).op(op.select)
      }
    })
  }
  const pushArg = (arg: KernelArg): void => {
    if ('scalar' in arg) {
      const value = arg.scalar
      if (arg.type === 'i32') pushDim(value)
      else if (typeof value === 'number') f.f32(value)
      else {
        pushDim(value)
        if (value.op !== 'var' || !floats.has(value.name)) f.op(op.f32_convert_i32_s)
      }
      return
    }
    const buffer = buffers.get(arg.buffer)
    const start = places.offsets.get(arg.buffer)
    if (!buffer || start === undefined) throw new Error(`segment ${scheduled.segment.name}: buffer ${arg.buffer} has no place`)
    const bytes = elementBytes[buffer.dtype]
    places.base(buffer)
    if (typeof start === 'number' && typeof arg.offset === 'number') {
      if (start + arg.offset * bytes !== 0) f.i32(start + arg.offset * bytes).op(op.i32_add)
      return
    }
    pushDim(start)
    f.op(op.i32_add)
    pushDim(arg.offset)
    f.i32(bytes).op(op.i32_mul).op(op.i32_add)
  }
  const pushCall = (call: KernelCall): void => {
    if (call.repeat === undefined) {
      call.args.forEach(pushArg)
      f.call(kernelIndex(call.kernel))
      return
    }
    const [panel, end] = [f.local('i32'), f.local('i32')]
    pushDim(call.repeat)
    f.set(end).i32(0).set(panel)
    f.block().loop().get(panel).get(end).op(op.i32_ge_s).branchIf(1)
    call.args.forEach(pushArg)
    f.get(panel).call(kernelIndex(call.kernel))
    f.get(panel).i32(1).op(op.i32_add).set(panel).branch(0).end().end()
  }
  calls.forEach(pushCall)
}
