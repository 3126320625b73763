/**
 * The register tile of products and convolutions: `rows` x (4 * vectors) results are accumulated over k, the operand `b` lying in panels
 * (packing.ts), each element of `a` spread over a vector. 4 x 8 reaches the limit of the machine: V8 has 15 registers for vectors, and 8 accumulators
 * cover the latency of a multiply-add. Narrower tiles get two sets of accumulators for the same reason, where the operands of two steps fit beside them. k is not unrolled further: V8 moves the
 * arithmetic of a block behind all of its loads, so that the registers would not suffice.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimMul, dimProduct, isConst } from '../../../ops/dimMath.ts'
import type { LoopExpr, LoopStmt } from '../loop.ts'
import { add, assign, binary, compare, constantOf, fma, forLoop, i32, letStmt, localStmt, mul, splat, variable } from '../loopCode.ts'
import type { Access, StageExpr } from '../stage.ts'
import type { KernelBuilder } from './kernelBuilder.ts'
import type { SizeOf } from './loopStage.ts'
import { StageCode } from './stageCode.ts'

export const panelWidth = 8
export const tileRows = 4
/** Vector registers that V8 hands out. */
const registers = 15

export interface TileOperand {
  readonly access: Access
  /** Index of the first element, without the access's offset. */
  readonly index: LoopExpr
}

export interface Tile {
  readonly rows: number
  readonly vectors: number
  /** Panels that the tile spans, and elements from one to the next; one when absent. */
  readonly panels?: { readonly count: number; readonly stride: Dim }
  /** Elements from one row of `a` to the next. */
  readonly rowStride: Dim
  /** Axes of k, outermost first: extent, and stride in `a`. In `b` they are dense, `4 * vectors` elements a step. */
  readonly reduction: readonly { readonly extent: Dim; readonly stride: Dim }[]
  readonly a: TileOperand
  readonly b: TileOperand
  /** Where the sums of earlier parts of k lie, row after row; `part` numbers the parts. */
  readonly partial?: { readonly access: Access; readonly index: LoopExpr; readonly part: LoopExpr } | null
}

/** k in parts that a call sums one after another over all of its rows: the panel of a part stays in the first cache. */
export interface Parts {
  readonly count: number
  /** The axes of k within a part. */
  readonly reduction: Tile['reduction']
  /** Where a part starts in `a` and, for a panel of `width`, in `b`. */
  at(part: LoopExpr, width: number): { readonly a: LoopExpr; readonly b: LoopExpr }
}

/** Steps of k whose panel (32 bytes a step) takes half of the first cache. */
const stepsInCache = 768

export const wholeReduction = (reduction: Tile['reduction']): Parts => ({ count: 1, reduction, at: () => ({ a: i32(0), b: i32(0) }) })

/** k in one part when it is short, symbolic or does not divide. Outer axes are parts, the innermost axis is divided further. */
export function splitReduction(reduction: Tile['reduction']): Parts {
  const whole = wholeReduction(reduction)
  const extents = reduction.map(({ extent }) => extent)
  if (!extents.every(isConst)) return whole
  const steps = extents.reduce((product, extent) => product * extent, 1)
  const inner = reduction.at(-1)
  if (steps <= stepsInCache || !inner || !isConst(inner.stride)) return whole
  const length = inner.extent as number
  let divisor = Math.ceil(length / stepsInCache)
  while (divisor < length && length % divisor !== 0) divisor++
  const size = length / divisor
  if (size < 64) return whole
  const outer = [...reduction.slice(0, -1), { extent: divisor, stride: size * inner.stride }]
  return {
    count: steps / size,
    reduction: [{ extent: size, stride: inner.stride }],
    at: (part, width) => {
      let rest = part
      let a: LoopExpr = i32(0)
      for (const { extent, stride } of [...outer].reverse()) {
        if (!isConst(stride)) throw new Error('a symbolic stride in parts of k')
        a = add(a, mul(extent === steps / size ? rest : binary('rem', rest, i32(extent as number)), stride))
        rest = binary('div', rest, i32(extent as number))
      }
      return { a, b: mul(part, size * width) }
    },
  }
}

/** The accumulated vectors, by row and column vector. */
export function emitTile(builder: KernelBuilder, tile: Tile, into: LoopStmt[]): readonly (readonly LoopExpr[])[] {
  const { rows, vectors, reduction } = tile
  const steps = dimProduct(reduction.map(({ extent }) => extent))
  const sets = (isConst(steps) && steps < 4) || 2 * (rows * vectors + rows + vectors) > registers ? 1 : 2
  const names = Array.from({ length: sets }, () =>
    Array.from({ length: rows }, () => Array.from({ length: vectors }, () => builder.fresh('acc'))),
  )
  for (const name of names.flat(2)) into.push(localStmt(name, constantOf('f32x4', 0)))
  const panels = tile.panels ?? { count: 1, stride: 0 }
  const perPanel = vectors / panels.count
  const width = perPanel * 4
  const { partial } = tile
  if (partial) {
    const earlier = names[0]!.flatMap((row, r) =>
      row.map((name, v) => assign(name, builder.load(partial.access, add(partial.index, (r * vectors + v) * 4), true))),
    )
    into.push({ t: 'if', condition: compare('gt', partial.part, 0), then: earlier, else: [] })
  }

  const bIndex = (at: LoopExpr, v: number): LoopExpr =>
    add(add(at, (v % perPanel) * 4), mul(builder.dim(panels.stride), Math.floor(v / perPanel)))
  /** One step of k: `aAt` and `bAt` are the positions of its elements. */
  const step = (aAt: LoopExpr, bAt: LoopExpr, set: number, body: LoopStmt[]): void => {
    const b = Array.from({ length: vectors }, (_, v) => {
      const name = builder.fresh('b')
      body.push(letStmt(name, builder.load(tile.b.access, bIndex(bAt, v), true)))
      return variable(name, 'f32x4')
    })
    for (let row = 0; row < rows; row++) {
      const name = builder.fresh('a')
      const index = add(aAt, mul(builder.dim(tile.rowStride), row))
      body.push(letStmt(name, splat(builder.load(tile.a.access, index))))
      b.forEach((value, v) => {
        const acc = names[set]![row]![v]!
        body.push(assign(acc, fma(variable(name, 'f32x4'), value, variable(acc, 'f32x4'))))
      })
    }
  }

  const nest = (depth: number, aAt: LoopExpr, bAt: LoopExpr, body: LoopStmt[]): void => {
    const axis = reduction[depth]
    if (!axis) {
      step(aAt, bAt, 0, body)
      return
    }
    const inner = dimMul(dimProduct(reduction.slice(depth + 1).map(({ extent }) => extent)), width)
    const at = (index: LoopExpr): [LoopExpr, LoopExpr] => [
      add(aAt, mul(index, builder.dim(axis.stride))),
      add(bAt, mul(index, builder.dim(inner))),
    ]
    const last = depth === reduction.length - 1
    const by = last ? sets : 1
    const end = builder.dim(axis.extent)
    const main = by === 1 ? end : mul(binary('floordiv', end, by), by)
    const loop = (start: LoopExpr, stop: LoopExpr, copies: number): void => {
      if (start.l === 'const' && stop.l === 'const' && start.value >= stop.value) return
      const name = builder.fresh('k')
      const inside: LoopStmt[] = []
      for (let set = 0; set < copies; set++) {
        const [aNext, bNext] = at(add(variable(name, 'i32'), set))
        if (last) step(aNext, bNext, set, inside)
        else nest(depth + 1, aNext, bNext, inside)
      }
      body.push(forLoop(name, start, stop, copies, inside))
    }
    loop(i32(0), main, by)
    if (by > 1) loop(main, end, 1)
  }
  nest(0, tile.a.index, tile.b.index, into)
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: vectors }, (_, v) => {
      const parts = names.map((set) => variable(set[row]![v]!, 'f32x4') as LoopExpr)
      if (parts.length === 1) return parts[0]!
      const name = builder.fresh('sum')
      into.push(letStmt(name, pairwise(parts)))
      return variable(name, 'f32x4')
    }),
  )
}

const pairwise = (parts: readonly LoopExpr[]): LoopExpr => {
  if (parts.length === 1) return parts[0]!
  const half = parts.length >> 1
  return add(pairwise(parts.slice(0, half)), pairwise(parts.slice(half)))
}

/** The result in the last part of k, until then the sums. */
export function emitPartial(
  builder: KernelBuilder,
  accumulated: readonly (readonly LoopExpr[])[],
  partial: NonNullable<Tile['partial']>,
  count: number,
  result: readonly LoopStmt[],
): LoopStmt {
  const width = accumulated[0]!.length * 4
  const kept = accumulated.flatMap((row, r) =>
    row.map((value, v) => builder.store(partial.access, add(partial.index, r * width + v * 4), value)),
  )
  return { t: 'if', condition: compare('lt', partial.part, count - 1), then: kept, else: result }
}

export interface TileResult {
  readonly out: Access
  readonly epilogue: StageExpr | null
  /** Loop indices of the axes of `out`; that of the column axis is the tile's first column. */
  readonly indices: readonly LoopExpr[]
  readonly columnAxis: number
  /** The indices for another row of the tile. */
  rowIndices(row: number): readonly LoopExpr[]
  /** Columns that exist, counted from the tile's first; a number when known. */
  readonly columns: Dim | LoopExpr
  /** One row of scratch for columns that do not fill a vector. */
  readonly edge: Access | null
  readonly sizeOf: SizeOf
}

/** Epilogue and stores of a tile: whole vectors, then what is left column by column through scratch. */
export function emitResult(
  builder: KernelBuilder,
  accumulated: readonly (readonly LoopExpr[])[],
  result: TileResult,
  into: LoopStmt[],
): void {
  const { out, epilogue, columnAxis, sizeOf } = result
  const vectors = accumulated[0]!.length
  const known = typeof result.columns === 'number' ? result.columns : null
  const dense = out.strides[columnAxis] === 1
  /** Values first and then the stores, so that no load stands between stores side by side: only such stores are paired by V8 (`native`). */
  const write = (places: readonly (readonly LoopExpr[])[], accumulators: readonly LoopExpr[], vector: boolean, body: LoopStmt[]): void => {
    body.push(...places.map((indices, i) => writeOne(indices, accumulators[i]!, vector, body)))
  }
  const writeOne = (indices: readonly LoopExpr[], accumulator: LoopExpr, vector: boolean, body: LoopStmt[]): LoopStmt => {
    const axes = indices.map((index) => ({ index, level: 0 }))
    const value = epilogue
      ? new StageCode(builder, { axes, levels: [body], vectorAxis: vector ? columnAxis : null, accumulator, sizeOf }).value(epilogue)
      : accumulator
    const at = indices.reduce((sum: LoopExpr, index, k) => add(sum, mul(index, builder.dim(out.strides[k] as Dim))), i32(0))
    if (value.l === 'var') return builder.store(out, at, value)
    const name = builder.fresh('result')
    body.push(letStmt(name, value))
    return builder.store(out, at, variable(name, value.type))
  }
  const wholeVectors = !dense || known === null ? 0 : known >> 2
  accumulated.forEach((row, r) => {
    const indices = result.rowIndices(r)
    const column = (shift: LoopExpr | number): readonly LoopExpr[] =>
      indices.map((index, axis) => (axis === columnAxis ? add(index, shift) : index))
    for (let v = 0; v < wholeVectors; v += 2) {
      const pair = [v, v + 1].filter((at) => at < wholeVectors)
      write(
        pair.map((at) => column(at * 4)),
        pair.map((at) => row[at]!),
        true,
        into,
      )
    }
    if (known !== null && wholeVectors * 4 >= known) return
    const edge = result.edge!
    for (let v = wholeVectors; v < vectors; v++) into.push(builder.store(edge, i32(v * 4), row[v]!))
    const name = builder.fresh('j')
    const body: LoopStmt[] = []
    const j = variable(name, 'i32')
    const loaded = builder.fresh('edge')
    body.push(letStmt(loaded, builder.load(edge, j)))
    write([column(j)], [variable(loaded, 'f32')], false, body)
    const end =
      known !== null
        ? i32(known)
        : typeof result.columns === 'object' && 'l' in result.columns
          ? result.columns
          : builder.dim(result.columns as Dim)
    into.push(forLoop(name, i32(wholeVectors * 4), end, 1, body))
  })
}
