/** Pieces of JavaScript text with what is needed to put them together: precedence, and which variables they read. */
import { type JsForm, precedence } from '../../ops/scalarOp.ts'

export interface Expression {
  readonly text: string
  readonly precedence: number
  /** JavaScript variables that the text mentions. */
  readonly reads: ReadonlySet<string>
}

const nothing: ReadonlySet<string> = new Set()

export const atom = (text: string): Expression => ({ text, precedence: precedence.primary, reads: nothing })
export const variable = (name: string): Expression => ({ text: name, precedence: precedence.primary, reads: new Set([name]) })

export function compound(text: string, level: number, parts: readonly Expression[]): Expression {
  return { text, precedence: level, reads: new Set(parts.flatMap((part) => [...part.reads])) }
}

/** The text, in parentheses when it binds less tightly than `level`. */
export const wrap = (expression: Expression, level: number): string =>
  expression.precedence < level ? `(${expression.text})` : expression.text

export const callText = (callee: string, parts: readonly Expression[]): Expression =>
  compound(`${callee}(${parts.map((part) => part.text).join(', ')})`, precedence.postfix, parts)

export const arrayText = (parts: readonly Expression[]): Expression =>
  compound(`[${parts.map((part) => part.text).join(', ')}]`, precedence.primary, parts)

/** Literal text of a number: negative ones bind like a unary minus. */
export function numberText(value: number): Expression {
  if (value < 0 || Object.is(value, -0))
    return { text: Object.is(value, -0) ? '-0' : String(value), precedence: precedence.unary, reads: nothing }
  return atom(Number.isNaN(value) ? 'NaN' : String(value))
}

export const stringText = (value: string): Expression => atom(JSON.stringify(value))

/** An operator of the scalar table on its operands. `helperCallee` says how a runtime helper is called. */
export function applyForm(form: JsForm, operands: readonly Expression[], helperCallee: (name: string) => string): Expression {
  switch (form.form) {
    case 'binary': {
      const [left, right] = operands as [Expression, Expression]
      // `**` binds to the right, and takes no unary minus on its left.
      const rightAssociative = form.operator === '**'
      const text = `${wrap(left, rightAssociative ? precedence.postfix : form.precedence)} ${form.operator} ${wrap(right, rightAssociative ? form.precedence : form.precedence + 1)}`
      return compound(text, form.precedence, operands)
    }
    case 'unary': {
      const operand = wrap(operands[0]!, precedence.unary)
      const space = operand.startsWith(form.operator[0]!) && (form.operator === '-' || form.operator === '+') ? ' ' : ''
      return compound(`${form.operator}${space}${operand}`, precedence.unary, operands)
    }
    case 'call':
      return callText(form.callee, operands)
    case 'helper':
      return callText(helperCallee(form.name), operands)
    case 'method':
      return compound(
        `${receiver(operands[0]!)}.${form.name}(${operands
          .slice(1)
          .map((part) => part.text)
          .join(', ')})`,
        precedence.postfix,
        operands,
      )
    case 'property':
      return compound(`${receiver(operands[0]!)}.${form.name}`, precedence.postfix, operands)
    case 'custom':
      return compound(form.print(operands.map((operand) => wrap(operand, precedence.postfix))), form.precedence, operands)
    default:
      return form satisfies never
  }
}

/** Text before a dot: numbers need parentheses there. */
export const receiver = (expression: Expression): string =>
  /^[\d.]+$/.test(expression.text) ? `(${expression.text})` : wrap(expression, precedence.postfix)

/** `not` of a condition, without double negation. */
export function negate(condition: Expression): Expression {
  if (condition.text.startsWith('!') && !condition.text.startsWith('!!') && condition.precedence === precedence.unary) {
    return { ...condition, text: condition.text.slice(1), precedence: precedence.unary }
  }
  return compound(`!${wrap(condition, precedence.unary)}`, precedence.unary, [condition])
}

/** A value that depends on a condition: `c ? a : b`, or `c && b` and the like where an arm is a literal. */
export function conditionalExpression(condition: Expression, a: Expression, b: Expression): Expression {
  if (a.text === 'true' && b.text === 'false') return condition
  if (a.text === 'false' && b.text === 'true') return negate(condition)
  if (a.text === 'false') {
    const not = negate(condition)
    return compound(`${wrap(not, precedence.and)} && ${wrap(b, precedence.and + 1)}`, precedence.and, [condition, b])
  }
  if (b.text === 'false')
    return compound(`${wrap(condition, precedence.and)} && ${wrap(a, precedence.and + 1)}`, precedence.and, [condition, a])
  if (a.text === 'true')
    return compound(`${wrap(condition, precedence.or)} || ${wrap(b, precedence.or + 1)}`, precedence.or, [condition, b])
  return compound(
    `${wrap(condition, precedence.conditional + 1)} ? ${wrap(a, precedence.conditional)} : ${wrap(b, precedence.conditional)}`,
    precedence.conditional,
    [condition, a, b],
  )
}
