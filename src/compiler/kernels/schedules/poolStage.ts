/**
 * Pooling over [n, c, h, w] in any layout; where channels are adjacent, four at a time. Windows that stay inside of the input are unrolled;
 * others, at its border, loop over the taps that count.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimMul, dimProduct, isConst } from '../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, assign, binary, compare, forLoop, i32, localStmt, mul, variable } from '../loopCode.ts'
import type { PoolStage } from '../stage.ts'
import { KernelBuilder } from './kernelBuilder.ts'
import { combine, identity, type SizeOf } from './loopStage.ts'
import { canVectorize, StageCode } from './stageCode.ts'

/** Windows of more taps than this are loops. */
const unrolledTaps = 16

export function schedulePool(stage: PoolStage, sizeOf: SizeOf): KernelCall {
  const builder = new KernelBuilder()
  const { input, out, combiner } = stage
  const [n, y, x, c] = ['n', 'y', 'x', 'c'].map((name) => variable(builder.fresh(name), 'i32')) as [LoopExpr, LoopExpr, LoopExpr, LoopExpr]
  const [batch, channels, height, width] = out.shape as [Dim, Dim, Dim, Dim]
  const whole = [0, 1].every((i) => isInside(stage, i as 0 | 1))
  const short = stage.kernel[0] * stage.kernel[1] <= unrolledTaps

  const at = (vector: boolean, unrolled: boolean): LoopStmt[] => {
    const stmts: LoopStmt[] = []
    const type = vector ? 'f32x4' : 'f32'
    const acc = builder.fresh('acc')
    const load = (iy: LoopExpr, ix: LoopExpr): LoopExpr => builder.load(input, linear(builder, input.strides, [n, c, iy, ix]), vector)
    const take = (value: LoopExpr): LoopStmt => assign(acc, combine(combiner, variable(acc, type), value))
    const position = (index: LoopExpr, tap: LoopExpr, i: 0 | 1): LoopExpr =>
      add(add(mul(index, stage.stride[i]), mul(tap, stage.dilation[i])), -stage.padding[i])
    if (unrolled) {
      for (let ky = 0; ky < stage.kernel[0]; ky++)
        for (let kx = 0; kx < stage.kernel[1]; kx++) {
          const value = load(position(y, i32(ky), 0), position(x, i32(kx), 1))
          stmts.push(ky + kx === 0 ? localStmt(acc, value) : take(value))
        }
    } else {
      stmts.push(localStmt(acc, identity(combiner, type)))
      const [ky, kx] = [builder.fresh('ky'), builder.fresh('kx')]
      const taps = (i: 0 | 1, index: LoopExpr): { start: LoopExpr; end: LoopExpr } => window(builder, stage, i, index, stmts)
      const [rows, columns] = [taps(0, y), taps(1, x)]
      const inner = forLoop(kx, columns.start, columns.end, 1, [
        take(load(position(y, variable(ky, 'i32'), 0), position(x, variable(kx, 'i32'), 1))),
      ])
      stmts.push(forLoop(ky, rows.start, rows.end, 1, [inner]))
    }
    const axes = [n, c, y, x].map((index) => ({ index, level: 0 }))
    let value: LoopExpr = variable(acc, type)
    if (stage.epilogue)
      value = new StageCode(builder, { axes, levels: [stmts], vectorAxis: vector ? 1 : null, accumulator: value, sizeOf }).value(
        stage.epilogue,
      )
    stmts.push(builder.store(out, linear(builder, out.strides, [n, c, y, x]), value))
    return stmts
  }

  const name = (index: LoopExpr): string => (index as LoopExpr & { l: 'var' }).name
  const over = (index: LoopExpr, start: LoopExpr, end: LoopExpr, step: number, body: readonly LoopStmt[]): LoopStmt =>
    forLoop(name(index), start, end, step, body)
  const vectorizes = input.strides[1] === 1 && out.strides[1] === 1 && (!stage.epilogue || canVectorize(stage.epilogue, 1, sizeOf))
  const count = builder.dim(channels)
  const main = vectorizes ? mul(binary('floordiv', count, 4), 4) : i32(0)
  const body = (channel: readonly LoopStmt[]): LoopStmt[] => [
    over(n, i32(0), builder.dim(batch), 1, [over(y, i32(0), builder.dim(height), 1, [over(x, i32(0), builder.dim(width), 1, channel)])]),
  ]
  const channelLoops = (unrolled: boolean): LoopStmt[] => {
    const loops: LoopStmt[] = []
    if (vectorizes) loops.push(over(c, i32(0), main, 4, at(true, unrolled)))
    if (!(isConst(channels) && vectorizes && channels % 4 === 0)) loops.push(over(c, main, count, 1, at(false, unrolled)))
    return loops
  }
  const inner: LoopStmt[] =
    whole || !short
      ? channelLoops(short)
      : [{ t: 'if', condition: isInsideAt(builder, stage, y, x), then: channelLoops(true), else: channelLoops(false) }]
  // Channels run inside where they are adjacent, else outside.
  const nest = vectorizes
    ? body(inner)
    : [
        over(n, i32(0), builder.dim(batch), 1, [
          over(c, i32(0), count, 1, [
            over(y, i32(0), builder.dim(height), 1, [over(x, i32(0), builder.dim(width), 1, at(false, whole && short))]),
          ]),
        ]),
      ]
  return builder.finish(
    `pool_${combiner}_${stage.kernel.join('x')}`,
    nest,
    dimMul(dimProduct(out.shape), stage.kernel[0] * stage.kernel[1]),
  )
}

const linear = (builder: KernelBuilder, strides: readonly Dim[], indices: readonly LoopExpr[]): LoopExpr =>
  indices.reduce((sum: LoopExpr, index, k) => add(sum, mul(index, builder.dim(strides[k] as Dim))), i32(0))

/** Every window lies inside of the input along this axis. */
function isInside({ input, out, kernel, stride, padding, dilation }: PoolStage, i: 0 | 1): boolean {
  const [size, count] = [input.shape[2 + i] as Dim, out.shape[2 + i] as Dim]
  if (padding[i] !== 0) return false
  const last = dimAdd(dimMul(dimAdd(count, -1), stride[i]), (kernel[i] - 1) * dilation[i])
  return isConst(last) && isConst(size) && last < size
}

/** The window at (y, x) lies inside of the input. */
function isInsideAt(builder: KernelBuilder, { input, kernel, stride, padding, dilation }: PoolStage, y: LoopExpr, x: LoopExpr): LoopExpr {
  const conditions = [y, x].flatMap((index, i): LoopExpr[] => {
    const origin = add(mul(index, stride[i as 0 | 1]), -padding[i as 0 | 1])
    const last = add(origin, (kernel[i as 0 | 1] - 1) * dilation[i as 0 | 1])
    return [compare('ge', origin, 0), compare('lt', last, builder.dim(input.shape[2 + i] as Dim))]
  })
  return conditions.reduce((a, b) => binary('and', a, b))
}

/** The taps k with 0 <= index * stride + k * dilation - padding < size. */
function window(
  builder: KernelBuilder,
  { input, kernel, stride, padding, dilation }: PoolStage,
  i: 0 | 1,
  index: LoopExpr,
  stmts: LoopStmt[],
): { start: LoopExpr; end: LoopExpr } {
  const size = builder.dim(input.shape[2 + i] as Dim)
  const origin = builder.fresh('origin')
  stmts.push({ t: 'let', name: origin, type: 'i32', value: add(mul(index, stride[i]), -padding[i]) })
  const from = variable(origin, 'i32')
  const up = (value: LoopExpr): LoopExpr => binary('floordiv', add(value, dilation[i] - 1), dilation[i])
  return {
    start: binary('max', up(binary('sub', i32(0), from)), 0),
    end: binary('min', up(binary('sub', size, from)), kernel[i]),
  }
}
