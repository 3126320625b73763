/** What running a node may do besides giving its results: decides what may be removed, merged, moved or reordered. */
import type { Block, Node, ValueId } from './graph.ts'
import { operatorOf, scalarCallOf } from './operatorCall.ts'
import type { Type } from './types.ts'

/**
 * `pure`: none. `read`: sees changes of containers. `throw`: may throw, otherwise pure. `symbol`: names a symbol that types may mention.
 * `random`: draws from the generator (order counts). `write`: changes something or is seen outside.
 */
export type Effect = 'pure' | 'read' | 'throw' | 'symbol' | 'random' | 'write'

const randomOperators = new Set(
  [
    'rand',
    'randn',
    'randint',
    'randperm',
    'rand_like',
    'randn_like',
    'randint_like',
    'bernoulli',
    'multinomial',
    'normal',
    'poisson',
    'dropout',
    'feature_dropout',
    'alpha_dropout',
    'feature_alpha_dropout',
    'rrelu',
    'native_dropout',
  ].map((name) => `aten::${name}`),
)

/** Whether an operator draws from the generator, unless an argument says that it does not train. */
export const isRandom = (operator: string): boolean => randomOperators.has(operator)

const purePrims = new Set([
  'prim::Constant',
  'prim::ListConstruct',
  'prim::TupleConstruct',
  'prim::TupleUnpack',
  'prim::TupleIndex',
  'prim::ListUnpack',
  'prim::Module',
  'prim::State',
  'prim::Uninitialized',
  'prim::dtype',
  'prim::device',
  'prim::unchecked_cast',
  'prim::isinstance',
  'prim::unchecked_unwrap_optional',
  'prim::Segment',
  // A tensor read back: tensors do not change once made, or their in-place writes are ordered as effects of their own.
  'aten::item',
  'aten::tolist',
])

export function effectOf(node: Node, typeOf: (id: ValueId) => Type): Effect {
  if (purePrims.has(node.kind)) return 'pure'
  if (node.kind === 'prim::Symbol') return 'symbol'
  // A new object: unused it may go, but two of them are never one. A field may be written.
  if (node.kind === 'prim::GetAttr' || node.kind === 'prim::CreateObject' || node.kind === 'prim::DictConstruct') return 'read'
  if (node.kind === 'prim::If' || node.kind === 'prim::Loop')
    return node.blocks.map((block) => effectOfBlock(block, typeOf)).reduce(worse, 'pure')
  const scalar = scalarCallOf(node, typeOf)
  if (scalar) return scalar.op.effect
  const operator = operatorOf(node, typeOf)
  if (!operator || operator.mutates) return 'write'
  return isRandom(operator.name) ? 'random' : 'pure'
}

export const effectOfBlock = (block: Block, typeOf: (id: ValueId) => Type): Effect =>
  block.nodes.map((node) => effectOf(node, typeOf)).reduce(worse, 'pure')

const order: readonly Effect[] = ['pure', 'read', 'throw', 'symbol', 'random', 'write']
const worse = (a: Effect, b: Effect): Effect => (order.indexOf(a) >= order.indexOf(b) ? a : b)
