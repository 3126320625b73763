/** Removes stages whose result nobody reads, and buffers that no stage uses; the rest is numbered anew, in order. */
import type { Access, BufferDecl, BufferId, LoopStage, SegmentProgram, Stage, StageExpr } from '../stage.ts'
import { mapExpr } from '../stageExpr.ts'
import { type Fusion, mapSites, operandAccesses, readsOf, writesOf } from './stages.ts'

export const removeDeadStages = (segment: SegmentProgram): SegmentProgram => renumber({ ...segment, ...dropUnread(segment) })

/** Only the stages; buffers keep their numbers. */
export function dropUnread({ buffers, stages }: Fusion): Fusion {
  const live = new Set<BufferId>(buffers.filter((buffer) => buffer.role === 'output').map((buffer) => buffer.id))
  const kept: Stage[] = []
  for (const stage of [...stages].reverse()) {
    if (!writesOf(stage).some(({ buffer }) => live.has(buffer))) continue
    kept.unshift(stage)
    for (const buffer of readsOf(stage)) live.add(buffer)
  }
  return { buffers, stages: kept }
}

function renumber(segment: SegmentProgram): SegmentProgram {
  const used = new Set<BufferId>([...segment.inputs, ...segment.outputs].map((access) => access.buffer))
  for (const stage of segment.stages) for (const id of [...readsOf(stage), ...writesOf(stage).map((access) => access.buffer)]) used.add(id)
  const kept = segment.buffers.filter((buffer) => used.has(buffer.id))
  const ids = new Map(kept.map((buffer, i) => [buffer.id, i]))
  const declare = (buffer: BufferDecl): BufferDecl => ({ ...buffer, id: ids.get(buffer.id)! })
  const access = (a: Access): Access => ({ ...a, buffer: ids.get(a.buffer)! })
  const rewrite = (expr: StageExpr): StageExpr => mapExpr(expr, (e) => (e.s === 'load' ? { ...e, access: access(e.access) } : e))
  const loop = (stage: LoopStage): LoopStage => ({ ...stage, out: access(stage.out) })
  const stages = segment.stages.map((stage): Stage => {
    const mapped = mapSites(stage, rewrite)
    switch (mapped.kind) {
      case 'loop':
        return loop(mapped)
      case 'row':
        return { ...mapped, locals: mapped.locals.map(declare), steps: mapped.steps.map(loop) }
      case 'gemm':
        return { ...mapped, a: access(mapped.a), b: access(mapped.b), out: access(mapped.out) }
      case 'conv':
        return { ...mapped, input: access(mapped.input), weight: access(mapped.weight), out: access(mapped.out) }
      case 'pool':
        return { ...mapped, input: access(mapped.input), out: access(mapped.out) }
      case 'recurrent':
        return { ...mapped, weight: access(mapped.weight), out: access(mapped.out), last: mapped.last.map(access) }
      case 'template':
        return { ...mapped, inputs: operandAccesses(mapped).map(access), outputs: mapped.outputs.map(access) }
      default:
        return mapped satisfies never
    }
  })
  return { ...segment, buffers: kept.map(declare), inputs: segment.inputs.map(access), outputs: segment.outputs.map(access), stages }
}
