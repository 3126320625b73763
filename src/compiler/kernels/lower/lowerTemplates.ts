/** sort, topk, running results and scatter: template stages over dense row-major operands. */
import type { Dim } from '../../../ops/dim.ts'
import { dimAdd, dimProduct } from '../../../ops/dimMath.ts'
import { normalizeDim } from '../../../ops/shape.ts'
import type { Access } from '../stage.ts'
import { scanKinds, scatterModes, type TemplateName, topkStack } from '../templates/names.ts'
import type { KernelCallSite } from './kernelOps.ts'

/** A dense tensor as [outer, size, inner] around `dim`. */
function rows(access: Access, dim: number): Access {
  const { shape } = access
  const size = shape[dim] ?? 1
  const inner = dimProduct(shape.slice(dim + 1))
  const split: readonly Dim[] = [dimProduct(shape.slice(0, dim)), size, inner]
  return { ...access, shape: split, strides: [dimProduct([size, inner]), inner, 1] }
}

export function lowerSort(call: KernelCallSite, descending: boolean): readonly Access[] {
  const { context, outputs } = call
  const { self, dim } = operand(call)
  const values = context.temporary('values', outputs[0]!)
  const indices = context.temporary('indices', outputs[1]!)
  const scratch = context.temporary('order', { dtype: 'int64', shape: [dimProduct([2, self.shape[dim] ?? 1])] })
  push(call, 'sort', [rows(self, dim)], [rows(values, dim), rows(indices, dim), scratch], [descending ? 1 : 0])
  return [values, indices]
}

export function lowerTopk(call: KernelCallSite): readonly Access[] {
  const { context, outputs, args } = call
  const { self, dim } = operand(call)
  const values = context.temporary('values', outputs[0]!)
  const indices = context.temporary('indices', outputs[1]!)
  const scratch = context.temporary('order', { dtype: 'int64', shape: [dimAdd(self.shape[dim] ?? 1, topkStack)] })
  push(
    call,
    'topk',
    [rows(self, dim)],
    [rows(values, dim), rows(indices, dim), scratch],
    [args.bool('largest') ? 1 : 0, args.bool('sorted') ? 1 : 0],
  )
  return [values, indices]
}

export function lowerScan(call: KernelCallSite): readonly Access[] {
  const { self, dim } = operand(call)
  const out = call.context.temporary(call.names[0]!, call.outputs[0]!)
  push(call, 'scan', [rows(self, dim)], [rows(out, dim)], [scanKinds.indexOf(call.args.string('kind') as (typeof scanKinds)[number])])
  return [out]
}

export function lowerScanExtreme(call: KernelCallSite): readonly Access[] {
  const { context, outputs, args } = call
  const { self, dim } = operand(call)
  const values = context.temporary('values', outputs[0]!)
  const indices = context.temporary('indices', outputs[1]!)
  push(call, 'scanExtreme', [rows(self, dim)], [rows(values, dim), rows(indices, dim)], [args.bool('largest') ? 1 : 0])
  return [values, indices]
}

export function lowerScatter(call: KernelCallSite): readonly Access[] {
  const { context, args, outputs } = call
  const { self, dim } = operand(call)
  const index = context.dense(context.accessOf(args.tensor('index').value), 'index')
  const src = context.dense(context.accessOf(args.tensor('src').value), 'src')
  const out = context.temporary(call.names[0]!, outputs[0]!)
  const counts = context.temporary('counts', { dtype: 'int64', shape: outputs[0]!.shape })
  const mode = scatterModes.indexOf(args.string('reduce') as (typeof scatterModes)[number])
  push(call, 'scatter', [self, index, src], [out, counts], [dim, mode, args.bool('include_self') ? 1 : 0])
  return [out]
}

function operand({ context, args }: KernelCallSite): { readonly self: Access; readonly dim: number } {
  const self = context.dense(context.accessOf(args.tensor('self').value), 'self')
  return { self, dim: normalizeDim('dim', args.int('dim'), self.shape.length) }
}

function push(
  { context }: KernelCallSite,
  name: TemplateName,
  inputs: readonly Access[],
  outputs: readonly Access[],
  params: readonly number[],
): void {
  context.stages.push({ kind: 'template', name, inputs, outputs, params })
}
