/**
 * Softmax, LayerNorm and their kin: reductions over the fast axes and the pointwise stages around them that share the leading axes become one
 * row program, so that a row is read from memory once and what passes between the steps stays in row temporaries.
 * Grown from each reduction: producers that only it and other steps read, then everything that follows from what the steps wrote.
 */

import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimSub } from '../../../ops/dimMath.ts'
import { numel } from '../../../ops/shape.ts'
import { solveIndices } from '../access.ts'
import type { Access, BufferDecl, BufferId, LoopStage, RowStage, Stage } from '../stage.ts'
import { affineExpr, isNormalized, loadsOf, mapExpr, normalizeLoads, substituteIndices } from '../stageExpr.ts'
import { dimsEqual, type Fusion, isPointwise, loadsOfStage, loopAxes, readsOf, usageOf, writesOf } from './stages.ts'

export function formRows(fusion: Fusion): Fusion {
  let { stages, buffers } = fusion
  const known = new Map<Stage, ReadonlySet<BufferId>>()
  for (let position = 0; position < stages.length; position++) {
    const seed = stages[position]!
    if (seed.kind !== 'loop' || !seed.reduce || !reducesFastAxes(seed)) continue
    const group = grow(stages, position, buffers, known)
    if (!group || group.size < 2) continue
    const formed = form(stages, group, seed.axes, buffers)
    stages = formed.stages
    buffers = formed.buffers
  }
  return { buffers, stages }
}

/** The reduction walks memory in order: some load has stride 1 along the last reduced axis. Others vectorize across rows as they are. */
function reducesFastAxes(stage: LoopStage): boolean {
  const last = loopAxes(stage).length - 1
  return stage.reduce!.axes.length > 0 && loadsOf(stage.body).some((load) => isNormalized(load) && load.access.strides[last] === 1)
}

/** Positions of the stages that form a row program with the seed, with their axes as [...rows, ...own]. */
function grow(
  stages: readonly Stage[],
  seedAt: number,
  buffers: readonly BufferDecl[],
  known: Map<Stage, ReadonlySet<BufferId>>,
): Map<number, LoopStage> | null {
  const seed = stages[seedAt] as LoopStage
  const rows = seed.axes
  const usage = usageOf(stages, known)
  const group = new Map<number, LoopStage>([[seedAt, seed]])
  const single = (buffer: BufferId): boolean => buffers[buffer]!.role !== 'input' && (usage.writers.get(buffer) ?? []).length === 1
  // Backwards: a producer that is read by steps only.
  for (const load of loadsOf(seed.body)) {
    const at = single(load.access.buffer) ? usage.writers.get(load.access.buffer)![0]! : -1
    const producer = at >= 0 ? stages[at]! : null
    if (!producer || !isPointwise(producer) || group.has(at) || !isNormalized(load)) continue
    const placed = overAxes(producer, load.access, rows)
    if (placed) group.set(at, placed)
  }
  for (let changed = true; changed; ) {
    changed = false
    const written = new Map([...group].map(([, step]) => [step.out.buffer, single(step.out.buffer) ? step : null] as const))
    for (const [at, stage] of stages.entries()) {
      if (group.has(at) || stage.kind !== 'loop' || at < Math.min(...group.keys())) continue
      if (![...readsOf(stage)].some((buffer) => written.has(buffer))) continue
      const step = splitRows(stage, rows)
      if (!step || (step.reduce && !dimsEqual(step.axes, rows)) || !staysInRow(step, written, rows.length)) continue
      group.set(at, step)
      changed = true
    }
  }
  return prune(stages, group, rows.length, single)
}

/** Removes steps until the rest may run at the place of the last one, and every value between steps stays within its row. */
function prune(
  stages: readonly Stage[],
  group: Map<number, LoopStage>,
  rank: number,
  single: (buffer: BufferId) => boolean,
): Map<number, LoopStage> | null {
  for (let changed = true; changed; ) {
    changed = false
    const positions = [...group.keys()].sort((a, b) => a - b)
    const last = positions[positions.length - 1]!
    const written = new Map<BufferId, LoopStage | null>()
    for (const at of positions) {
      const step = group.get(at)!
      if (!staysInRow(step, written, rank)) {
        group.delete(at)
        changed = true
        break
      }
      written.set(step.out.buffer, single(step.out.buffer) ? step : null)
    }
    if (changed) continue
    // A stage in between that is no step and reads or feeds steps forbids to move them together.
    for (let at = positions[0]!; at < last; at++) {
      const other = stages[at]!
      if (group.has(at)) continue
      if ([...readsOf(other)].some((buffer) => written.has(buffer)) || writesOf(other).some(({ buffer }) => written.has(buffer))) {
        group.delete(last)
        changed = true
        break
      }
    }
  }
  return group.size < 2 || ![...group.values()].some((step) => step.reduce) ? null : group
}

/** A pointwise stage over the axes of what reads it. */
function overAxes(producer: LoopStage, access: Access, rows: readonly Dim[]): LoopStage | null {
  if (
    producer.axes.length >= rows.length &&
    dimsEqual(producer.axes.slice(0, rows.length), rows) &&
    producer.axes.length === access.shape.length
  )
    return producer
  if (!dimEqual(numel(producer.axes), numel(access.shape)) || access.strides.some((stride, i) => stride === 0 && access.shape[i] !== 1))
    return null
  const placed = solveIndices(producer.out, access)
  if (!placed) return null
  return {
    ...producer,
    axes: access.shape,
    body: normalizeLoads(substituteIndices(producer.body, placed.map(affineExpr)), access.shape),
    out: { ...access },
  }
}

/** The stage with the rows as its leading axes; null when it has others. */
function splitRows(stage: LoopStage, rows: readonly Dim[]): LoopStage | null {
  return stage.axes.length >= rows.length && dimsEqual(stage.axes.slice(0, rows.length), rows) ? stage : null
}

/** Every load of what a step wrote is in the step's own row. null: written by several stages (slices), which no step may read. */
function staysInRow(stage: LoopStage, written: ReadonlyMap<BufferId, LoopStage | null>, rank: number): boolean {
  return loadsOfStage(stage).every((load) => {
    const step = written.get(load.access.buffer)
    if (step === undefined) return true
    if (step === null || !isNormalized(load)) return false
    return sameRow(step.out, load.access, rank)
  })
}

function sameRow(out: Access, access: Access, rank: number): boolean {
  for (let axis = 0; axis < rank; axis++) if (out.shape[axis] !== 1 && !dimEqual(out.strides[axis]!, access.strides[axis]!)) return false
  const own = (a: Access): Access => ({ ...a, shape: a.shape.slice(rank), strides: a.strides.slice(rank) })
  return solveIndices(own(out), own(access)) !== null
}

function form(
  stages: readonly Stage[],
  group: ReadonlyMap<number, LoopStage>,
  rows: readonly Dim[],
  buffers: readonly BufferDecl[],
): Fusion {
  const positions = [...group.keys()].sort((a, b) => a - b)
  const last = positions[positions.length - 1]!
  const { readers, writers } = usageOf(stages)
  const locals = new Map<BufferId, BufferDecl>()
  /** Where what a step writes begins: loads of a part of the row keep their distance from it. */
  const starts = new Map<BufferId, Dim>()
  for (const at of positions) {
    const { buffer, shape, offset } = group.get(at)!.out
    starts.set(buffer, offset)
    const isSlice = writers.get(buffer)!.length > 1
    const isLocal = !isSlice && buffers[buffer]!.role === 'temporary' && (readers.get(buffer) ?? []).every((reader) => group.has(reader))
    if (isLocal) locals.set(buffer, { ...buffers[buffer]!, size: numel(shape.slice(rows.length)) })
  }
  const steps = positions.map((at) => localize(group.get(at)!, locals, starts, rows.length))
  const row: RowStage = { kind: 'row', rows, locals: [...locals.values()], steps }
  return {
    buffers: buffers.map((buffer) => locals.get(buffer.id) ?? buffer),
    stages: stages.flatMap((stage, at): readonly Stage[] => (at === last ? [row] : group.has(at) ? [] : [stage])),
  }
}

/** Row temporaries hold one row: along the rows their strides are 0. */
function localize(step: LoopStage, locals: ReadonlyMap<BufferId, BufferDecl>, starts: ReadonlyMap<BufferId, Dim>, rank: number): LoopStage {
  const local = (access: Access): Access =>
    locals.has(access.buffer)
      ? {
          ...access,
          strides: access.strides.map((stride, axis) => (axis < rank ? 0 : stride)),
          offset: dimSub(access.offset, starts.get(access.buffer)!),
        }
      : access
  const rewrite = (expr: LoopStage['body']): LoopStage['body'] =>
    mapExpr(expr, (e) => (e.s === 'load' ? { ...e, access: local(e.access) } : e))
  return { ...step, body: rewrite(step.body), epilogue: step.epilogue && rewrite(step.epilogue), out: local(step.out) }
}
