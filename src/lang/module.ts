/**
 * nn.Module: parameters, buffers and submodules are plain fields; an instance is callable (`this.conv1(x)` runs `forward`).
 * Keys of a state dict are PyTorch's: field names in snake_case, joined by dots (`bn1.running_mean`).
 * Modules start in eval mode, because TensorScript is for inference; `train()` switches batch statistics and dropout on.
 */
import { Tensor } from './torch.ts'

/** A tensor that is learned: listed by `parameters()` and in the state dict. */
export class Parameter extends Tensor {
  constructor(data: Tensor) {
    super(data.dtype, data.shape, data.dataSync())
  }
}

/** Buffers by module: fields that are no parameters but belong to the state dict. */
const buffersOf = new WeakMap<Module, Set<string>>()

export type StateDict = ReadonlyMap<string, Tensor>
export type StateDictLike = StateDict | { readonly [key: string]: Tensor }

export interface LoadResult {
  readonly missingKeys: readonly string[]
  readonly unexpectedKeys: readonly string[]
}

/** `runningMean` -> `running_mean`; `conv1`, `weight_ih_l0` and `0` stay. */
export const stateKey = (field: string): string => field.replace(/(?<=[a-z0-9])([A-Z])/g, (letter) => `_${letter.toLowerCase()}`)

export interface Module {
  /** Runs `forward`. Modules of another signature are called as `module.forward(...)`, or declare it themselves. */
  // biome-ignore lint/style/useShorthandFunctionType: it is merged with the class below
  (...inputs: Tensor[]): Tensor
}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: TypeScript has no other way to say that instances are callable
export abstract class Module {
  declare training: boolean

  constructor() {
    const self = (...inputs: never[]): unknown => (self as unknown as { forward(...inputs: never[]): unknown }).forward(...inputs)
    // The callable takes the place of `this`: fields are defined on it, methods come from the class. A function's own name and
    // length would hide fields of these names.
    Reflect.deleteProperty(self, 'name')
    Reflect.deleteProperty(self, 'length')
    Reflect.set(self, 'training', false)
    // biome-ignore lint/correctness/noConstructorReturn: this is how an instance becomes callable
    return Object.setPrototypeOf(self, new.target.prototype)
  }

  abstract forward(...inputs: never[]): unknown

  /** Declares a buffer: `this.runningMean = this.registerBuffer('runningMean', torch.zeros([n]))` or as a statement of its own. */
  registerBuffer<T extends Tensor | null>(name: string, tensor: T): T {
    const buffers = buffersOf.get(this) ?? new Set<string>()
    buffersOf.set(this, buffers.add(name))
    Reflect.set(this, name, tensor)
    return tensor
  }

  registerParameter(name: string, parameter: Parameter | null): void {
    Reflect.set(this, name, parameter)
  }

  /** Field names of the buffers of this module alone. */
  bufferNames(): ReadonlySet<string> {
    return buffersOf.get(this) ?? new Set()
  }

  /** Submodules by field name. */
  *namedChildren(): IterableIterator<[string, Module]> {
    for (const [name, value] of Object.entries(this)) if (value instanceof Module) yield [name, value]
  }

  *children(): IterableIterator<Module> {
    for (const [, child] of this.namedChildren()) yield child
  }

  /** This module and all below it, by path. */
  *namedModules(prefix = ''): IterableIterator<[string, Module]> {
    yield [prefix, this]
    for (const [name, child] of this.namedChildren()) yield* child.namedModules(prefix === '' ? name : `${prefix}.${name}`)
  }

  *modules(): IterableIterator<Module> {
    for (const [, module] of this.namedModules()) yield module
  }

  *namedParameters(): IterableIterator<[string, Parameter]> {
    for (const { key, tensor, role } of entriesOf(this, '')) if (role === 'parameter') yield [key, tensor as Parameter]
  }

  *parameters(): IterableIterator<Parameter> {
    for (const [, parameter] of this.namedParameters()) yield parameter
  }

  *namedBuffers(): IterableIterator<[string, Tensor]> {
    for (const { key, tensor, role } of entriesOf(this, '')) if (role === 'buffer') yield [key, tensor]
  }

  *buffers(): IterableIterator<Tensor> {
    for (const [, buffer] of this.namedBuffers()) yield buffer
  }

  /** All parameters and buffers under PyTorch's keys. The tensors are the module's own. */
  stateDict(): Map<string, Tensor> {
    return new Map(entriesOf(this, '').map(({ key, tensor }) => [key, tensor]))
  }

  /**
   * Copies the tensors of a state dict into this module.
   * @throws listing every missing or unexpected key and every shape that differs. `strict: false` allows the first two.
   * `num_batches_tracked` is ignored: it only matters for training.
   */
  loadStateDict(stateDict: StateDictLike, { strict = true }: { readonly strict?: boolean } = {}): LoadResult {
    const given = new Map<string, Tensor>(stateDict instanceof Map ? stateDict : Object.entries(stateDict))
    const own = entriesOf(this, '')
    const problems: string[] = []
    const missingKeys: string[] = []
    const used = new Set<string>()
    for (const { key, path, tensor } of own) {
      const name = given.has(key) ? key : path
      const source = given.get(name)
      if (!source) {
        missingKeys.push(key)
        continue
      }
      used.add(name)
      if (source.shape.length !== tensor.shape.length || source.shape.some((size, i) => size !== tensor.shape[i])) {
        problems.push(
          `size mismatch for ${key}: the state dict has shape [${source.shape.join(', ')}], the module [${tensor.shape.join(', ')}]`,
        )
        continue
      }
      // Written in place: tied weights and lists of parameters keep sharing the tensor.
      tensor.copy_(source)
    }
    const unexpectedKeys = [...given.keys()].filter((key) => !used.has(key) && !key.endsWith('num_batches_tracked'))
    if (strict && missingKeys.length > 0) problems.push(`missing keys: ${missingKeys.join(', ')}`)
    if (strict && unexpectedKeys.length > 0) problems.push(`unexpected keys: ${unexpectedKeys.join(', ')}`)
    if (problems.length > 0)
      throw new Error(
        `Error(s) in loading the state dict of ${this.constructor.name}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
      )
    return { missingKeys, unexpectedKeys }
  }

  train(mode = true): this {
    this.training = mode
    for (const child of this.children()) child.train(mode)
    return this
  }

  eval(): this {
    return this.train(false)
  }

  /** Calls `fn` on every submodule and then on this module. */
  apply(fn: (module: Module) => void): this {
    for (const child of this.children()) child.apply(fn)
    fn(this)
    return this
  }
}

interface StateEntry {
  /** PyTorch's key. */
  readonly key: string
  /** Field names as written, joined by dots. */
  readonly path: string
  readonly tensor: Tensor
  readonly role: 'parameter' | 'buffer'
  readonly owner: Module
  readonly field: string
}

/** Own tensors before those of submodules, in order of definition, as PyTorch lists them; a module met twice is listed under both names. */
function entriesOf(module: Module, prefix: string, path = ''): readonly StateEntry[] {
  const buffers = module.bufferNames()
  const own: StateEntry[] = []
  const below: StateEntry[] = []
  for (const [field, value] of Object.entries(module)) {
    const at = { key: `${prefix}${stateKey(field)}`, path: `${path}${field}`, owner: module, field }
    if (value instanceof Module) below.push(...entriesOf(value, `${at.key}.`, `${at.path}.`))
    else if (buffers.has(field)) {
      if (value instanceof Tensor) own.push({ ...at, tensor: value, role: 'buffer' })
    } else if (value instanceof Parameter) own.push({ ...at, tensor: value, role: 'parameter' })
  }
  const rank = (entry: StateEntry): number => (entry.role === 'parameter' ? 0 : 1)
  return [...own.sort((a, b) => rank(a) - rank(b)), ...below]
}
