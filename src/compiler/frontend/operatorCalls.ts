/**
 * Calls of tensor operators: overload resolution by the registry's binder on sugared values, the aten:: node with all schema
 * arguments present, and the facts (dtype, shape) of its results where those of its inputs are known.
 */
import type * as t from '@babel/types'
import { BoundArgs } from '../../ops/args.ts'
import type { ArgDomain, ArgKind } from '../../ops/bind.ts'
import type { Dim } from '../../ops/dim.ts'
import { dimEqual, symbolsOf, symVar } from '../../ops/dimMath.ts'
import type { DType } from '../../ops/dtype.ts'
import { type ArgValue, type Home, type Operator, OperatorError, type TensorMeta } from '../../ops/operator.ts'
import { type ApiEntry, apiEntries, bindArguments, findByApi, findOperator } from '../../ops/registry.ts'
import { camelCase, type DefaultValue, parseSchema, type SchemaReturn, type SchemaType } from '../../ops/schema.ts'
import { listForms } from '../../ops/tensorListOps.ts'
import { diagnosticFromOperatorError } from '../diagnostics/diagnostic.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { constant, constantBool, constantNull, constantNumber, constantString } from './constants.ts'
import { type FunctionContext, fail } from './context.ts'
import { misspelt, wrapInCall } from './fixes.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { listOf, optionalOf, types } from './typeRelations.ts'
import { constantOf, describe, materialize, typeOf, value } from './values.ts'
import { noteAlias, noteWrite } from './writtenTensors.ts'

function kindOfType(type: Type): ArgKind {
  switch (type.kind) {
    case 'tensor':
    case 'int':
    case 'float':
    case 'bool':
    case 'string':
    case 'none':
    case 'dtype':
    case 'list':
      return type.kind
    case 'tuple':
      return 'list'
    case 'enum':
      return typeof type.values[0] === 'string' ? 'string' : 'int'
    case 'optional':
      return kindOfType(type.element)
    case 'device':
      return 'opaque'
    default:
      return 'other'
  }
}

const domain: ArgDomain<Sugared> = {
  kindOf(sugar) {
    // A field that holds several weights (`this.flatWeights`) is a sequence.
    if (sugar.kind === 'array' || sugar.kind === 'sequence') return 'list'
    const type = typeOf(sugar)
    return type ? kindOfType(type) : 'other'
  },
  elementKinds(sugar) {
    if (sugar.kind === 'array') return sugar.elements.map(domain.kindOf)
    if (sugar.kind === 'sequence') return Array.from({ length: sugar.length }, (_, i) => domain.kindOf(sugar.element(i)))
    const type = typeOf(sugar)
    if (type?.kind === 'list') return [kindOfType(type.element)]
    return type?.kind === 'tuple' ? type.elements.map(kindOfType) : []
  },
  elements: (sugar) => (sugar.kind === 'array' ? sugar.elements : null),
  constantOf(sugar): DefaultValue | undefined {
    if (sugar.kind !== 'array') return constantOf(sugar)
    const elements = sugar.elements.map((element) => domain.constantOf(element))
    return elements.every((element) => element !== undefined) ? elements : undefined
  },
  fromDefault: sugarOfDefault,
  makeList: (elements) => ({ kind: 'array', elements }),
  describe: (sugar) => {
    const known = constantOf(sugar)
    return known === undefined || known === null ? describe(sugar) : typeof known === 'string' ? `'${known}'` : String(known)
  },
}

function sugarOfDefault(known: DefaultValue): Sugared {
  if (known === null) return constantNull
  if (typeof known === 'boolean') return constantBool(known)
  if (typeof known === 'number') return constantNumber(known)
  if (typeof known === 'string') return constantString(known)
  return { kind: 'array', elements: known.map(sugarOfDefault) }
}

export interface CallArguments {
  readonly positional: readonly Sugared[]
  readonly named: { readonly [name: string]: Sugared }
  /** Where each argument stands, for messages. */
  readonly nodes: readonly t.Node[]
}

/** `F.maxPool2d(...)`, `x.relu()` (self first). Null when the home has no such name. */
export function callApi(f: FunctionContext, home: Home, name: string, args: CallArguments, node: t.Node): Sugared | null {
  const entry = findByApi(home, name)
  return entry ? callEntry(f, entry, args, node) : null
}

/** A call of an operator by its graph name, made by the frontend itself (`x[0]` is `aten::select`). */
export function callOperator(
  f: FunctionContext,
  name: string,
  positional: readonly Sugared[],
  node: t.Node,
  named: { readonly [name: string]: Sugared } = {},
): Sugared {
  const operator = findOperator(name)
  if (!operator) return fail(messages.operatorNotCompiled(f.span(node), { operator: name }))
  return callEntry(f, operator, { positional, named, nodes: [] }, node)
}

function callEntry(f: FunctionContext, entry: ApiEntry | Operator, args: CallArguments, node: t.Node): Sugared {
  for (const [i, sugar] of args.positional.entries())
    if (['poison', 'uninitialized', 'conflict', 'void'].includes(sugar.kind)) materialize(f, sugar, args.nodes[i] ?? node)
  const bound = refusing(f, entry, args, node, () => bindArguments(entry, args.positional, args.named, domain))
  const inputs = bound.schema.params.map((param, i) => argument(f, bound.values[i]!, param.type, node))
  noteWrite(f, bound.operator, inputs, node)
  const facts = inferFacts(f, bound.operator, bound.schema, inputs, node)
  const { returns } = bound.schema
  const results = returns.map((result, i) => resultType(bound.operator, result, facts?.[i] ?? null, inputs))
  if (returns.length === 0) {
    f.emitter.node(
      bound.operator.name as `${string}::${string}`,
      inputs.map((input) => input.id),
      [],
      f.range(node),
    )
    return { kind: 'void' }
  }
  const range = f.range(node)
  const ids = f.emitter.node(
    bound.operator.name as `${string}::${string}`,
    inputs.map((input) => input.id),
    results,
    range,
  )
  noteAlias(f, bound.operator, inputs, ids)
  const values = ids.map((id, i) => value(id, results[i]!, range))
  return values.length === 1 ? values[0]! : { kind: 'array', elements: values }
}

/** Runs a rule of the registry; a refusal is reported at the argument it is about, when the message tells, else at the call. */
function refusing<R>(f: FunctionContext, entry: ApiEntry | Operator, args: CallArguments, node: t.Node, run: () => R): R {
  try {
    return run()
  } catch (error) {
    if (error instanceof OperatorError) {
      const at = argumentAtFault(error, args)
      const near = at && error.code === 'S2102' ? misspelt(f.text(at), optionsOf(entry), at) : null
      const whole =
        at && /must be int, not float$/.test(error.message) ? { hint: 'write `Math.trunc(...)`', ...wrapInCall(f, at, 'Math.trunc') } : null
      return fail(diagnosticFromOperatorError(error, f.span(at ?? node), { ...near?.hint, ...near?.extra, ...whole }))
    }
    throw error
  }
}

/** Option names of every overload. */
const optionsOf = (entry: ApiEntry | Operator): readonly string[] =>
  ('candidates' in entry ? entry.candidates.map((candidate) => candidate.schema) : entry.schemas.map(parseSchema)).flatMap((schema) =>
    schema.params.map((param) => camelCase(param.name)),
  )

function argumentAtFault(error: OperatorError, args: CallArguments): t.Node | null {
  if (error.code === 'S2103') return args.nodes[args.positional.indexOf(error.culprit as Sugared)] ?? null
  if (error.code !== 'S2102' && error.code !== 'S2105') return null
  const name = /'(\w+)'|argument (\w+)/.exec(error.message)
  const wanted = name?.[1] ?? name?.[2]
  for (const node of args.nodes) {
    if (node.type !== 'ObjectExpression') continue
    const property = node.properties.find((p) => p.type === 'ObjectProperty' && p.key.type === 'Identifier' && p.key.name === wanted)
    if (property) return property.type === 'ObjectProperty' ? property.key : property
  }
  return null
}

/** One argument as a value of the graph, in the type its parameter has. */
function argument(f: FunctionContext, given: Sugared, type: SchemaType, node: t.Node): ScriptValue {
  const sugar: Sugared =
    given.kind === 'sequence' ? { kind: 'array', elements: Array.from({ length: given.length }, (_, i) => given.element(i)) } : given
  const target = parameterType(type)
  if (type.t === 'optional' && constantOf(sugar) === null) return materialize(f, sugar, node)
  const inner = type.t === 'optional' ? type.element : type
  if (inner.t === 'list' && sugar.kind === 'array') {
    const known = domain.constantOf(sugar)
    if (Array.isArray(known) && (inner.element.t === 'int' || inner.element.t === 'float') && known.every((v) => typeof v === 'number')) {
      const list = listOf(inner.element.t === 'int' ? types.int : types.float)
      const kind = inner.element.t === 'int' ? 'ints' : 'floats'
      return value(f.emitter.constant({ kind, value: known as number[] }, list, f.range(node)), list, f.range(node))
    }
    return materialize(f, sugar, node, target ?? undefined)
  }
  if (inner.t === 'list' && sugar.kind === 'value' && sugar.type.kind === 'tuple')
    return listFromTuple(f, sugar, sugar.type.elements, inner.element, node)
  const constantValue = constantOf(sugar)
  if (inner.t === 'float' && typeof constantValue === 'number')
    return materialize(f, constant({ kind: 'float', value: constantValue }), node)
  const made = materialize(f, sugar, node, inner.t === 'dtype' ? types.dtype : undefined)
  if (made.type.kind === 'optional' && type.t !== 'optional') return fail(messages.possiblyNull(f.span(node), { text: f.shortText(node) }))
  return made
}

function listFromTuple(f: FunctionContext, tuple: ScriptValue, elements: readonly Type[], element: SchemaType, node: t.Node): ScriptValue {
  const range = f.range(node)
  const parts = f.emitter.node('prim::TupleUnpack', [tuple.id], elements, range)
  const list = listOf(parameterType(element) ?? elements[0] ?? types.int)
  return value(f.emitter.op('prim::ListConstruct', parts, list, range), list, range)
}

/** The type a parameter asks for; null where several fit (numbers of either kind, opaque options). */
function parameterType(type: SchemaType): Type | null {
  switch (type.t) {
    case 'tensor':
      return types.tensor
    case 'int':
      return types.int
    case 'float':
      return types.float
    case 'bool':
      return types.bool
    case 'str':
      return types.string
    case 'dtype':
      return types.dtype
    case 'scalar':
    case 'opaque':
      return null
    case 'optional': {
      const element = parameterType(type.element)
      return element && optionalOf(element)
    }
    case 'list': {
      const element = parameterType(type.element)
      return element && listOf(element)
    }
    default:
      return type satisfies never
  }
}

function resultType(operator: Operator, result: SchemaReturn, facts: TensorMeta | null, inputs: readonly ScriptValue[]): Type {
  if (result.type.t === 'tensor') {
    const { dtype, shape } = facts ?? { dtype: dtypeWithoutFacts(operator, result, inputs), shape: null }
    return { kind: 'tensor', dtype, shape }
  }
  if (result.type.t === 'scalar') return scalarType(inputs[0]?.type)
  return parameterType(result.type) ?? types.string
}

const givesIndices = new Set(['aten::argmax', 'aten::argmin', 'aten::argsort'])

/** Indices are int64 and views keep their dtype, whatever else is known of the operands. */
function dtypeWithoutFacts(operator: Operator, result: SchemaReturn, inputs: readonly ScriptValue[]): DType | null {
  if (result.name === 'indices' || givesIndices.has(operator.name)) return 'int64'
  const [self] = inputs
  return operator.implementation.kind === 'view' && self?.type.kind === 'tensor' ? self.type.dtype : null
}

/** What `item()` of a tensor gives; a float when its dtype is not known. */
export function scalarType(type: Type | undefined): Type {
  if (type?.kind !== 'tensor' || type.dtype === null || type.dtype === 'float32') return types.float
  return type.dtype === 'bool' ? types.bool : types.int
}

/**
 * dtype and shape of the results, or null when the inputs do not say enough. Shapes that follow from data or from guards that only the
 * run can check are left to shape propagation; what certainly does not fit is refused here, at its source.
 */
function inferFacts(
  f: FunctionContext,
  operator: Operator,
  schema: BoundArgs<TensorMeta>['schema'],
  inputs: readonly ScriptValue[],
  node: t.Node,
): readonly TensorMeta[] | null {
  const args: ArgValue<TensorMeta>[] = []
  for (const input of inputs) {
    const known = factOf(f, input)
    if (known === undefined) return null
    args.push(known)
  }
  try {
    let dynamic = false
    const results = operator.infer(new BoundArgs(operator.name, schema, args), {
      fresh: (hint) => {
        dynamic = true
        return symVar(`fresh_${hint}`)
      },
      requireEqual(a: Dim, b: Dim, message) {
        if (!dimEqual(a, b) && typeof a === 'number' && typeof b === 'number') throw new OperatorError('S3001', message())
      },
    })
    if (operator.implementation.kind === 'meta') return null
    refuseFloatScalar(f, operator, schema, inputs, args, results, node)
    return results.map((result) =>
      dynamic || symbolsOf(...result.shape).some((s) => s.name.startsWith('?'))
        ? { dtype: result.dtype, shape: null as unknown as readonly Dim[] }
        : result,
    )
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error
    // A build-time constant that is not constant yet here may become one after inlining and folding.
    if (args.some((arg) => hasUnknown(arg))) return null
    // How many tensors there are may be for the run to say.
    if (error.code === 'S3002' && Object.hasOwn(listForms, operator.name)) return null
    return fail(diagnosticFromOperatorError(error, f.span(node), operandsNote(inputs)))
  }
}

/**
 * An int tensor with a float variable would give float32 here, but the uncompiled run sees a number and keeps the ints when it
 * happens to be whole: refused, so that both always agree.
 */
function refuseFloatScalar(
  f: FunctionContext,
  operator: Operator,
  schema: BoundArgs<TensorMeta>['schema'],
  inputs: readonly ScriptValue[],
  args: readonly ArgValue<TensorMeta>[],
  results: readonly TensorMeta[],
  node: t.Node,
): void {
  const at = schema.params.findIndex(
    (param, i) => param.type.t === 'scalar' && inputs[i]!.type.kind === 'float' && typeof args[i] === 'object',
  )
  if (at < 0) return
  const asInt = args.map((arg, i) => (i === at ? symVar('?int', 'int') : arg))
  const other = operator.infer(new BoundArgs(operator.name, schema, asInt), { fresh: (hint) => symVar(`fresh_${hint}`), requireEqual() {} })
  if (results.every((result, i) => result.dtype === other[i]!.dtype)) return
  const { range } = inputs[at]!
  const code = range && f.program.request.modules.get(range.file)?.code
  const text = f.emitter.nameOf(inputs[at]!.id) ?? (range && code ? code.slice(range.start, range.end) : 'the value')
  fail(messages.integerDtype(f.span(node), { text }))
}

function operandsNote(inputs: readonly ScriptValue[]) {
  const related = inputs.flatMap((input) => {
    if (input.type.kind !== 'tensor' || !input.range || input.range.file === '') return []
    return [{ message: `${describe(input)} comes from here`, file: input.range.file, start: input.range.start, end: input.range.end }]
  })
  return { related: related.slice(0, 3) }
}

const hasUnknown = (arg: ArgValue<TensorMeta>): boolean => {
  const unknown = (dim: unknown): boolean =>
    typeof dim === 'object' && dim !== null && 'op' in dim && symbolsOf(dim as Dim).some((s) => s.name.startsWith('?'))
  return Array.isArray(arg) ? arg.some(unknown) : unknown(arg)
}

/** What a rule may know of a value: a tensor's dtype and shape, a constant, or a symbol for a number. undefined: nothing useful. */
function factOf(f: FunctionContext, input: ScriptValue): ArgValue<TensorMeta> | undefined {
  const { type } = input
  const node = definition(f, input.id)
  if (node?.kind === 'prim::Constant') {
    const known = node.attributes.value
    if (known === undefined || known.kind === 'none') return null
    if (known.kind === 'tensor' || known.kind === 'graph' || known.kind === 'name' || known.kind === 'names') return undefined
    return known.value as ArgValue<TensorMeta>
  }
  if (type.kind === 'tensor') return type.dtype !== null && type.shape !== null ? { dtype: type.dtype, shape: type.shape } : undefined
  if (type.kind === 'int' || type.kind === 'float' || type.kind === 'bool') return symVar(`?${input.id}`, type.kind)
  // A list that a variable holds may have grown since.
  if (node?.kind === 'prim::ListConstruct' && f.emitter.nameOf(input.id) === null && !f.emitter.grown.has(input.id)) {
    const elements = node.inputs.map((id) => factOf(f, value(id, elementTypeOf(f, id, type))))
    return elements.every((element) => element !== undefined) ? (elements as unknown as ArgValue<TensorMeta>) : undefined
  }
  return undefined
}

function elementTypeOf(f: FunctionContext, id: ValueId, list: Type): Type {
  return f.emitter.facts.get(id) ?? (list.kind === 'list' ? list.element : types.tensor)
}

function definition(f: FunctionContext, id: ValueId) {
  return f.emitter.definitions.get(id)
}

/** Names of a home, for "did you mean". */
export function namesOf(home: Home): readonly string[] {
  return apiEntries.filter((entry) => entry.home === home).map((entry) => entry.name)
}

export function unknownOperator(f: FunctionContext, home: Home, name: string, node: t.Node) {
  const label = home === 'Tensor' ? 'Tensor' : home === 'linalg' || home === 'special' ? `torch.${home}` : home
  const elsewhere =
    home === 'Tensor'
      ? null
      : (['torch', 'F', 'Tensor', 'linalg', 'special'] as const).find((other) => other !== home && findByApi(other, name))
  const near = misspelt(name, namesOf(home), node)
  const found = elsewhere ? { hint: `it is found in \`${elsewhere === 'Tensor' ? 'x' : elsewhere}.${name}\`` } : {}
  return messages.unknownOperator(f.span(node), { home: label, name, ...found, ...near.hint }, near.extra)
}
