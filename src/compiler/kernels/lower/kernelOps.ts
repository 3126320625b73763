/**
 * Kernel operators: one lowering each, in a total map over the registry's names, so that an operator without a kernel does not type-check.
 * Matrix products become gemm stages, convolutions conv stages (1x1 ones a gemm), windows pool stages, sorts and scans templates; what these
 * do not take (integers) becomes a reducing loop.
 */
import type { Args, TensorMeta } from '../../../ops/operator.ts'
import type { KernelOpName } from '../../../ops/registry.ts'
import type { TensorValue } from '../../ir/operatorCall.ts'
import type { Access } from '../stage.ts'
import type { LoweringContext } from './context.ts'
import { lowerConvolution } from './lowerConvolution.ts'
import { lowerPool } from './lowerPool.ts'
import { lowerProduct } from './lowerProduct.ts'
import { lowerRecurrence } from './lowerRecurrence.ts'
import { lowerScan, lowerScanExtreme, lowerScatter, lowerSort, lowerTopk } from './lowerTemplates.ts'

export interface KernelCallSite {
  readonly context: LoweringContext
  readonly args: Args<TensorValue>
  readonly outputs: readonly TensorMeta[]
  readonly names: readonly string[]
}

type Lowering = (call: KernelCallSite) => readonly Access[]

const lowerings: { readonly [K in KernelOpName]: Lowering } = {
  'aten::mm': (call) => lowerProduct(call, []),
  'aten::bmm': (call) => lowerProduct(call, call.outputs[0]!.shape.slice(0, 1)),
  'aten::convolution': lowerConvolution,
  'aten::max_pool2d': (call) => lowerPool(call, 'max'),
  'aten::avg_pool2d': (call) => lowerPool(call, 'sum'),
  'aten::sort': (call) => lowerSort(call, call.args.bool('descending')),
  'aten::topk': lowerTopk,
  'nn::recurrence': lowerRecurrence,
  'nn::scan': lowerScan,
  'nn::scan_extreme': lowerScanExtreme,
  'nn::scatter': lowerScatter,
}

export const isKernelOp = (name: string): name is KernelOpName => Object.hasOwn(lowerings, name)

export const lowerKernelOp = (name: KernelOpName, call: KernelCallSite): readonly Access[] => lowerings[name](call)
