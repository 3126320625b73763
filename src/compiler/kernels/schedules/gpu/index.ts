/** Stages -> GPU kernels: the sibling of the wasm schedules. Buffers are slots of their own (no arena), so no schedule works in place. */

import type { KernelCall, ScheduledSegment } from '../../loop.ts'
import type { BufferDecl, SegmentProgram, Stage } from '../../stage.ts'
import { scheduleTemplate } from '../../templates/index.ts'
import { scratchOfRows } from '../../templates/names.ts'
import { scheduleConv, schedulePool } from './conv.ts'
import { scheduleGemm } from './gemm.ts'
import { scheduleLoop } from './loopStage.ts'
import { scheduleRecurrent } from './recurrent.ts'
import { fitsWorkgroup, scheduleRow } from './rowStage.ts'
import { splitRow } from './splitRow.ts'

export function scheduleSegmentForGpu(segment: SegmentProgram): ScheduledSegment {
  const buffers: BufferDecl[] = [...segment.buffers]
  const calls = segment.stages.flatMap((stage) => scheduleStage(stage, buffers))
  return { segment, buffers, calls }
}

function scheduleStage(stage: Stage, buffers: BufferDecl[]): KernelCall[] {
  switch (stage.kind) {
    case 'loop':
      return [scheduleLoop(stage)]
    case 'row': {
      if (fitsWorkgroup(stage)) return [scheduleRow(stage)]
      const split = splitRow(stage)
      for (const buffer of split.buffers) buffers[buffers.findIndex(({ id }) => id === buffer.id)] = buffer
      return split.steps.map(scheduleLoop)
    }
    case 'gemm':
      return [scheduleGemm(stage)]
    case 'conv':
      return [scheduleConv(stage)]
    case 'pool':
      return [schedulePool(stage)]
    case 'recurrent':
      return [scheduleRecurrent(stage)]
    case 'template': {
      for (const { buffer, size } of scratchOfRows(stage)) {
        const at = buffers.findIndex(({ id }) => id === buffer)
        buffers[at] = { ...buffers[at]!, size }
      }
      return [scheduleTemplate(stage, true)]
    }
    default:
      return stage satisfies never
  }
}
