/** Kernels as text: the loop nests of a schedule in a C-like notation, with vector types written out. For `inspect --kernels` and dumps. */
import type { KernelFunction, LoopBinary, LoopExpr, LoopParam, LoopStmt, ScheduledSegment } from './loop.ts'

/** Each kernel of a segment once, in order of first use. */
export function printKernels({ calls }: ScheduledSegment): string {
  return [...new Set(calls.map(({ kernel }) => printKernel(kernel)))].join('\n')
}

export function printKernel({ name, params, body }: KernelFunction): string {
  return `kernel ${name}(${params.map(paramText).join(', ')}) {\n${printBody(body, '  ')}}\n`
}

function paramText(param: LoopParam): string {
  switch (param.p) {
    case 'buffer':
      return `${param.access === 'read' ? 'const ' : ''}${param.element}* ${param.name}`
    case 'scalar':
      return `${param.type} ${param.name}`
    case 'shared':
      return `shared ${param.element} ${param.name}[${param.length}]`
    default:
      return param satisfies never
  }
}

const printBody = (body: readonly LoopStmt[], indent: string): string => body.map((statement) => printStatement(statement, indent)).join('')

function printStatement(statement: LoopStmt, indent: string): string {
  const nested = (body: readonly LoopStmt[]): string => `{\n${printBody(body, `${indent}  `)}${indent}}`
  switch (statement.t) {
    case 'let':
    case 'local':
      return `${indent}${statement.t === 'let' ? 'const ' : ''}${statement.type} ${statement.name} = ${text(statement.value)}\n`
    case 'assign':
      return `${indent}${statement.name} = ${text(statement.value)}\n`
    case 'store':
      return `${indent}${statement.buffer}[${text(statement.index)}${lanes(statement.value)}] = ${text(statement.value)}\n`
    case 'for': {
      const { name, start, end, step, body, bind } = statement
      const bound = bind ? ` on ${bind}` : ''
      return `${indent}for (${name} = ${text(start)}; ${name} < ${text(end)}; ${name} += ${step})${bound} ${nested(body)}\n`
    }
    case 'if': {
      const otherwise = statement.else.length > 0 ? ` else ${nested(statement.else)}` : ''
      return `${indent}if (${text(statement.condition)}) ${nested(statement.then)}${otherwise}\n`
    }
    case 'while':
      return `${indent}while (${text(statement.condition)}) ${nested(statement.body)}\n`
    case 'barrier':
      return `${indent}barrier\n`
    default:
      return statement satisfies never
  }
}

const infix: { readonly [F in LoopBinary]?: string } = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  rem: '%',
  and: '&',
  or: '|',
  xor: '^',
  shl: '<<',
  shr: '>>',
}

const relations = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' } as const

/** `x[i : 4]`: four elements from i on. */
const lanes = ({ type }: LoopExpr): string => (type.endsWith('x4') ? ' : 4' : '')

/** The expression; operations in parentheses but for the outermost. */
function text(expr: LoopExpr): string {
  const inner = print(expr)
  return inner.startsWith('(') && isOperation(expr) ? inner.slice(1, -1) : inner
}

const isOperation = (expr: LoopExpr): boolean => expr.l === 'compare' || expr.l === 'select' || (expr.l === 'binary' && expr.fn in infix)

function print(expr: LoopExpr): string {
  switch (expr.l) {
    case 'const':
      return Object.is(expr.value, -0) ? '-0' : String(expr.value)
    case 'var':
      return expr.name
    case 'load':
      return `${expr.buffer}[${text(expr.index)}${lanes(expr)}]`
    case 'splat':
      return `${expr.type}(${text(expr.a)})`
    case 'unary':
      return `${expr.fn}(${text(expr.a)})`
    case 'binary':
      return infix[expr.fn] ? `(${print(expr.a)} ${infix[expr.fn]} ${print(expr.b)})` : `${expr.fn}(${text(expr.a)}, ${text(expr.b)})`
    case 'compare':
      return `(${print(expr.a)} ${relations[expr.fn]} ${print(expr.b)})`
    case 'select':
      return `(${print(expr.condition)} ? ${print(expr.a)} : ${print(expr.b)})`
    case 'fma':
      return `fma(${text(expr.a)}, ${text(expr.b)}, ${text(expr.c)})`
    case 'convert':
      return `${expr.type}(${text(expr.a)})`
    case 'lane':
      return `${print(expr.a)}.${'xyzw'[expr.lane]}`
    case 'shuffle':
      return `shuffle(${text(expr.a)}, ${text(expr.b)}, ${expr.lanes.join(' ')})`
    case 'vector':
      return `${expr.type}(${expr.lanes.map(text).join(', ')})`
    case 'bitcast':
      return `bitcast<${expr.type}>(${text(expr.a)})`
    default:
      return expr satisfies never
  }
}
