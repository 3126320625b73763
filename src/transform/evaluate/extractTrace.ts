/**
 * Runs in the worker: records a traced function, as often as its options ask for, and turns the recording into data. Stacks become
 * positions in the bundle (`file` is empty); the evaluating side knows which source they stand for.
 */
import type { Evaluated, Recording, TraceStep } from '../../compiler/program.ts'
import type { Step, TracedConstant } from '../../eager/recorder.ts'
import type { Recorded } from '../../lang/trace/record.ts'
import type { Recipe, TraceInternals } from '../../lang/trace/trace.ts'
import { type Traced, tensorIds } from '../../ops/traced.ts'
import type { Site } from './extractValue.ts'

type TensorData = Extract<Evaluated, { readonly kind: 'tensor' }>

/** Null: the value is not traced. `bundle` is the URL that stands in stacks; `extract` makes data of a tensor. */
export function extractTrace(
  value: unknown,
  { recipesOfTraced, record }: TraceInternals,
  bundle: string,
  sites: ReadonlyMap<unknown, Site>,
  extract: (tensor: object) => TensorData,
): Extract<Evaluated, { readonly kind: 'trace' }> | null {
  const recipes = (typeof value === 'function' || typeof value === 'object') && value !== null ? recipesOfTraced(value) : null
  if (!recipes) return null
  const recordings = [...recipes].map(([name, recipe]): [string, Recording] => {
    const site = recipe.module && sites.get(recipe.module.constructor)
    const method = site ? { file: site.file, className: site.name, name: name === '' ? 'forward' : name } : null
    return [name, { ...recordingOf(recipe, record, bundle, extract), method }]
  })
  const [, recording] = recordings.find(([name]) => name === '')!
  return { kind: 'trace', recording, methods: recordings.filter(([name]) => name !== '') }
}

function recordingOf(
  { target, examples, options, weights }: Recipe,
  record: TraceInternals['record'],
  bundle: string,
  extract: (tensor: object) => TensorData,
): Omit<Recording, 'method'> {
  const first = record(target, examples)
  const again = options.checkTrace === false ? null : record(target, examples)
  const others = (options.checkInputs ?? []).map((inputs) => record(target, inputs))
  const at = positions(bundle)
  const names = new Map([...weights()].map(([name, tensor]) => [tensor, name]))
  const { recorder, inputs, tensors, result } = first
  const differences = [again, ...others].map((other, run) => (other ? differenceOf(first, other, run, at) : null))
  return {
    inputs,
    tensors,
    checked: others.map((other) => other.tensors.map(({ shape }) => shape)),
    constants: recorder.constants.map(({ id, value, source }, i) => ({
      id,
      name: names.get(source) ?? null,
      value: { ...extract(value), role: names.has(source) ? 'parameter' : 'plain' },
      fresh: again !== null && again.recorder.constants[i]?.source.storage !== source.storage,
    })),
    written: [...recorder.written],
    steps: recorder.steps.map(({ stack, ...step }): TraceStep => ({ ...step, at: at(stack) })),
    result,
    escapes: recorder.escapes.map(({ member, stack }) => ({ member, at: at(stack) })),
    difference: differences.find((difference) => difference !== null) ?? null,
  }
}

/** The innermost position in the user's modules. */
const positions =
  (bundle: string) =>
  (stack: string): TraceStep['at'] => {
    const start = stack.indexOf(`${bundle}:`)
    const match = start < 0 ? null : /^:(\d+):(\d+)/.exec(stack.slice(start + bundle.length))
    return match ? { file: '', start: 0, end: 0, line: Number(match[1]), column: Number(match[2]) - 1 } : null
  }

function differenceOf(first: Recorded, other: Recorded, run: number, at: (stack: string) => TraceStep['at']): Recording['difference'] {
  const [a, b] = [first, other].map(linesOf) as [Line[], Line[]]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i]?.text === b[i]?.text) continue
    const step = first.recorder.steps[a[i]?.step ?? -1] ?? other.recorder.steps[b[i]?.step ?? -1]
    return { run, first: a[i]?.text ?? 'nothing', other: b[i]?.text ?? 'nothing', at: step ? at(step.stack) : null }
  }
  return null
}

interface Line {
  readonly text: string
  /** -1: the result. */
  readonly step: number
}

/** A line a step, in which tensors are called by their first use, so that equal programs have equal lines. */
function linesOf({ recorder, inputs, result }: Recorded): Line[] {
  const constants = new Map(recorder.constants.map((constant) => [constant.id, constant]))
  const made = new Map<number, string>()
  const tensor = (id: number): string => {
    const known = made.get(id)
    if (known !== undefined) return known
    const constant = constants.get(id)
    const name = constant ? textOfConstant(constant) : `input ${made.size}`
    made.set(id, name)
    return name
  }
  const text = (value: Traced): string => {
    switch (value.kind) {
      case 'tensor':
        return tensor(value.id)
      case 'null':
        return 'null'
      case 'array':
        return `[${value.elements.map(text).join(', ')}]`
      case 'record':
        return `{ ${value.fields.map(([name, field]) => `${name}: ${text(field)}`).join(', ')} }`
      case 'map':
        return `Map { ${value.entries.map(([key, item]) => `${key}: ${text(item)}`).join(', ')} }`
      default:
        return JSON.stringify(value.value)
    }
  }
  inputs.forEach(text)
  const lines = recorder.steps.map((step: Step, index): Line => {
    const named = step.kind === 'operator' ? step.named.map(([name, arg]) => `${name}: ${text(arg)}`) : []
    const line = `${step.kind === 'operator' ? step.operator : step.name}(${[...step.args.map(text), ...named].join(', ')})`
    const outputs = step.kind === 'operator' ? step.outputs : tensorIds(step.result)
    outputs.forEach((id, i) => {
      made.set(id, `%${index}${outputs.length > 1 ? `.${i}` : ''}`)
    })
    return { text: line, step: index }
  })
  return [...lines, { text: `return ${text(result)}`, step: -1 }]
}

/** With its first elements: two constants that begin alike and differ later are told apart by their sum. */
function textOfConstant({ value }: TracedConstant): string {
  const data = Array.from(value.dataSync())
  const sum = data.length > 4 ? `, ... sum ${data.reduce((a, b) => a + b, 0)}` : ''
  return `tensor(${value.dtype} [${value.shape.join(', ')}]: ${data.slice(0, 4).join(', ')}${sum})`
}
