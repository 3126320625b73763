/** State of a compilation: `ProgramContext` for the whole program, `FunctionContext` for the function being read. Passed, never global. */
import type * as t from '@babel/types'
import { CompileError, type Span } from '../diagnostics/diagnostic.ts'
import type { ClassInfo, ConstantId, Graph, SourceRange, TensorConstant, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import type { Diagnostic, Evaluated, EvaluatedModule, ProgramRequest } from '../program.ts'
import type { Refinements } from './control.ts'
import { Emitter } from './emitter.ts'
import { noTypeArguments, type TypeArguments } from './generics.ts'
import type { ModuleScope } from './moduleScope.ts'
import type { FieldPath } from './narrowedFields.ts'
import type { ScriptClass } from './objects.ts'
import type { Resource } from './resources.ts'
import type { Binding, JumpTarget, Scope, State } from './scope.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import type { Writes } from './writes.ts'
import type { TensorRoot } from './writtenTensors.ts'

/** A function that was compiled for one set of argument types. */
export interface CompiledFunction {
  readonly key: string
  readonly parameters: readonly Type[]
  readonly result: Type
  /** Positions of the parameters whose tensors it writes to. */
  readonly writes: readonly number[]
  /** Its errors. Its callers are not to report what follows from them. */
  readonly errors: readonly Diagnostic[]
}

/** A module instance: each has its own entry in Program.classes, because its fields are its own. */
export interface ModuleClass {
  readonly name: string
  readonly instance: EvaluatedModule
}

/** Modules of `nn`, compiled from the library's own source. */
const isLibraryFile = (file: string): boolean => file.startsWith('tensorscript:')

export class ProgramContext {
  readonly request: ProgramRequest
  readonly diagnostics: Diagnostic[] = []
  readonly functions = new Map<string, Graph>()
  readonly constants = new Map<ConstantId, TensorConstant>()
  readonly classes = new Map<string, ClassInfo>()
  readonly moduleClasses = new Map<string, ModuleClass>()
  /** The module that is compiled. */
  root: EvaluatedModule | null = null
  /** Of the modules with fields that the program changes: the class of the object that has these, and their first values by that class. */
  readonly stateTypes = new Map<string, Extract<Type, { readonly kind: 'class' }>>()
  readonly states = new Map<string, ReadonlyMap<string, Evaluated>>()
  /** Fields of record types, by name. */
  readonly records = new Map<string, ReadonlyMap<string, Type>>()
  /** Types that mention themselves, by their declaration; and declarations that are being read, with the name of those that were mentioned meanwhile. */
  readonly namedTypes = new Map<string, Type>()
  readonly openTypes = new Map<string, Type | null>()
  /** Fields of record types whose type is one literal. */
  readonly literals = new Map<string, ReadonlyMap<string, string | number | boolean>>()
  /** Classes of script code, by file and name; null: not one of script code. And by the name of their type. */
  readonly objects = new Map<string, ScriptClass | null>()
  readonly objectsByName = new Map<string, ScriptClass>()
  /** Classes that extend a class, by the name of its type. */
  readonly descendants = new Map<string, readonly ScriptClass[]>()
  /** Classes that objects are told apart by when the program runs, by the name of their types. */
  readonly identities = new Set<string>()
  /** What the source writes to; found when first asked for. */
  writes: Writes | null = null
  readonly moduleScopes = new Map<string, ModuleScope>()
  /** Compiled functions by definition and argument types; null while one is being compiled. */
  readonly compiled = new Map<string, CompiledFunction | null>()
  /** Names in `functions` of those that are being compiled: what a recursive call calls. */
  readonly open = new Map<string, string>()
  /** Names of the functions being compiled, outermost first: what a recursive call reports. */
  readonly callStack: { readonly id: string; readonly name: string }[] = []
  private readonly usedNames = new Map<string, number>()
  /** The user's call that led into code of the library, while that is being read. */
  private site: Span | null = null

  /** Types of fields of classes that an earlier reading of the program found. */
  readonly fieldTypes: ReadonlyMap<string, Type>

  constructor(request: ProgramRequest, fieldTypes: ReadonlyMap<string, Type>) {
    this.request = request
    this.fieldTypes = fieldTypes
  }

  /** `name`, or `name_1`, `name_2`... when it is taken. */
  uniqueName(name: string): string {
    const count = this.usedNames.get(name) ?? 0
    this.usedNames.set(name, count + 1)
    return count === 0 ? name : this.uniqueName(`${name}_${count}`)
  }

  /** Reads code of `file` for a call at `site`: what is wrong in code of the library is said where the user called it. */
  atSite<T>(file: string, site: Span, read: () => T): T {
    if (this.site || !isLibraryFile(file)) return read()
    this.site = site
    try {
      return read()
    } catch (error) {
      throw error instanceof CompileError ? new CompileError(this.blame(error.diagnostic)) : error
    } finally {
      this.site = null
    }
  }

  private blame(diagnostic: Diagnostic): Diagnostic {
    if (!this.site || !isLibraryFile(diagnostic.file)) return diagnostic
    const { file, start, end } = this.site
    return { ...diagnostic, file, start, end, fix: null, related: diagnostic.related.filter((related) => !isLibraryFile(related.file)) }
  }

  report(found: Diagnostic): void {
    const diagnostic = this.blame(found)
    const known = this.diagnostics.some(
      (d) => d.code === diagnostic.code && d.file === diagnostic.file && d.start === diagnostic.start && d.end === diagnostic.end,
    )
    if (!known) this.diagnostics.push(diagnostic)
  }
}

/** Where `return` goes: the function itself, or a local function that is being inlined. */
export interface Frame {
  readonly name: string
  readonly target: JumpTarget
  readonly slot: Binding
  readonly declaredResult: Type | null
  /** `return` statements seen so far, for messages about their types. */
  readonly returns: { readonly type: Type; readonly span: Span }[]
  readonly self: ScriptValue | null
  /** What `this` is in a static method. */
  readonly receiver: Sugared | null
  /** The class whose method this is: where `super` starts. */
  readonly owner: { readonly file: string; readonly className: string } | null
}

export interface LoopContext {
  readonly label: string | null
  readonly breakTarget: JumpTarget
  readonly continueTarget: JumpTarget | null
}

export class FunctionContext {
  readonly program: ProgramContext
  readonly emitter = new Emitter()
  file: string
  scope: Scope
  frame: Frame
  state: State
  loops: readonly LoopContext[] = []
  /** What a `const` that holds a condition says about types where it is tested. */
  readonly conditionsOf = new Map<Binding, { readonly whenTrue: Refinements; readonly whenFalse: Refinements }>()
  /** Expressions whose value is at hand: the left side of `?.`, read once. */
  readonly known = new Map<t.Node, Sugared>()
  /**
   * Types of containers that an earlier reading of this function found, by the literal and the calls that led there; those that may still be
   * found (`ints`: the type they have until then); and the literals that records of a type were made of.
   */
  readonly empties: Map<string, Type>
  readonly pending = new Map<ValueId, { readonly key: string; readonly node: t.Node; readonly ints: Type | null }>()
  readonly recordLiterals = new Map<string, string[]>()
  /** Paths of fields that were compared with null. */
  readonly fieldPaths: FieldPath[] = []
  /** The calls of the functions being inlined. */
  readonly sites: t.Node[] = []
  /** Maps and sets that are constants of the program: made where they are read, never written. */
  readonly captured = new Set<ValueId>()
  /** Where tensors came from, and the parameters that are written to (writtenTensors.ts). */
  readonly roots = new Map<ValueId, TensorRoot>()
  readonly writtenParameters = new Set<number>()
  /** Objects whose methods are known to be those of their static type. */
  readonly exact = new Set<ValueId>()
  /** What the type parameters in scope stand for. */
  typeArguments: TypeArguments = noTypeArguments
  /** What runs after `super(...)` in a constructor: field initialisers. */
  readonly afterSuper = new Map<Frame, () => void>()
  /** What is disposed of where the current point is left, outermost first. */
  resources: readonly Resource[] = []
  /** Local functions being inlined, to refuse cycles. */
  readonly inlining: t.Node[] = []

  constructor(program: ProgramContext, file: string, scope: Scope, frame: Frame, empties = new Map<string, Type>()) {
    this.program = program
    this.empties = empties
    this.file = file
    this.scope = scope
    this.frame = frame
    this.state = { values: new Map(), exit: null }
  }

  span(node: t.Node): Span {
    return { file: this.file, start: node.start ?? 0, end: node.end ?? 0 }
  }

  range(node: t.Node): SourceRange {
    return {
      file: this.file,
      start: node.start ?? 0,
      end: node.end ?? 0,
      line: node.loc?.start.line ?? 1,
      column: node.loc?.start.column ?? 0,
    }
  }

  text(node: t.Node): string {
    return this.program.request.modules.get(this.file)?.code.slice(node.start ?? 0, node.end ?? 0) ?? ''
  }

  /** Source text short enough for a message. */
  shortText(node: t.Node): string {
    const text = this.text(node).replace(/\s+/g, ' ')
    return text.length > 40 ? `${text.slice(0, 37)}...` : text
  }
}

export function fail(diagnostic: Diagnostic): never {
  throw new CompileError(diagnostic)
}

/** Leaves a call of a function that has errors. They are reported again, as another attempt to read the caller may have dropped them. */
export function poisonFailed(program: ProgramContext, { errors }: CompiledFunction): void {
  for (const error of errors) program.report(error)
  if (errors.length > 0) throw new Poisoned()
}

/** What depends on something already reported: leaves the statement without another report. */
export class Poisoned extends Error {}
