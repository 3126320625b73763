/**
 * Overload resolution: from what the user wrote (positional arguments and one options object) to an overload's values in schema order.
 * One binder for the eager library, the compiler's frontend and decompositions: it only asks a value for its kind through an `ArgDomain`.
 * Arguments keep PyTorch's order; any may come by camelCased name, keyword-only ones must; one int stands for `int[2]`.
 */
import { isDType } from './args.ts'
import { type ApiForm, type Operator, OperatorError } from './operator.ts'
import { camelCase, type DefaultValue, parseSchema, type Schema, type SchemaParam, type SchemaType, schemaTypeToString } from './schema.ts'

/** `number`: int or float, not yet known which. `unknown` fits every parameter. */
export type ArgKind = 'tensor' | 'int' | 'float' | 'number' | 'bool' | 'string' | 'none' | 'dtype' | 'opaque' | 'list' | 'unknown' | 'other'

/** What the binder needs to know about values of kind `V`. */
export interface ArgDomain<V> {
  kindOf(value: V): ArgKind
  /** The kinds of a list's elements (one entry for a list of unknown length). */
  elementKinds(value: V): readonly ArgKind[]
  /** The value when it is a literal or otherwise known now. */
  constantOf(value: V): DefaultValue | undefined
  fromDefault(value: DefaultValue, type: SchemaType): V
  /** The elements of a list of known length; needed where a spelling takes lists apart. */
  elements?(value: V): readonly V[] | null
  makeList(elements: readonly V[], type: SchemaType): V
  /** For messages: `Tensor`, `int`, `'same'`... */
  describe(value: V): string
}

/** One signature that a name may mean. */
export interface Candidate {
  readonly operator: Operator
  readonly schema: Schema
  readonly form: ApiForm | null
}

export interface BoundCall<V> {
  readonly operator: Operator
  readonly schema: Schema
  /** In the order of `schema.params`, complete. */
  readonly values: readonly V[]
}

export const candidatesOf = (operator: Operator): readonly Candidate[] =>
  operator.schemas.map((text) => ({ operator, schema: parseSchema(text), form: null }))

/**
 * @param name as the user wrote it, for messages: `F.maxPool2d`.
 * @throws OperatorError S2101 missing, S2102 unknown option, S2103 wrong kind, S2104 too many, S2105 given twice.
 */
export function bindArguments<V>(
  name: string,
  candidates: readonly Candidate[],
  positional: readonly V[],
  named: { readonly [name: string]: V },
  domain: ArgDomain<V>,
): BoundCall<V> {
  let best: Failure | null = null
  for (const candidate of candidates) {
    const result = bindCandidate(candidate, positional, named, domain)
    if (!('failure' in result)) return result
    if (!best || result.rank > best.rank) best = result
  }
  if (!best) throw new OperatorError('S2103', `${name}: no such operator`)
  throw new OperatorError(best.code, `${name}: ${best.failure}`, best.culprit)
}

interface Failure {
  readonly failure: string
  readonly code: string
  /** How far the match came: the report is about the likeliest overload. */
  readonly rank: number
  readonly culprit?: unknown
}

function bindCandidate<V>(
  candidate: Candidate,
  given: readonly V[],
  named: { readonly [name: string]: V },
  domain: ArgDomain<V>,
): BoundCall<V> | Failure {
  const { operator, schema, form } = candidate
  const { params } = schema
  const positional = operator.variadic ? gathered(given, params, domain) : given
  const values = new Map<string, V>()
  const byPosition = params.filter((param) => !param.keywordOnly)
  let matched = 0
  for (const [i, value] of positional.entries()) {
    const param = byPosition[i]
    if (!param) return tooMany(byPosition, positional, domain, matched)
    const bound = convert(param.type, value, domain)
    if (bound === undefined) {
      if (positional.length > byPosition.length) return tooMany(byPosition, positional, domain, matched)
      return mismatch(param, value, domain, matched)
    }
    values.set(param.name, bound)
    matched += 2
  }
  for (const [option, value] of Object.entries(named)) {
    const param = params.find((p) => camelCase(p.name) === option || (option === 'input' && p.name === 'self'))
    if (!param)
      return {
        code: 'S2102',
        failure: `unknown option '${option}'${didYouMean(
          option,
          params.map((p) => camelCase(p.name)),
        )}`,
        rank: matched,
      }
    if (values.has(param.name)) return { code: 'S2105', failure: `argument ${camelCase(param.name)} is given twice`, rank: matched + 1 }
    const bound = convert(param.type, value, domain)
    if (bound === undefined) return mismatch(param, value, domain, matched)
    values.set(param.name, bound)
    matched += 2
  }
  for (const param of params) {
    if (values.has(param.name)) continue
    if (param.default === undefined)
      return { code: 'S2101', failure: `argument ${camelCase(param.name)} (${schemaTypeToString(param.type)}) is missing`, rank: matched }
    values.set(param.name, domain.fromDefault(spread(param.default, param.type), param.type))
  }
  return form
    ? applyForm(candidate, form, values, domain, matched)
    : { operator, schema, values: params.map((param) => values.get(param.name) as V) }
}

/** Values given one by one, as the list that they stand for. */
function gathered<V>(given: readonly V[], params: readonly SchemaParam[], domain: ArgDomain<V>): readonly V[] {
  const list = params.findIndex(({ type }) => type.t === 'list')
  const type = params[list]?.type
  const rest = given.slice(list)
  if (type?.t !== 'list' || rest.length === 0 || !rest.every((value) => fits(type.element, domain.kindOf(value)))) return given
  return [...given.slice(0, list), domain.makeList(rest, type)]
}

/** Carries the values of a spelling over to the operator's own schema. */
function applyForm<V>(
  { operator }: Candidate,
  form: ApiForm,
  values: ReadonlyMap<string, V>,
  domain: ArgDomain<V>,
  rank: number,
): BoundCall<V> | Failure {
  for (const [param, wanted] of Object.entries(form.when ?? {})) {
    const value = values.get(param) as V
    const known = domain.constantOf(value)
    if (known === undefined && wanted !== null)
      return { code: 'S2103', failure: `${camelCase(param)} must be known at build time`, rank: rank + 1 }
    if (known !== wanted) return { code: 'S2103', failure: `${camelCase(param)} must be ${wanted}`, rank: rank - 1 }
  }
  const schema = parseSchema(operator.schemas[form.overload ?? 0] as string)
  const result: V[] = []
  const renamed = new Map<string, V>()
  for (const [param, value] of values) {
    const parts = form.spread?.[param]
    if (!parts) renamed.set(form.rename?.[param] ?? param, value)
    else for (const [i, part] of (domain.elements?.(value) ?? []).entries()) renamed.set(parts[i] ?? '', part)
  }
  for (const param of schema.params) {
    let value = renamed.has(param.name) ? renamed.get(param.name) : param.name === 'self' ? renamed.get('input') : undefined
    // A None of the spelling stands for the operator's default (`stride=None`).
    const skip = value === undefined || (domain.kindOf(value) === 'none' && param.type.t !== 'optional')
    if (skip) {
      if (param.default === undefined) return { code: 'S2101', failure: `argument ${camelCase(param.name)} is missing`, rank }
      value = domain.fromDefault(spread(param.default, param.type), param.type)
    }
    const bound = convert(param.type, value as V, domain)
    if (bound === undefined) return mismatch(param, value as V, domain, rank)
    result.push(bound)
  }
  return { operator, schema, values: result }
}

/** The value as the parameter wants it, or undefined when it does not fit. */
function convert<V>(type: SchemaType, value: V, domain: ArgDomain<V>): V | undefined {
  const kind = domain.kindOf(value)
  if (type.t === 'optional') return kind === 'none' ? value : convert(type.element, value, domain)
  if (type.t === 'list') {
    if (kind === 'list') return domain.elementKinds(value).every((element) => fits(type.element, element)) ? value : undefined
    if (type.length !== null && fits(type.element, kind)) return domain.makeList(Array<V>(type.length).fill(value), type)
    return kind === 'unknown' ? value : undefined
  }
  if (type.t === 'dtype' && kind === 'string') return isDType(domain.constantOf(value)) ? value : undefined
  return fits(type, kind) ? value : undefined
}

function fits(type: SchemaType, kind: ArgKind): boolean {
  if (kind === 'unknown') return true
  switch (type.t) {
    case 'tensor':
      return kind === 'tensor'
    case 'scalar':
      return kind === 'int' || kind === 'float' || kind === 'number' || kind === 'bool'
    case 'int':
      return kind === 'int' || kind === 'number'
    case 'float':
      return kind === 'int' || kind === 'float' || kind === 'number'
    case 'bool':
      return kind === 'bool'
    case 'str':
      return kind === 'string'
    case 'dtype':
      return kind === 'dtype'
    case 'opaque':
      // An enumerator such as `memory_format=0` is an int.
      return kind === 'opaque' || kind === 'string' || kind === 'int'
    case 'optional':
      return kind === 'none' || fits(type.element, kind)
    case 'list':
      return kind === 'list'
    default:
      return type satisfies never
  }
}

/** A default like `stride=1` of `int[2]` means both. */
function spread(value: DefaultValue, type: SchemaType): DefaultValue {
  const list = type.t === 'optional' ? type.element : type
  return list.t === 'list' && list.length !== null && typeof value === 'number' ? Array<DefaultValue>(list.length).fill(value) : value
}

function mismatch<V>(param: SchemaParam, value: V, domain: ArgDomain<V>, rank: number): Failure {
  return {
    code: 'S2103',
    failure: `${camelCase(param.name)} must be ${schemaTypeToString(param.type)}, not ${domain.describe(value)}`,
    rank,
    culprit: value,
  }
}

function tooMany<V>(params: readonly SchemaParam[], positional: readonly V[], domain: ArgDomain<V>, rank: number): Failure {
  const list = params.findIndex((param) => (param.type.t === 'optional' ? param.type.element : param.type).t === 'list')
  if (list >= 0 && positional.slice(list).every((value) => domain.kindOf(value) === 'int')) {
    const values = positional.slice(list).map((value) => domain.describe(value))
    return {
      code: 'S2104',
      failure: `${camelCase((params[list] as SchemaParam).name)} is one array: [${values.join(', ')}]`,
      rank: rank + 1,
    }
  }
  return { code: 'S2104', failure: `takes at most ${params.length} arguments in a row, ${positional.length} given`, rank: rank - 1 }
}

function didYouMean(word: string, choices: readonly string[]): string {
  let best = ''
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const choice of choices) {
    const distance = editDistance(word.toLowerCase().replaceAll('_', ''), choice.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [choice, distance]
  }
  return best ? ` (did you mean '${best}'?)` : ` (there are: ${choices.join(', ')})`
}

/** Levenshtein distance. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] as number
}
