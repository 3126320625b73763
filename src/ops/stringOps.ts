/** Operators on strings: JavaScript's UTF-16 strings and methods. */
import {
  binary,
  bool,
  float,
  helper,
  int,
  isInt,
  isNumber,
  isString,
  method,
  type Pattern,
  precedence,
  type ScalarConstant,
  type ScalarOp,
  type ScalarType,
  signature,
  string,
} from './scalarOp.ts'

/** A method of strings that only reads; `evaluate` folds it on constants. */
function stringMethod(
  op: string,
  name: string,
  operands: readonly Pattern[],
  result: ScalarType,
  evaluate: (text: string, ...rest: never[]) => ScalarConstant | undefined,
): ScalarOp {
  return {
    name: op,
    type: signature([isString, ...operands], result),
    evaluate: (values) =>
      typeof values[0] === 'string'
        ? (evaluate as (text: string, ...rest: ScalarConstant[]) => ScalarConstant | undefined)(values[0], ...values.slice(1))
        : undefined,
    js: method(name),
    effect: 'pure',
  }
}

const strings: ScalarType = { kind: 'list', element: string }

export const stringOps: readonly ScalarOp[] = [
  {
    name: 'aten::add',
    type: signature([isString, isString], string),
    evaluate: ([a, b]) => (typeof a === 'string' && typeof b === 'string' ? a + b : undefined),
    js: binary('+', precedence.additive),
    effect: 'pure',
  },
  {
    name: 'aten::len',
    type: signature([isString], int),
    evaluate: ([a]) => (typeof a === 'string' ? a.length : undefined),
    js: { form: 'property', name: 'length' },
    effect: 'pure',
  },
  { name: 'aten::__getitem__', type: signature([isString, isInt], string), js: helper('item'), effect: 'throw' },
  /** `s.at(i)`: negative counts from the end; outside traps. */
  { name: 'aten::list', type: signature([isString], strings), js: { form: 'call', callee: 'Array.from' }, effect: 'pure' },
  stringMethod('aten::upper', 'toUpperCase', [], string, (s) => s.toUpperCase()),
  stringMethod('aten::lower', 'toLowerCase', [], string, (s) => s.toLowerCase()),
  stringMethod('aten::strip', 'trim', [], string, (s) => s.trim()),
  stringMethod('aten::lstrip', 'trimStart', [], string, (s) => s.trimStart()),
  stringMethod('aten::rstrip', 'trimEnd', [], string, (s) => s.trimEnd()),
  stringMethod('aten::startswith', 'startsWith', [isString], bool, (s, t: string) => s.startsWith(t)),
  stringMethod('js::includes', 'includes', [isString, isInt], bool, (s, t: string, from: number) => s.includes(t, from)),
  stringMethod('aten::rfind', 'lastIndexOf', [isString, isInt], int, (s, t: string, from: number) => s.lastIndexOf(t, from)),
  stringMethod('aten::endswith', 'endsWith', [isString], bool, (s, t: string) => s.endsWith(t)),
  stringMethod('aten::startswith', 'startsWith', [isString, isInt], bool, (s, t: string, from: number) => s.startsWith(t, from)),
  stringMethod('aten::endswith', 'endsWith', [isString, isInt], bool, (s, t: string, to: number) => s.endsWith(t, to)),
  stringMethod('js::includes', 'includes', [isString, isInt], bool, (s, t: string, from: number) => s.includes(t, from)),
  stringMethod('js::concat', 'concat', [isString], string, (s, t: string) => s + t),
  { name: 'js::at', type: signature([isString, isInt], string), js: helper('itemAt'), effect: 'throw' },
  stringMethod('js::includes', 'includes', [isString], bool, (s, t: string) => s.includes(t)),
  stringMethod('aten::find', 'indexOf', [isString], int, (s, t: string) => s.indexOf(t)),
  stringMethod('aten::find', 'indexOf', [isString, isInt], int, (s, t: string, from: number) => s.indexOf(t, from)),
  stringMethod('aten::rfind', 'lastIndexOf', [isString], int, (s, t: string) => s.lastIndexOf(t)),
  stringMethod('js::replace', 'replace', [isString, isString], string, (s, from: string, to: string) => s.replace(from, to)),
  stringMethod('aten::replace', 'replaceAll', [isString, isString], string, (s, from: string, to: string) => s.replaceAll(from, to)),
  { ...stringMethod('aten::split', 'split', [isString], strings, () => undefined) },
  stringMethod('js::repeat', 'repeat', [isInt], string, (s, n: number) => (n >= 0 ? s.repeat(n) : undefined)),
  stringMethod('js::padStart', 'padStart', [isInt, isString], string, (s, n: number, fill: string) => s.padStart(n, fill)),
  stringMethod('js::padEnd', 'padEnd', [isInt, isString], string, (s, n: number, fill: string) => s.padEnd(n, fill)),
  stringMethod('js::charCodeAt', 'charCodeAt', [isInt], int, (s, i: number) => (i >= 0 && i < s.length ? s.charCodeAt(i) : undefined)),
  {
    name: 'js::codePointAt',
    type: signature([isString, isInt], { kind: 'optional', element: int }),
    js: { form: 'custom', precedence: precedence.conditional, print: ([text, at]) => `${text}.codePointAt(${at}) ?? null` },
    effect: 'pure',
  },
  stringMethod('js::normalize', 'normalize', [], string, (s) => s.normalize()),
  stringMethod('js::normalize', 'normalize', [isString], string, () => undefined),
  stringMethod('js::charAt', 'charAt', [isInt], string, (s, i: number) => s.charAt(i)),
  stringMethod('js::slice', 'slice', [isInt], string, (s, from: number) => s.slice(from)),
  stringMethod('js::slice', 'slice', [isInt, isInt], string, (s, from: number, to: number) => s.slice(from, to)),
  stringMethod('js::substring', 'substring', [isInt], string, (s, from: number) => s.substring(from)),
  stringMethod('js::substring', 'substring', [isInt, isInt], string, (s, from: number, to: number) => s.substring(from, to)),
  {
    name: 'js::fromCharCode',
    type: signature([isInt], string),
    evaluate: ([a]) => (typeof a === 'number' ? String.fromCharCode(a) : undefined),
    js: { form: 'call', callee: 'String.fromCharCode' },
    effect: 'pure',
  },
  { name: 'js::parseFloat', type: signature([isString], float), js: { form: 'call', callee: 'Number.parseFloat' }, effect: 'pure' },
  { name: 'js::localeCompare', type: signature([isString, isString], int), js: method('localeCompare'), effect: 'pure' },
  { name: 'js::String', type: signature([isNumber], string), js: { form: 'call', callee: 'String' }, effect: 'pure' },
]

/** Operator behind a string method; null when script code has none. */
export const stringMethods: { readonly [method: string]: string } = {
  toUpperCase: 'aten::upper',
  toLowerCase: 'aten::lower',
  trim: 'aten::strip',
  trimStart: 'aten::lstrip',
  trimEnd: 'aten::rstrip',
  startsWith: 'aten::startswith',
  endsWith: 'aten::endswith',
  includes: 'js::includes',
  indexOf: 'aten::find',
  lastIndexOf: 'aten::rfind',
  replace: 'js::replace',
  replaceAll: 'aten::replace',
  split: 'aten::split',
  repeat: 'js::repeat',
  padStart: 'js::padStart',
  padEnd: 'js::padEnd',
  charCodeAt: 'js::charCodeAt',
  codePointAt: 'js::codePointAt',
  normalize: 'js::normalize',
  at: 'js::at',
  charAt: 'js::charAt',
  slice: 'js::slice',
  concat: 'js::concat',
  substring: 'js::substring',
  localeCompare: 'js::localeCompare',
}
