/**
 * Random script programs from a seed: tensor expressions over the operators, ints and floats, branches, loops, lists, early returns and
 * calls. Types are tracked concretely, so every program is valid and runs; variables that loops assign keep their type and bounds.
 */
import { operations, type Pool, tensorOf } from './operations.ts'
import type {
  DType,
  Expr,
  FunctionTree,
  ListType,
  Parameter,
  ProgramTree,
  ScalarType,
  Statement,
  TensorType,
  ValueType,
} from './program.ts'
import { Random } from './random.ts'

interface Variable {
  readonly name: string
  readonly type: ValueType
  readonly mutable: boolean
  /** No argument or other name shares its storage but views of it, so in-place operators may write to it. */
  readonly owned?: boolean
}

export function generate(seed: number): ProgramTree {
  const random = new Random(seed)
  const functions: FunctionTree[] = []
  if (random.chance(0.35)) functions.push(new FunctionGenerator(random, 'helper', []).helper())
  functions.push(new FunctionGenerator(random, 'f', functions).entry())
  return { seed, functions }
}

const swapEnds = <T>(items: readonly T[]): T[] =>
  items.map((item, i) => (i === 0 ? items.at(-1)! : i === items.length - 1 ? items[0]! : item))

const int = (text: string, magnitude: number): Expr => ({ parts: [text], type: { kind: 'int', magnitude } })
const bool = (parts: Expr['parts']): Expr => ({ parts, type: { kind: 'bool', magnitude: 1 } })

class FunctionGenerator implements Pool {
  readonly random: Random
  private readonly name: string
  private readonly callees: readonly FunctionTree[]
  private scopes: Variable[][] = [[]]
  private readonly parameters: Parameter[] = []
  private count = 0
  private depth = 0

  constructor(random: Random, name: string, callees: readonly FunctionTree[]) {
    this.random = random
    this.name = name
    this.callees = callees
  }

  entry(): FunctionTree {
    const tensors = this.random.between(1, 3)
    for (let i = 0; i < tensors; i++) this.addTensorParameter(true)
    if (this.random.chance(0.7)) this.addScalarParameter('int')
    if (this.random.chance(0.4)) this.addScalarParameter('float')
    const body = this.statements(this.random.between(4, 12))
    const values = this.results()
    const early = this.random.chance(0.2) ? this.earlyReturn(values) : []
    const at = this.random.below(body.length + 1)
    const split = early.length > 0 ? [...body.slice(0, at), ...early, ...body.slice(at)] : body
    const result = values.map((value) =>
      value.type.kind === 'tensor' ? 'Tensor' : value.type.kind === 'bool' ? 'boolean' : value.type.kind,
    )
    return {
      name: this.name,
      parameters: this.parameters,
      body: [...split, { kind: 'return', values }],
      result: result.length === 1 ? result[0]! : `[${result.join(', ')}]`,
    }
  }

  /** A function of one float tensor (of any shape) and an int that gives a tensor of the same shape. */
  helper(): FunctionTree {
    const type: TensorType = { kind: 'tensor', dtype: 'float32', shape: [2, 3], symbolic: [true, true], bits: null, magnitude: 8 }
    this.parameters.push(
      { name: 'x', type, declared: 'Tensor', value: [] },
      { name: 'k', type: { kind: 'int', magnitude: 4 }, declared: 'int', value: [] },
    )
    this.scopes[0]!.push({ name: 'x', type, mutable: false }, { name: 'k', type: { kind: 'int', magnitude: 4 }, mutable: false })
    const steps = this.random.between(1, 3)
    const body: Statement[] = []
    let current: Expr = { parts: ['x'], type }
    for (let i = 0; i < steps; i++) {
      const name = this.fresh('h')
      const op = this.random.pick(['.tanh()', '.relu()', '.mul(k)', '.add(x)', '.neg()', '.sub(0.5)'])
      body.push({ kind: 'declare', keyword: 'const', name, value: { parts: [current, op], type } })
      current = { parts: [name], type }
    }
    if (this.random.chance(0.5))
      body.push({
        kind: 'if',
        condition: bool([`k > ${this.random.between(-2, 3)}`]),
        then: [{ kind: 'return', values: [{ parts: [current, '.mul(2)'], type }] }],
        otherwise: null,
      })
    return {
      name: this.name,
      parameters: this.parameters,
      body: [...body, { kind: 'return', values: [{ parts: [current, '.clamp(-4, 4)'], type }] }],
      result: 'Tensor',
    }
  }

  private addTensorParameter(mayBeSymbolic: boolean): void {
    const rank = this.random.between(1, 3)
    const name = this.fresh('x')
    const dims = { N: 3, M: 4 } as const
    const shape: number[] = []
    const symbolic: boolean[] = []
    const declared: string[] = []
    for (let i = 0; i < rank; i++) {
      const symbol = mayBeSymbolic && this.random.chance(0.3) ? this.random.pick(['N', 'M'] as const) : null
      const size = symbol ? dims[symbol] : this.random.between(1, 5)
      shape.push(size)
      symbolic.push(symbol !== null)
      declared.push(symbol ? `'${symbol}'` : String(size))
    }
    const dtype: DType = this.random.chance(0.2) ? 'int64' : 'float32'
    const total = shape.reduce((a, b) => a * b, 1)
    const value = Array.from({ length: total }, () => (dtype === 'int64' ? this.random.between(-4, 4) : this.random.between(-8, 8) / 2))
    const type: TensorType = { kind: 'tensor', dtype, shape, symbolic, bits: 5, magnitude: 4 }
    this.parameters.push({ name, type, declared: `Tensor<'${dtype}', [${declared.join(', ')}]>`, value })
    this.scopes[0]!.push({ name, type, mutable: false })
  }

  private addScalarParameter(kind: 'int' | 'float'): void {
    const name = this.fresh(kind === 'int' ? 'n' : 'a')
    const value = kind === 'int' ? this.random.between(0, 4) : this.random.between(-6, 6) / 4
    const type: ScalarType = { kind, magnitude: 4 }
    this.parameters.push({ name, type, declared: kind, value: [value] })
    this.scopes[0]!.push({ name, type, mutable: false })
  }

  private fresh(prefix: string): string {
    return `${prefix}${this.count++}`
  }

  private get variables(): readonly Variable[] {
    return this.scopes.flat()
  }

  private declare(variable: Variable): void {
    this.scopes[this.scopes.length - 1]!.push(variable)
  }

  private nested<T>(body: () => T): T {
    this.scopes.push([])
    this.depth++
    const result = body()
    this.depth--
    this.scopes.pop()
    return result
  }

  // Expressions.

  tensor(
    want: { readonly dtype?: DType; readonly exact?: boolean; readonly minRank?: number; readonly shape?: readonly number[] } = {},
  ): Expr | null {
    const fits = (type: ValueType): type is TensorType =>
      type.kind === 'tensor' &&
      (want.dtype === undefined || type.dtype === want.dtype) &&
      (!want.exact || type.bits !== null || type.dtype !== 'float32') &&
      type.shape.length >= (want.minRank ?? 0) &&
      (want.shape === undefined || (type.shape.length === want.shape.length && type.shape.every((n, i) => n === want.shape![i])))
    if (this.nesting < 3 && this.random.chance(0.4)) {
      const made = this.operation()
      if (made && fits(made.type)) return made
    }
    const known = this.variables.filter((v) => fits(v.type))
    if (known.length > 0) {
      // Recent values more often, so that results depend on much of the program.
      const variable = this.random.chance(0.5) ? known.at(-1 - this.random.below(Math.min(3, known.length)))! : this.random.pick(known)
      return { parts: [variable.name], type: variable.type }
    }
    if (want.dtype === 'float32' && want.shape && !want.exact) {
      const shape = want.shape
      return {
        parts: [`torch.full([${shape.join(', ')}], ${this.random.between(-4, 4) / 2})`],
        type: { kind: 'tensor', dtype: 'float32', shape, symbolic: shape.map(() => false), bits: 3, magnitude: 2 },
      }
    }
    return null
  }

  private nesting = 0

  private operation(): Expr | null {
    this.nesting++
    try {
      for (let attempt = 0; attempt < 8; attempt++) {
        const made = this.random.pick(operations)(this)
        if (made) return made
      }
      return null
    } finally {
      this.nesting--
    }
  }

  int(): Expr {
    const known = this.variables.filter((v) => v.type.kind === 'int' && v.type.magnitude <= 16)
    if (known.length > 0 && this.random.chance(0.6)) {
      const variable = this.random.pick(known)
      const magnitude = (variable.type as ScalarType).magnitude
      if (this.random.chance(0.3))
        return int(`(${variable.name} ${this.random.pick(['+', '-'])} ${this.random.between(1, 3)})`, magnitude + 3)
      return int(variable.name, magnitude)
    }
    return int(String(this.random.between(0, 4)), 4)
  }

  number(): Expr {
    const known = this.variables.filter((v) => v.type.kind === 'float')
    if (known.length > 0 && this.random.chance(0.4)) {
      const variable = this.random.pick(known)
      return { parts: [variable.name], type: variable.type }
    }
    if (this.random.chance(0.3)) return this.int()
    return { parts: [String(this.random.between(-6, 6) / 4)], type: { kind: 'float', magnitude: 2 } }
  }

  private condition(): Expr {
    const ints = (): Expr => this.int()
    const simple = (): Expr => bool([ints(), ` ${this.random.pick(['<', '>', '===', '<=', '!=='])} `, ints()])
    if (this.random.chance(0.2)) return bool(['(', simple(), this.random.pick([' && ', ' || ']), simple(), ')'])
    const sized = this.variables.filter((v) => v.type.kind === 'tensor' && v.type.shape.length > 0)
    if (sized.length > 0 && this.random.chance(0.25)) return bool([`${this.random.pick(sized).name}.shape[0] > `, ints()])
    return simple()
  }

  // Statements.

  private statements(count: number): readonly Statement[] {
    return Array.from({ length: count }, () => this.statement()).flat()
  }

  private statement(): readonly Statement[] {
    // What a block computes matters when it is assigned to a variable of an outer one.
    if (this.depth > 0 && this.random.chance(0.4)) return this.assign()
    const roll = this.random.next()
    if (this.depth < 2 && roll < 0.12) return [this.branch()]
    if (this.depth < 2 && roll < 0.24) return [this.loop()]
    if (roll < 0.3) return this.list()
    if (roll < 0.42) return this.scalar()
    if (roll < 0.5 && this.callees.length > 0) return this.call()
    if (roll < 0.54) return this.destructure()
    if (roll < 0.63) return this.write()
    if (roll < 0.75) return this.assign()
    return this.declaration()
  }

  private declaration(): readonly Statement[] {
    const value = this.operation()
    if (!value) return []
    const mutable = this.random.chance(0.5)
    const name = this.fresh('t')
    if (!mutable) {
      this.declare({ name, type: value.type, mutable })
      return [{ kind: 'declare', keyword: 'const', name, value }]
    }
    const held = this.bounded(value)
    const owned = this.random.chance(0.4) && tensorOf(held).dtype === 'float32'
    this.declare({ name, type: held.type, mutable, owned })
    return [{ kind: 'declare', keyword: 'let', name, value: owned ? this.clone(held) : held }]
  }

  /** A value as a variable that loops may assign holds it: of bounded magnitude, floats never relied on to be exact. */
  private bounded(value: Expr): Expr {
    const t = tensorOf(value)
    if (t.dtype === 'bool') return value
    if (t.dtype === 'int64') return { parts: [value, '.clamp(-9, 9)'], type: { ...t, bits: 5, magnitude: 9 } }
    const type: TensorType = { ...t, bits: null, magnitude: 8 }
    return t.magnitude <= 8 ? { parts: value.parts, type } : { parts: [value, '.clamp(-8, 8)'], type }
  }

  private clone(value: Expr): Expr {
    return { parts: [value, '.clone()'], type: value.type }
  }

  /** Writes in place to an owned variable or through a view of it, and keeps the variable's bound. */
  private write(): readonly Statement[] {
    const known = this.variables.filter((v) => v.owned)
    if (known.length === 0) return this.declaration()
    const target = this.random.pick(known)
    const t = target.type as TensorType
    const rank = t.shape.length
    const axis = rank > 0 ? this.random.below(rank) : 0
    const views =
      rank === 0
        ? ['']
        : [
            '',
            `.select(${axis}, 0)`,
            `.unsqueeze(${axis})`,
            `.transpose(0, ${rank - 1})`,
            ...(t.symbolic[axis] ? [] : [`.narrow(${axis}, ${t.shape[axis]! - 1}, 1)`]),
          ]
    const view = this.random.pick(views)
    if (view !== '' && this.random.chance(0.25)) {
      // A name for the view, to be written to and read later.
      const shape = view.startsWith('.select')
        ? t.shape.filter((_, i) => i !== axis)
        : view.startsWith('.transpose')
          ? swapEnds(t.shape)
          : null
      const symbolic = view.startsWith('.select') ? t.symbolic.filter((_, i) => i !== axis) : swapEnds(t.symbolic)
      if (shape) {
        const name = this.fresh('v')
        const type: TensorType = { ...t, shape, symbolic }
        this.declare({ name, type, mutable: false, owned: true })
        return [{ kind: 'declare', keyword: 'const', name, value: { parts: [target.name, view], type } }]
      }
    }
    const operand = this.number()
    const change: Expr['parts'] = this.random.pick<Expr['parts']>([
      ['.add_(', operand, ').clamp_(-8, 8)'],
      ['.mul_(0.5)'],
      ['.neg_()'],
      ['.sub_(', operand, ').clamp_(-8, 8)'],
      ['.mul_(', this.int(), ').clamp_(-8, 8)'],
    ])
    return [{ kind: 'write', value: { parts: [`${target.name}${view}`, ...change], type: t } }]
  }

  private assign(): readonly Statement[] {
    const known = this.variables.filter((v) => v.mutable && v.type.kind === 'tensor')
    if (known.length === 0) return this.declaration()
    const target = this.random.pick(known)
    const type = target.type as TensorType
    for (let attempt = 0; attempt < 12; attempt++) {
      const value = this.operation()
      if (!value) continue
      const t = tensorOf(value)
      if (t.dtype !== type.dtype || t.shape.length !== type.shape.length || !t.shape.every((n, i) => n === type.shape[i])) continue
      const held = this.bounded(value)
      return [{ kind: 'assign', name: target.name, value: target.owned ? this.clone(held) : held }]
    }
    if (type.dtype !== 'float32') return []
    const again: Expr = {
      parts: [target.name, this.random.pick(['.mul(0.5)', '.add(1)', '.neg()', '.tanh()'])],
      type: { ...type, magnitude: 9 },
    }
    const held = this.bounded(again)
    return [{ kind: 'assign', name: target.name, value: target.owned ? this.clone(held) : held }]
  }

  private scalar(): readonly Statement[] {
    const known = this.variables.filter((v) => v.mutable && v.type.kind === 'int')
    if (known.length > 0 && this.random.chance(0.5)) {
      const target = this.random.pick(known)
      const value: Expr = {
        parts: ['(', this.int(), ` ${this.random.pick(['+', '-', '*'])} `, this.int(), ') % 7'],
        type: { kind: 'int', magnitude: 7 },
      }
      return [{ kind: 'assign', name: target.name, value }]
    }
    const name = this.fresh('k')
    const mutable = this.random.chance(0.6)
    const value: Expr = { parts: ['(', this.int(), ' * 3 + ', this.int(), ') % 7'], type: { kind: 'int', magnitude: 7 } }
    this.declare({ name, type: value.type, mutable })
    return [{ kind: 'declare', keyword: mutable ? 'let' : 'const', name, value }]
  }

  private branch(): Statement {
    const condition = this.condition()
    const then = this.nested(() => this.statements(this.random.between(1, 3)))
    const otherwise = this.random.chance(0.6) ? this.nested(() => this.statements(this.random.between(1, 2))) : null
    return { kind: 'if', condition, then, otherwise }
  }

  private loop(): Statement {
    const leave = (): readonly Statement[] =>
      this.random.chance(0.25) ? [{ kind: this.random.pick(['break', 'continue'] as const), condition: this.condition() }] : []
    if (this.random.chance(0.3)) {
      const counter = this.fresh('w')
      const start = int(String(this.random.between(0, 4)), 4)
      const body = this.nested(() => {
        this.declare({ name: counter, type: { kind: 'int', magnitude: 4 }, mutable: false })
        return [...this.statements(this.random.between(1, 3)), ...leave(), ...this.statements(1)]
      })
      return { kind: 'while', counter, start, body }
    }
    const variable = this.fresh('i')
    const params = this.parameters.filter((p) => p.type.kind === 'int')
    const count = params.length > 0 && this.random.chance(0.5) ? int(params[0]!.name, 4) : int(String(this.random.between(0, 4)), 4)
    const body = this.nested(() => {
      this.declare({ name: variable, type: { kind: 'int', magnitude: 4 }, mutable: false })
      return [...this.statements(this.random.between(1, 3)), ...leave(), ...this.statements(1)]
    })
    return { kind: 'for', variable, count, body }
  }

  /** A list of tensors of one shape that grows in a row and is joined. */
  private list(): readonly Statement[] {
    const first = this.tensor({ dtype: 'float32', minRank: 1 })
    if (!first) return []
    const t = tensorOf(first)
    const name = this.fresh('xs')
    const type: ListType = { kind: 'list', element: t }
    const out: Statement[] = [
      { kind: 'declare', keyword: 'const', name, annotation: 'Tensor[]', value: { parts: ['[', first, ']'], type } },
    ]
    let [magnitude, bits] = [t.magnitude, t.bits]
    let symbolic = t.symbolic
    const pushes = this.random.between(1, 3)
    for (let i = 0; i < pushes; i++) {
      const next = this.tensor({ dtype: 'float32', shape: t.shape })
      if (!next) continue
      const u = tensorOf(next)
      magnitude = Math.max(magnitude, u.magnitude)
      bits = bits === null || u.bits === null ? null : Math.max(bits, u.bits)
      symbolic = symbolic.map((s, k) => s || u.symbolic[k]!)
      out.push({ kind: 'push', list: name, value: next })
    }
    const joined = this.fresh('t')
    const n = out.length
    const shape = [t.shape[0]! * n, ...t.shape.slice(1)]
    const value: Expr = { parts: [`torch.cat(${name}, 0)`], type: { ...t, shape, symbolic, magnitude, bits } }
    this.declare({ name: joined, type: value.type, mutable: false })
    return [...out, { kind: 'declare', keyword: 'const', name: joined, value }]
  }

  private call(): readonly Statement[] {
    const callee = this.random.pick(this.callees)
    const argument = this.tensor({ dtype: 'float32' })
    if (!argument) return []
    const held = this.bounded(argument)
    const name = this.fresh('t')
    const type: TensorType = { ...tensorOf(held), bits: null, magnitude: 64 }
    this.declare({ name, type, mutable: false })
    return [{ kind: 'declare', keyword: 'const', name, value: { parts: [`${callee.name}(`, held, ', ', this.int(), ')'], type } }]
  }

  private destructure(): readonly Statement[] {
    const x = this.tensor({ dtype: 'float32', minRank: 1 })
    if (!x) return []
    const t = tensorOf(x)
    const axis = t.shape.findIndex((n, i) => n % 2 === 0 && !t.symbolic[i])
    if (axis < 0) return []
    const names = [this.fresh('p'), this.fresh('p')]
    const half = t.shape[axis]! / 2
    const shape = t.shape.map((n, i) => (i === axis ? half : n))
    for (const name of names) this.declare({ name, type: { ...t, shape }, mutable: false })
    const value: Expr = {
      parts: [x, this.random.chance(0.5) ? `.chunk(2, ${axis})` : `.split(${half}, ${axis})`],
      type: { kind: 'list', element: { ...t, shape } },
    }
    return [{ kind: 'destructure', names, value }]
  }

  private results(): readonly Expr[] {
    const tensors = this.scopes[0]!.filter((v) => v.type.kind === 'tensor')
    const chosen = new Set<Variable>()
    const count = this.random.between(1, 5)
    for (let i = 0; i < count; i++) chosen.add(tensors.at(-1 - i) ?? tensors[0]!)
    for (const variable of tensors) if (variable.mutable && this.random.chance(0.8)) chosen.add(variable)
    const values: Expr[] = [...chosen].map((v) => ({ parts: [v.name], type: v.type }))
    const ints = this.scopes[0]!.filter((v) => v.type.kind === 'int')
    if (ints.length > 0 && this.random.chance(0.3)) {
      const variable = this.random.pick(ints)
      values.push({ parts: [variable.name], type: variable.type })
    }
    return values
  }

  /** The same kinds of values, from the parameters alone, so that it may stand anywhere. */
  private earlyReturn(values: readonly Expr[]): readonly Statement[] {
    const made: Expr[] = []
    for (const value of values) {
      const fitting = this.parameters.find(
        (p) => p.type.kind === value.type.kind && (p.type.kind !== 'tensor' || p.type.dtype === (value.type as TensorType).dtype),
      )
      if (!fitting) return []
      made.push({ parts: [fitting.name], type: fitting.type })
    }
    const ints = this.parameters.filter((p) => p.type.kind === 'int')
    if (ints.length === 0) return []
    return [
      {
        kind: 'if',
        condition: bool([`${ints[0]!.name} === ${this.random.between(0, 4)}`]),
        then: [{ kind: 'return', values: made }],
        otherwise: null,
      },
    ]
  }
}
