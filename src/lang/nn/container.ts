/** Modules that hold modules. Children are own fields named '0', '1'... or by key, so that state-dict keys are PyTorch's. */
import { Module, Parameter } from '../module.ts'
import type { Tensor } from '../torch.ts'

/** Runs its modules one after the other. */
export class Sequential extends Module {
  readonly [index: number]: Module

  constructor(...modules: readonly Module[]) {
    super()
    for (const [i, module] of modules.entries()) Reflect.set(this, String(i), module)
  }

  override get length(): number {
    return [...this.children()].length
  }

  [Symbol.iterator](): IterableIterator<Module> {
    return this.children()
  }

  /** The type of the value may change from module to module. */
  forward<T>(input: T): T
  forward(input: Tensor): Tensor
  forward<T>(input: T): T {
    let x = input
    for (const module of this) x = (module as unknown as (x: T) => T)(x)
    return x
  }
}

/** A list of modules for `forward` to walk through; it cannot be called itself. */
export class ModuleList<M extends Module = Module> extends Module {
  readonly [index: number]: M

  constructor(modules: Iterable<M> = []) {
    super()
    let i = 0
    for (const module of modules) Reflect.set(this, String(i++), module)
  }

  override get length(): number {
    return [...this.children()].length
  }

  at(index: number): M {
    const modules = [...this]
    const module = modules.at(index)
    if (!module) throw new RangeError(`ModuleList: index ${index} is out of range for ${modules.length} modules`)
    return module
  }

  [Symbol.iterator](): IterableIterator<M> {
    return this.children() as IterableIterator<M>
  }

  entries(): IterableIterator<[number, M]> {
    return [...this].entries()
  }

  forward(): never {
    throw new Error('nn.ModuleList has no forward: call the modules in it')
  }
}

/** Modules by name. */
export class ModuleDict<M extends Module = Module> extends Module {
  constructor(modules: { readonly [name: string]: M } = {}) {
    super()
    for (const [name, module] of Object.entries(modules)) Reflect.set(this, name, module)
  }

  get(name: string): M {
    const module = new Map(this.namedChildren()).get(name)
    if (!module) throw new RangeError(`ModuleDict: there is no module '${name}'`)
    return module as M
  }

  has(name: string): boolean {
    return new Map(this.namedChildren()).has(name)
  }

  keys(): IterableIterator<string> {
    return new Map(this.namedChildren()).keys()
  }

  values(): IterableIterator<M> {
    return this.children() as IterableIterator<M>
  }

  entries(): IterableIterator<[string, M]> {
    return this.namedChildren() as IterableIterator<[string, M]>
  }

  [Symbol.iterator](): IterableIterator<[string, M]> {
    return this.entries()
  }

  forward(): never {
    throw new Error('nn.ModuleDict has no forward: call the modules in it')
  }
}

const asParameter = (tensor: Tensor): Parameter => (tensor instanceof Parameter ? tensor : new Parameter(tensor))

/** Parameters in a list; plain tensors become parameters. */
export class ParameterList extends Module {
  readonly [index: number]: Parameter

  constructor(parameters: Iterable<Tensor> = []) {
    super()
    let i = 0
    for (const parameter of parameters) Reflect.set(this, String(i++), asParameter(parameter))
  }

  override get length(): number {
    return [...this].length
  }

  at(index: number): Parameter {
    const parameters = [...this]
    const parameter = parameters.at(index)
    if (!parameter) throw new RangeError(`ParameterList: index ${index} is out of range for ${parameters.length} parameters`)
    return parameter
  }

  [Symbol.iterator](): IterableIterator<Parameter> {
    return this.parameters()[Symbol.iterator]() as IterableIterator<Parameter>
  }

  forward(): never {
    throw new Error('nn.ParameterList has no forward: use the parameters in it')
  }
}

/** Parameters by name; plain tensors become parameters. */
export class ParameterDict extends Module {
  constructor(parameters: { readonly [name: string]: Tensor } = {}) {
    super()
    for (const [name, parameter] of Object.entries(parameters)) Reflect.set(this, name, asParameter(parameter))
  }

  get(name: string): Parameter {
    const parameter: unknown = Object.hasOwn(this, name) ? Reflect.get(this, name) : undefined
    if (!(parameter instanceof Parameter)) throw new RangeError(`ParameterDict: there is no parameter '${name}'`)
    return parameter
  }

  has(name: string): boolean {
    return Object.hasOwn(this, name) && Reflect.get(this, name) instanceof Parameter
  }

  keys(): IterableIterator<string> {
    return Object.keys(this)
      .filter((name) => this.has(name))
      [Symbol.iterator]() as IterableIterator<string>
  }

  forward(): never {
    throw new Error('nn.ParameterDict has no forward: use the parameters in it')
  }
}
