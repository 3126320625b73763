/**
 * The recorder of a trace: which operators ran, on which tensors, with which other arguments, in order. Tensors are told apart by
 * identity. `execute` reports every outermost operator; what is not made by one of these is a constant, copied as it is when first met.
 */
import type { BoundArgs } from '../ops/args.ts'
import type { Operator } from '../ops/operator.ts'
import { camelCase } from '../ops/schema.ts'
import type { Traced } from '../ops/traced.ts'
import { Tensor } from '../runtime/tensor.ts'

export interface OperatorStep {
  readonly kind: 'operator'
  readonly operator: string
  readonly args: readonly Traced[]
  /** Arguments that are given by name. */
  readonly named: readonly (readonly [name: string, value: Traced])[]
  readonly outputs: readonly number[]
  /** Several results, or a list of them. */
  readonly many: boolean
  readonly stack: string
}

/** A call of a script function, which keeps its control flow. */
export interface CallStep {
  readonly kind: 'call'
  readonly file: string
  readonly name: string
  readonly args: readonly Traced[]
  readonly result: Traced
  readonly stack: string
}

export type Step = OperatorStep | CallStep

/** A tensor that the traced code found or made without an operator. */
export interface TracedConstant {
  readonly id: number
  /** As it was when it was first met. */
  readonly value: Tensor
  /** The object itself: two runs tell by it whether it was made anew. */
  readonly source: Tensor
}

/** A tensor became a number, or an array of numbers, that the recording holds fast. */
export interface Escape {
  readonly member: string
  readonly stack: string
}

export class Recorder {
  readonly steps: Step[] = []
  readonly constants: TracedConstant[] = []
  readonly escapes: Escape[] = []
  /** Numbers of the inputs and constants that were written to. */
  readonly written = new Set<number>()
  private readonly ids = new Map<Tensor, number>()
  /** Who first held a storage: views write to it. */
  private readonly owners = new Map<object, number>()
  private next = 0

  /** A new number for a tensor. */
  define(tensor: Tensor): number {
    const id = this.next++
    this.ids.set(tensor, id)
    if (!this.owners.has(tensor.storage)) this.owners.set(tensor.storage, id)
    return id
  }

  /** What a value of the traced code is in the recording. @throws TypeError when it has no form there */
  valueOf(value: unknown): Traced {
    if (value === null || value === undefined) return { kind: 'null' }
    if (value instanceof Tensor) return { kind: 'tensor', id: this.ids.get(value) ?? this.constant(value) }
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return { kind: typeof value, value } as Traced
    if (Array.isArray(value)) return { kind: 'array', elements: value.map((element) => this.valueOf(element)) }
    if (value instanceof Map) return { kind: 'map', entries: [...value].map(([key, item]) => [key, this.valueOf(item)] as const) }
    if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value)))
      return { kind: 'record', fields: Object.entries(value).map(([key, item]) => [key, this.valueOf(item)] as const) }
    throw new TypeError(
      `trace: a ${typeof value === 'object' ? value.constructor.name : typeof value} is neither a tensor nor data that holds tensors`,
    )
  }

  private constant(tensor: Tensor): number {
    const id = this.define(tensor)
    const data = withRecorder(null, () => tensor.dataSync().slice())
    this.constants.push({ id, value: new Tensor(tensor.dtype, [...tensor.shape], data), source: tensor })
    return id
  }

  operator(operator: Operator, args: BoundArgs<Tensor>, run: () => readonly Tensor[], many: boolean): readonly Tensor[] {
    const traced = args.values.map((value, i) => ({ ...args.schema.params[i]!, value: this.valueOf(value) }))
    const positional = traced.filter(({ keywordOnly }) => !keywordOnly).map(({ value }) => value)
    const named = traced.filter(({ keywordOnly, value }) => keywordOnly && value.kind !== 'null')
    if (operator.mutates) {
      const owner = this.owners.get(args.tensor('self').storage)
      if (owner !== undefined) this.written.add(owner)
    }
    const results = run()
    const outputs = results.map((tensor) => this.define(tensor))
    this.steps.push({
      kind: 'operator',
      operator: operator.name,
      args: positional,
      named: named.map(({ name, value }) => [camelCase(name), value] as const),
      outputs,
      many,
      stack: stackHere(),
    })
    return results
  }

  call(file: string, name: string, args: readonly unknown[], run: () => unknown): unknown {
    const traced = args.map((value) => this.valueOf(value))
    const result = run()
    this.steps.push({ kind: 'call', file, name, args: traced, result: this.defineAll(result), stack: stackHere() })
    return result
  }

  /** Numbers for all tensors of a result that the recording has not seen. */
  defineAll(value: unknown): Traced {
    if (value instanceof Tensor) return { kind: 'tensor', id: this.define(value) }
    if (Array.isArray(value)) return { kind: 'array', elements: value.map((element) => this.defineAll(element)) }
    if (value instanceof Map) return { kind: 'map', entries: [...value].map(([key, item]) => [key, this.defineAll(item)] as const) }
    if (typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value)))
      return { kind: 'record', fields: Object.entries(value).map(([key, item]) => [key, this.defineAll(item)] as const) }
    return this.valueOf(value)
  }

  /** Constants may be read: they are the same in every run. */
  escape(tensor: Tensor, member: string): void {
    const id = this.ids.get(tensor)
    if (id === undefined || this.constants.some((constant) => constant.id === id)) return
    this.escapes.push({ member, stack: stackHere() })
  }
}

/** Where the traced code is: the worker finds the user's line in it. */
function stackHere(): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 40
  const { stack = '' } = new Error()
  Error.stackTraceLimit = limit
  return stack
}

let active: Recorder | null = null

/** The recorder of the trace that is running; none inside of an operator or a script function. */
export const activeRecorder = (): Recorder | null => active

/** Runs `body` under another recorder, or under none. */
export function withRecorder<R>(recorder: Recorder | null, body: () => R): R {
  const before = active
  active = recorder
  try {
    return body()
  } finally {
    active = before
  }
}
