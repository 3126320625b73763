/**
 * Every operator, in one typed table. `OpName` is the union of their names, so a consumer `{ [K in OpName]: Rule }` (or KernelOpName...)
 * that forgets one does not type-check. Operators are found by graph name (`aten::add`) or by their place in the user API (`F`, `maxPool2d`).
 */

import { activations } from './activation.ts'
import { adaptivePools } from './adaptivePool.ts'
import { aliases } from './aliases.ts'
import { type ArgDomain, type BoundCall, bindArguments as bind, type Candidate, candidatesOf } from './bind.ts'
import { comparisons } from './compare.ts'
import { convolutions } from './conv.ts'
import { transposedConvolutions } from './convTranspose.ts'
import { creation } from './creation.ts'
import { elementary } from './elementary.ts'
import { gathers } from './gather.ts'
import { hosted } from './hosted.ts'
import { inplaceOperator } from './inplace.ts'
import { joins } from './join.ts'
import { linalgs } from './linalg.ts'
import { findOperator, registeredOperators, registerOperator } from './lookup.ts'
import { losses } from './loss.ts'
import { maskings } from './masked.ts'
import { matmuls } from './matmul.ts'
import { metas } from './meta.ts'
import { norms } from './norm.ts'
import type { Home, Implementation, Operator } from './operator.ts'
import { paddings } from './pad.ts'
import { pointwise } from './pointwise.ts'
import { pools } from './pool.ts'
import { randoms } from './random.ts'
import { recurrents } from './recurrent.ts'
import { reduce } from './reduce.ts'
import { resamples } from './resample.ts'
import { scatters } from './scatter.ts'
import { camelCase, parseSchema } from './schema.ts'
import { searches } from './search.ts'
import { shuffles } from './shuffle.ts'
import { sliceScatters } from './sliceScatter.ts'
import { sorts } from './sort.ts'
import { splits } from './split.ts'
import { tensorIndexes } from './tensorIndex.ts'
import { variances } from './variance.ts'
import { views } from './view.ts'

export const operators = {
  ...pointwise,
  ...comparisons,
  ...elementary,
  ...activations,
  ...reduce,
  ...variances,
  ...matmuls,
  ...convolutions,
  ...transposedConvolutions,
  ...pools,
  ...adaptivePools,
  ...norms,
  ...views,
  ...splits,
  ...joins,
  ...paddings,
  ...gathers,
  ...tensorIndexes,
  ...scatters,
  ...maskings,
  ...searches,
  ...sliceScatters,
  ...sorts,
  ...creation,
  ...randoms,
  ...hosted,
  ...shuffles,
  ...linalgs,
  ...losses,
  ...resamples,
  ...recurrents,
  ...metas,
} as const

export type OpName = keyof typeof operators
/** The names whose implementation is of kind `K`. */
export type OpNameOf<K extends Implementation['kind']> = {
  [N in OpName]: (typeof operators)[N]['implementation']['kind'] extends K ? N : never
}[OpName]
export type KernelOpName = OpNameOf<'kernel'>
export type ComputeOpName = OpNameOf<'compute'>
export type ViewOpName = OpNameOf<'view'>
export type HostOpName = OpNameOf<'host'>

/** What a name of the user API stands for; several operators may share one (`F.maxPool2d` with and without indices). */
export interface ApiEntry {
  readonly home: Home
  /** camelCase. */
  readonly name: string
  readonly candidates: readonly Candidate[]
}

for (const operator of Object.values<Operator>(operators)) {
  registerOperator(operator)
  if (operator.inplace) registerOperator(inplaceOperator(operator))
}

/** All operators, the derived in-place ones (`aten::add_`) included. */
export const allOperators: readonly Operator[] = registeredOperators()

export { findOperator }

const prefixes: { readonly [H in Home]?: string } = { linalg: 'linalg_', special: 'special_' }

const api = new Map<string, ApiEntry>()
for (const operator of allOperators) {
  for (const home of operator.homes) {
    const name = operator.name.replace(/^\w+::/, '')
    const prefix = prefixes[home]
    addEntry(home, prefix && name.startsWith(prefix) ? name.slice(prefix.length) : name, candidatesOf(operator))
  }
  for (const form of operator.forms ?? []) {
    const schema = parseSchema(form.schema)
    addEntry(form.home, schema.name, [{ operator, schema, form }])
  }
}

for (const [alias, target] of Object.entries(aliases)) {
  const operator = findOperator(target) as Operator
  for (const home of operator.homes) addEntry(home, alias, candidatesOf(operator))
  const inplace = findOperator(`${target}_`)
  if (inplace && operator.homes.includes('Tensor')) addEntry('Tensor', `${alias}_`, candidatesOf(inplace))
}

function addEntry(home: Home, snakeName: string, candidates: readonly Candidate[]): void {
  const name = camelCase(snakeName)
  const key = `${home}.${name}`
  api.set(key, { home, name, candidates: [...(api.get(key)?.candidates ?? []), ...candidates] })
}

export const apiEntries: readonly ApiEntry[] = [...api.values()]

/** `findByApi('F', 'maxPool2d')`; methods have self as their first argument. */
export const findByApi = (home: Home, name: string): ApiEntry | null => api.get(`${home}.${name}`) ?? null

/** Binds a call as the user wrote it; `entry` from findByApi, or an operator with the schemas it has. */
export function bindArguments<V>(
  target: ApiEntry | Operator,
  positional: readonly V[],
  named: { readonly [name: string]: V },
  domain: ArgDomain<V>,
): BoundCall<V> {
  if ('candidates' in target)
    return bind(target.home === 'Tensor' ? target.name : `${target.home}.${target.name}`, target.candidates, positional, named, domain)
  return bind(target.name, candidatesOf(target), positional, named, domain)
}
