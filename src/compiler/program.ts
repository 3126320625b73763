/**
 * The two ends of the compiler: what the transform hands in, and what emission takes out.
 * The compiler is synchronous and pure: sources are already read and parsed, specifiers resolved, instances evaluated.
 */
import type { ParseResult } from '@babel/parser'
import type { File } from '@babel/types'
import type { DType, TypedArray } from '../ops/dtype.ts'
import type { Traced } from '../ops/traced.ts'
import type { SourceRange } from './ir/graph.ts'
import type { MemoryPlan, ScheduledSegment } from './kernels/loop.ts'

export interface SourceModule {
  /** Absolute path (or a virtual id such as `tensorscript:nn/conv.ts` for the library's own modules). */
  readonly file: string
  readonly code: string
  readonly ast: ParseResult<File>
  /** Specifier -> file, for imports that lead to script code; the package itself resolves to 'tensorscript'. */
  readonly imports: ReadonlyMap<string, string>
}

/** What evaluation found behind a module-level name: the shape of a user object, transferred as data. */
export type Evaluated =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'array'; readonly elements: readonly Evaluated[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string | number, Evaluated])[] }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Evaluated> }
  | {
      readonly kind: 'tensor'
      readonly dtype: DType
      readonly shape: readonly number[]
      readonly data: TypedArray
      readonly role: 'parameter' | 'buffer' | 'plain'
    }
  /** A script function or class found in a field: by definition site. */
  | { readonly kind: 'function'; readonly file: string; readonly name: string }
  | EvaluatedModule
  /** What `trace` gave: the recording of the function itself, and those of further methods by name. */
  | { readonly kind: 'trace'; readonly recording: Recording; readonly methods: readonly (readonly [string, Recording])[] }

/** An nn.Module (or other class) instance. Its methods are compiled from the class's source. `training` is a plain field. */
export interface EvaluatedModule {
  readonly kind: 'module'
  /** Where the class is defined: `file` is an absolute path or `tensorscript:nn/...`. */
  readonly classFile: string
  readonly className: string
  /** Own fields in definition order, submodules included. The same object met twice has the same `id`. */
  readonly id: number
  readonly fields: ReadonlyMap<string, Evaluated>
}

/** An operator, or a call of a script function, with where the user's code is; null: in no file of the user's. */
export type TraceStep = { readonly at: SourceRange | null } & (
  | {
      readonly kind: 'operator'
      readonly operator: string
      readonly args: readonly Traced[]
      /** Arguments that are given by name. */
      readonly named: readonly (readonly [name: string, value: Traced])[]
      readonly outputs: readonly number[]
      readonly many: boolean
    }
  | { readonly kind: 'call'; readonly file: string; readonly name: string; readonly args: readonly Traced[]; readonly result: Traced }
)

/** One run of a function, as data. */
export interface Recording {
  /** The method that was traced: its declaration names the inputs. Null: a function. */
  readonly method: { readonly file: string; readonly className: string; readonly name: string } | null
  readonly inputs: readonly Traced[]
  /** The tensors among the inputs. */
  readonly tensors: readonly { readonly id: number; readonly dtype: DType; readonly shape: readonly number[] }[]
  /** Shapes that these tensors had in the runs on further inputs. */
  readonly checked: readonly (readonly (readonly number[])[])[]
  readonly constants: readonly {
    readonly id: number
    /** State-dict key of a weight. */
    readonly name: string | null
    readonly value: Extract<Evaluated, { readonly kind: 'tensor' }>
    /** Each run makes it anew. */
    readonly fresh: boolean
  }[]
  /** Numbers of the inputs and constants that the run wrote to. */
  readonly written: readonly number[]
  readonly steps: readonly TraceStep[]
  readonly result: Traced
  /** Where tensors became plain numbers, by the member that was asked. */
  readonly escapes: readonly { readonly member: string; readonly at: SourceRange | null }[]
  /** How another run differed: on the example inputs again (0), or on one of the inputs to check with (1...). */
  readonly difference: { readonly run: number; readonly first: string; readonly other: string; readonly at: SourceRange | null } | null
}

export interface ProgramRequest {
  /** Export name; also the program's name. */
  readonly name: string
  readonly file: string
  /** Every module reachable from `file` through script code, by file. */
  readonly modules: ReadonlyMap<string, SourceModule>
  /** Evaluated module-level values, keyed `file#localName`; only those that need evaluation are present. */
  readonly evaluated: ReadonlyMap<string, Evaluated>
  /** Types of undeclared tensor parameters (from sample inputs): `Tensor` parameter name -> type; declared types win. */
  readonly signature?: ReadonlyMap<string, { readonly dtype: DType; readonly shape: readonly number[] }>
  readonly options: CompileOptions
}

export interface CompileOptions {
  readonly targets: readonly ('wasm' | 'webgpu')[]
  /** false: no fusion, no graph optimisation: the unoptimised column of the test matrix. */
  readonly optimize: boolean
  /** No Winograd, no relaxed arithmetic. */
  readonly exact: boolean
  /** Also code for Node 24 and newer on x64, where V8 can pair vectors. Not for exact programs. */
  readonly native?: boolean
  readonly dump?: (pass: string, text: string) => void
  /** Sees the kernels of the wasm target and where their buffers lie: what a profile runs. */
  readonly lowered?: (lowered: Lowered) => void
  /** Run the verifier after every pass (tests) or at both ends only. */
  readonly verify: 'ends' | 'every-pass'
}

/** Segments as they are emitted, weights among the places of the plans. */
export interface Lowered {
  readonly scheduled: readonly ScheduledSegment[]
  readonly plans: readonly MemoryPlan[]
}

export interface Diagnostic {
  /** S1xxx ... S8xxx. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly kind: 'user error' | 'not supported yet' | 'internal error'
  readonly message: string
  readonly file: string
  readonly start: number
  readonly end: number
  readonly hint: string | null
  readonly fix: { readonly start: number; readonly end: number; readonly replacement: string } | null
  readonly related: readonly { readonly message: string; readonly file: string; readonly start: number; readonly end: number }[]
}

export type CompileResult =
  | { readonly ok: true; readonly program: CompiledProgram; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Everything emission needs. Same input, same bytes. */
export interface CompiledProgram {
  readonly name: string
  /** The runtime data the emitted JavaScript passes to `defineProgram` of tensorscript/runtime (plain JSON but for the assets). */
  readonly manifest: import('../runtime/types.ts').ProgramManifest
  /**
   * The entry as JavaScript: the text of a function expression `(param, ...) => {...}` whose free names are only `$` (the loaded program,
   * see runtime/types.ts ProgramInstance) `$r` (the namespace of runtime helpers it needs, listed in `helpers`), and `$h` where `hosts` has names.
   */
  readonly javascript: string
  readonly helpers: readonly string[]
  /** Names of the program's own module that it needs at the host, as `$h.name`: functions marked with `ignore`, error classes, classes of objects. */
  readonly hosts: readonly string[]
  /** Generated position -> source position, one an emitted statement. */
  readonly mappings: readonly { readonly offset: number; readonly file: string; readonly line: number; readonly column: number }[]
  readonly wasm: { readonly simd: Uint8Array; readonly relaxed: Uint8Array; readonly native?: Uint8Array } | null
  readonly gpu: CompiledForGpu | null
  /** safetensors bytes, prepacked tensors included. */
  readonly weights: Uint8Array
  /** `.graph` and `.code` of the frozen program, and the graph before optimisation. */
  readonly ir: string
  readonly code: string
  readonly report: ProgramReport
  /**
   * What the program and its exported methods keep between calls, as the text of a JavaScript object: `$s` of their `javascript`.
   * `self` is the key of the module's own fields.
   */
  readonly state: { readonly text: string; readonly self: string | null } | null
  /** Exported methods of a module: programs of their own, called `module.method`. */
  readonly methods?: readonly CompiledProgram[]
}

/** The WebGPU side of a program: one WGSL module, and its weights as they are (the wasm weights are packed for its kernels). */
export interface CompiledForGpu {
  readonly wgsl: string
  /** JavaScript text of a GpuManifest (src/gpu/types.ts); its only free names are `$r` helpers. */
  readonly manifest: string
  readonly weights: Uint8Array
  readonly weightsHash: string
  readonly weightBytes: number
  /** The entry as an `async` function, where values of tensors are needed before the end; else null: `javascript` never waits. */
  readonly asynchronous: string | null
}

export interface ProgramReport {
  readonly program: string
  readonly file: string
  readonly segments: number
  readonly kernels: number
  readonly fusionGroups: number
  /** Floating-point operations of one call when shapes are static, else the symbolic text. */
  readonly flops: number | string
  readonly arenaBytes: number | string
  readonly codeBytes: { readonly javascript: number; readonly simd: number; readonly relaxed: number; readonly wgsl: number }
  readonly weightBytes: number
  /** Places where the host must wait for a device (item(), tensor conditions). */
  readonly synchronizations: readonly string[]
}
