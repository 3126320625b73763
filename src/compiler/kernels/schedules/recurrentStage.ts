/**
 * A recurrence: the states are set to their start, then one call a step multiplies the first state by the weight of all gates and computes the cells. Weights
 * lie in the panels of products (tile.ts). The sums of a step pass through scratch that stays in the first cache: so a step reads the weights in the order in
 * which they lie, and the code of the cell stands there once.
 */
import { dimMul, dimSub, isConst } from '../../../ops/dimMath.ts'
import { canonicalizeLoop } from '../fuse/canonicalizeLoops.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, binary, forLoop, i32, letStmt, mul, sub, variable } from '../loopCode.ts'
import { paddedColumns } from '../packing.ts'
import type { Access, GemmStage, RecurrentStage } from '../stage.ts'
import { panelsOf } from './gemmStage.ts'
import { KernelBuilder, type SegmentBuffers } from './kernelBuilder.ts'
import { type SizeOf, scheduleLoop } from './loopStage.ts'
import { StageCode } from './stageCode.ts'
import { emitTile, panelWidth, tileRows } from './tile.ts'

/** Panels that one row reads side by side. From the caches three are fastest (48 GB/s; two 38, four 37): their sums and loads fill the registers. */
const panelsTogether = 3

export function scheduleRecurrent(stage: RecurrentStage, buffers: SegmentBuffers, sizeOf: SizeOf): readonly KernelCall[] {
  const { batch, units, initial, last, weight } = stage
  const starts = initial.map((body, k) => {
    const start = { kind: 'loop', axes: [batch, units], reduce: null, body, epilogue: null, out: last[k]! } as const
    return scheduleLoop(canonicalizeLoop(start), sizeOf)
  })
  const columns = (weight.shape[0] as number) * units
  const matrix: Access = { ...weight, shape: [units, columns], strides: [weight.strides[2]!, weight.strides[1]!] }
  const product: GemmStage = {
    kind: 'gemm',
    batch: [],
    m: batch,
    n: columns,
    k: units,
    a: last[0]!,
    b: matrix,
    out: last[0]!,
    epilogue: null,
  }
  const panels = panelsOf(product, buffers)
  const held = paddedColumns(columns, panelWidth)
  const scratch = buffers.scratch('sums', 'float32', dimMul(batch, held))
  const sums: Access = { buffer: scratch.id, dtype: 'float32', shape: [batch, held], strides: [held, 1], offset: 0 }
  return [...panels.calls, ...starts, stepKernel(stage, panels.access, sums, sizeOf)]
}

type Name = LoopExpr & { readonly l: 'var' }

function stepKernel(stage: RecurrentStage, panels: Access, sums: Access, sizeOf: SizeOf): KernelCall {
  const { steps, batch, units, reverse, weight, cell, out, last } = stage
  const gates = weight.shape[0] as number
  const held = sums.strides[0] as number
  const builder = new KernelBuilder()
  const name = (hint: string): Name => variable(builder.fresh(hint), 'i32') as Name
  const [step, time] = [name('step'), name('time')]
  const count = builder.dim(batch)

  /** `rows` rows of the product over some panels of `vectors` vectors. */
  const tile = (row: LoopExpr, rows: number, panel: LoopExpr, together: number, vectors: number): LoopStmt[] => {
    const into: LoopStmt[] = []
    const accumulated = emitTile(
      builder,
      {
        rows,
        vectors: together * vectors,
        panels: { count: together, stride: units * panelWidth },
        rowStride: units,
        reduction: [{ extent: units, stride: 1 }],
        a: { access: last[0]!, index: mul(row, units) },
        b: { access: panels, index: mul(panel, units * panelWidth) },
      },
      into,
    )
    for (const [r, all] of accumulated.entries())
      for (const [v, sum] of all.entries())
        into.push(builder.store(sums, add(add(mul(add(row, r), held), mul(panel, panelWidth)), v * 4), sum))
    return into
  }
  /** Some rows over all panels; the last panel may be of half the width. */
  const allPanels = (together: number, body: (panel: LoopExpr, together: number, vectors: number) => readonly LoopStmt[]): LoopStmt[] => {
    const full = Math.floor(held / panelWidth)
    const main = full - (full % together)
    const panel = name('panel')
    return [
      ...(main > 0 ? [forLoop(panel.name, i32(0), i32(main), together, body(panel, together, panelWidth / 4))] : []),
      ...(full > main ? body(i32(main), full - main, panelWidth / 4) : []),
      ...(held > full * panelWidth ? body(i32(full), 1, 1) : []),
    ]
  }
  const wholeTiles = mul(binary('floordiv', count, tileRows), tileRows)
  const product: LoopStmt[] = []
  if (!isConst(batch) || batch >= tileRows)
    product.push(
      ...allPanels(1, (panel, together, vectors) => {
        const row = name('row')
        return [forLoop(row.name, i32(0), wholeTiles, tileRows, tile(row, tileRows, panel, together, vectors))]
      }),
    )
  if (!isConst(batch) || batch % tileRows !== 0) {
    const row = name('row')
    const walk = allPanels(panelsTogether, (panel, together, vectors) => tile(row, 1, panel, together, vectors))
    product.push(forLoop(row.name, wholeTiles, count, 1, walk))
  }

  /** The cells of a row at a unit, in a vector of four or for a single one. */
  const cells = (row: LoopExpr, unit: LoopExpr, vector: boolean): LoopStmt[] => {
    const into: LoopStmt[] = []
    const at = add(mul(row, units), unit)
    const named = (hint: string, value: LoopExpr): LoopExpr => {
      if (value.l === 'var') return value
      const known = builder.fresh(hint)
      into.push(letStmt(known, value))
      return variable(known, value.type)
    }
    const products = Array.from({ length: gates }, (_, gate) => builder.load(sums, add(add(mul(row, held), unit), gate * units), vector))
    const before = last.map((state) => named('before', builder.load(state, at, vector)))
    const axes = [time, row, unit].map((index) => ({ index, level: 0 }))
    const point = { axes, levels: [into], vectorAxis: vector ? 2 : null, accumulator: [...products, ...before], sizeOf }
    const next = new StageCode(builder, point).values(cell).map((value) => named('next', value))
    const place = axes.reduce((sum: LoopExpr, { index }, axis) => add(sum, mul(index, builder.dim(out.strides[axis]!))), i32(0))
    into.push(builder.store(out, place, next[0]!))
    next.forEach((value, k) => void into.push(builder.store(last[k]!, at, value)))
    return into
  }
  const [row, unit] = [name('row'), name('unit')]
  const inVectors = units - (units % 4)
  const body = [
    letStmt(time.name, reverse ? sub(builder.dim(dimSub(steps, 1)), step) : step),
    ...product,
    forLoop(row.name, i32(0), count, 1, [
      forLoop(unit.name, i32(0), i32(inVectors), 4, cells(row, unit, true)),
      forLoop(unit.name, i32(inVectors), i32(units), 1, cells(row, unit, false)),
    ]),
  ]
  return builder.finish('recurrent_step', body, dimMul(2, steps, batch, gates, units, units), { count: steps, panel: step.name })
}
