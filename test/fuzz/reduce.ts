/**
 * Makes a failing program smaller while it fails in the same way (the failure's key). Tries, until nothing helps: to drop statements, to
 * put a branch's or a loop's body in its place, to replace an expression by one inside of it, to drop results and whole functions.
 * Candidates may be invalid programs: those fail differently or not at all and are passed over.
 */
import type { Expr, FunctionTree, ProgramTree, Statement } from './program.ts'

export type StillFails = (candidate: ProgramTree) => Promise<boolean>

export async function reduce(program: ProgramTree, stillFails: StillFails, budget = 600): Promise<ProgramTree> {
  let current = program
  let left = budget
  for (let progress = true; progress && left > 0; ) {
    progress = false
    for (const candidate of smallerPrograms(current)) {
      if (left-- <= 0) break
      if (!(await stillFails(candidate))) continue
      current = candidate
      progress = true
      break
    }
  }
  return current
}

function* smallerPrograms(program: ProgramTree): Generator<ProgramTree> {
  const { functions } = program
  for (let i = 0; i < functions.length - 1; i++) yield { ...program, functions: functions.filter((_, k) => k !== i) }
  for (const [i, f] of functions.entries())
    for (const smaller of smallerFunctions(f)) yield { ...program, functions: functions.map((old, k) => (k === i ? smaller : old)) }
}

function* smallerFunctions(f: FunctionTree): Generator<FunctionTree> {
  for (const body of smallerBlocks(f.body)) yield { ...f, body, result: resultOf(body) ?? f.result }
}

/** The declared result follows the last return. */
function resultOf(body: readonly Statement[]): string | null {
  const last = body.at(-1)
  if (last?.kind !== 'return') return null
  const names = last.values.map((value) =>
    value.type.kind === 'tensor' ? 'Tensor' : value.type.kind === 'bool' ? 'boolean' : value.type.kind,
  )
  return names.length === 1 ? names[0]! : `[${names.join(', ')}]`
}

function* smallerBlocks(body: readonly Statement[]): Generator<readonly Statement[]> {
  // Halves first, then single statements.
  for (let size = Math.floor(body.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at + size <= body.length; at += size) {
      const dropped = body.slice(at, at + size)
      if (!dropped.some((s) => s.kind === 'return')) yield [...body.slice(0, at), ...body.slice(at + size)]
    }
  for (const [i, statement] of body.entries())
    for (const smaller of smallerStatements(statement)) yield [...body.slice(0, i), ...smaller, ...body.slice(i + 1)]
}

function* smallerStatements(s: Statement): Generator<readonly Statement[]> {
  switch (s.kind) {
    case 'declare':
    case 'assign':
    case 'push':
    case 'write':
      for (const value of smallerExprs(s.value)) yield [{ ...s, value }]
      return
    case 'destructure':
      for (const value of smallerExprs(s.value)) yield [{ ...s, value }]
      return
    case 'if':
      yield s.then
      if (s.otherwise) {
        yield s.otherwise
        yield [{ ...s, otherwise: null }]
        for (const otherwise of smallerBlocks(s.otherwise)) yield [{ ...s, otherwise }]
      }
      for (const then of smallerBlocks(s.then)) yield [{ ...s, then }]
      return
    case 'for':
    case 'while':
      yield s.body
      for (const body of smallerBlocks(s.body)) yield [{ ...s, body }]
      return
    case 'break':
    case 'continue':
      return
    case 'return':
      if (s.values.length > 1) for (let i = 0; i < s.values.length; i++) yield [{ ...s, values: s.values.filter((_, k) => k !== i) }]
      for (const [i, value] of s.values.entries())
        for (const smaller of smallerExprs(value)) yield [{ ...s, values: s.values.map((old, k) => (k === i ? smaller : old)) }]
      return
    default:
      s satisfies never
  }
}

/** Expressions inside of one that may stand in its place, and the expression with a smaller part. */
function* smallerExprs(expr: Expr): Generator<Expr> {
  for (const part of expr.parts) if (typeof part !== 'string' && part.type.kind === expr.type.kind) yield part
  for (const [i, part] of expr.parts.entries())
    if (typeof part !== 'string')
      for (const smaller of smallerExprs(part)) yield { ...expr, parts: expr.parts.map((old, k) => (k === i ? smaller : old)) }
}
