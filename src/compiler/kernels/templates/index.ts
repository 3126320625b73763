/** Template stages -> one kernel call each. Scalar code: these kernels wait for memory or for branches, not for arithmetic. */
import type { KernelCall } from '../loop.ts'
import type { TemplateStage } from '../stage.ts'
import type { TemplateName } from './names.ts'
import { buildScan, buildScanExtreme } from './scan.ts'
import { buildScatter } from './scatter.ts'
import { buildSort } from './sort.ts'
import { buildTopk } from './topk.ts'

const builders: { readonly [K in TemplateName]: (stage: TemplateStage, parallel: boolean) => KernelCall } = {
  sort: buildSort,
  topk: buildTopk,
  scan: buildScan,
  scanExtreme: buildScanExtreme,
  scatter: buildScatter,
}

/** `parallel`: one thread of a GPU's grid a row, and as much scratch memory for each. */
export function scheduleTemplate(stage: TemplateStage, parallel = false): KernelCall {
  const build = builders[stage.name as TemplateName]
  if (!build) throw new Error(`internal error: no template ${stage.name}`)
  return build(stage, parallel)
}
