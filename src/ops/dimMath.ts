/**
 * Arithmetic on symbolic ints (`Dim`). Every constructor returns the canonical form, so structural equality decides equality
 * of polynomials: a sum of monomials in a fixed order, each a coefficient times sorted atoms (variables, `floordiv`, `mod`, `max`,
 * `min`). Division and remainder are floored (Python's). A divisor is taken to be non-zero, so `(N * M) / N` is `M`.
 * Floats and bools may only occur as lone variables; arithmetic on them belongs to the program, not to a dim.
 */
import type { Dim, SymExpr, SymOp, SymVar } from './dim.ts'

/** A monomial: `coefficient * atoms[0] * atoms[1]...`, atoms sorted by their text, repeated for powers. */
interface Term {
  readonly coefficient: number
  readonly atoms: readonly (SymVar | SymExpr)[]
  readonly key: string
}

export interface Bounds {
  readonly min?: number
  readonly max?: number
}

export function symVar(name: string, type: 'int' | 'float' | 'bool' = 'int', bounds: Bounds = {}): SymVar {
  return {
    op: 'var',
    name,
    type,
    ...(bounds.min === undefined ? {} : { min: bounds.min }),
    ...(bounds.max === undefined ? {} : { max: bounds.max }),
  }
}

/** A named dimension of a shape: an int that is never negative. */
export const dimVar = (name: string, max?: number): SymVar => symVar(name, 'int', max === undefined ? { min: 0 } : { min: 0, max })

export const isConst = (dim: Dim): dim is number => typeof dim === 'number'

/** Structural equality; decides equality for polynomials. false means "not known to be equal". */
export function dimEqual(a: Dim, b: Dim): boolean {
  if (a === b) return true
  if (typeof a === 'number' || typeof b === 'number') return false
  if (a.op === 'var' || b.op === 'var') return a.op === 'var' && b.op === 'var' && a.name === b.name
  return a.op === b.op && a.args.length === b.args.length && a.args.every((arg, i) => dimEqual(arg, b.args[i] as Dim))
}

/** `2*N + M + 1`, `floordiv(N + 1, 2)`: what graphs print and `parseDim` of the graph parser reads back. */
export function dimToString(dim: Dim): string {
  if (typeof dim === 'number') return String(dim)
  if (dim.op === 'var') return dim.name
  if (dim.op === 'add') return dim.args.map(dimToString).join(' + ')
  if (dim.op === 'mul') return dim.args.map(dimToString).join('*')
  return `${dim.op}(${dim.args.map(dimToString).join(', ')})`
}

/** Every variable of the expressions, each once, in order of first occurrence. */
export function symbolsOf(...dims: readonly Dim[]): readonly SymVar[] {
  const found = new Map<string, SymVar>()
  const visit = (dim: Dim): void => {
    if (typeof dim === 'number') return
    if (dim.op === 'var') {
      if (!found.has(dim.name)) found.set(dim.name, dim)
    } else dim.args.forEach(visit)
  }
  dims.forEach(visit)
  return [...found.values()]
}

export function dimAdd(...dims: readonly Dim[]): Dim {
  return fromTerms(dims.flatMap(toTerms))
}

export function dimNeg(dim: Dim): Dim {
  return dimMul(-1, dim)
}

export function dimSub(a: Dim, b: Dim): Dim {
  if (isConst(a) && isConst(b)) return a - b
  return fromTerms([...toTerms(a), ...toTerms(dimNeg(b))])
}

export function dimMul(...dims: readonly Dim[]): Dim {
  let product: readonly Term[] = [term(1, [])]
  for (const dim of dims) {
    const factor = toTerms(dim)
    product = product.flatMap((a) => factor.map((b) => multiplyTerms(a, b)))
  }
  return fromTerms(product)
}

/** Number of elements of a shape. */
export const dimProduct = (dims: readonly Dim[]): Dim =>
  dims.every(isConst) ? dims.reduce((a: number, b) => a * (b as number), 1) : dimMul(...dims)

/** Floored division. Parts of the dividend that the divisor divides are taken out of it. */
export function dimFloorDiv(a: Dim, b: Dim): Dim {
  if (isConst(b)) {
    if (b === 0) throw new RangeError('division of a dimension by zero')
    if (isConst(a)) return Math.floor(a / b) + 0 // never -0
    if (b < 0) return dimFloorDiv(dimNeg(a), -b)
    return floorDivByNumber(a, b)
  }
  const quotient = divideExactly(toTerms(a), toTerms(b))
  if (quotient) return fromTerms(quotient)
  return { op: 'floordiv', args: [a, b] }
}

/** `a / b` rounded up. */
export const dimCeilDiv = (a: Dim, b: Dim): Dim => dimNeg(dimFloorDiv(dimNeg(a), b))

/** Remainder with the sign of the divisor. */
export function dimMod(a: Dim, b: Dim): Dim {
  if (isConst(b)) {
    if (b === 0) throw new RangeError('remainder of a dimension by zero')
    if (isConst(a)) return a - b * Math.floor(a / b)
    if (b > 0) {
      const rest = fromTerms(toTerms(a).map((t) => term(t.coefficient - b * Math.floor(t.coefficient / b), t.atoms)))
      if (isConst(rest)) return rest - b * Math.floor(rest / b)
      const { min, max } = dimRange(rest)
      if (min >= 0 && max < b) return rest
      return { op: 'mod', args: [rest, b] }
    }
  } else if (divideExactly(toTerms(a), toTerms(b))) return 0
  return { op: 'mod', args: [a, b] }
}

export const dimMax = (...dims: readonly Dim[]): Dim => extremum('max', dims)
export const dimMin = (...dims: readonly Dim[]): Dim => extremum('min', dims)

/** The value under `env` (symbol name -> number). Throws when a symbol is missing. */
export function evaluateDim(dim: Dim, env: ReadonlyMap<string, number> | { readonly [name: string]: number }): number {
  if (typeof dim === 'number') return dim
  if (dim.op === 'var') {
    const value = env instanceof Map ? (env.get(dim.name) as number | undefined) : (env as { readonly [name: string]: number })[dim.name]
    if (value === undefined) throw new Error(`no value for symbol ${dim.name}`)
    return value
  }
  return applyOp(
    dim.op,
    dim.args.map((arg) => evaluateDim(arg, env)),
  )
}

/** The expression with variables replaced (name -> dim), made canonical again. Unmentioned variables stay. */
export function substituteDim(dim: Dim, replacement: ReadonlyMap<string, Dim>): Dim {
  if (typeof dim === 'number') return dim
  if (dim.op === 'var') return replacement.get(dim.name) ?? dim
  return makeDim(
    dim.op,
    dim.args.map((arg) => substituteDim(arg, replacement)),
  )
}

/** The canonical expression of an operation. */
export function makeDim(op: SymOp, args: readonly Dim[]): Dim {
  switch (op) {
    case 'add':
      return dimAdd(...args)
    case 'mul':
      return dimMul(...args)
    case 'floordiv':
      return dimFloorDiv(args[0] as Dim, args[1] as Dim)
    case 'mod':
      return dimMod(args[0] as Dim, args[1] as Dim)
    case 'max':
      return dimMax(...args)
    case 'min':
      return dimMin(...args)
    default:
      return op satisfies never
  }
}

/** Inclusive bounds that follow from the variables' own bounds (interval arithmetic). */
export function dimRange(dim: Dim): { readonly min: number; readonly max: number } {
  if (typeof dim === 'number') return { min: dim, max: dim }
  if (dim.op === 'var') return { min: dim.min ?? -Infinity, max: dim.max ?? Infinity }
  const ranges = dim.args.map(dimRange)
  const mins = ranges.map((r) => r.min)
  const maxs = ranges.map((r) => r.max)
  const { op } = dim
  switch (op) {
    case 'add':
      return { min: mins.reduce((a, b) => a + b, 0), max: maxs.reduce((a, b) => a + b, 0) }
    case 'mul':
      return ranges.reduce((a, b) => {
        const corners = [times(a.min, b.min), times(a.min, b.max), times(a.max, b.min), times(a.max, b.max)]
        return { min: Math.min(...corners), max: Math.max(...corners) }
      })
    case 'floordiv': {
      const [a, b] = ranges as [Interval, Interval]
      if (b.min <= 0) return { min: -Infinity, max: Infinity }
      return {
        min: a.min >= 0 ? floorDivide(a.min, b.max) : floorDivide(a.min, b.min),
        max: a.max >= 0 ? floorDivide(a.max, b.min) : floorDivide(a.max, b.max),
      }
    }
    case 'mod': {
      const divisor = ranges[1] as Interval
      return divisor.min > 0 ? { min: 0, max: divisor.max - 1 } : { min: -Infinity, max: Infinity }
    }
    case 'max':
      return { min: Math.max(...mins), max: Math.max(...maxs) }
    case 'min':
      return { min: Math.min(...mins), max: Math.min(...maxs) }
    default:
      return op satisfies never
  }
}

interface Interval {
  readonly min: number
  readonly max: number
}

const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b)

const floorDivide = (a: number, b: number): number => (Number.isFinite(b) ? (Number.isFinite(a) ? Math.floor(a / b) : a) : a >= 0 ? 0 : -1)

function applyOp(op: SymOp, args: readonly number[]): number {
  const [a, b] = args as [number, number]
  switch (op) {
    case 'add':
      return args.reduce((x, y) => x + y, 0)
    case 'mul':
      return args.reduce((x, y) => x * y, 1) + 0 // never -0
    case 'floordiv':
      return Math.floor(a / b)
    case 'mod':
      return a - b * Math.floor(a / b)
    case 'max':
      return Math.max(...args)
    case 'min':
      return Math.min(...args)
    default:
      return op satisfies never
  }
}

// Polynomials.

const byText = (a: SymVar | SymExpr, b: SymVar | SymExpr): number => compareText(dimToString(a), dimToString(b))
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function term(coefficient: number, atoms: readonly (SymVar | SymExpr)[]): Term {
  return { coefficient, atoms, key: atoms.map(dimToString).join('*') }
}

function toTerms(dim: Dim): readonly Term[] {
  if (typeof dim === 'number') return dim === 0 ? [] : [term(dim, [])]
  if (dim.op === 'add') return dim.args.flatMap(toTerms)
  if (dim.op === 'mul') {
    const [first, ...rest] = dim.args
    // Canonical products hold at most one number, first, and atoms otherwise.
    return typeof first === 'number' ? [term(first, rest as (SymVar | SymExpr)[])] : [term(1, dim.args as (SymVar | SymExpr)[])]
  }
  return [term(1, [dim])]
}

const multiplyTerms = (a: Term, b: Term): Term => term(a.coefficient * b.coefficient, [...a.atoms, ...b.atoms].sort(byText))

/** Adds up equal monomials. Order: more factors first, then by text, the constant last. */
function collect(terms: readonly Term[]): readonly Term[] {
  const sums = new Map<string, Term>()
  for (const t of terms) {
    const before = sums.get(t.key)
    sums.set(t.key, before ? { ...before, coefficient: before.coefficient + t.coefficient } : t)
  }
  return [...sums.values()].filter((t) => t.coefficient !== 0).sort((a, b) => b.atoms.length - a.atoms.length || compareText(a.key, b.key))
}

function fromTerms(terms: readonly Term[]): Dim {
  const collected = collect(terms)
  const parts = collected.map(fromTerm)
  if (parts.length === 0) return 0
  return parts.length === 1 ? (parts[0] as Dim) : { op: 'add', args: parts }
}

function fromTerm(t: Term): Dim {
  if (t.atoms.length === 0) return t.coefficient
  const factors: readonly Dim[] = t.coefficient === 1 ? t.atoms : [t.coefficient, ...t.atoms]
  return factors.length === 1 ? (factors[0] as Dim) : { op: 'mul', args: factors }
}

/**
 * floor(a / b) for b > 0: with every coefficient c = q*b + r, floor = sum of q-parts + floor(r-parts / b); then
 * a common divisor g of b and of the symbolic r-parts cancels: floor((g*P + c) / (g*b')) = floor((P + floor(c / g)) / b').
 */
function floorDivByNumber(a: Dim, b: number): Dim {
  if (b === 1) return a
  const terms = toTerms(a)
  const quotients = terms.map((t) => term(Math.floor(t.coefficient / b), t.atoms))
  const rests = terms.map((t) => term(t.coefficient - b * Math.floor(t.coefficient / b), t.atoms)).filter((t) => t.coefficient !== 0)
  const symbolic = rests.filter((t) => t.atoms.length > 0)
  if (symbolic.length === 0) return fromTerms(quotients)
  const g = symbolic.reduce((x, t) => gcd(x, t.coefficient), b)
  const reduced = rests.map((t) => term(Math.floor(t.coefficient / g), t.atoms))
  const divisor = b / g
  const inner = fromTerms(reduced)
  if (divisor === 1) return fromTerms([...quotients, ...toTerms(inner)])
  const { min, max } = dimRange(inner)
  if (min >= 0 && max < divisor) return fromTerms(quotients)
  return fromTerms([...quotients, term(1, [divideAtom(inner, divisor)])])
}

/** floordiv(floordiv(x, a), b) = floordiv(x, a * b). */
function divideAtom(a: Dim, b: number): SymExpr {
  if (typeof a !== 'number' && a.op === 'floordiv') {
    const [inner, divisor] = a.args as [Dim, Dim]
    if (typeof divisor === 'number' && divisor > 0) return { op: 'floordiv', args: [inner, divisor * b] }
  }
  return { op: 'floordiv', args: [a, b] }
}

/** Polynomial long division; null when there is a remainder or a fractional coefficient. */
function divideExactly(dividend: readonly Term[], divisor: readonly Term[]): readonly Term[] | null {
  const lead = collect(divisor)[0]
  if (!lead) throw new RangeError('division of a dimension by zero')
  const quotient: Term[] = []
  let rest = collect(dividend)
  for (let steps = 0; rest.length > 0; steps++) {
    if (steps > 64) return null
    const t = divideTerm(rest[0] as Term, lead)
    if (!t) return null
    quotient.push(t)
    rest = collect([...rest, ...divisor.map((d) => multiplyTerms(term(-t.coefficient, t.atoms), d))])
  }
  return quotient
}

function divideTerm(a: Term, b: Term): Term | null {
  const coefficient = a.coefficient / b.coefficient
  if (!Number.isInteger(coefficient)) return null
  const atoms = [...a.atoms]
  for (const atom of b.atoms) {
    const i = atoms.findIndex((candidate) => dimEqual(candidate, atom))
    if (i < 0) return null
    atoms.splice(i, 1)
  }
  return term(coefficient, atoms)
}

function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)]
  while (y !== 0) [x, y] = [y, x % y]
  return x
}

function extremum(op: 'max' | 'min', dims: readonly Dim[]): Dim {
  const flat = dims.flatMap((d) => (typeof d !== 'number' && d.op === op ? d.args : [d]))
  const kept: Dim[] = []
  for (const dim of flat) {
    if (kept.some((other) => covers(op, other, dim))) continue
    for (let i = kept.length - 1; i >= 0; i--) if (covers(op, dim, kept[i] as Dim)) kept.splice(i, 1)
    kept.push(dim)
  }
  if (kept.length === 1) return kept[0] as Dim
  return { op, args: kept.sort((a, b) => compareText(dimToString(a), dimToString(b))) }
}

/** Whether `a` alone stands for both under max (a >= b) or min (a <= b). */
function covers(op: 'max' | 'min', a: Dim, b: Dim): boolean {
  if (isConst(a) && isConst(b)) return op === 'max' ? a >= b : a <= b
  const { min, max } = dimRange(dimSub(a, b))
  return op === 'max' ? min >= 0 : max <= 0
}
