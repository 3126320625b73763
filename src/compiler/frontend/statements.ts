/**
 * Statements. An error inside one is reported and the reading goes on with the next, with what the failed one assigned poisoned, so
 * that all errors of a function come out together and none twice.
 */
import type * as t from '@babel/types'
import { CompileError } from '../diagnostics/diagnostic.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import { assignedNames, patternNames } from './assigned.ts'
import { emitDeclaration } from './assignment.ts'
import { emitCondition } from './conditions.ts'
import { constantNull } from './constants.ts'
import { type FunctionContext, fail, Poisoned } from './context.ts'
import { emitBranch, guardRest, jump } from './control.ts'
import { emitFor } from './countingLoops.ts'
import { emitExpression } from './expressions.ts'
import { emitForIn, emitForOf } from './forLoops.ts'
import { emitReturn } from './frames.ts'
import { emitLoop } from './loops.ts'
import { emitUsing, isUsing } from './resources.ts'
import { Scope } from './scope.ts'
import type { FunctionNode, ScriptValue } from './sugar.ts'
import { emitSwitch } from './switch.ts'
import { emitAssert, emitThrow } from './throws.ts'
import { types } from './typeRelations.ts'
import { emit, materialize, typeOf } from './values.ts'

/** Reads a function's body in the current frame and gives its result: null (none) for a function that returns nothing. */
export function emitBody(f: FunctionContext, node: FunctionNode, inlined = false): ScriptValue {
  const { frame } = f
  if (node.body.type !== 'BlockStatement') {
    const made = recover(f, node.body, () => {
      const sugar = emitExpression(f, node.body as t.Expression)
      if (sugar.kind === 'void') return materialize(f, constantNull, node.body)
      return materialize(f, sugar, node.body, frame.declaredResult ?? undefined)
    })
    const result = made ?? emit(f, 'prim::Uninitialized', [], frame.declaredResult ?? types.none, node)
    return frame.declaredResult && frame.declaredResult.kind !== 'tensor' ? { ...result, type: frame.declaredResult } : result
  }
  emitScope(f, node.body.body)
  const { exit } = f.state
  const slot = f.state.values.get(frame.slot)!
  const returnsValue =
    frame.returns.some((r) => r.type.kind !== 'none') || (frame.declaredResult !== null && frame.declaredResult.kind !== 'none')
  const reachesEnd = exit === null || (exit.kind === 'jumps' && !exit.always)
  if (reachesEnd && returnsValue && frame.declaredResult?.kind !== 'optional') {
    const hasErrors = f.program.diagnostics.length > 0
    if (!hasErrors)
      f.program.report(
        messages.missingReturn({ file: f.file, start: (node.body.end ?? 1) - 1, end: node.body.end ?? 1 }, { name: frame.name }),
      )
  }
  if (exit?.kind === 'jumps') f.state.exit = without(exit, frame.target)
  if (slot.kind === 'uninitialized') {
    if (exit?.kind === 'throws' && !inlined) {
      f.state.exit = null
      return emit(f, 'prim::Uninitialized', [], frame.declaredResult ?? types.none, node)
    }
    return materialize(f, constantNull, node)
  }
  if (slot.kind === 'conflict') {
    f.program.report(messages.returnTypes(f.span(node), { left: describeSide(slot.left), right: describeSide(slot.right) }))
    return materialize(f, constantNull, node)
  }
  const made = recover(f, node, () => materialize(f, slot, node)) ?? materialize(f, constantNull, node)
  return frame.declaredResult && frame.declaredResult.kind !== 'tensor' && made.type.kind !== 'tuple'
    ? { ...made, type: frame.declaredResult }
    : made
}

const describeSide = (sugar: Parameters<typeof typeOf>[0]): string => typeOf(sugar)?.kind ?? sugar.kind

function without(
  exit: Extract<NonNullable<FunctionContext['state']['exit']>, { kind: 'jumps' }>,
  target: FunctionContext['frame']['target'],
) {
  const targets = new Set([...exit.targets].filter((other) => other !== target))
  return targets.size === 0 ? null : { kind: 'jumps' as const, targets, always: exit.always }
}

/** Runs `body`; a refusal is reported, and null returned. Errors of our own go on up. */
function recover<R>(f: FunctionContext, node: t.Node, body: () => R): R | null {
  const outer = { file: f.file, scope: f.scope, frame: f.frame, loops: f.loops, inlining: f.inlining.length, block: f.emitter.block }
  const { typeArguments } = f
  try {
    return body()
  } catch (error) {
    if (!(error instanceof CompileError) && !(error instanceof Poisoned)) throw error
    if (error instanceof CompileError) f.program.report(error.diagnostic)
    f.file = outer.file
    f.scope = outer.scope
    f.frame = outer.frame
    f.loops = outer.loops
    f.typeArguments = typeArguments
    f.inlining.length = outer.inlining
    f.sites.length = outer.inlining
    f.emitter.block = outer.block
    poisonAssigned(f, node)
    return null
  }
}

function poisonAssigned(f: FunctionContext, node: t.Node): void {
  const names = new Set(assignedNames(node))
  if (node.type === 'VariableDeclaration') {
    for (const declarator of node.declarations) {
      for (const name of patternNames(declarator.id)) {
        if (f.scope.lookup(name) === null) f.scope.declare({ name, declared: null, kind: 'let', span: null })
        names.add(name)
      }
    }
  }
  for (const name of names) {
    const binding = f.scope.lookup(name)
    if (binding) f.state.values.set(binding, { kind: 'poison' })
  }
}

/** Statements in a scope of their own. */
export function emitScope(f: FunctionContext, statements: readonly t.Statement[]): void {
  const outer = f.scope
  f.scope = new Scope(outer)
  hoistFunctions(f, statements)
  emitStatements(f, statements)
  f.scope = outer
}

function hoistFunctions(f: FunctionContext, statements: readonly t.Statement[]): void {
  for (const statement of statements) {
    if (statement.type !== 'FunctionDeclaration' || !statement.id) continue
    const binding = f.scope.declare({ name: statement.id.name, declared: null, kind: 'const', span: f.span(statement.id) })
    f.state.values.set(binding, {
      kind: 'closure',
      name: statement.id.name,
      node: statement,
      scope: f.scope,
      file: f.file,
      self: f.frame.self,
      typeArguments: f.typeArguments,
    })
  }
}

function emitStatements(f: FunctionContext, statements: readonly t.Statement[]): void {
  for (const [i, statement] of statements.entries()) {
    let tookRest = false
    const rest = (): void => emitStatements(f, statements.slice(i + 1))
    recover(f, statement, () => {
      if (statement.type === 'IfStatement') tookRest = emitIf(f, statement, rest)
      else if (isUsing(statement))
        emitUsing(f, statement, () => {
          tookRest = true
          rest()
        })
      else emitStatement(f, statement)
    })
    const { exit } = f.state
    if (tookRest || exit?.kind === 'throws' || (exit?.kind === 'jumps' && exit.always)) return
    if (exit?.kind === 'jumps') {
      if (i + 1 < statements.length) guardRest(f, statement, rest)
      return
    }
  }
}

function emitIf(f: FunctionContext, node: t.IfStatement, rest?: () => void): boolean {
  const condition = emitCondition(f, node.test)
  const arm = (statement: t.Statement | null | undefined) => () => {
    if (statement) emitScope(f, statement.type === 'BlockStatement' ? statement.body : [statement])
    return null
  }
  return emitBranch(f, node, condition, arm(node.consequent), arm(node.alternate), rest).tookRest
}

const statementNames: { readonly [type: string]: readonly [what: string, hint?: string] } = {
  WithStatement: ['`with`'],
  DebuggerStatement: ['`debugger`'],
  ClassDeclaration: ['a class inside a function', 'declare it at module level'],
  TSEnumDeclaration: ['an enum inside a function', 'declare it at module level'],
  ImportDeclaration: ['an import inside a function'],
}

export function emitStatement(f: FunctionContext, node: t.Statement, label: string | null = null): void {
  switch (node.type) {
    case 'ExpressionStatement':
      emitExpressionStatement(f, node)
      return
    case 'VariableDeclaration':
      if (node.kind === 'var')
        fail(
          messages.unsupportedStatement(
            f.span(node),
            { what: '`var`', hint: 'use `let` or `const`' },
            {
              fix: { start: node.start ?? 0, end: (node.start ?? 0) + 3, replacement: 'let' },
            },
          ),
        )
      emitDeclaration(f, node)
      return
    case 'ReturnStatement':
      emitReturn(f, node)
      return
    case 'IfStatement':
      emitIf(f, node)
      return
    case 'BlockStatement':
      emitScope(f, node.body)
      return
    case 'ForStatement':
      emitFor(f, node, label)
      return
    case 'ForInStatement':
      emitForIn(f, node, label)
      return
    case 'ForOfStatement':
      emitForOf(f, node, label)
      return
    case 'WhileStatement':
      emitLoop(f, {
        node,
        label,
        trip: null,
        bind: () => {},
        test: () => emitCondition(f, node.test),
        body: () => emitScope(f, bodyOf(node.body)),
        update: null,
        iterationName: null,
      })
      return
    case 'DoWhileStatement':
      emitLoop(f, {
        node,
        label,
        trip: null,
        bind: () => {},
        test: () => emitCondition(f, node.test),
        testAfter: true,
        body: () => emitScope(f, bodyOf(node.body)),
        update: null,
        iterationName: null,
      })
      return
    case 'BreakStatement':
    case 'ContinueStatement':
      emitJump(f, node)
      return
    case 'SwitchStatement':
      emitSwitch(f, node, label)
      return
    case 'ThrowStatement':
      emitThrow(f, node)
      return
    case 'LabeledStatement':
      emitStatement(f, node.body, node.label.name)
      return
    case 'EmptyStatement':
    case 'FunctionDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return
    case 'TryStatement':
      fail(messages.tryStatement(f.span(node)))
      break
    default: {
      const [what, hint] = statementNames[node.type] ?? [`\`${f.shortText(node)}\``]
      fail(messages.unsupportedStatement(f.span(node), { what, ...(hint ? { hint } : {}) }))
    }
  }
}

export const bodyOf = (statement: t.Statement): readonly t.Statement[] =>
  statement.type === 'BlockStatement' ? statement.body : [statement]

function emitExpressionStatement(f: FunctionContext, node: t.ExpressionStatement): void {
  const { expression } = node
  if (
    expression.type === 'CallExpression' &&
    expression.callee.type === 'Identifier' &&
    expression.callee.name === 'assert' &&
    f.scope.lookup('assert') === null
  ) {
    emitAssert(f, expression)
    return
  }
  if (expression.type === 'LogicalExpression' && expression.operator !== '??') {
    // `c && f()` as a statement.
    const condition = emitCondition(f, expression.left)
    const run = (): null => {
      emitExpression(f, expression.right)
      return null
    }
    const skip = (): null => null
    emitBranch(f, node, condition, expression.operator === '&&' ? run : skip, expression.operator === '&&' ? skip : run)
    return
  }
  emitExpression(f, expression)
}

function emitJump(f: FunctionContext, node: t.BreakStatement | t.ContinueStatement): void {
  const label = node.label?.name ?? null
  const word = node.type === 'BreakStatement' ? 'break' : 'continue'
  const open = word === 'continue' ? f.loops.filter((l) => l.continueTarget !== null) : f.loops
  const loop = label === null ? open.at(-1) : open.find((l) => l.label === label)
  if (!loop) fail(messages.unsupportedStatement(f.span(node), { what: `\`${word}\` outside a loop` }))
  const target = word === 'break' ? loop.breakTarget : loop.continueTarget
  if (!target) fail(messages.unsupportedStatement(f.span(node), { what: `\`${word}\` here` }))
  jump(f, target)
}
