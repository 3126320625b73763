/**
 * Convolutions over channels-last input as implicit matrix products: a register tile is a run of output columns times eight output channels, the
 * reduction walks the window's rows, which are contiguous. The input is copied into zero-padded channels-last scratch when it has padding or
 * another layout, so that no tap needs a test. Depthwise convolutions run in vectors of channels.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimCeilDiv, dimEqual, dimMul, dimProduct, isConst } from '../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../loop.ts'
import { add, assign, binary, constantOf, fma, forLoop, i32, letStmt, localStmt, mul, variable } from '../loopCode.ts'
import { type PanelLayout, packedSize, paddedColumns, panelPacking } from '../packing.ts'
import type { Access, BufferDecl, ConvStage } from '../stage.ts'
import { finishWalk, rowsPerBlock } from './blocks.ts'
import { edgeScratch, partialScratch } from './gemmStage.ts'
import type { ScheduleOptions } from './index.ts'
import { KernelBuilder, type SegmentBuffers } from './kernelBuilder.ts'
import type { SizeOf } from './loopStage.ts'
import { StageCode } from './stageCode.ts'
import { emitPartial, emitResult, emitTile, panelWidth, splitReduction, tileRows } from './tile.ts'
import { convolveWinograd, coveredExtent, winogradTiling } from './winograd.ts'

export function scheduleConv(stage: ConvStage, buffers: SegmentBuffers, sizeOf: SizeOf, { exact }: ScheduleOptions): readonly KernelCall[] {
  const calls: KernelCall[] = []
  const tiling = exact ? null : winogradTiling(stage, buffers.get(stage.weight.buffer))
  if (tiling) {
    const { transform, rows, columns } = tiling
    const padded = paddedInput(stage, buffers, calls, [coveredExtent(rows, transform), coveredExtent(columns, transform)])
    return [...calls, ...convolveWinograd(stage, tiling, padded, buffers, sizeOf)]
  }
  const input = paddedInput(stage, buffers, calls)
  const [co, perGroup, kh, kw] = stage.weight.shape as readonly number[] as [number, number, number, number]
  const depthwise = stage.groups > 1 && perGroup === 1 && co === stage.groups
  const reduction: [number, number][] = [
    [kh, stage.weight.strides[2] as number],
    [kw, stage.weight.strides[3] as number],
    [perGroup, stage.weight.strides[1] as number],
  ]
  const columnStride = stage.weight.strides[0] as number
  const columns = depthwise ? co : co / stage.groups
  const layout: PanelLayout = {
    width: depthwise ? Math.ceil(co / 4) * 4 : panelWidth,
    groups: depthwise ? 1 : stage.groups,
    groupStride: columnStride * columns,
    columns,
    columnStride,
    offset: stage.weight.offset as number,
    reduction,
  }
  const weights = packWeights(stage.weight, layout, buffers, calls)
  if (depthwise) calls.push(convolveDepthwise(stage, input, weights, sizeOf))
  else calls.push(...convolve(stage, input, weights, buffers, sizeOf))
  return calls
}

/** The input as padded channels-last: itself when it needs neither. `extents`: height and width to fill up to. */
function paddedInput(stage: ConvStage, buffers: SegmentBuffers, calls: KernelCall[], extents?: readonly [number, number]): Access {
  const { input, padding } = stage
  const [n, c, h, w] = input.shape as [Dim, Dim, Dim, Dim]
  const unitChannels = input.strides[1] === 1 || c === 1
  const [height, width] = extents ?? [dimAdd(h, 2 * padding[0]), dimAdd(w, 2 * padding[1])]
  if (dimEqual(height, h) && dimEqual(width, w) && unitChannels)
    return { ...input, strides: [input.strides[0]!, 1, input.strides[2]!, input.strides[3]!] }
  const scratch = buffers.scratch('padded', 'float32', dimProduct([n, height, width, c]))
  const padded: Access = {
    buffer: scratch.id,
    dtype: 'float32',
    shape: [n, c, height, width],
    strides: [dimMul(height, width, c), 1, dimMul(width, c), c],
    offset: 0,
  }
  calls.push(pad(stage, padded))
  return padded
}

/** Zeros around, a copy inside. */
function pad({ input, padding }: ConvStage, padded: Access): KernelCall {
  const builder = new KernelBuilder()
  const [n, c, h, w] = input.shape as [Dim, Dim, Dim, Dim]
  const [height, width] = padded.shape.slice(2) as [Dim, Dim]
  const [top, left] = padding
  const [b, y] = ['n', 'y'].map((hint) => builder.fresh(hint)) as [string, string]
  const zero = (from: LoopExpr, to: LoopExpr): LoopStmt[] =>
    runs(builder, from, to, (at, vector) => builder.store(padded, at, constantOf(vector ? 'f32x4' : 'f32', 0)))
  const plane = mul(variable(b, 'i32'), builder.dim(padded.strides[0]!))
  const rowAt = (row: LoopExpr): LoopExpr => add(plane, mul(row, builder.dim(padded.strides[2]!)))
  const rowSize = dimMul(width, c)
  const inner: LoopStmt[] = []
  const row = rowAt(add(variable(y, 'i32'), top))
  const start = add(row, builder.dim(dimMul(left, c)))
  const end = add(start, builder.dim(dimMul(w, c)))
  if (left > 0) inner.push(...zero(row, start))
  const source = add(mul(variable(b, 'i32'), builder.dim(input.strides[0]!)), mul(variable(y, 'i32'), builder.dim(input.strides[2]!)))
  const contiguous = (c === 1 || input.strides[1] === 1) && JSON.stringify(input.strides[3]) === JSON.stringify(c)
  if (contiguous)
    inner.push(
      ...runs(builder, i32(0), builder.dim(dimMul(w, c)), (at, vector) =>
        builder.store(padded, add(start, at), builder.load(input, add(source, at), vector)),
      ),
    )
  else {
    const [x, channel] = ['x', 'c'].map((hint) => builder.fresh(hint)) as [string, string]
    const from = add(
      source,
      add(mul(variable(x, 'i32'), builder.dim(input.strides[3]!)), mul(variable(channel, 'i32'), builder.dim(input.strides[1]!))),
    )
    const to = add(start, add(mul(variable(x, 'i32'), builder.dim(c)), variable(channel, 'i32')))
    inner.push(
      forLoop(x, i32(0), builder.dim(w), 1, [
        forLoop(channel, i32(0), builder.dim(c), 1, [builder.store(padded, to, builder.load(input, from))]),
      ]),
    )
  }
  if (!dimEqual(width, dimAdd(w, left))) inner.push(...zero(end, rowAt(add(variable(y, 'i32'), top + 1))))
  const rows = forLoop(y, i32(0), builder.dim(h), 1, inner)
  const body: LoopStmt[] = []
  if (top > 0) body.push(...zero(plane, rowAt(i32(top))))
  body.push(rows)
  if (!dimEqual(height, dimAdd(h, top)))
    body.push(...zero(rowAt(add(builder.dim(h), top)), add(plane, builder.dim(dimMul(height, rowSize)))))
  return builder.finish('pad', [forLoop(b, i32(0), builder.dim(n), 1, body)], 0)
}

/** A loop in vectors and a scalar rest. */
function runs(builder: KernelBuilder, from: LoopExpr, to: LoopExpr, body: (at: LoopExpr, vector: boolean) => LoopStmt): LoopStmt[] {
  const length = binary('sub', to, from)
  const count = builder.fresh('length')
  const [i, j] = [builder.fresh('i'), builder.fresh('j')]
  const stmts: LoopStmt[] = [letStmt(count, simplified(length))]
  const size = simplified(length).l === 'const' ? simplified(length) : variable(count, 'i32')
  const main = mul(binary('floordiv', size, 4), 4)
  stmts.push(forLoop(i, i32(0), main, 4, [body(add(from, variable(i, 'i32')), true)]))
  stmts.push(forLoop(j, main, size, 1, [body(add(from, variable(j, 'i32')), false)]))
  return stmts
}

/** `(a + constant) - a`, as run lengths of static shapes are. */
function simplified(length: LoopExpr): LoopExpr {
  if (length.l !== 'binary' || length.fn !== 'sub') return length
  const terms = (e: LoopExpr, sign: number, sum: Map<string, number>): number => {
    if (e.l === 'const') return sign * e.value
    if (e.l === 'binary' && (e.fn === 'add' || e.fn === 'sub'))
      return terms(e.a, sign, sum) + terms(e.b, e.fn === 'add' ? sign : -sign, sum)
    if (e.l === 'binary' && e.fn === 'mul' && e.b.l === 'const' && e.a.l === 'binary' && e.a.fn === 'add' && e.a.b.l === 'const') {
      return terms({ ...e, a: e.a.a }, sign, sum) + sign * e.a.b.value * e.b.value
    }
    const key = JSON.stringify(e)
    sum.set(key, (sum.get(key) ?? 0) + sign)
    return 0
  }
  const sum = new Map<string, number>()
  const constant = terms(length, 1, sum)
  return [...sum.values()].every((count) => count === 0) ? i32(constant) : length
}

/** Weights in panels: at build time when they are constant, else by a kernel. */
function packWeights(weight: Access, layout: PanelLayout, buffers: SegmentBuffers, calls: KernelCall[]): Access {
  const constant = buffers.get(weight.buffer)
  const size = packedSize(layout)
  const access = (buffer: BufferDecl): Access => ({ buffer: buffer.id, dtype: 'float32', shape: [size], strides: [1], offset: 0 })
  if (constant.role === 'weight' && !constant.packing) return access(buffers.packed(constant, panelPacking(layout), size))
  const packed = access(buffers.scratch('panels', 'float32', size))
  const builder = new KernelBuilder()
  const { width, groups, groupStride, columns, columnStride, reduction } = layout
  const [group, panel, lane] = ['group', 'panel', 'lane'].map((hint) => builder.fresh(hint)) as [string, string, string]
  const names = reduction.map(() => builder.fresh('k'))
  const steps = reduction.reduce((product, [extent]) => product * extent, 1)
  const flat = names.reduce((sum: LoopExpr, name, i) => add(mul(sum, reduction[i]![0]), variable(name, 'i32')), i32(0))
  const source = names.reduce(
    (sum: LoopExpr, name, i) => add(sum, mul(variable(name, 'i32'), reduction[i]![1])),
    mul(variable(group, 'i32'), groupStride),
  )
  const held = paddedColumns(columns, width)
  const part = (first: LoopExpr, count: number, exists: number): LoopStmt[] => {
    const column = add(first, variable(lane, 'i32'))
    const target = add(mul(variable(group, 'i32'), steps * held), add(mul(first, steps), add(mul(flat, count), variable(lane, 'i32'))))
    const nest = (inner: LoopStmt[]): LoopStmt[] =>
      names.reduceRight<LoopStmt[]>((body, name, i) => [forLoop(name, i32(0), i32(reduction[i]![0]), 1, body)], inner)
    const copy = forLoop(lane, i32(0), i32(exists), 1, [
      builder.store(packed, target, builder.load(weight, add(source, mul(column, columnStride)))),
    ])
    const zero = forLoop(lane, i32(exists), i32(count), 1, [builder.store(packed, target, constantOf('f32', 0))])
    return nest(exists === count ? [copy] : [copy, zero])
  }
  const full = Math.floor(columns / width)
  const rest = columns - full * width
  const body: LoopStmt[] = [forLoop(panel, i32(0), i32(full), 1, part(mul(variable(panel, 'i32'), width), width, width))]
  if (rest > 0) body.push(...part(i32(full * width), Math.ceil(rest / 4) * 4, rest))
  calls.push(builder.finish('pack_weights', [forLoop(group, i32(0), i32(groups), 1, body)], 0))
  return packed
}

/** Axes of the reduction in the padded input; axes that continue one another are one. */
function inputReduction({ weight, dilation }: ConvStage, input: Access): { readonly extent: Dim; readonly stride: Dim }[] {
  const [, perGroup, kh, kw] = weight.shape as [Dim, Dim, Dim, Dim]
  const axes: { extent: Dim; stride: Dim }[] = [
    { extent: kh, stride: dimMul(input.strides[2]!, dilation[0]) },
    { extent: kw, stride: dimMul(input.strides[3]!, dilation[1]) },
    { extent: perGroup, stride: 1 },
  ]
  return axes
    .filter(({ extent }, i) => extent !== 1 || i === 2)
    .reduce<{ extent: Dim; stride: Dim }[]>((merged, axis) => {
      const last = merged.pop()
      if (last && isConst(last.stride) && isConst(axis.stride) && isConst(axis.extent) && last.stride === axis.stride * axis.extent)
        merged.push({ extent: dimMul(last.extent, axis.extent), stride: axis.stride })
      else merged.push(...(last ? [last] : []), axis)
      return merged
    }, [])
}

function convolve(stage: ConvStage, input: Access, weights: Access, buffers: SegmentBuffers, sizeOf: SizeOf): readonly KernelCall[] {
  const { out, epilogue, groups, stride } = stage
  const [co, perGroup, kh, kw] = stage.weight.shape as [number, number, number, number]
  const [batch, , height, width] = out.shape as [Dim, Dim, Dim, Dim]
  const columns = co / groups
  const steps = perGroup * kh * kw
  const full = Math.floor(columns / panelWidth)
  const rest = columns - full * panelWidth
  const held = paddedColumns(columns, panelWidth)
  const reduction = inputReduction(stage, input)

  /** `count` tiles a group from panel `first`, each of `together` panels; `exists` columns of a panel are real. */
  const part = (exists: number, first: number, count: number, together = 1): KernelCall => {
    const builder = new KernelBuilder()
    const panelColumns = Math.ceil(exists / 4) * 4
    const tileWidth = panelColumns * together
    const edge = exists === panelColumns && out.strides[1] === 1 ? null : edgeScratch(buffers)
    const [n, y, x] = ['n', 'y', 'x'].map((hint) => builder.fresh(hint)) as [string, string, string]
    const source = (group: LoopExpr, column0: LoopExpr): LoopExpr =>
      add(
        add(mul(variable(n, 'i32'), builder.dim(input.strides[0]!)), mul(group, perGroup)),
        add(
          mul(mul(variable(y, 'i32'), stride[0]), builder.dim(input.strides[2]!)),
          mul(mul(column0, stride[1]), builder.dim(input.strides[3]!)),
        ),
      )
    const rowBytes = dimMul(input.strides[2]!, stride[0], 4)
    const perBlock = rowsPerBlock(height, 1, rowBytes, dimMul(width, co, 4), steps * co * 4)
    const parts = splitReduction(reduction)
    const [partName, sums] = [builder.fresh('part'), parts.count > 1 ? partialScratch(buffers, dimMul(perBlock, width), tileWidth) : null]
    const tile = (x0: LoopExpr, rows: number, panel: LoopExpr, blockStart: LoopExpr): LoopStmt[] => {
      const stmts: LoopStmt[] = []
      const shift = parts.at(variable(partName, 'i32'), panelColumns)
      const position = add(mul(binary('sub', variable(y, 'i32'), blockStart), builder.dim(width)), x0)
      const partial = sums && { access: sums, index: mul(position, tileWidth), part: variable(partName, 'i32') }
      // Panels are numbered group by group.
      const [group, own] = groups === 1 ? [i32(0), panel] : [binary('floordiv', panel, count), binary('floormod', panel, count)]
      const column = mul(add(mul(own, together), first), panelWidth)
      const channel = add(mul(group, columns), column)
      const accumulated = emitTile(
        builder,
        {
          rows,
          vectors: tileWidth / 4,
          panels: { count: together, stride: steps * panelWidth },
          rowStride: dimMul(input.strides[3]!, stride[1]),
          reduction: parts.reduction,
          a: { access: input, index: add(source(group, x0), shift.a) },
          b: { access: weights, index: add(add(mul(group, steps * held), mul(column, steps)), shift.b) },
          partial,
        },
        stmts,
      )
      const indices = (r: number): readonly LoopExpr[] => [variable(n, 'i32'), channel, variable(y, 'i32'), add(x0, r)]
      const results: LoopStmt[] = []
      emitResult(
        builder,
        accumulated,
        {
          out,
          epilogue,
          indices: indices(0),
          columnAxis: 1,
          rowIndices: indices,
          columns: together === 1 ? exists : tileWidth,
          edge,
          sizeOf,
        },
        results,
      )
      stmts.push(...(partial ? [emitPartial(builder, accumulated, partial, parts.count, results)] : results))
      return stmts
    }
    const end = builder.dim(width)
    const main = mul(binary('floordiv', end, tileRows), tileRows)
    const row = (panel: LoopExpr, blockStart: LoopExpr): LoopStmt[] => {
      const stmts: LoopStmt[] = []
      if (!(main.l === 'const' && main.value === 0))
        stmts.push(forLoop(x, i32(0), main, tileRows, tile(variable(x, 'i32'), tileRows, panel, blockStart)))
      if (isConst(width)) {
        if (width % tileRows !== 0) stmts.push(...tile(main, width % tileRows, panel, blockStart))
      } else {
        const single = builder.fresh('x')
        stmts.push(forLoop(single, main, end, 1, tile(variable(single, 'i32'), 1, panel, blockStart)))
      }
      return stmts
    }
    const blocks = isConst(height) && isConst(perBlock) ? Math.ceil(height / perBlock) : dimCeilDiv(height, perBlock)
    const body = (block: LoopExpr, panel: LoopExpr): readonly LoopStmt[] => {
      const rowsEnd = builder.dim(height)
      const size = builder.dim(perBlock)
      const [from, to] = blocks === 1 ? [i32(0), rowsEnd] : [mul(block, size), binary('min', mul(add(block, 1), size), rowsEnd)]
      const inside = [forLoop(y, from, to, 1, row(panel, from))]
      return [
        forLoop(n, i32(0), builder.dim(batch), 1, parts.count === 1 ? inside : [forLoop(partName, i32(0), i32(parts.count), 1, inside)]),
      ]
    }
    const blockRows = isConst(height) && isConst(perBlock) ? Math.min(height, perBlock) : perBlock
    return finishWalk(builder, {
      name: `conv_${kh}x${kw}_${tileRows}x${tileWidth}${epilogue ? '_epilogue' : ''}`,
      blocks,
      panels: groups * count,
      operations: dimMul(2, batch, blockRows, width, steps, tileWidth),
      flops: dimMul(2, batch, height, width, steps, tileWidth, groups * count),
      body,
    })
  }
  const pairs = buffers.native ? full >> 1 : 0
  const paired = pairs === 0 ? {} : { native: [part(panelWidth, 0, pairs, 2), ...(full % 2 ? [part(panelWidth, pairs * 2, 1)] : [])] }
  return [...(full > 0 ? [{ ...part(panelWidth, 0, full), ...paired }] : []), ...(rest > 0 ? [part(rest, full, 1)] : [])]
}

/**
 * One output channel an input channel: vectors of channels, several output columns at a time, so that the taps of a row of the window are loaded once
 * and its input columns shared. Rows of the window are a loop: V8 would hold the loads of all of them at once.
 */
function convolveDepthwise(stage: ConvStage, input: Access, weights: Access, sizeOf: SizeOf): KernelCall {
  const builder = new KernelBuilder()
  const { out, epilogue, stride, dilation } = stage
  const [, channels, height, width] = out.shape as [Dim, number, Dim, Dim]
  const [kh, kw] = stage.weight.shape.slice(2) as [number, number]
  const padded = Math.ceil(channels / 4) * 4
  const [n, y, x, c] = ['n', 'y', 'x', 'c'].map((hint) => builder.fresh(hint)) as [string, string, string, string]
  const at = (strides: readonly Dim[], column: LoopExpr, row: LoopExpr, channel: LoopExpr): LoopExpr =>
    [variable(n, 'i32'), channel, row, column].reduce((sum: LoopExpr, index, k) => add(sum, mul(index, builder.dim(strides[k]!))), i32(0))
  const vectorOut = out.strides[1] === 1
  const compute = (x0: LoopExpr, columns: number, channel: LoopExpr, vector: boolean): LoopStmt[] => {
    const type = vector ? 'f32x4' : 'f32'
    const stmts: LoopStmt[] = []
    const names = Array.from({ length: columns }, () => builder.fresh('acc'))
    for (const name of names) stmts.push(localStmt(name, constantOf(type, 0)))
    const ky = builder.fresh('ky')
    const inside: LoopStmt[] = []
    const row = add(mul(variable(y, 'i32'), stride[0]), mul(variable(ky, 'i32'), dilation[0]))
    const loaded = new Map<number, LoopExpr>()
    const columnAt = (shift: number): LoopExpr => {
      const known = loaded.get(shift)
      if (known) return known
      const name = builder.fresh('in')
      inside.push(letStmt(name, builder.load(input, at(input.strides, add(mul(x0, stride[1]), shift), row, channel), vector)))
      loaded.set(shift, variable(name, type))
      return variable(name, type)
    }
    for (let kx = 0; kx < kw; kx++) {
      const tap = builder.fresh('tap')
      inside.push(letStmt(tap, builder.load(weights, add(add(channel, mul(variable(ky, 'i32'), kw * padded)), kx * padded), vector)))
      names.forEach((name, i) => {
        inside.push(assign(name, fma(columnAt(i * stride[1] + kx * dilation[1]), variable(tap, type), variable(name, type))))
      })
    }
    stmts.push(forLoop(ky, i32(0), i32(kh), 1, inside))
    names.forEach((name, i) => {
      const axes = [variable(n, 'i32'), channel, variable(y, 'i32'), add(x0, i)].map((index) => ({ index, level: 0 }))
      const accumulator = variable(name, type)
      const value = epilogue
        ? new StageCode(builder, { axes, levels: [stmts], vectorAxis: vector ? 1 : null, accumulator, sizeOf }).value(epilogue)
        : accumulator
      stmts.push(builder.store(out, at(out.strides, add(x0, i), variable(y, 'i32'), channel), value))
    })
    return stmts
  }
  const whole = vectorOut ? channels - (channels % 4) : 0
  const alongChannels = (x0: LoopExpr, columns: number): LoopStmt[] => {
    const stmts: LoopStmt[] = []
    if (whole > 0) stmts.push(forLoop(c, i32(0), i32(whole), 4, compute(x0, columns, variable(c, 'i32'), true)))
    if (whole < channels) stmts.push(forLoop(c, i32(whole), i32(channels), 1, compute(x0, columns, variable(c, 'i32'), false)))
    return stmts
  }
  const end = builder.dim(width)
  const inputColumns = (columns: number): number =>
    new Set(Array.from({ length: columns * kw }, (_, i) => Math.floor(i / kw) * stride[1] + (i % kw) * dilation[1])).size
  const columns = [4, 2, 1].find((count) => count === 1 || count + kw + inputColumns(count) <= 14)!
  const main = mul(binary('floordiv', end, columns), columns)
  const row: LoopStmt[] = [forLoop(x, i32(0), main, columns, alongChannels(variable(x, 'i32'), columns))]
  const single = builder.fresh('x')
  row.push(forLoop(single, main, end, 1, alongChannels(variable(single, 'i32'), 1)))
  const body = forLoop(n, i32(0), builder.dim(out.shape[0]!), 1, [forLoop(y, i32(0), builder.dim(height), 1, row)])
  return builder.finish(`conv_depthwise_${kh}x${kw}`, [body], dimMul(2 * kh * kw, dimProduct(out.shape)))
}
