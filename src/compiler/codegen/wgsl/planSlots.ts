/**
 * Which device buffer ("slot") each buffer of a segment takes. Unlike wasm there is no arena: a slot may not be read and written by one
 * dispatch, so a buffer only takes over a slot whose last reader ran before its own first writer. Greedy by first use, among slots of equal size,
 * or among constant sizes the smallest that fits.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimMul, isConst } from '../../../ops/dimMath.ts'
import type { ScheduledSegment } from '../../kernels/loop.ts'
import type { BufferId } from '../../kernels/stage.ts'

export interface SlotPlan {
  /** Bytes of each slot. */
  readonly sizes: readonly Dim[]
  readonly slots: ReadonlyMap<BufferId, number>
}

interface Slot {
  size: Dim
  /** The call after which it is free again; Infinity for inputs and outputs. */
  freeAfter: number
}

export function planSlots({ segment, buffers, calls }: ScheduledSegment): SlotPlan {
  const lastUse = new Map<BufferId, number>()
  calls.forEach(({ args }, at) => {
    for (const arg of args) if ('buffer' in arg) lastUse.set(arg.buffer, at)
  })
  const kept = new Set([...segment.inputs, ...segment.outputs].map(({ buffer }) => buffer))
  const slots: Slot[] = []
  const taken = new Map<BufferId, number>()
  const take = (id: BufferId, at: number): void => {
    const buffer = buffers.find((candidate) => candidate.id === id)!
    if (taken.has(id) || buffer.role === 'weight') return
    // Every element takes four bytes on the device.
    const size = dimMul(buffer.size, 4)
    const freeAfter = kept.has(id) ? Number.POSITIVE_INFINITY : lastUse.get(id)!
    let found = kept.has(id) ? -1 : slots.findIndex((slot) => slot.freeAfter < at && dimEqual(slot.size, size))
    if (found < 0 && !kept.has(id) && isConst(size))
      found = slots.findIndex((slot) => slot.freeAfter < at && isConst(slot.size) && slot.size >= size)
    if (found < 0) found = slots.push({ size, freeAfter }) - 1
    slots[found]!.freeAfter = freeAfter
    taken.set(id, found)
  }
  for (const id of kept) take(id, -1)
  calls.forEach(({ args }, at) => {
    for (const arg of args) if ('buffer' in arg) take(arg.buffer, at)
  })
  return { sizes: slots.map(({ size }) => size), slots: taken }
}
