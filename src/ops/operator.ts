/**
 * The contract of an operator: one entry an operator, read by the eager library, type and shape inference, decomposition, fusion and kernels.
 * `schemas` are PyTorch's own signatures (one an overload, the first is the canonical one); `infer` is the shape rule; then exactly one implementation.
 * Rules are generic in what a tensor is: eager tensors, or values of a graph under compilation. They only read `dtype` and `shape`.
 */
import type { Dim, Scalar } from './dim.ts'
import type { DType } from './dtype.ts'
import type { Compute } from './expr.ts'
import type { DefaultValue } from './schema.ts'

export interface TensorMeta {
  readonly dtype: DType
  readonly shape: readonly Dim[]
}

/** A view of dense storage: element `i...` lies at `offset + sum(i[k] * strides[k])`, in elements. */
export interface StridedMeta extends TensorMeta {
  readonly strides: readonly Dim[]
  readonly offset: Dim
}

/** What an argument may be once overload resolution and defaults are done. */
export type ArgValue<T> = T | Scalar | string | null | readonly Dim[] | readonly (T | null)[] | readonly string[]

export type NestedScalars = Scalar | readonly NestedScalars[]

/** Typed access to the arguments of one call, by PyTorch's snake_case parameter names. Each throws an OperatorError when the kind is wrong. */
export interface Args<T extends TensorMeta> {
  /** The overload that was bound: `split.sizes`, or only the name. */
  readonly overload: string
  tensor(name: string): T
  tensorOrNull(name: string): T | null
  tensors(name: string): readonly T[]
  /** For Tensor|Scalar parameters such as `other` of add. */
  tensorOrScalar(name: string): T | Scalar
  scalar(name: string): Scalar
  scalarOrNull(name: string): Scalar | null
  /** A build-time constant (axis numbers, kernel sizes...). */
  int(name: string): number
  intOrNull(name: string): number | null
  /** An int that may be symbolic (sizes, slice bounds). */
  dim(name: string): Dim
  dimOrNull(name: string): Dim | null
  ints(name: string): readonly number[]
  intsOrNull(name: string): readonly number[] | null
  dims(name: string): readonly Dim[]
  /** `SymInt?[]`: the output sizes of adaptive pooling. */
  dimsOrNulls(name: string): readonly (Dim | null)[]
  scalars(name: string): readonly Scalar[]
  /** `Scalar[][]`, of any depth: the rows of a literal. */
  nested(name: string): readonly NestedScalars[]
  /** `Tensor?[]`: the indices of `index` and `indexPut`. */
  tensorsOrNulls(name: string): readonly (T | null)[]
  bool(name: string): boolean
  string(name: string): string
  stringOrNull(name: string): string | null
  dtypeOrNull(name: string): DType | null
  /** The overload has this parameter and it is not None. */
  has(name: string): boolean
}

/** What a shape rule may ask for besides its arguments. */
export interface InferContext {
  /** A dimension known only after the operator ran (nonzero, masked_select...). Eager code never calls it. */
  fresh(hint: string): Dim
  /** States that two dims are equal; checked now when both are known, guarded at run time otherwise. */
  requireEqual(a: Dim, b: Dim, message: () => string): void
}

/** The ops interface that decompositions are written against. `T` is an eager tensor or a graph value. */
export interface Ops<T extends TensorMeta> {
  /** Calls any operator by name with positional (schema order) and named arguments; a single-result operator. */
  call(op: string, args: readonly ArgValue<T>[], named?: { readonly [name: string]: ArgValue<T> }): T
  /** The same for operators with several results. */
  callMany(op: string, args: readonly ArgValue<T>[], named?: { readonly [name: string]: ArgValue<T> }): readonly T[]
}

/** Concrete tensor data that reference kernels read and write: dense row-major. */
export interface DenseTensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array | Uint8Array
}

export type Implementation =
  /** Pointwise, indexing or reducing: one Compute a result. `inputs` lists which tensors `load.input` counts. */
  | {
      readonly kind: 'compute'
      compute<T extends TensorMeta>(
        args: Args<T>,
        outputs: readonly TensorMeta[],
      ): { readonly inputs: readonly T[]; readonly results: readonly Compute[] }
    }
  /** Shares storage with `self` (alias sets depend on it). null: this stride pattern needs a copy first (as `reshape`). Several results: split, unbind... */
  | {
      readonly kind: 'view'
      view(self: StridedMeta, args: Args<TensorMeta>, outputs: readonly TensorMeta[]): readonly StridedMeta[] | null
    }
  | { readonly kind: 'decompose'; decompose<T extends TensorMeta>(ops: Ops<T>, args: Args<T>): T | readonly T[] }
  /** A named kernel template in compiler/kernels; `reference` is the eager implementation (writes into `outputs`, already allocated). */
  | { readonly kind: 'kernel'; reference(args: Args<DenseTensor>, outputs: readonly DenseTensor[]): void }
  /** Result shape depends on data, or draws random numbers: runs between segments, on dense tensors. */
  | { readonly kind: 'host'; run(args: Args<DenseTensor>): readonly DenseTensor[] }
  /** Asks only for metadata (`size`, `dim`, `numel`, `is_floating_point`...). */
  | { readonly kind: 'meta'; value(args: Args<TensorMeta>): Scalar | string | readonly Dim[] }

export type Home = 'torch' | 'Tensor' | 'F' | 'linalg' | 'special'

/**
 * A spelling with its own signature. Bound values go to the parameters of the same name of `schemas[overload]` (`input` goes to `self`);
 * parameters which that schema lacks are told in `when` and must have that value, otherwise the next candidate of the same name is tried.
 */
export interface ApiForm {
  readonly home: Home
  readonly schema: string
  readonly overload?: number
  readonly when?: { readonly [param: string]: DefaultValue }
  /** Names of the spelling -> names of the operator, where they differ (`training` -> `train`). */
  readonly rename?: { readonly [param: string]: string }
  /** A list of lists whose elements are parameters of the operator (`dims: [[0, 1], [2, 0]]` of tensordot). */
  readonly spread?: { readonly [param: string]: readonly string[] }
}

export interface Operator {
  /** `aten::conv2d`. */
  readonly name: string
  readonly schemas: readonly string[]
  /** Where the operator is found in the user API: `torch.*`, a method of Tensor, `F.*`, `torch.linalg.*`, `torch.special.*`. */
  readonly homes: readonly Home[]
  /** Further spellings in the user API with a signature of their own (`F.maxPool2d(..., { returnIndices: true })`). */
  readonly forms?: readonly ApiForm[]
  /** `torch.meshgrid(a, b, c)`, `x.sumToSize(2, 1)`: values given one by one stand for the list that comes last. */
  readonly variadic?: boolean
  /** There is an in-place form `name_` (the registry derives it). */
  readonly inplace?: boolean
  /** An in-place operator: its implementation gives the new value of `self`, in self's dtype and shape, and the caller writes it there. */
  readonly mutates?: 'self'
  /** Result types, in order. Throws OperatorError (message without location; callers add it) when dtypes, ranks or shapes do not fit. */
  infer(args: Args<TensorMeta>, context: InferContext): readonly TensorMeta[]
  readonly implementation: Implementation
}

/** A refusal of a shape or type rule: one sentence naming the operator, the argument and both shapes or dtypes. */
export class OperatorError extends Error {
  /** Stable code: S2xxx types, S3xxx shapes and dtypes. */
  readonly code: string
  /** The argument that does not fit, as the caller gave it. */
  readonly culprit: unknown
  constructor(code: string, message: string, culprit?: unknown) {
    super(message)
    this.name = 'OperatorError'
    this.code = code
    this.culprit = culprit
  }
}
