/** Arithmetic, comparison, bit and `Math` operators on ints, floats and booleans. */
import {
  anything,
  binary,
  bool,
  call,
  float,
  helper,
  int,
  isBool,
  isInt,
  isNumber,
  isString,
  none,
  numeric,
  type Pattern,
  precedence,
  type ScalarConstant,
  type ScalarOp,
  type ScalarType,
  signature,
  string,
  unary,
} from './scalarOp.ts'

const numbers = (operands: readonly ScalarConstant[]): operands is readonly number[] => operands.every((value) => typeof value === 'number')

/** A pure function of numbers. */
function numberOp(
  name: string,
  arity: number,
  result: ScalarType | ((types: readonly ScalarType[]) => ScalarType),
  js: ScalarOp['js'],
  evaluate: (...values: number[]) => ScalarConstant,
  operand: Pattern = isNumber,
): ScalarOp {
  return {
    name,
    type: signature(
      Array.from({ length: arity }, () => operand),
      result,
    ),
    evaluate: (operands) => (numbers(operands) ? evaluate(...operands) : undefined),
    js,
    effect: 'pure',
  }
}

const arithmetic: readonly ScalarOp[] = [
  numberOp('aten::add', 2, numeric, binary('+', precedence.additive), (a, b) => a + b),
  numberOp('aten::sub', 2, numeric, binary('-', precedence.additive), (a, b) => a - b),
  numberOp('aten::mul', 2, numeric, binary('*', precedence.multiplicative), (a, b) => a * b),
  numberOp('aten::div', 2, float, binary('/', precedence.multiplicative), (a, b) => a / b),
  numberOp('aten::fmod', 2, numeric, binary('%', precedence.multiplicative), (a, b) => a % b),
  numberOp('aten::pow', 2, float, binary('**', precedence.power), (a, b) => a ** b),
  numberOp('aten::neg', 1, numeric, unary('-'), (a) => -a),
  numberOp('js::plus', 1, numeric, unary('+'), (a) => a),
  numberOp('aten::__and__', 2, int, binary('&', precedence.bitAnd), (a, b) => a & b),
  numberOp('aten::__or__', 2, int, binary('|', precedence.bitOr), (a, b) => a | b),
  numberOp('aten::__xor__', 2, int, binary('^', precedence.bitXor), (a, b) => a ^ b),
  numberOp('aten::__lshift__', 2, int, binary('<<', precedence.shift), (a, b) => a << b),
  numberOp('aten::__rshift__', 2, int, binary('>>', precedence.shift), (a, b) => a >> b),
  numberOp('js::unsignedShiftRight', 2, int, binary('>>>', precedence.shift), (a, b) => a >>> b),
  numberOp('aten::bitwise_not', 1, int, unary('~'), (a) => ~a),
]

/** Python's: floored, and an error on zero (these throw in the run, so they do not fold then). */
const floored: readonly ScalarOp[] = [
  {
    ...numberOp('aten::floordiv', 2, numeric, helper('floordiv'), (a, b) => Math.floor(a / b)),
    effect: 'throw',
    evaluate: (v) => (numbers(v) && v[1] !== 0 ? Math.floor(v[0]! / v[1]!) : undefined),
  },
  {
    ...numberOp('aten::remainder', 2, numeric, helper('mod'), (a, b) => a - b * Math.floor(a / b)),
    effect: 'throw',
    evaluate: (v) => (numbers(v) && v[1] !== 0 ? v[0]! - v[1]! * Math.floor(v[0]! / v[1]!) : undefined),
  },
  { ...numberOp('aten::round', 1, int, helper('roundHalfEven'), (a) => roundHalfEven(a)) },
  {
    name: 'aten::divmod',
    type: signature([isNumber, isNumber], (types) => ({ kind: 'tuple', elements: [numeric(types), numeric(types)] })),
    js: helper('divmod'),
    effect: 'throw',
  },
]

function roundHalfEven(a: number): number {
  const rounded = Math.round(a)
  return Math.abs(a % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

const orderings: readonly (readonly [string, string, (a: number | string, b: number | string) => boolean])[] = [
  ['aten::lt', '<', (a, b) => a < b],
  ['aten::le', '<=', (a, b) => a <= b],
  ['aten::gt', '>', (a, b) => a > b],
  ['aten::ge', '>=', (a, b) => a >= b],
]

const comparable: Pattern = (type) =>
  isNumber(type) ||
  isBool(type) ||
  isString(type) ||
  type.kind === 'dtype' ||
  type.kind === 'device' ||
  type.kind === 'none' ||
  type.kind === 'enum'

/** `===` on primitives: both of one kind, or an optional of that kind. */
function equalityType(types: readonly ScalarType[]): ScalarType | null {
  const strip = (type: ScalarType): ScalarType => (type.kind === 'optional' ? type.element : type)
  const [a, b] = types.map(strip)
  if (types.length !== 2 || !a || !b) return null
  if (a.kind === 'union') return a.open || a.members.some((member) => equalityType([member, b])) ? bool : null
  if (b.kind === 'union') return equalityType([b, a])
  if (!comparable(a) || !comparable(b)) return null
  const kind = (type: ScalarType): string => {
    if (type.kind === 'enum') return typeof type.values[0] === 'number' ? 'number' : 'string'
    return isNumber(type) ? 'number' : type.kind === 'dtype' || type.kind === 'device' ? 'string' : type.kind
  }
  return kind(a) === kind(b) || (types[0] !== a && b.kind === 'none') || (types[1] !== b && a.kind === 'none') ? bool : null
}

const primitive = (value: ScalarConstant | undefined): boolean => value === null || typeof value !== 'object'

const comparisons: readonly ScalarOp[] = [
  ...orderings.flatMap(([name, operator, compare]): readonly ScalarOp[] =>
    [isNumber, isString].map((operand) => ({
      name,
      type: signature([operand, operand], bool),
      evaluate: ([a, b]) =>
        typeof a === typeof b && (typeof a === 'number' || typeof a === 'string') ? compare(a, b as number | string) : undefined,
      js: binary(operator, precedence.relational),
      effect: 'pure',
    })),
  ),
  {
    name: 'aten::eq',
    type: equalityType,
    evaluate: ([a, b]) => (primitive(a) && primitive(b) ? a === b : undefined),
    js: binary('===', precedence.equality),
    effect: 'pure',
  },
  {
    name: 'aten::ne',
    type: equalityType,
    evaluate: ([a, b]) => (primitive(a) && primitive(b) ? a !== b : undefined),
    js: binary('!==', precedence.equality),
    effect: 'pure',
  },
  /** `x === null`; constant-folded by type where the type decides. */
  {
    name: 'aten::__is__',
    type: signature([anything, anything], bool),
    evaluate: ([a, b]) => (primitive(a) && primitive(b) ? a === b : undefined),
    js: binary('===', precedence.equality),
    effect: 'pure',
  },
  {
    name: 'aten::__isnot__',
    type: signature([anything, anything], bool),
    evaluate: ([a, b]) => (primitive(a) && primitive(b) ? a !== b : undefined),
    js: binary('!==', precedence.equality),
    effect: 'pure',
  },
]

const logic: readonly ScalarOp[] = [
  {
    name: 'aten::__not__',
    type: signature([isBool], bool),
    evaluate: ([a]) => (typeof a === 'boolean' ? !a : undefined),
    js: unary('!'),
    effect: 'pure',
  },
  {
    name: 'aten::__and__',
    type: signature([isBool, isBool], bool),
    evaluate: ([a, b]) => (typeof a === 'boolean' && typeof b === 'boolean' ? a && b : undefined),
    js: binary('&&', precedence.and),
    effect: 'pure',
  },
  {
    name: 'aten::__or__',
    type: signature([isBool, isBool], bool),
    evaluate: ([a, b]) => (typeof a === 'boolean' && typeof b === 'boolean' ? a || b : undefined),
    js: binary('||', precedence.or),
    effect: 'pure',
  },
  {
    name: 'aten::Bool',
    type: (types) => (types.length === 1 && (isNumber(types[0]!) || isString(types[0]!) || isBool(types[0]!)) ? bool : null),
    evaluate: ([a]) => (primitive(a) ? Boolean(a) : undefined),
    js: unary('!!'),
    effect: 'pure',
  },
]

/** A one-element tensor as a condition; one with more elements throws. */
const tensorTruth: ScalarOp = {
  name: 'aten::Bool',
  type: signature([(type) => type.kind === 'tensor'], bool),
  js: helper('truth'),
  effect: 'throw',
}

const conversions: readonly ScalarOp[] = [
  numberOp('aten::Float', 1, float, call('Number'), (a) => a),
  { name: 'aten::Float', type: signature([isBool], float), evaluate: ([a]) => Number(a), js: call('Number'), effect: 'pure' },
  {
    name: 'js::Number',
    type: signature([isString], float),
    evaluate: ([a]) => (typeof a === 'string' ? Number(a) : undefined),
    js: call('Number'),
    effect: 'pure',
  },
  {
    name: 'aten::str',
    type: signature([anything], string),
    evaluate: ([a]) => (typeof a === 'number' || typeof a === 'boolean' || typeof a === 'string' || a === null ? String(a) : undefined),
    js: call('String'),
    effect: 'read',
  },
  numberOp('js::toFixed', 2, string, { form: 'method', name: 'toFixed' }, (a, digits) => a.toFixed(digits)),
  numberOp('js::toPrecision', 2, string, { form: 'method', name: 'toPrecision' }, (a, digits) => a.toPrecision(digits)),
  numberOp('js::toExponential', 2, string, { form: 'method', name: 'toExponential' }, (a, digits) => a.toExponential(digits)),
  { ...numberOp('js::toString', 2, string, { form: 'method', name: 'toString' }, (a, radix) => a.toString(radix)) },
  numberOp('js::Number.isInteger', 1, bool, call('Number.isInteger'), (a) => Number.isInteger(a)),
  numberOp('js::Number.isSafeInteger', 1, bool, call('Number.isSafeInteger'), (a) => Number.isSafeInteger(a)),
  numberOp('js::Object.is', 2, bool, call('Object.is'), (a, b) => Object.is(a, b)),
  numberOp('js::Number.isFinite', 1, bool, call('Number.isFinite'), (a) => Number.isFinite(a)),
  numberOp('js::Number.isNaN', 1, bool, call('Number.isNaN'), (a) => Number.isNaN(a)),
]

/** `Math.*`: rounding gives ints, `abs min max sign` keep ints, everything else gives floats. TorchScript's name where it has one. */
const roundings: { readonly [name: string]: string } = {
  floor: 'aten::floor',
  ceil: 'aten::ceil',
  trunc: 'aten::trunc',
  round: 'js::round',
  sign: 'js::sign',
  clz32: 'js::clz32',
}
const unaryMath = [
  'sqrt',
  'cbrt',
  'exp',
  'expm1',
  'log',
  'log2',
  'log10',
  'log1p',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'fround',
] as const
const torchMath = new Set<string>([
  'sqrt',
  'exp',
  'expm1',
  'log',
  'log2',
  'log10',
  'log1p',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
])

type UnaryMath = (typeof unaryMath)[number]

const math: readonly ScalarOp[] = [
  ...Object.entries(roundings).map(([name, op]) => numberOp(op, 1, int, call(`Math.${name}`), Math[name as 'floor'])),
  ...unaryMath.map((name: UnaryMath) => numberOp(mathName(name), 1, float, call(`Math.${name}`), Math[name])),
  numberOp('prim::abs', 1, numeric, call('Math.abs'), Math.abs),
  numberOp('aten::atan2', 2, float, call('Math.atan2'), Math.atan2),
  numberOp('js::imul', 2, int, call('Math.imul'), Math.imul),
  ...variadic('prim::min', 'Math.min', Math.min, numeric),
  ...variadic('prim::max', 'Math.max', Math.max, numeric),
  ...(['min', 'max'] as const).map(
    (name): ScalarOp => ({
      name: `prim::${name}`,
      type: ([list, ...rest]) => (list?.kind === 'list' && isNumber(list.element) && rest.length === 0 ? list.element : null),
      js: { form: 'custom', precedence: precedence.postfix, print: ([list]) => `Math.${name}(...${list})` },
      effect: 'read',
    }),
  ),
  ...variadic('js::hypot', 'Math.hypot', Math.hypot, () => float),
]

function mathName(name: string): string {
  return torchMath.has(name) ? `aten::${name}` : `js::${name}`
}

function variadic(
  name: string,
  callee: string,
  evaluate: (...values: number[]) => number,
  result: (types: readonly ScalarType[]) => ScalarType,
): readonly ScalarOp[] {
  return [
    {
      name,
      type: (types) => (types.length > 0 && types.every(isNumber) ? result(types) : null),
      evaluate: (operands) => (numbers(operands) ? evaluate(...operands) : undefined),
      js: call(callee),
      effect: 'pure',
    },
  ]
}

/** Operator behind `Math.name(...)`; null when there is none. */
export function mathOperator(name: string): string | null {
  if (Object.hasOwn(roundings, name)) return roundings[name]!
  if ((unaryMath as readonly string[]).includes(name)) return mathName(name)
  const others: { readonly [name: string]: string } = {
    abs: 'prim::abs',
    min: 'prim::min',
    max: 'prim::max',
    hypot: 'js::hypot',
    atan2: 'aten::atan2',
    pow: 'aten::pow',
    imul: 'js::imul',
  }
  return Object.hasOwn(others, name) ? others[name]! : null
}

/** Trip counts and indices of `range(start, end, step)`. Trip counts below zero mean none. */
const ranges: readonly ScalarOp[] = [
  {
    ...numberOp('aten::__range_length', 3, int, helper('rangeLength'), () => 0, isInt),
    effect: 'throw',
    evaluate: (v) => (numbers(v) && v[2] !== 0 ? Math.max(0, Math.ceil((v[1]! - v[0]!) / v[2]!)) : undefined),
  },
  {
    ...numberOp(
      'aten::__derive_index',
      3,
      int,
      {
        form: 'custom',
        precedence: precedence.additive,
        // A step of -1 as a subtraction: a product may be -0, which engines keep as a float.
        print: ([index, start, step]) =>
          step === '(-1)' ? `${start} - ${index}` : start === '0' ? `${index} * ${step}` : `${start} + ${index} * ${step}`,
      },
      (i, start, step) => start + i * step,
      isInt,
    ),
  },
]

/** Whether an argument of the program was left out: `null` is none where the parameter says so. */
const absence: ScalarOp = {
  name: 'js::isAbsent',
  type: signature([anything], bool),
  js: { form: 'custom', precedence: precedence.equality, print: ([value]) => `${value} === undefined` },
  effect: 'pure',
}

/** What a value of a union is. */
const typeTests: readonly ScalarOp[] = [
  { name: 'js::typeof', type: signature([anything], string), js: unary('typeof '), effect: 'pure' },
  { name: 'js::isArray', type: signature([anything], bool), js: call('Array.isArray'), effect: 'pure' },
  ...(['Map', 'Set'] as const).map(
    (name): ScalarOp => ({
      name: `js::is${name}`,
      type: signature([anything], bool),
      js: { form: 'custom', precedence: precedence.relational, print: ([value]) => `${value} instanceof ${name}` },
      effect: 'pure',
    }),
  ),
]

const checks: readonly ScalarOp[] = [
  {
    name: 'aten::_unwrap_optional',
    type: ([type, ...rest]) => (type?.kind === 'optional' && rest.length === 0 ? type.element : null),
    js: helper('unwrap'),
    effect: 'throw',
  },
  { name: 'aten::manual_seed', type: signature([isInt], none), js: helper('manualSeed'), effect: 'write' },
  {
    name: 'prim::RaiseException',
    type: () => none,
    js: helper('raise'),
    effect: 'throw',
  },
]

export const numberOps: readonly ScalarOp[] = [
  ...arithmetic,
  ...floored,
  ...comparisons,
  ...logic,
  tensorTruth,
  ...conversions,
  ...math,
  ...ranges,
  absence,
  ...typeTests,
  ...checks,
]
