/** Symbolic ints as SSA values: where a dim must be computed by the program itself (guards, sizes, operands that a pass makes). */
import type { Dim, SymVar } from '../../../ops/dim.ts'
import { dimToString } from '../../../ops/dimMath.ts'
import type { GraphBuilder } from '../../ir/builder.ts'
import type { Node, SourceRange, ValueId } from '../../ir/graph.ts'

const kinds = {
  add: 'aten::add',
  mul: 'aten::mul',
  floordiv: 'aten::floordiv',
  mod: 'aten::remainder',
  max: 'prim::max',
  min: 'prim::min',
} as const

/** Values of symbols and of dims already computed, by text; scopes nest with blocks. */
export class DimScope {
  private readonly levels: Map<string, ValueId>[] = [new Map()]

  enter(): void {
    this.levels.push(new Map())
  }

  leave(): void {
    this.levels.pop()
  }

  bind(symbol: string, value: ValueId): void {
    this.levels[this.levels.length - 1]!.set(symbol, value)
  }

  find(text: string): ValueId | undefined {
    for (let i = this.levels.length - 1; i >= 0; i--) {
      const value = this.levels[i]!.get(text)
      if (value !== undefined) return value
    }
    return undefined
  }

  isBound(symbol: string): boolean {
    return this.find(symbol) !== undefined
  }

  /** Appends the nodes that compute `dim` (none when it was computed before) and returns its value. */
  materialize(builder: GraphBuilder, dim: Dim, range: SourceRange): ValueId {
    const text = dimToString(dim)
    const known = this.find(text)
    if (known !== undefined) return known
    const value = this.compute(builder, dim, range)
    this.bind(text, value)
    return value
  }

  private compute(builder: GraphBuilder, dim: Dim, range: SourceRange): ValueId {
    if (typeof dim === 'number') return builder.int(dim, range)
    if (dim.op === 'var') throw new Error(`symbol ${dim.name} is not bound here`)
    const kind: Node['kind'] = kinds[dim.op]
    const args = dim.args.map((arg) => this.materialize(builder, arg, range))
    return args.reduce((a, b) => builder.op(kind, [a, b], { kind: 'int' }, range))
  }
}

/** Makes `value` the value of a symbol from here on: prim::Symbol is the identity, its name ties the value to the types that mention it. */
export function bindSymbol(builder: GraphBuilder, scope: DimScope, symbol: SymVar, value: ValueId, range: SourceRange): ValueId {
  const { type, name } = builder.info(value)
  const bounds = {
    ...(symbol.min === undefined ? {} : { min: { kind: 'int' as const, value: symbol.min } }),
    ...(symbol.max === undefined ? {} : { max: { kind: 'int' as const, value: symbol.max } }),
  }
  const bound = builder.op('prim::Symbol', [value], type, range, {
    attributes: { name: { kind: 'name', value: symbol.name }, ...bounds },
    name,
  })
  scope.bind(symbol.name, bound)
  return bound
}
