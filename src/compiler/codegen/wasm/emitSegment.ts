/**
 * A scheduled segment -> its exported function `(arena, weights, ...scalars)`: calls the kernels in order, each buffer as an absolute byte address.
 * Symbolic dims (offsets, scalar arguments, repeat counts) are evaluated in i32.
 */
import type { Dim, SymOp } from '../../../ops/dim.ts'
import { elementBytes } from '../../../ops/dtype.ts'
import type { KernelArg, KernelCall, KernelFunction, MemoryPlan, ScheduledSegment } from '../../kernels/loop.ts'
import { FunctionBuilder } from './encoder.ts'
import type { MathTable } from './mathTable.ts'
import { op } from './opcodes.ts'

export function emitSegment(
  scheduled: ScheduledSegment,
  plan: MemoryPlan,
  kernelIndex: (kernel: KernelFunction) => number,
  math: MathTable,
): FunctionBuilder {
  const { scalars } = scheduled.segment
  const f = new FunctionBuilder({ params: ['i32', 'i32', ...scalars.map(({ type }) => (type === 'float' ? 'f32' : 'i32'))], results: [] })
  const position = new Map(scalars.map(({ name }, i) => [name, i + 2]))
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
    const start = plan.offsets.get(arg.buffer)
    if (!buffer || start === undefined) throw new Error(`segment ${scheduled.segment.name}: buffer ${arg.buffer} has no place`)
    const bytes = elementBytes[buffer.dtype]
    f.get(buffer.role === 'weight' ? 1 : 0)
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
  scheduled.calls.forEach(pushCall)
  return f
}
