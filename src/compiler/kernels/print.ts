/** Stages, schedules and memory plans as text, for `inspect`, dumps and golden files. One line a stage, formulas in infix. */

import type { Dim } from '../../ops/dim.ts'
import { dimToString, isConst } from '../../ops/dimMath.ts'
import { writesOf } from './fuse/stages.ts'
import type { MemoryPlan, ScheduledSegment } from './loop.ts'
import type { Access, BufferDecl, LoopStage, SegmentProgram, Stage, StageExpr } from './stage.ts'
import { isNormalized } from './stageExpr.ts'

export function printStages(segment: SegmentProgram): string {
  const scalars = segment.scalars.map(({ name, type }) => `${name}: ${type}`)
  const names = bufferNames(segment.buffers)
  const lines = segment.buffers.map(
    (buffer) =>
      `  ${buffer.role} ${names.get(buffer.id)}: ${buffer.dtype}[${dimToString(buffer.size)}]${buffer.packing ? ` packed ${buffer.packing.name}` : ''}`,
  )
  const stages = segment.stages.flatMap((stage) => printStage(stage, names).map((line) => `  ${line}`))
  return `segment ${segment.name}(${scalars.join(', ')})\n${[...lines, ...stages].join('\n')}\n`
}

type Names = ReadonlyMap<number, string>

function bufferNames(buffers: readonly BufferDecl[]): Names {
  return new Map(buffers.map(({ id, name }) => [id, `${name}#${id}`]))
}

const dims = (values: readonly Dim[]): string => `[${values.map(dimToString).join(', ')}]`

function accessText(access: Access, names: Names): string {
  const offset = access.offset === 0 ? '' : ` + ${dimToString(access.offset)}`
  return `${names.get(access.buffer)}${dims(access.shape)}:${dims(access.strides)}${offset}`
}

function printStage(stage: Stage, names: Names): readonly string[] {
  const out = writesOf(stage)
    .map((access) => accessText(access, names))
    .join(', ')
  switch (stage.kind) {
    case 'loop':
      return [loopText(stage, names)]
    case 'row':
      return [
        `row over ${dims(stage.rows)}${stage.locals.length > 0 ? `, locals ${stage.locals.map((local) => names.get(local.id)).join(', ')}` : ''}`,
        ...stage.steps.map((step) => `  ${loopText(step, names)}`),
      ]
    case 'gemm':
      return [`gemm ${out} = ${accessText(stage.a, names)} @ ${accessText(stage.b, names)}${epilogue(stage.epilogue, names)}`]
    case 'conv':
      return [
        `conv ${out} = ${accessText(stage.input, names)} * ${accessText(stage.weight, names)} stride ${dims(stage.stride)} padding ${dims(stage.padding)} dilation ${dims(stage.dilation)} groups ${stage.groups}${epilogue(stage.epilogue, names)}`,
      ]
    case 'pool':
      return [
        `pool ${out} = ${stage.combiner} of ${accessText(stage.input, names)} kernel ${dims(stage.kernel)} stride ${dims(stage.stride)} padding ${dims(stage.padding)} dilation ${dims(stage.dilation)}${epilogue(stage.epilogue, names)}`,
      ]
    case 'recurrent':
      return [
        `recurrent ${out} over ${dimToString(stage.steps)} steps${stage.reverse ? ' backwards' : ''} by ${accessText(stage.weight, names)}`,
        ...stage.cell.map((next, k) => `  state ${k}: ${exprText(stage.initial[k]!, names)}, then ${exprText(next, names)}`),
      ]
    case 'template':
      return [
        `${stage.name}(${stage.params.map((param) => dimToString(param)).join(', ')}) ${out} = ${stage.inputs.map((access) => accessText(access, names)).join(', ')}`,
      ]
    default:
      return stage satisfies never
  }
}

const epilogue = (expr: StageExpr | null, names: Names): string => (expr ? ` then ${exprText(expr, names)}` : '')

function loopText(stage: LoopStage, names: Names): string {
  const body = exprText(stage.body, names)
  const value = stage.reduce
    ? `${stage.reduce.combiner} over ${dims(stage.reduce.axes)} of ${body}${epilogue(stage.epilogue, names)}`
    : body
  return `loop ${accessText(stage.out, names)} = ${value}`
}

const infix: { readonly [fn: string]: string } = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  and: '&',
  or: '|',
  xor: '^',
  shl: '<<',
  shr: '>>',
  remainder: '%',
}

function exprText(expr: StageExpr, names: Names): string {
  const go = (e: StageExpr): string => exprText(e, names)
  switch (expr.s) {
    case 'scalar':
      return typeof expr.value === 'boolean' ? String(expr.value) : dimToString(expr.value)
    case 'index':
      return `i${expr.axis}`
    case 'accumulator':
      return expr.which ? `acc${expr.which}` : 'acc'
    case 'load':
      if (isNormalized(expr))
        return `${names.get(expr.access.buffer)}:${dims(expr.access.strides)}${expr.access.offset === 0 ? '' : ` + ${dimToString(expr.access.offset)}`}`
      return `${accessText(expr.access, names)}{${expr.indices.map(go).join(', ')}}`
    case 'unary':
      return `${expr.fn}(${go(expr.a)})`
    case 'binary':
      return infix[expr.fn] ? `(${go(expr.a)} ${infix[expr.fn]} ${go(expr.b)})` : `${expr.fn}(${go(expr.a)}, ${go(expr.b)})`
    case 'select':
      return `(${go(expr.condition)} ? ${go(expr.a)} : ${go(expr.b)})`
    case 'cast':
      return `${expr.dtype}(${go(expr.a)})`
    default:
      return expr satisfies never
  }
}

/** Calls in order, with their kernels and operands; then each kernel once with its size. */
export function printScheduled(scheduled: ScheduledSegment): string {
  const buffers = [...scheduled.segment.buffers, ...scheduled.buffers]
  const names = bufferNames(buffers)
  const calls = scheduled.calls.map((call) => {
    const args = call.args.map((arg) =>
      'buffer' in arg ? `${names.get(arg.buffer)}${arg.offset === 0 ? '' : ` + ${dimToString(arg.offset)}`}` : dimToString(arg.scalar),
    )
    return `  ${call.kernel.name}(${args.join(', ')})${call.flops === 0 ? '' : ` # ${dimToString(call.flops)} operations`}`
  })
  return `${printStages(scheduled.segment)}calls of ${scheduled.segment.name}\n${calls.join('\n')}\n`
}

/** Buffers by place. */
export function printPlan({ segment, buffers }: ScheduledSegment, plan: MemoryPlan): string {
  const lines = [...segment.buffers, ...buffers]
    .filter((buffer) => plan.offsets.has(buffer.id))
    .map((buffer) => ({ buffer, offset: plan.offsets.get(buffer.id)! }))
    .sort((a, b) => (isConst(a.offset) && isConst(b.offset) ? a.offset - b.offset : 0) || a.buffer.id - b.buffer.id)
    .map(
      ({ buffer, offset }) =>
        `  ${dimToString(offset)}: ${buffer.role} ${buffer.name}#${buffer.id} ${buffer.dtype}[${dimToString(buffer.size)}]`,
    )
  return `arena of ${segment.name}: ${dimToString(plan.arenaBytes)} bytes\n${lines.join('\n')}\n`
}
