/** Gives every variable that a kernel declares a name of its own, so that code generation may key facts by name. */
import type { LoopExpr, LoopStmt } from '../../kernels/loop.ts'

export function renameLocals(body: readonly LoopStmt[], params: readonly string[]): readonly LoopStmt[] {
  const used = new Set(params)
  const fresh = (name: string): string => {
    let unique = name
    for (let n = 2; used.has(unique); n++) unique = `${name}~${n}`
    used.add(unique)
    return unique
  }
  const block = (stmts: readonly LoopStmt[], outer: ReadonlyMap<string, string>): readonly LoopStmt[] => {
    const scope = new Map(outer)
    return stmts.map((stmt): LoopStmt => {
      const expr = (e: LoopExpr): LoopExpr => renameExpr(e, scope)
      switch (stmt.t) {
        case 'let':
        case 'local': {
          const value = expr(stmt.value)
          const name = fresh(stmt.name)
          scope.set(stmt.name, name)
          return { ...stmt, name, value }
        }
        case 'assign':
          return { ...stmt, name: scope.get(stmt.name) ?? stmt.name, value: expr(stmt.value) }
        case 'store':
          return { ...stmt, index: expr(stmt.index), value: expr(stmt.value) }
        case 'for': {
          const [start, end] = [expr(stmt.start), expr(stmt.end)]
          const name = fresh(stmt.name)
          return { ...stmt, name, start, end, body: block(stmt.body, new Map(scope).set(stmt.name, name)) }
        }
        case 'if':
          return { ...stmt, condition: expr(stmt.condition), then: block(stmt.then, scope), else: block(stmt.else, scope) }
        case 'while':
          return { ...stmt, condition: expr(stmt.condition), body: block(stmt.body, scope) }
        case 'barrier':
          return stmt
        default:
          return stmt satisfies never
      }
    })
  }
  return block(body, new Map())
}

function renameExpr(expr: LoopExpr, scope: ReadonlyMap<string, string>): LoopExpr {
  const go = (e: LoopExpr): LoopExpr => renameExpr(e, scope)
  switch (expr.l) {
    case 'const':
      return expr
    case 'var': {
      const name = scope.get(expr.name)
      return name === undefined || name === expr.name ? expr : { ...expr, name }
    }
    case 'load':
      return { ...expr, index: go(expr.index) }
    case 'splat':
    case 'unary':
    case 'convert':
    case 'lane':
    case 'bitcast':
      return { ...expr, a: go(expr.a) }
    case 'binary':
    case 'compare':
    case 'shuffle':
      return { ...expr, a: go(expr.a), b: go(expr.b) }
    case 'select':
      return { ...expr, condition: go(expr.condition), a: go(expr.a), b: go(expr.b) }
    case 'fma':
      return { ...expr, a: go(expr.a), b: go(expr.b), c: go(expr.c) }
    case 'vector': {
      const [a, b, c, d] = expr.lanes
      return { ...expr, lanes: [go(a), go(b), go(c), go(d)] }
    }
    default:
      return expr satisfies never
  }
}
