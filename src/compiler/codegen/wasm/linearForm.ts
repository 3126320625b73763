/**
 * Index expressions as sums of products: `constant + sum(coefficient * atom * atom...)`. Atoms are variables and whatever is not a sum or
 * product. Strength reduction needs to know of each term what it depends on.
 */
import type { LoopExpr } from '../../kernels/loop.ts'

export interface Atom {
  /** Structural text: equal keys, equal values (in one scope). */
  readonly key: string
  readonly expr: LoopExpr
  readonly names: ReadonlySet<string>
  /** Reads memory, so its value may change when something is stored. */
  readonly loads: boolean
}

export interface Term {
  readonly coefficient: number
  /** Sorted by key. */
  readonly atoms: readonly Atom[]
  readonly key: string
}

export interface LinearForm {
  readonly constant: number
  readonly terms: readonly Term[]
  readonly key: string
}

/** `definitionOf` gives the value of an immutable i32 local that may be seen through, or undefined. */
export function linearForm(expr: LoopExpr, definitionOf: (name: string) => LoopExpr | undefined): LinearForm {
  const sum = new Map<string, { coefficient: number; atoms: readonly Atom[] }>()
  let constant = 0
  const add = (coefficient: number, atoms: readonly Atom[]): void => {
    if (atoms.length === 0) {
      constant += coefficient
      return
    }
    const sorted = [...atoms].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    const key = sorted.map((a) => a.key).join('*')
    sum.set(key, { coefficient: (sum.get(key)?.coefficient ?? 0) + coefficient, atoms: sorted })
  }
  const visit = (e: LoopExpr, factor: number, by: readonly Atom[]): void => {
    if (e.l === 'const') {
      add(factor * e.value, by)
      return
    }
    if (e.l === 'var') {
      const definition = definitionOf(e.name)
      definition ? visit(definition, factor, by) : add(factor, [...by, atomOf(e)])
      return
    }
    if (e.l === 'binary' && e.type === 'i32') {
      if (e.fn === 'add' || e.fn === 'sub') {
        visit(e.a, factor, by)
        visit(e.b, e.fn === 'add' ? factor : -factor, by)
        return
      }
      if (e.fn === 'mul') {
        // Distributes over the left operand's terms, then over the right one's.
        const left = linearForm(e.a, definitionOf)
        if (left.constant !== 0) visit(e.b, factor * left.constant, by)
        for (const term of left.terms) visit(e.b, factor * term.coefficient, [...by, ...term.atoms])
        return
      }
      if (e.fn === 'shl' && e.b.l === 'const') {
        visit(e.a, factor * 2 ** e.b.value, by)
        return
      }
    }
    add(factor, [...by, atomOf(e)])
  }
  visit(expr, 1, [])
  const terms = [...sum]
    .filter(([, { coefficient }]) => coefficient !== 0)
    .map(([key, { coefficient, atoms }]): Term => ({ coefficient, atoms, key: `${coefficient}*${key}` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return { constant, terms, key: `${constant}|${terms.map((t) => t.key).join('+')}` }
}

function atomOf(expr: LoopExpr): Atom {
  const names = new Set<string>()
  let loads = false
  visitLoopExpr(expr, (e) => {
    if (e.l === 'var') names.add(e.name)
    if (e.l === 'load') loads = true
  })
  return { key: expr.l === 'var' ? expr.name : JSON.stringify(expr), expr, names, loads }
}

/** The direct operands of an expression. */
export function loopOperands(expr: LoopExpr): readonly LoopExpr[] {
  switch (expr.l) {
    case 'const':
    case 'var':
      return []
    case 'load':
      return [expr.index]
    case 'splat':
    case 'unary':
    case 'convert':
    case 'lane':
    case 'bitcast':
      return [expr.a]
    case 'binary':
    case 'compare':
    case 'shuffle':
      return [expr.a, expr.b]
    case 'select':
      return [expr.condition, expr.a, expr.b]
    case 'fma':
      return [expr.a, expr.b, expr.c]
    case 'vector':
      return expr.lanes
    default:
      return expr satisfies never
  }
}

export function visitLoopExpr(expr: LoopExpr, visit: (expr: LoopExpr) => void): void {
  visit(expr)
  for (const operand of loopOperands(expr)) visitLoopExpr(operand, visit)
}
