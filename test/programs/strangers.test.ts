/** What programs of people who do not know the compiler found to differ from their uncompiled run. */
import { test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'

const caught = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (error) {
    const { name, message, code, what, list, cause } = error as Error & { code?: unknown; what?: unknown; list?: unknown }
    return { class: (error as Error).constructor.name, name, message, code, what, list, cause }
  }
}

test('errors of the user are made with what their constructor takes', () =>
  agree(
    'strangers-errors',
    `export class Coded extends Error {
  constructor(readonly code: int, readonly what: string = 'unknown', readonly list: int[] = []) { super(\`E\${code}: \${what}\`) }
}
export class Sub extends Coded { constructor() { super(7, 'sub') } }
/** @script */
export function t(k: int, xs: int[]): int {
  if (k === 0) throw new Coded(k + 3)
  if (k === 1) throw new Coded(k, 'w' + k, xs)
  if (k === 2) throw new Sub()
  if (k === 3) throw new Error('m', { cause: k })
  if (k === 4) throw new TypeError('m', { cause: 'text' + k })
  return k
}`,
    [({ t }) => [0, 1, 2, 3, 4, 5].map((k) => caught(() => t(k, [1, 2])))],
  ))

test('a setter under a logical assignment runs only where the right side is read', () =>
  agree(
    'strangers-setters',
    `class Option {
  held: int | null = null
  n = 0
  log: string[] = []
  get v(): int { this.log.push('get'); return this.n }
  set v(x: int) { this.log.push('set' + x); this.n = x }
  get maybe(): int | null { return this.held }
  set maybe(x: int | null) { this.log.push('maybe'); this.held = x }
}
/** @script */
export function f(n: int): [int | null, int, string[], int] {
  const options = [new Option(), new Option()]
  let reads = 0
  const at = (): int => { reads++; return 0 }
  const o = options[0]!
  options[at()]!.v ||= n
  o.v ||= 100
  o.v &&= 50
  o.maybe ??= n
  o.maybe ??= 99
  o.v += 1
  return [o.held, o.n, o.log, reads]
}`,
    [({ f }) => [f(3), f(0)]],
  ))

test('a pattern gives defaults to what an array is too short for', () =>
  agree(
    'strangers-defaults',
    `/** @script */
export function f([a, b = a! + 1, c = b * 2, ...rest]: int[]): [int, int, int, int[]] { return [a!, b, c, rest] }
/** @script */
export function g(lines: string[]): Record<string, string> {
  const out: Record<string, string> = {}
  for (const line of lines) {
    const [key, value = 'yes', unit = value + key!] = line.split('=')
    out[key!] = value + '/' + unit
  }
  return out
}`,
    [({ f }) => [f([1]), f([1, 5]), f([1, 2, 3]), f([1, 2, 3, 4, 5])], ({ g }) => g(['a=1', 'b', 'c=2=m', ''])],
  ))

test('zero has a sign, and text and number methods that others know', () =>
  agree(
    'strangers-methods',
    `/** @script */
export function zero(x: float): [float, boolean, boolean, string] {
  const z = -0
  return [1 / z, Object.is(x * z, 0), Object.is(Math.max(-0, z), -0), [1 / -0.0, z].join()]
}
/** @script */
export function rows(x: Tensor<'float32', [2]>): Tensor[] {
  return [x.add(torch.tensor([NaN, 0])), x.add(torch.tensor([Infinity, 0])), x.div(torch.tensor([0, -0])), x.div(torch.tensor([0, 0]))]
}
/** @script */
export function points(s: string, i: int): [int[], int, string, string] {
  const all: int[] = []
  for (const c of s) all.push(c.codePointAt(0)!)
  return [all, s.codePointAt(i) ?? -1, s.normalize(), s.normalize('NFD')]
}
/** @script */
export function digits(x: float): string[] { return [x.toPrecision(), x.toPrecision(3), x.toExponential(2), x.toFixed(), String(Number.isSafeInteger(x))] }`,
    [
      ({ zero }) => zero(1),
      ({ rows }) => rows(tensor([1, 2])),
      ({ points }) => [points('a😀\u0301e\u0301', 1), points('', 3)],
      ({ digits }) => [digits(1.25), digits(123456), digits(-0)],
    ],
  ))
