/** Stages -> wasm kernels: one schedule a kind of stage. Weights that a schedule wants in another order are added as packed buffers. */
import type { Dim } from '../../../ops/dim.ts'
import type { KernelCall, ScheduledSegment } from '../loop.ts'
import type { Access, SegmentProgram, Stage } from '../stage.ts'
import { scheduleTemplate } from '../templates/index.ts'
import { scheduleConv } from './convStage.ts'
import { scheduleGemm } from './gemmStage.ts'
import { SegmentBuffers } from './kernelBuilder.ts'
import { scheduleLoop } from './loopStage.ts'
import { schedulePool } from './poolStage.ts'
import { scheduleRecurrent } from './recurrentStage.ts'
import { scheduleRow } from './rowStage.ts'
import { splitIntoStrips } from './strips.ts'

export interface ScheduleOptions {
  /** No Winograd; fma stays (the relaxed variant is not emitted for exact programs). */
  readonly exact: boolean
  /** Also calls for the `native` variant. */
  readonly native: boolean
}

export function scheduleSegment(segment: SegmentProgram, options: ScheduleOptions): ScheduledSegment {
  const buffers = new SegmentBuffers(segment.buffers, options.native)
  const calls = segment.stages.flatMap((stage) => scheduleStage(stage, buffers, options))
  return { segment, buffers: buffers.added, calls, ...(buffers.prepare.length > 0 ? { prepare: buffers.prepare } : {}) }
}

function scheduleStage(stage: Stage, buffers: SegmentBuffers, options: ScheduleOptions): readonly KernelCall[] {
  const sizeOf = (access: Access): Dim => buffers.get(access.buffer).size
  switch (stage.kind) {
    case 'loop': {
      const split = splitIntoStrips(stage, buffers)
      if (!split) return [scheduleLoop(stage, sizeOf)]
      const strips = scheduleRow(split.strips, sizeOf)
      return split.rest ? [strips, scheduleLoop(split.rest, sizeOf)] : [strips]
    }
    case 'row':
      return [scheduleRow(stage, sizeOf)]
    case 'gemm':
      return scheduleGemm(stage, buffers, sizeOf)
    case 'conv':
      return scheduleConv(stage, buffers, sizeOf, options)
    case 'pool':
      return [schedulePool(stage, sizeOf)]
    case 'recurrent':
      return scheduleRecurrent(stage, buffers, sizeOf)
    case 'template':
      return [scheduleTemplate(stage)]
    default:
      return stage satisfies never
  }
}
