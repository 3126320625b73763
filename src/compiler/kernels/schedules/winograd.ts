/**
 * 3x3 convolutions of stride 1 by Winograd's method: tiles of the input are transformed, one matrix product a transformed position, the products
 * are transformed back. F(4, 3) needs a quarter of the multiplications, F(2, 3) 4/9 of them. Weights are transformed when the program is loaded, so
 * that the file holds the nine taps only.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimMul, dimProduct, isConst } from '../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, compare, constantOf, fma, forLoop, i32, letStmt, mul, sub, unary, variable } from '../loopCode.ts'
import { type PanelLayout, packedSize, paddedColumns, panelPacking, roundUp } from '../packing.ts'
import type { Access, BufferDecl, ConvStage } from '../stage.ts'
import { multiplyPanels } from './gemmStage.ts'
import { KernelBuilder, type SegmentBuffers } from './kernelBuilder.ts'
import type { SizeOf } from './loopStage.ts'
import { StageCode } from './stageCode.ts'
import { panelWidth } from './tile.ts'
import { type WinogradTransform, winogradTransform } from './winogradTransforms.ts'

/** Transformed weights beyond this leave the last cache for every layer: then the smaller transform. */
const largestWeights = 12 << 20

interface Tiling {
  readonly transform: WinogradTransform
  /** Tiles along height and width, and of the whole batch. */
  readonly rows: number
  readonly columns: number
  readonly tiles: Dim
}

/** The tiling to use; null: the direct convolution is better. */
export function winogradTiling({ weight, stride, dilation, groups, out }: ConvStage, constant: BufferDecl): Tiling | null {
  const [co, ci, kh, kw] = weight.shape as readonly number[] as [number, number, number, number]
  const [n, , height, width] = out.shape as [Dim, Dim, Dim, Dim]
  const fits = kh === 3 && kw === 3 && [...stride, ...dilation, groups].every((value) => value === 1)
  if (!fits || constant.role !== 'weight' || constant.packing || !isConst(height) || !isConst(width)) return null
  if (ci < 16 || co < 16 || ci % 4 !== 0 || co % 4 !== 0 || out.strides[1] !== 1) return null
  const large = Math.min(height, width) > 8 && 36 * ci * co * 4 <= largestWeights
  const transform = winogradTransform(large ? 4 : 2)
  const [rows, columns] = [Math.ceil(height / transform.outputs), Math.ceil(width / transform.outputs)]
  const products = rows * columns * transform.inputs ** 2
  // What tiles reach over the border eats the gain.
  if (height * width * 9 < 1.4 * products) return null
  return { transform, rows, columns, tiles: dimMul(n, rows * columns) }
}

/** Height and width of the padded input that the tiles cover. */
export const coveredExtent = (tiles: number, { outputs, inputs }: WinogradTransform): number => tiles * outputs + inputs - outputs

export function convolveWinograd(
  stage: ConvStage,
  tiling: Tiling,
  padded: Access,
  buffers: SegmentBuffers,
  sizeOf: SizeOf,
): readonly KernelCall[] {
  const { transform, tiles } = tiling
  const [co, ci] = stage.weight.shape as readonly number[] as [number, number]
  const points = transform.inputs ** 2
  const matrix = (name: string, columns: number): Access => {
    const stride = dimAdd(dimMul(tiles, columns), paddingOf(tiling.rows * tiling.columns * columns))
    const buffer = buffers.scratch(name, 'float32', dimMul(points, stride))
    return { buffer: buffer.id, dtype: 'float32', shape: [points, tiles, columns], strides: [stride, columns, 1], offset: 0 }
  }
  const rowScratch = buffers.scratch('tile', 'float32', points * 4)
  const row: Access = { buffer: rowScratch.id, dtype: 'float32', shape: [points * 4], strides: [1], offset: 0 }
  const [transformed, products] = [matrix('transformed', ci), matrix('products', co)]
  const weights = prepareWeights(stage, transform, buffers)
  const operations = dimMul(2, dimProduct(stage.out.shape), ci, 9)
  return [
    transformInput(tiling, padded, transformed, row),
    ...multiplyPanels(
      { kind: 'gemm', batch: [points], m: tiles, n: co, k: ci, a: transformed, b: weights, out: products, epilogue: null },
      buffers,
      weights,
      false,
      sizeOf,
    ).map((call, i) => ({ ...call, operations: i === 0 ? operations : 0 })),
    transformOutput(stage, tiling, products, row, sizeOf),
  ]
}

/**
 * Elements between the matrices of two points, so that they lie an odd number of cache lines apart: a tile touches all 36, and what lies a power of two
 * apart shares the few places of one set.
 */
const paddingOf = (size: number): number => (size % 32 === 0 ? 16 : 0)

/** sum of coefficients[i] * values[i]: zeros vanish, ones are additions. */
function combination(values: readonly LoopExpr[], coefficients: readonly number[]): LoopExpr {
  const terms = values.map((value, i) => ({ value, factor: coefficients[i]! })).filter(({ factor }) => factor !== 0)
  // A term without a factor first, so that the others accumulate onto it.
  terms.sort((a, b) => Math.abs(Math.abs(a.factor) - 1) - Math.abs(Math.abs(b.factor) - 1))
  return terms
    .slice(1)
    .reduce(
      (sum, { value, factor }) => (factor === 1 ? add(sum, value) : factor === -1 ? sub(sum, value) : fma(value, factor, sum)),
      first(terms[0]!.value, terms[0]!.factor),
    )
}

const first = (value: LoopExpr, factor: number): LoopExpr =>
  factor === 1 ? value : factor === -1 ? unary('neg', value) : mul(value, constantOf(value.type, factor))

/** Loads into variables. */
function named(builder: KernelBuilder, hint: string, values: readonly LoopExpr[], into: LoopStmt[]): readonly LoopExpr[] {
  return values.map((value) => {
    const name = builder.fresh(hint)
    into.push(letStmt(name, value))
    return variable(name, value.type)
  })
}

/** Both passes of a transform by `matrix` over a square of `size`: columns first, through `scratch`, then rows. */
function transformSquare(
  builder: KernelBuilder,
  matrix: readonly (readonly number[])[],
  size: number,
  scratch: Access,
  load: (y: number, x: LoopExpr) => LoopExpr,
  store: (row: LoopExpr, values: readonly LoopExpr[]) => readonly LoopStmt[],
): LoopStmt[] {
  const [x, row] = [builder.fresh('x'), builder.fresh('row')]
  const columns: LoopStmt[] = []
  const column = named(
    builder,
    'd',
    Array.from({ length: matrix[0]!.length }, (_, y) => load(y, variable(x, 'i32'))),
    columns,
  )
  matrix.forEach((coefficients, i) => {
    columns.push(builder.store(scratch, add(mul(variable(x, 'i32'), 4), i * size * 4), combination(column, coefficients)))
  })
  const rows: LoopStmt[] = []
  const at = (j: number): LoopExpr => add(mul(variable(row, 'i32'), size * 4), j * 4)
  const values = named(
    builder,
    't',
    Array.from({ length: size }, (_, j) => builder.load(scratch, at(j), true)),
    rows,
  )
  const results = matrix.map((coefficients) => combination(values, coefficients))
  rows.push(...store(variable(row, 'i32'), results))
  return [forLoop(x, i32(0), i32(size), 1, columns), forLoop(row, i32(0), i32(matrix.length), 1, rows)]
}

function transformInput({ transform, rows, columns }: Tiling, padded: Access, transformed: Access, scratch: Access): KernelCall {
  const builder = new KernelBuilder()
  const { inputs, outputs } = transform
  const [n, ty, tx, c] = ['n', 'ty', 'tx', 'c'].map((hint) => builder.fresh(hint)) as [string, string, string, string]
  const v = (name: string): LoopExpr => variable(name, 'i32')
  const [batch, ci] = padded.shape as [Dim, number]
  const [pointStride, tileStride] = transformed.strides as [Dim, number]
  const tile = add(mul(add(mul(v(n), rows), v(ty)), columns), v(tx))
  const source = (y: number, x: LoopExpr): LoopExpr =>
    [v(n), v(c), add(mul(v(ty), outputs), y), add(mul(v(tx), outputs), x)].reduce(
      (sum: LoopExpr, index, k) => add(sum, mul(index, builder.dim(padded.strides[k]!))),
      i32(0),
    )
  const body = transformSquare(
    builder,
    transform.b,
    inputs,
    scratch,
    (y, x) => builder.load(padded, source(y, x), true),
    (row, values) =>
      values.map((value, j) => {
        const point = add(mul(row, inputs), j)
        return builder.store(transformed, add(add(mul(point, builder.dim(pointStride)), mul(tile, tileStride)), v(c)), value)
      }),
  )
  const nest = forLoop(n, i32(0), builder.dim(batch), 1, [
    forLoop(ty, i32(0), i32(rows), 1, [forLoop(tx, i32(0), i32(columns), 1, [forLoop(c, i32(0), i32(ci), 4, body)])]),
  ])
  return builder.finish(`winograd_input_${outputs}x3`, [nest], 0)
}

function transformOutput(
  stage: ConvStage,
  { transform, rows, columns }: Tiling,
  products: Access,
  scratch: Access,
  sizeOf: SizeOf,
): KernelCall {
  const builder = new KernelBuilder()
  const { inputs, outputs } = transform
  const { out, epilogue } = stage
  const [n, ty, tx, c] = ['n', 'ty', 'tx', 'c'].map((hint) => builder.fresh(hint)) as [string, string, string, string]
  const v = (name: string): LoopExpr => variable(name, 'i32')
  const [batch, co, height, width] = out.shape as [Dim, number, number, number]
  const [pointStride, tileStride] = products.strides as [Dim, number]
  const tile = add(mul(add(mul(v(n), rows), v(ty)), columns), v(tx))
  const load = (y: number, x: LoopExpr): LoopExpr =>
    builder.load(products, add(add(mul(add(x, y * inputs), builder.dim(pointStride)), mul(tile, tileStride)), v(c)), true)
  const guarded = (condition: LoopExpr, needed: boolean, then: readonly LoopStmt[]): readonly LoopStmt[] =>
    needed ? [{ t: 'if', condition, then, else: [] }] : then
  const body = transformSquare(builder, transform.a, inputs, scratch, load, (row, values) => {
    const y = builder.fresh('y')
    const inside: LoopStmt[] = []
    const accumulators = named(builder, 'result', values, inside)
    accumulators.forEach((accumulator, j) => {
      const x = add(mul(v(tx), outputs), j)
      const stmts: LoopStmt[] = []
      const indices = [v(n), v(c), v(y), x]
      const axes = indices.map((index) => ({ index, level: 0 }))
      const value = epilogue
        ? new StageCode(builder, { axes, levels: [stmts], vectorAxis: 1, accumulator, sizeOf }).value(epilogue)
        : accumulator
      const at = indices.reduce((sum: LoopExpr, index, k) => add(sum, mul(index, builder.dim(out.strides[k]!))), i32(0))
      stmts.push(builder.store(out, at, value))
      inside.push(...guarded(compare('lt', x, width), j > 0 && width % outputs !== 0, stmts))
    })
    const isRow = compare('lt', v(y), height)
    return [letStmt(y, add(mul(v(ty), outputs), row)), ...guarded(isRow, height % outputs !== 0, inside)]
  })
  const nest = forLoop(n, i32(0), builder.dim(batch), 1, [
    forLoop(ty, i32(0), i32(rows), 1, [forLoop(tx, i32(0), i32(columns), 1, [forLoop(c, i32(0), i32(co), 4, body)])]),
  ])
  return builder.finish(`winograd_output_${outputs}x3`, [nest], 0)
}

/** The weight in the panels of products, `[panel][ci][3][3][8]`: so it ships. */
function panelsOfTaps({ buffer, shape, strides, offset }: Access, buffers: SegmentBuffers): Access {
  const [columns, ci] = shape as readonly number[] as [number, number]
  const [columnStride, alongChannel, alongRow, alongColumn] = strides as readonly number[] as [number, number, number, number]
  const layout: PanelLayout = {
    width: panelWidth,
    groups: 1,
    groupStride: 0,
    columns,
    columnStride,
    offset: offset as number,
    reduction: [
      [ci, alongChannel],
      [3, alongRow],
      [3, alongColumn],
    ],
  }
  const packed = buffers.packed(buffers.get(buffer), panelPacking(layout), packedSize(layout))
  return { buffer: packed.id, dtype: 'float32', shape: [packed.size], strides: [1], offset: 0 }
}

/**
 * The kernel that transforms the weights, once: `[point][panel][ci][8]`, as products read them. A few input channels at a time through a block that stays in
 * cache: the points lie a power of two apart, and storing each vector to its place would evict the line before it is full.
 */
function prepareWeights({ weight }: ConvStage, transform: WinogradTransform, buffers: SegmentBuffers): Access {
  const builder = new KernelBuilder()
  const [co, ci] = weight.shape as readonly number[] as [number, number]
  const { inputs, outputs } = transform
  const points = inputs ** 2
  const matrixSize = ci * paddedColumns(co, panelWidth)
  const derived = buffers.derived(`${buffers.get(weight.buffer).name}_winograd`, points * matrixSize)
  const room = buffers.derived('winograd_tile', points * 4)
  const channels = ci % 8 === 0 ? 8 : 4
  const block = buffers.derived('winograd_block', points * channels * panelWidth)
  const access = (buffer: BufferDecl): Access => ({ buffer: buffer.id, dtype: 'float32', shape: [buffer.size], strides: [1], offset: 0 })
  const [target, scratch, transformed] = [access(derived), access(room), access(block)]
  const [panel, first, own] = ['panel', 'first', 'c'].map((hint) => builder.fresh(hint)) as [string, string, string]
  const v = (name: string): LoopExpr => variable(name, 'i32')
  const source = panelsOfTaps(weight, buffers)
  /** Four output channels from `column` on. */
  const vector = (column: LoopExpr, width: number, shift: number): LoopStmt[] => {
    const tap = (ky: number, kx: LoopExpr): LoopExpr => {
      const channel = mul(add(v(first), v(own)), 9)
      const step = add(add(channel, ky * 3), kx)
      return builder.load(source, add(add(mul(column, ci * 9), mul(step, width)), shift), true)
    }
    return transformSquare(builder, transform.g, 3, scratch, tap, (row, values) =>
      values.map((value, j) => {
        const point = add(mul(row, inputs), j)
        return builder.store(transformed, add(mul(point, channels * width), add(mul(v(own), width), shift)), value)
      }),
    )
  }
  const full = Math.floor(co / panelWidth)
  const rest = co - full * panelWidth
  const part = (index: LoopExpr, exists: number): LoopStmt => {
    const width = roundUp(exists, 4)
    const column = mul(index, panelWidth)
    const vectors = Array.from({ length: width / 4 }, (_, i) => vector(column, width, i * 4))
    const [point, at] = [builder.fresh('point'), builder.fresh('at')]
    const place = add(add(mul(v(point), matrixSize), add(mul(column, ci), mul(v(first), width))), v(at))
    const value = builder.load(transformed, add(mul(v(point), channels * width), v(at)), true)
    return forLoop(first, i32(0), i32(ci), channels, [
      forLoop(own, i32(0), i32(channels), 1, vectors.flat()),
      forLoop(point, i32(0), i32(points), 1, [forLoop(at, i32(0), i32(channels * width), 4, [builder.store(target, place, value)])]),
    ])
  }
  const whole = part(v(panel), panelWidth)
  const body: LoopStmt =
    rest === 0 ? whole : { t: 'if', condition: compare('lt', v(panel), full), then: [whole], else: [part(i32(full), rest)] }
  // A call a panel: it runs once only, and engines replace their first slow tier between calls.
  const repeat = { count: full + (rest > 0 ? 1 : 0), panel }
  buffers.prepare.push(builder.finish(`winograd_weights_${outputs}x3`, [body], 0, repeat))
  return target
}
