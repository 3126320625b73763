/**
 * Matrix products by register tiles over panels of `b`: constants are packed at build time, other operands by a kernel of their own into scratch.
 * One call covers a few panels, about a million operations. Very narrow results are plain reductions.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimCeilDiv, dimFloorDiv, dimMul, dimProduct, dimSub, isConst } from '../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, binary, compare, constantOf, forLoop, i32, letStmt, mul, select, variable } from '../loopCode.ts'
import { type PanelLayout, packedSize, paddedColumns, panelPacking } from '../packing.ts'
import type { Access, GemmStage, StageExpr } from '../stage.ts'
import { indexOf } from '../stageExpr.ts'
import { finishWalk, positive, rowsPerBlock } from './blocks.ts'
import { KernelBuilder, type SegmentBuffers } from './kernelBuilder.ts'
import { type SizeOf, scheduleLoop } from './loopStage.ts'
import { emitPartial, emitResult, emitTile, panelWidth, splitReduction, tileRows, wholeReduction } from './tile.ts'

export function scheduleGemm(stage: GemmStage, buffers: SegmentBuffers, sizeOf: SizeOf): readonly KernelCall[] {
  const prepacked = isPrepacked(stage, buffers)
  if (!prepacked && ((isConst(stage.n) && stage.n < 4) || isSmall(stage))) return [scheduleLoop(asReduction(stage), sizeOf)]
  const panels = panelsOf(stage, buffers)
  return [...panels.calls, ...multiplyPanels(stage, buffers, panels.access, sharesMatrix(stage), sizeOf)]
}

/** One matrix `b` for all batches. */
const sharesMatrix = ({ batch, b }: GemmStage): boolean =>
  b.strides.slice(0, batch.length).every((stride, i) => stride === 0 || batch[i] === 1)

/** `b` is a constant that the build can pack. */
function isPrepacked(stage: GemmStage, buffers: SegmentBuffers): boolean {
  const { n, k, b } = stage
  const { role, packing } = buffers.get(b.buffer)
  const isStatic = isConst(n) && isConst(k) && b.strides.every(isConst) && isConst(b.offset)
  return role === 'weight' && !packing && sharesMatrix(stage) && isStatic && (n as number) >= 4
}

/** `b` in panels: packed by the build, else by `calls` into scratch. */
export function panelsOf(stage: GemmStage, buffers: SegmentBuffers): { readonly access: Access; readonly calls: readonly KernelCall[] } {
  const { batch, n, k, b } = stage
  const rank = batch.length
  const accessTo = (buffer: number, size: Dim): Access => ({ buffer, dtype: 'float32', shape: [size], strides: [1], offset: 0 })
  if (isPrepacked(stage, buffers)) {
    const layout: PanelLayout = {
      width: panelWidth,
      groups: 1,
      groupStride: 0,
      columns: n as number,
      columnStride: b.strides[rank + 1] as number,
      offset: b.offset as number,
      reduction: [[k as number, b.strides[rank] as number]],
    }
    const packed = buffers.packed(buffers.get(b.buffer), panelPacking(layout), packedSize(layout))
    return { access: accessTo(packed.id, packed.size), calls: [] }
  }
  const own = sharesMatrix(stage) ? [] : batch
  const size = dimMul(dimProduct(own), k, columnsHeld(n))
  const access = accessTo(buffers.scratch('panels', 'float32', size).id, size)
  return { access, calls: [packPanels(stage, access, own)] }
}

/** The product by `b` that lies in panels already: one matrix for all batches (`shared`) or one a batch. */
export function multiplyPanels(
  stage: GemmStage,
  buffers: SegmentBuffers,
  panels: Access,
  shared: boolean,
  sizeOf: SizeOf,
): readonly KernelCall[] {
  const { n } = stage
  const rank = stage.batch.length
  const calls: KernelCall[] = []
  const full = dimFloorDiv(n, panelWidth)
  const product = (columns: Dim, first: Dim, count: Dim, together = 1): KernelCall => {
    const width = isConst(columns) && columns < panelWidth ? Math.ceil(columns / 4) * 4 : panelWidth
    const edge = columns === panelWidth && stage.out.strides[rank + 1] === 1 ? null : edgeScratch(buffers)
    return multiply(
      stage,
      buffers,
      panels,
      shared,
      {
        columns: together === 1 ? columns : together * panelWidth,
        width: isConst(columns) ? width : panelWidth,
        first,
        count,
        together,
        edge,
      },
      sizeOf,
    )
  }
  const together = panelsTogether(stage)
  const groups = isConst(full) && together > 1 ? Math.floor(full / together) : 0
  if (groups > 0) calls.push(product(panelWidth, 0, groups, together))
  const single = groups > 0 ? dimSub(full, groups * together) : full
  if (single !== 0) {
    const call = product(panelWidth, groups * together, single)
    const pairs = buffers.native && together === 1 && isConst(single) ? single >> 1 : 0
    const odd = pairs * 2 === single ? [] : [product(panelWidth, pairs * 2, 1)]
    calls.push(pairs > 0 ? { ...call, native: [product(panelWidth, 0, pairs, 2), ...odd] } : call)
  }
  const rest = dimSub(n, dimMul(full, panelWidth))
  if (rest !== 0) calls.push(product(rest, full, isConst(rest) ? 1 : dimSub(dimCeilDiv(n, panelWidth), full)))
  return calls
}

/**
 * Panels that one pass over k reads side by side: a row or two wait for memory alone, and several streams keep more of it under way
 * (from memory 23 GB/s by four, 14 GB/s by one).
 */
const panelsTogether = ({ m }: GemmStage): number => (m === 1 ? 4 : m === 2 ? 2 : 1)

/** Columns of the panels of a matrix that is packed when the program runs: symbolic ones are rounded up to whole panels. */
const columnsHeld = (n: Dim): Dim => (isConst(n) ? paddedColumns(n, panelWidth) : dimMul(dimCeilDiv(n, panelWidth), panelWidth))

export function edgeScratch(buffers: SegmentBuffers): Access {
  const scratch = buffers.scratch('edge', 'float32', panelWidth)
  return { buffer: scratch.id, dtype: 'float32', shape: [panelWidth], strides: [1], offset: 0 }
}

/** So small that packing costs more than it saves; a single row never earns it. */
const isSmall = ({ m, n, k }: GemmStage): boolean => m === 1 || (isConst(m) && isConst(n) && isConst(k) && m * n * k < 2048)

function asReduction({ batch, m, n, k, a, b, out, epilogue }: GemmStage): import('../stage.ts').LoopStage {
  const rank = batch.length
  const axes = [...batch, m, n]
  const all = [...axes, k]
  const indices = all.map((_, axis) => indexOf(axis))
  const spread = (access: Access, row: number | null, column: number | null): StageExpr => {
    const strides = all.map((_, axis): Dim => {
      if (axis < rank) return access.strides[axis] as Dim
      const at = axis === row ? 0 : axis === column ? 1 : -1
      return at < 0 ? 0 : (access.strides[rank + at] as Dim)
    })
    return { s: 'load', access: { ...access, shape: all, strides }, indices, dtype: 'float32' }
  }
  const body: StageExpr = { s: 'binary', fn: 'mul', a: spread(a, rank, rank + 2), b: spread(b, rank + 2, rank + 1), dtype: 'float32' }
  return { kind: 'loop', axes, reduce: { combiner: 'sum', axes: [k] }, body, epilogue, out }
}

interface Columns {
  /** Columns of a tile that exist. */
  readonly columns: Dim
  /** Columns that a panel holds. */
  readonly width: number
  readonly first: Dim
  /** Tiles side by side, each of `together` panels. */
  readonly count: Dim
  readonly together: number
  readonly edge: Access | null
}

/** The kernel over panels of one width. */
function multiply(stage: GemmStage, buffers: SegmentBuffers, panels: Access, shared: boolean, part: Columns, sizeOf: SizeOf): KernelCall {
  const { batch, m, k, a, out, epilogue } = stage
  const rank = batch.length
  const builder = new KernelBuilder()
  const rowBytes = isConst(k) ? k * 4 : 4096
  const perBlock = rowsPerBlock(m, tileRows, rowBytes, dimMul(stage.n, 4), dimMul(k, stage.n, 4))
  const blocks = isConst(m) && isConst(perBlock) ? Math.ceil(m / perBlock) : dimCeilDiv(m, perBlock)
  const batchNames = batch.map(() => builder.fresh('batch'))
  const batchIndices = batchNames.map((name): LoopExpr => variable(name, 'i32'))
  // With a matrix a batch, batches are outermost, as blocks of rows of their own; with one for all they share its panels.
  const matrices = shared ? 1 : dimProduct(batch)
  const row = builder.fresh('row')
  const panelSize = dimMul(k, panelWidth)
  const matrixSize = dimMul(k, columnsHeld(stage.n))
  const flatBatch = batchIndices.reduce((flat: LoopExpr, index, i) => add(mul(flat, builder.dim(batch[i]!)), index), i32(0))
  const dot = (indices: readonly LoopExpr[], strides: readonly Dim[]): LoopExpr =>
    indices.reduce((sum: LoopExpr, index, i) => add(sum, mul(index, builder.dim(strides[i] as Dim))), i32(0))

  // A few rows read each panel once anyway.
  const reduction = [{ extent: k, stride: a.strides[rank + 1] as Dim }]
  const parts = isConst(m) && m < 16 ? wholeReduction(reduction) : splitReduction(reduction)
  const [partName, sums] = [builder.fresh('part'), parts.count > 1 ? partialScratch(buffers, perBlock, part.together * part.width) : null]
  const partIndex = variable(partName, 'i32')
  const rowsFrom = (first: LoopExpr, rows: number, panel: LoopExpr, blockStart: LoopExpr): LoopStmt[] => {
    const stmts: LoopStmt[] = []
    const shift = parts.at(partIndex, part.width)
    const partial = sums && { access: sums, index: mul(binary('sub', first, blockStart), part.together * part.width), part: partIndex }
    const at = add(mul(panel, part.together), builder.dim(part.first))
    const column = mul(at, panelWidth)
    const bBase = add(shared ? i32(0) : mul(flatBatch, builder.dim(matrixSize)), mul(at, builder.dim(panelSize)))
    const accumulated = emitTile(
      builder,
      {
        rows,
        vectors: (part.together * part.width) / 4,
        panels: { count: part.together, stride: panelSize },
        rowStride: a.strides[rank] as Dim,
        reduction: parts.reduction,
        a: { access: a, index: add(add(dot(batchIndices, a.strides), mul(first, builder.dim(a.strides[rank] as Dim))), shift.a) },
        b: { access: panels, index: add(bBase, shift.b) },
        partial,
      },
      stmts,
    )
    const results: LoopStmt[] = []
    emitResult(
      builder,
      accumulated,
      {
        out,
        epilogue,
        indices: [...batchIndices, first, column],
        columnAxis: rank + 1,
        rowIndices: (r) => [...batchIndices, add(first, r), column],
        columns: part.columns,
        edge: part.edge,
        sizeOf,
      },
      results,
    )
    stmts.push(...(partial ? [emitPartial(builder, accumulated, partial, parts.count, results)] : results))
    return stmts
  }
  const mEnd = builder.dim(m)
  const mMain = mul(binary('floordiv', mEnd, tileRows), tileRows)
  const body = (unit: LoopExpr, panel: LoopExpr): readonly LoopStmt[] => {
    const inner: LoopStmt[] = []
    const block = matrices === 1 ? unit : binary('rem', unit, positive(builder, blocks))
    const [start, end] =
      blocks === 1 ? [i32(0), mMain] : [mul(block, builder.dim(perBlock)), binary('min', mul(add(block, 1), builder.dim(perBlock)), mMain)]
    if (!(mMain.l === 'const' && mMain.value === 0))
      inner.push(forLoop(row, start, end, tileRows, rowsFrom(variable(row, 'i32'), tileRows, panel, start)))
    // What is left of the rows belongs to the last block.
    const rest: LoopStmt[] = []
    if (isConst(m)) {
      if (m % tileRows !== 0) rest.push(...rowsFrom(mMain, m % tileRows, panel, start))
    } else {
      const single = builder.fresh('row')
      rest.push(forLoop(single, mMain, mEnd, 1, rowsFrom(variable(single, 'i32'), 1, panel, start)))
    }
    if (rest.length > 0 && blocks !== 1) {
      const last = compare('eq', block, binary('sub', builder.dim(blocks), i32(1)))
      inner.push({ t: 'if', condition: last, then: rest, else: [] })
    } else inner.push(...rest)
    const whole = parts.count === 1 ? inner : [forLoop(partName, i32(0), i32(parts.count), 1, inner)]
    if (shared)
      return batchNames.reduceRight<readonly LoopStmt[]>(
        (statements, name, i) => [forLoop(name, i32(0), builder.dim(batch[i]!), 1, statements)],
        whole,
      )
    let left = blocks === 1 ? unit : binary('div', unit, positive(builder, blocks))
    const named: LoopStmt[] = []
    for (let axis = rank - 1; axis >= 0; axis--) {
      const extent = builder.dim(batch[axis]!)
      named.push(letStmt(batchNames[axis]!, axis === 0 ? left : binary('rem', left, extent)))
      left = binary('div', left, extent)
    }
    return [...named, ...whole]
  }
  const operations = dimMul(
    2,
    shared ? dimProduct(batch) : 1,
    isConst(perBlock) && isConst(m) ? Math.min(perBlock, m) : perBlock,
    k,
    part.together * part.width,
  )
  return finishWalk(builder, {
    name: `gemm_${part.together > 1 ? m : tileRows}x${part.together * part.width}${epilogue ? '_epilogue' : ''}`,
    blocks: dimMul(blocks, matrices),
    panels: part.count,
    operations,
    flops: dimMul(2, dimProduct(batch), m, k, part.together * part.width, part.count),
    body,
  })
}

/** Sums of a block of rows between the parts of k. */
export function partialScratch(buffers: SegmentBuffers, rows: Dim, width: number): Access {
  const size = dimMul(rows, width)
  const scratch = buffers.scratch('sums', 'float32', size)
  return { buffer: scratch.id, dtype: 'float32', shape: [size], strides: [1], offset: 0 }
}

/** Copies `b` into panels, `own` being the batch dims that it has. */
function packPanels({ n, k, b, batch }: GemmStage, panels: Access, own: readonly Dim[]): KernelCall {
  const builder = new KernelBuilder()
  const rank = batch.length
  const names = own.map(() => builder.fresh('batch'))
  const [panel, row, column] = ['panel', 'row', 'column'].map((hint) => builder.fresh(hint)) as [string, string, string]
  const [p, r, c] = [panel, row, column].map((name) => variable(name, 'i32')) as [LoopExpr, LoopExpr, LoopExpr]
  const batchAt = names.reduce((sum: LoopExpr, name, i) => add(sum, mul(variable(name, 'i32'), builder.dim(b.strides[i] as Dim))), i32(0))
  const flat = names.reduce((sum: LoopExpr, name, i) => add(mul(sum, builder.dim(own[i]!)), variable(name, 'i32')), i32(0))
  const held = columnsHeld(n)
  const base = mul(flat, builder.dim(dimMul(k, held)))
  const first = mul(p, panelWidth)
  const left = binary('sub', builder.dim(n), first)
  const width = isConst(n) && n % panelWidth === 0 ? i32(panelWidth) : binary('min', binary('sub', builder.dim(held), first), panelWidth)
  const [strideK, strideN] = [b.strides[rank] as Dim, b.strides[rank + 1] as Dim]
  const source = (at: LoopExpr): LoopExpr => add(add(batchAt, mul(r, builder.dim(strideK))), mul(add(first, at), builder.dim(strideN)))
  const target = (at: LoopExpr): LoopExpr => add(add(base, mul(first, builder.dim(k))), add(mul(r, width), at))
  const scalar: LoopStmt[] = []
  const inside = compare('lt', c, left)
  const value = builder.fresh('value')
  const clamped = select(inside, c, i32(0))
  const position = builder.fresh('position')
  scalar.push(letStmt(position, clamped))
  scalar.push(letStmt(value, select(inside, builder.load(b, source(variable(position, 'i32'))), constantOf('f32', 0))))
  scalar.push(builder.store(panels, target(c), variable(value, 'f32')))
  const partial: LoopStmt[] = [forLoop(row, i32(0), builder.dim(k), 1, [forLoop(column, i32(0), width, 1, scalar)])]
  const whole: LoopStmt[] = []
  const wide: LoopStmt[] = []
  const wholeTarget = (at: number): LoopExpr => add(add(base, mul(first, builder.dim(k))), add(mul(r, panelWidth), at))
  if (strideN === 1) for (const v of [0, 4]) wide.push(builder.store(panels, wholeTarget(v), builder.load(b, source(i32(v)), true)))
  else
    for (const v of [0, 4]) {
      const lanes = [0, 1, 2, 3].map((i) => builder.load(b, source(i32(v + i)))) as [LoopExpr, LoopExpr, LoopExpr, LoopExpr]
      wide.push(builder.store(panels, wholeTarget(v), { l: 'vector', type: 'f32x4', lanes }))
    }
  whole.push(forLoop(row, i32(0), builder.dim(k), 1, wide))
  const full = builder.dim(dimFloorDiv(n, panelWidth))
  const count = builder.dim(dimCeilDiv(n, panelWidth))
  const stmts: LoopStmt[] = [forLoop(panel, i32(0), full, 1, whole)]
  if (!(isConst(n) && n % panelWidth === 0)) stmts.push(forLoop(panel, full, count, 1, partial))
  const nest = names.reduceRight<readonly LoopStmt[]>((inner, name, i) => [forLoop(name, i32(0), builder.dim(own[i]!), 1, inner)], stmts)
  return builder.finish('pack_panels', nest, 0)
}
