/** `nn.Sequential`, `nn.ModuleList` and `nn.ModuleDict`: instances whose children are known, so loops over them are unrolled. */
import type * as t from '@babel/types'
import { fieldSugar } from './capture.ts'
import { constantString } from './constants.ts'
import type { FunctionContext } from './context.ts'
import { classChain } from './methods.ts'
import type { SequenceSugar, Sugared } from './sugar.ts'

const listClasses = new Set(['Sequential', 'ModuleList', 'ParameterList'])
const dictClasses = new Set(['ModuleDict', 'ParameterDict'])

/** The children of a list-like module as a sequence; null for everything else. */
export function sequenceOf(f: FunctionContext, sugar: Sugared, node: t.Node): SequenceSugar | null {
  if (sugar.kind === 'sequence') return sugar
  const keys = childrenOf(f, sugar, listClasses)
  if (!keys || sugar.kind !== 'value') return null
  return { kind: 'sequence', length: keys.length, element: (i) => fieldSugar(f, sugar, keys[i]!, node)!, text: f.shortText(node) }
}

/** The children of a `ModuleDict` by name; null for everything else. */
export function recordOf(f: FunctionContext, sugar: Sugared, node: t.Node): ReadonlyMap<string, Sugared> | null {
  const keys = childrenOf(f, sugar, dictClasses)
  if (!keys || sugar.kind !== 'value') return null
  return new Map(keys.map((key) => [key, fieldSugar(f, sugar, key, node)!]))
}

/** `[name, module]` pairs of a `ModuleDict`: what iterating it gives. */
export function entriesOf(record: ReadonlyMap<string, Sugared>): Sugared {
  return { kind: 'array', elements: [...record].map(([key, field]) => ({ kind: 'array', elements: [constantString(key), field] })) }
}

function childrenOf(f: FunctionContext, sugar: Sugared, classes: ReadonlySet<string>): readonly string[] | null {
  if (sugar.kind !== 'value' || sugar.type.kind !== 'class') return null
  const instance = f.program.moduleClasses.get(sugar.type.name)?.instance
  if (!instance || !classChain(f, instance).some((name) => classes.has(name))) return null
  return [...instance.fields]
    .filter(([, field]) => field.kind === 'module' || (field.kind === 'tensor' && field.role === 'parameter'))
    .map(([key]) => key)
}
