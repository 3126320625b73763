/**
 * In: a scheduled segment. After: a place in the arena for every buffer that is not a weight, such that buffers which are needed at the same
 * time do not overlap. 64-byte aligned. Inputs are there from the start, outputs to the end; everything else from the first call that
 * writes it to the last that reads it.
 * Static sizes: greedy by size with best fit (Pisarchyk and Lee 2020, "Efficient memory management for deep neural net inference"), started
 * from several orders. Symbolic sizes: buffers that never meet share a slot; slots are stacked, their sizes the maximum of what they hold.
 * A result of a pointwise stage takes the place of an operand that ends there.
 */
import type { Dim } from '../../ops/dim.ts'
import { dimAdd, dimEqual, dimFloorDiv, dimMax, dimMul, dimRange, isConst, substituteDim, symbolsOf } from '../../ops/dimMath.ts'
import { elementBytes } from '../../ops/dtype.ts'
import { isPointwise, loadsOfStage, usageOf } from './fuse/stages.ts'
import type { MemoryPlan, ScheduledSegment } from './loop.ts'
import type { BufferDecl, BufferId, LoopStage } from './stage.ts'
import { isNormalized, type LoadExpr } from './stageExpr.ts'

const alignment = 64

interface Placed {
  readonly id: BufferId
  /** Bytes, a multiple of the alignment. */
  readonly bytes: Dim
  /** First and last call that need it, inclusive. */
  readonly from: number
  readonly to: number
}

/** `most`: of symbols that no call exceeds (chunkRows.ts), which makes the plan static. */
export function planMemory(scheduled: ScheduledSegment, optimize = true, most: ReadonlyMap<string, number> = new Map()): MemoryPlan {
  const buffers = liveBuffers(scheduled, most)
  const merged = optimize ? shareInPlace(scheduled, buffers) : new Map<BufferId, BufferId>()
  const root = (id: BufferId): BufferId => (merged.has(id) ? root(merged.get(id)!) : id)
  const groups = new Map<BufferId, Placed>()
  for (const buffer of buffers) {
    const id = root(buffer.id)
    const group = groups.get(id)
    groups.set(
      id,
      group
        ? { id, bytes: dimMax(group.bytes, buffer.bytes), from: Math.min(group.from, buffer.from), to: Math.max(group.to, buffer.to) }
        : { ...buffer, id },
    )
  }
  const items = [...groups.values()]
  const isStatic = items.every(({ bytes }) => isConst(bytes))
  const { offsets, arenaBytes } = isStatic ? placeStatic(items as readonly StaticItem[]) : placeSymbolic(items)
  return { arenaBytes, offsets: new Map(buffers.map(({ id }) => [id, offsets.get(root(id))!])) }
}

/** Sizes of declared bounded dims are known at build time: their bound. */
function bytesOf(buffer: BufferDecl, most: ReadonlyMap<string, number>): Dim {
  const bytes = dimMul(substituteDim(buffer.size, most), elementBytes[buffer.dtype])
  const { max } = dimRange(bytes)
  const bound = Number.isFinite(max) && symbolsOf(bytes).length > 0 ? max : bytes
  if (isConst(bound)) return Math.ceil(bound / alignment) * alignment
  // `40 * N` takes `64 * N`: no rounding at the call, and sizes that compare. Rows of few bytes are rounded as a whole.
  const terms = bound.op === 'add' ? bound.args : [bound]
  const rounded = terms.map((term) => roundTerm(term))
  return rounded.includes(null)
    ? dimMul(dimFloorDiv(dimAdd(bound, alignment - 1), alignment), alignment)
    : dimAdd(...(rounded as readonly Dim[]))
}

/** A monomial with its coefficient rounded up to the alignment; null when that would more than double it. */
function roundTerm(term: Dim): Dim | null {
  if (isConst(term)) return Math.ceil(term / alignment) * alignment
  const coefficient = term.op === 'mul' && isConst(term.args[0]!) ? term.args[0] : 1
  const rounded = Math.ceil(coefficient / alignment) * alignment
  if (coefficient <= 0 || rounded > 2 * coefficient) return null
  return dimMul(rounded, ...(coefficient === 1 ? [term] : (term as { readonly args: readonly Dim[] }).args.slice(1)))
}

/** Buffers with the calls that need them. Buffers that nothing needs get a place of their own at the start. */
function liveBuffers({ segment, buffers, calls }: ScheduledSegment, most: ReadonlyMap<string, number>): readonly Placed[] {
  const first = new Map<BufferId, number>()
  const last = new Map<BufferId, number>()
  calls.forEach((call, at) => {
    for (const arg of [call, ...(call.native ?? [])].flatMap(({ args }) => args)) {
      if (!('buffer' in arg)) continue
      if (!first.has(arg.buffer)) first.set(arg.buffer, at)
      last.set(arg.buffer, at)
    }
  })
  const end = calls.length
  return [...segment.buffers, ...buffers]
    .filter((buffer) => buffer.role !== 'weight')
    .map((buffer) => ({
      id: buffer.id,
      bytes: bytesOf(buffer, most),
      from: buffer.role === 'input' ? -1 : (first.get(buffer.id) ?? -1),
      // What all chunks read is copied in once.
      to: buffer.role === 'output' || (most.size > 0 && isConst(buffer.size)) ? end : (last.get(buffer.id) ?? -1),
    }))
}

/**
 * Results that may lie where an operand lay: the stage is pointwise, reads the operand at the very element it writes, both have elements of
 * the same size and fill their buffers, and nothing needs the operand later. Result -> operand.
 */
function shareInPlace({ segment }: ScheduledSegment, live: readonly Placed[]): Map<BufferId, BufferId> {
  const places = new Map(live.map((item) => [item.id, item]))
  const shared = new Map<BufferId, BufferId>()
  const taken = new Set<BufferId>()
  const { writers } = usageOf(segment.stages)
  for (const stage of segment.stages) {
    if (!isPointwise(stage) || writers.get(stage.out.buffer)!.length > 1 || stage.out.offset !== 0) continue
    const result = segment.buffers[stage.out.buffer]!
    const place = places.get(result.id)!
    for (const load of loadsOfStage(stage)) {
      const operand = segment.buffers[load.access.buffer]!
      const ends = places.get(operand.id)
      if (!ends || operand.id === result.id || taken.has(operand.id) || ends.to !== place.from) continue
      if (elementBytes[operand.dtype] !== elementBytes[result.dtype] || !dimEqual(operand.size, result.size)) continue
      const same = loadsOfStage(stage)
        .filter((other) => other.access.buffer === operand.id)
        .every((other) => readsWhereItWrites(other, stage))
      if (!same) continue
      shared.set(result.id, operand.id)
      taken.add(operand.id)
      break
    }
  }
  return shared
}

const readsWhereItWrites = (load: LoadExpr, { axes, out }: LoopStage): boolean =>
  isNormalized(load) &&
  load.access.offset === 0 &&
  load.access.strides.length === out.strides.length &&
  load.access.strides.every((stride, axis) => axes[axis] === 1 || dimEqual(stride, out.strides[axis]!))

interface StaticItem extends Placed {
  readonly bytes: number
}

interface Placement {
  readonly offsets: ReadonlyMap<BufferId, Dim>
  readonly arenaBytes: Dim
}

const overlap = (a: Placed, b: Placed): boolean => a.from <= b.to && b.from <= a.to

function placeStatic(items: readonly StaticItem[]): Placement {
  const orders: readonly ((a: StaticItem, b: StaticItem) => number)[] = [
    (a, b) => b.bytes - a.bytes || a.from - b.from || a.id - b.id,
    (a, b) => a.from - b.from || b.bytes - a.bytes || a.id - b.id,
    (a, b) => b.bytes * (b.to - b.from + 1) - a.bytes * (a.to - a.from + 1) || a.id - b.id,
  ]
  const plans = orders.map((order) => placeInOrder([...items].sort(order)))
  return plans.reduce((best, plan) => ((plan.arenaBytes as number) < (best.arenaBytes as number) ? plan : best))
}

/** Each item goes into the smallest gap between those already placed that it meets in time, or behind them. */
function placeInOrder(items: readonly StaticItem[]): Placement {
  const placed: { readonly item: StaticItem; readonly offset: number }[] = []
  let arenaBytes = 0
  for (const item of items) {
    const meeting = placed.filter((other) => overlap(other.item, item)).sort((a, b) => a.offset - b.offset)
    let best = -1
    let smallest = Number.POSITIVE_INFINITY
    let end = 0
    for (const { item: other, offset } of meeting) {
      const gap = offset - end
      if (gap >= item.bytes && gap < smallest) {
        best = end
        smallest = gap
      }
      end = Math.max(end, offset + other.bytes)
    }
    const offset = best >= 0 ? best : end
    placed.push({ item, offset })
    arenaBytes = Math.max(arenaBytes, offset + item.bytes)
  }
  return { offsets: new Map(placed.map(({ item, offset }) => [item.id, offset])), arenaBytes }
}

const isPlain = (dim: Dim): boolean => isConst(dim) || dim.op !== 'max'

function placeSymbolic(items: readonly Placed[]): Placement {
  const slots: { readonly members: Placed[]; bytes: Dim }[] = []
  for (const item of [...items].sort((a, b) => a.from - b.from || a.id - b.id)) {
    const free = slots.filter((slot) => slot.members.every((other) => !overlap(other, item)))
    // A slot whose size stays one expression: maxima of what cannot be compared would be evaluated at every call.
    const slot =
      free.find((candidate) => dimEqual(candidate.bytes, item.bytes)) ??
      free.find((candidate) => isPlain(dimMax(candidate.bytes, item.bytes)))
    if (slot) {
      slot.members.push(item)
      slot.bytes = dimMax(slot.bytes, item.bytes)
    } else slots.push({ members: [item], bytes: item.bytes })
  }
  const offsets = new Map<BufferId, Dim>()
  let arenaBytes: Dim = 0
  for (const slot of slots) {
    for (const { id } of slot.members) offsets.set(id, arenaBytes)
    arenaBytes = dimAdd(arenaBytes, slot.bytes)
  }
  return { offsets, arenaBytes }
}
