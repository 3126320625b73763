/**
 * Scheduled segments -> one wasm module of a program. Functions with equal loop IR are emitted once; every segment is exported under its name.
 * `relaxed` and `native` use relaxed_madd for `fma`, `native` its own tiles of products; all variants read the same memory.
 */
import type { KernelFunction, MemoryPlan, ScheduledSegment } from '../../kernels/loop.ts'
import { emitKernel, type Variant } from './emitKernel.ts'
import { emitPrepare, emitSegment, layOutDerived } from './emitSegment.ts'
import { emitWarm, type WarmKernel } from './emitWarm.ts'
import { ModuleBuilder } from './encoder.ts'
import { MathTable } from './mathTable.ts'

export type { Variant } from './emitKernel.ts'
export { placeDerived } from './placeDerived.ts'

export interface ModuleOptions {
  readonly variant: Variant
  /** Written into the custom section `tensorscript`. */
  readonly tag?: Uint8Array
  /** Exports `warm` (emitWarm.ts). */
  readonly warm?: boolean
}

export function emitModule(segments: readonly ScheduledSegment[], plans: readonly MemoryPlan[], options: ModuleOptions): Uint8Array {
  const scheduled =
    options.variant === 'native'
      ? segments.map((segment) => ({ ...segment, calls: segment.calls.flatMap((call) => call.native ?? [call]) }))
      : segments
  const module = new ModuleBuilder()
  const math = new MathTable(module, options.variant)
  const counter = options.warm ? module.addGlobal() : null
  const kernels = new Map<string, WarmKernel>()
  const kernelIndex = (kernel: KernelFunction): number => {
    const key = kernelKey(kernel)
    let known = kernels.get(key)
    if (!known) {
      const f = emitKernel(kernel, math, options.variant)
      const index = module.addFunction(counter === null ? f : f.countDown(counter))
      known = { index, params: f.type.params, size: f.prologue.length + f.code.length }
      kernels.set(key, known)
    }
    return known.index
  }
  const callees = { kernelIndex, math }
  const derived = layOutDerived(scheduled)
  const derivedGlobal = derived.bytes > 0 ? module.addGlobal() : null
  scheduled.forEach((segment, i) => {
    const f = emitSegment(segment, plans[i] as MemoryPlan, derived.offsets[i]!, derivedGlobal, callees)
    module.exportFunction(segment.segment.name, module.addFunction(f))
  })
  const called = kernels.size
  if (derivedGlobal !== null) {
    module.exportFunction('prepare', module.addFunction(emitPrepare(scheduled, plans, derived, derivedGlobal, callees)))
  }
  if (counter !== null) {
    const all = [...kernels.values()]
    // What `prepare` calls is needed first.
    module.exportFunction('warm', module.addFunction(emitWarm([...all.slice(called), ...all.slice(0, called)], counter)))
  }
  if (options.tag) module.custom('tensorscript', options.tag)
  return module.encode()
}

/** Equal for functions that do the same: their name does not count. */
const kernelKey = (kernel: KernelFunction): string =>
  JSON.stringify([kernel.params, kernel.body], (_, value) =>
    Object.is(value, -0) ? '-0' : typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  )

/** How many functions the kernels of these segments make: for the report. */
export const uniqueKernels = (scheduled: readonly ScheduledSegment[]): number =>
  new Set(scheduled.flatMap(({ calls }) => calls.map(({ kernel }) => kernelKey(kernel)))).size
