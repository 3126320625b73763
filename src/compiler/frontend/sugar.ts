/**
 * What a name or an expression may stand for while source is read: an SSA value, or something that exists only at build time
 * (TorchScript's "sugared values"). Build-time things become SSA values on demand (`materialize` in values.ts) or never do.
 */
import type * as t from '@babel/types'
import type { ConstantValue, SourceRange, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import type { Diagnostic, Recording } from '../program.ts'
import type { TypeArguments } from './generics.ts'
import type { Scope } from './scope.ts'

export interface ScriptValue {
  readonly kind: 'value'
  readonly id: ValueId
  /** With what is known about tensors; the graph carries the erased type. */
  readonly type: Type
  /** The value before a condition narrowed its type: narrowing is undone where branches join. */
  readonly refinedFrom?: ScriptValue
  /** Where the value was made, for "type established here". */
  readonly range?: SourceRange
  /** Among arguments: where `...xs` stands, an array whose length only the run knows. */
  readonly spread?: t.Node
}

/** A literal, or a field of a module that is a literal: becomes a prim::Constant where it is used. */
export interface ConstantSugar {
  readonly kind: 'constant'
  readonly value: Exclude<ConstantValue, { readonly kind: 'tensor' | 'ints' | 'floats' }>
}

/** An array literal, or several results of an operator, before it is known whether a list or a tuple is wanted. */
export interface ArraySugar {
  readonly kind: 'array'
  readonly elements: readonly Sugared[]
}

/** Modules in an array, `Sequential` or `ModuleList`: each element has its own type, so loops over it are unrolled. */
export interface SequenceSugar {
  readonly kind: 'sequence'
  readonly length: number
  element(index: number): Sugared
  readonly text: string
}

export interface ObjectSugar {
  readonly kind: 'object'
  readonly fields: ReadonlyMap<string, Sugared>
}

/** A top-level function of a source file. */
export interface FunctionSugar {
  readonly kind: 'function'
  readonly file: string
  readonly name: string
  readonly node: FunctionNode
}

export type FunctionNode = t.FunctionDeclaration | t.FunctionExpression | t.ArrowFunctionExpression | t.ObjectMethod | t.ClassMethod

/** One of several modules, chosen when the program runs. */
export interface ChoiceSugar {
  readonly kind: 'choice'
  readonly options: readonly Sugared[]
  /** Whether it is this one, as a boolean. */
  is(option: number): Sugared
  /** What is thrown when it is none. */
  message(): Sugared
}

/** A function that stays at the host: called there, with the types that it declares. */
export interface HostSugar {
  readonly kind: 'host'
  readonly file: string
  readonly name: string
  readonly node: FunctionNode
}

/** A local function: inlined at each call, with the variables of its scope. */
export interface ClosureSugar {
  readonly kind: 'closure'
  readonly name: string
  readonly node: FunctionNode
  readonly scope: Scope
  readonly file: string
  readonly self: ScriptValue | null
  /** The class whose method this is. */
  readonly owner?: { readonly file: string; readonly className: string }
  /** What the type parameters around it stand for. */
  readonly typeArguments?: TypeArguments
  /** The class that a static method is called on. */
  readonly receiver?: Sugared
  /** Runs before the body, when the parameters are declared. */
  readonly prologue?: () => void
  /** A callback may take fewer arguments than it is given. */
  readonly ignoresExtra?: boolean
}

/** What `trace` gave: a call repeats the recording. */
export interface TracedSugar {
  readonly kind: 'traced'
  readonly name: string
  readonly recording: Recording
}

export type Namespace =
  | 'torch'
  | 'F'
  | 'nn'
  | 'torch.linalg'
  | 'torch.special'
  | 'Math'
  | 'console'
  | 'Number'
  | 'Array'
  | 'String'
  | 'Object'
  | 'library'

export type Sugared =
  | ScriptValue
  | ConstantSugar
  | ArraySugar
  | SequenceSugar
  | ObjectSugar
  | FunctionSugar
  | ClosureSugar
  | HostSugar
  | TracedSugar
  | ChoiceSugar
  | { readonly kind: 'namespace'; readonly name: Namespace }
  /** `F.relu` as a value. */
  | { readonly kind: 'operator'; readonly home: 'torch' | 'F' | 'linalg' | 'special'; readonly name: string }
  /** A function of the library that has a rule of its own: `range`, `floordiv`, `slice`... */
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'class'; readonly file: string; readonly name: string; readonly node: t.ClassDeclaration | t.ClassExpression }
  | { readonly kind: 'enum'; readonly name: string; readonly members: ReadonlyMap<string, string | number> }
  | { readonly kind: 'super'; readonly self: ScriptValue; readonly file: string; readonly className: string }
  /** `slice(1, 3)` in an index. */
  | { readonly kind: 'slice'; readonly start: Sugared; readonly stop: Sugared; readonly step: Sugared }
  /** Declared without a value, or not assigned on the way here: on `way`, where one branch assigns it. */
  | { readonly kind: 'uninitialized'; readonly name: string; readonly way?: Diagnostic['related'][number] }
  /** Two branches left values that have no common type; an error only if it is read. */
  | { readonly kind: 'conflict'; readonly name: string; readonly left: Sugared; readonly right: Sugared; readonly inLoop: boolean }
  /** Something that was already reported: what depends on it is not reported again. */
  | { readonly kind: 'poison' }
  | { readonly kind: 'void' }
