/**
 * TorchScript's IR: typed SSA with nested blocks. Plain readonly data with branded ids; a pass returns a new Graph.
 * Node kinds are TorchScript's (`aten::add`, `prim::If`, `prim::Loop`, `prim::Constant`...). Inputs of an `aten::` node are the
 * schema's arguments in order, all present (defaults and None are prim::Constant nodes), as TorchScript has it.
 */
import type { DType } from '../../ops/dtype.ts'
import type { Evaluated } from '../program.ts'
import type { Type } from './types.ts'

declare const brand: unique symbol
export type ValueId = number & { readonly [brand]: 'value' }
export type NodeId = number & { readonly [brand]: 'node' }
/** Key of a tensor constant in Program.constants: its content hash, so equal weights are one. */
export type ConstantId = string & { readonly [brand]: 'constant' }

/** Position in the user's source: 1-based line, 0-based column, as TorchScript prints them. Offsets are UTF-16 code units. */
export interface SourceRange {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}

export type ConstantValue =
  | { readonly kind: 'int' | 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'ints' | 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'dtype'; readonly value: DType }
  | { readonly kind: 'tensor'; readonly id: ConstantId }

export type Attribute =
  | ConstantValue
  | { readonly kind: 'graph'; readonly graph: Graph }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'names'; readonly value: readonly string[] }

export interface Node {
  readonly id: NodeId
  readonly kind: `${string}::${string}`
  readonly inputs: readonly ValueId[]
  readonly outputs: readonly ValueId[]
  readonly blocks: readonly Block[]
  /** `value` of prim::Constant, `name` of prim::GetAttr / prim::CallMethod / prim::CallFunction, `Subgraph` of prim::Segment,
   * `host` (a name of the program's module) of prim::HostCall, prim::isinstance, and of prim::CreateObject where the class shows. */
  readonly attributes: { readonly [name: string]: Attribute }
  readonly range: SourceRange
}

/**
 * prim::If:   inputs [condition], two blocks without params, returns = node outputs.
 * prim::Loop: inputs [maxTripCount, initialCondition, ...carried], one block with params [iteration, ...carried] and returns [condition, ...carried].
 */
export interface Block {
  readonly params: readonly ValueId[]
  readonly nodes: readonly Node[]
  readonly returns: readonly ValueId[]
}

export interface ValueInfo {
  readonly id: ValueId
  /** Source name if it had one (`rv`); the printer makes it unique (`%rv.1`). */
  readonly name: string | null
  readonly type: Type
}

export interface Graph {
  readonly name: string
  readonly block: Block
  readonly values: ReadonlyMap<ValueId, ValueInfo>
  /** Next free ids, so that passes can extend a graph. */
  readonly nextValue: number
  readonly nextNode: number
}

/** A frozen tensor: weights, captured arrays. `name` is the state-dict key or the capture's name. */
export interface TensorConstant {
  readonly id: ConstantId
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array | Uint8Array
}

/** The fields of a module instance after evaluation: submodules, parameters, buffers and constants, by attribute name. */
export interface ClassInfo {
  readonly name: string
  readonly attributes: ReadonlyMap<
    string,
    { readonly type: Type; readonly constant: ConstantValue | null; readonly isParameter: boolean; readonly isBuffer: boolean }
  >
  /** Method name -> function name in Program.functions. */
  readonly methods: ReadonlyMap<string, string>
  /** A record or an object of a script class: made while the program runs. Absent: a module. */
  readonly object?: true
}

/** One exported script function or module with everything it calls. */
export interface Program {
  readonly name: string
  /** The entry graph's key in `functions`. */
  readonly entry: string
  readonly functions: ReadonlyMap<string, Graph>
  readonly classes: ReadonlyMap<string, ClassInfo>
  readonly constants: ReadonlyMap<ConstantId, TensorConstant>
  /** Of each class that prim::State names: the first values of its fields. All entry points of a module share these objects. */
  readonly states?: ReadonlyMap<string, ReadonlyMap<string, Evaluated>>
  /** The one of these that the module itself has. */
  readonly self?: string | undefined
}
