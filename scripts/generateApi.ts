/**
 * Makes src/lang/api.generated.ts, the TypeScript signatures of `torch`, `F`, `torch.linalg`, `torch.special` and of Tensor's methods, from
 * the schemas of the registry. `UPDATE=1 npx vitest run test/lang/api.test.ts` writes it; without UPDATE that test checks that it is fresh.
 */

import type { Candidate } from '../src/ops/bind.ts'
import type { Home } from '../src/ops/operator.ts'
import { type ApiEntry, apiEntries } from '../src/ops/registry.ts'
import { camelCase, type SchemaParam, type SchemaReturn, type SchemaType } from '../src/ops/schema.ts'

const head = `/**
 * Signatures of the operators, generated from the registry by scripts/generateApi.ts: do not edit.
 * After the first argument, any argument may instead stand in one options object, by name.
 */
import type { DType } from '../ops/dtype.ts'
import type { Tensor } from './tensorTypes.ts'

type Sizes = number | readonly number[]
`

/** What the class itself has, or what needs hand-written types (tensorTypes.ts). */
const handWritten = new Set(['dim', 'numel', 'index', 'indexPut', 'indexPut_', 'size', 'to'])

/** Layout, device and their kin mean nothing here; \`inplace\` and cudnn switches neither. */
const isShown = ({ name, type }: SchemaParam): boolean => {
  const inner = type.t === 'optional' ? type.element : type
  return (
    inner.t !== 'opaque' &&
    !['cudnn_enabled', 'cudnn_enable', 'pin_memory', 'sparse_grad', 'non_blocking', 'scale_grad_by_freq', 'sparse', 'implicit'].includes(
      name,
    )
  )
}

function typeText(type: SchemaType): string {
  switch (type.t) {
    case 'tensor':
      return 'Tensor'
    case 'scalar':
      return 'number | boolean'
    case 'int':
    case 'float':
      return 'number'
    case 'bool':
      return 'boolean'
    case 'str':
      return 'string'
    case 'dtype':
      return 'DType'
    case 'opaque':
      return 'null'
    case 'optional':
      return `${typeText(type.element)} | null`
    case 'list': {
      if (type.length !== null && type.element.t === 'int') return 'Sizes'
      const element = typeText(type.element)
      const list = `readonly ${/[ |]/.test(element) ? `(${element})` : element}[]`
      return type.length === null ? list : `${element} | ${list}`
    }
    default:
      return type satisfies never
  }
}

function returnText(returns: readonly SchemaReturn[]): string {
  const one = ({ type, name }: SchemaReturn): string =>
    `${returns.length > 1 && name ? `${name}: ` : ''}${type.t === 'list' ? `${typeText(type.element)}[]` : typeText(type)}`
  const named = returns.every(({ name }) => name !== null)
  return returns.length === 1
    ? one({ ...(returns[0] as SchemaReturn), name: null })
    : `[${returns.map((r) => one(named ? r : { ...r, name: null })).join(', ')}]`
}

const docName = (name: string): string => camelCase(name === 'self' ? 'input' : name)
/** `var` may name an option, not a parameter. */
const paramName = (name: string): string => (name === 'var' ? 'variance' : docName(name))

interface Signature {
  readonly options: string | null
  readonly text: string
}

function signature(entry: ApiEntry, { schema, operator, form }: Candidate, optionsName: string): Signature {
  const variadic = operator.variadic ?? false
  const literals = form?.when ?? {}
  /** The value that selects this signature is not the default: it must be said. */
  const selecting = schema.params.filter(({ name, default: value }) => name in literals && literals[name] !== value).map(({ name }) => name)
  const typeOf = ({ name, type }: SchemaParam): string => (name in literals ? String(literals[name]) : typeText(type))
  const method = entry.home === 'Tensor'
  const params = schema.params.filter(isShown).slice(method ? 1 : 0)
  const positional = params.filter((param) => !param.keywordOnly)
  // The first argument of a function is never looked for among the options.
  const optional = params.filter((param, i) => method || i > 0 || param.keywordOnly || param.default !== undefined)
  const options = optional.length > 0 ? optionsName : null
  const list = positional.map((param, i) => {
    const required = param.default === undefined && !positional.slice(0, i).some((before) => before.default !== undefined)
    const own = typeOf(param)
    const instead = options && optional.includes(param) ? ` | ${options}` : ''
    return `${paramName(param.name)}${required ? '' : '?'}: ${own}${instead}`
  })
  if (options) list.push(`options?: ${options}`)
  const returns = returnText(schema.returns)
  const name = /^\w+$/.test(entry.name) ? entry.name : JSON.stringify(entry.name)
  const doc = `  /** \`${schema.text.replace(/\(a!?\)|\(a -> \*\)/g, '')}\` */\n`
  const needed = positional.filter((param) => param.default === undefined)
  const lines =
    selecting.length === 0
      ? [`${doc}  ${name}(${list.join(', ')}): ${returns}`]
      : [needed.slice(0, method ? 0 : 1), needed].map(
          (given) =>
            `${doc}  ${name}(${[...given.map((param) => `${paramName(param.name)}: ${typeOf(param)}`), `options: ${options}`].join(', ')}): ${returns}`,
        )
  if (variadic) lines.push(`${doc}  ${name}(...tensors: Tensor[]): ${returns}`)
  const fields = optional.map((param) => `  readonly ${docName(param.name)}${selecting.includes(param.name) ? '' : '?'}: ${typeOf(param)}`)
  return { options: options && `export interface ${options} {\n${fields.join('\n')}\n}\n`, text: lines.join('\n') }
}

const interfaceNames: { readonly [H in Home]: string } = {
  torch: 'TorchFunctions',
  F: 'NNFunctions',
  Tensor: 'TensorMethods',
  linalg: 'LinalgFunctions',
  special: 'SpecialFunctions',
}
const prefixes: { readonly [H in Home]: string } = { torch: '', F: 'F', Tensor: 'Tensor', linalg: 'Linalg', special: 'Special' }

export function generateApi(): string {
  const options: string[] = []
  const interfaces: string[] = []
  for (const home of Object.keys(interfaceNames) as Home[]) {
    const members: string[] = []
    for (const entry of apiEntries.filter((candidate) => candidate.home === home)) {
      if (home === 'Tensor' ? handWritten.has(entry.name) : entry.name === 'tensor') continue
      const base = `${prefixes[home]}${(entry.name[0] as string).toUpperCase()}${entry.name.slice(1)}Options`
      for (const [i, candidate] of entry.candidates.entries()) {
        const made = signature(entry, candidate, `${base}${i === 0 ? '' : i + 1}`)
        if (made.options) options.push(made.options)
        members.push(made.text)
      }
    }
    interfaces.push(`export interface ${interfaceNames[home]} {\n${members.join('\n')}\n}\n`)
  }
  return [head, ...interfaces, ...options].join('\n')
}
