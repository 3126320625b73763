/** Numbers: division, bits, conversions, Math, tensors with numbers. */
import { gives, type Program, refused, tensor, throws } from './program.ts'

export const numbers: readonly Program[] = [
  {
    id: 'N01',
    checks: 'floor division for all signs; by zero it throws',
    source: '/** @script */\nexport function f(a: int, b: int): int { return floordiv(a, b) }',
    runs: [
      gives(
        ({ f }) => [-8, -7, 0, 7].flatMap((i) => [-3, -1, 1, 2].map((j) => f(i, j))),
        [2, 8, -8, -4, 2, 7, -7, -4, 0, 0, 0, 0, -3, -7, 7, 3],
      ),
      throws(({ f }) => f(1, 0), /zero/, RangeError),
    ],
  },
  {
    id: 'N02',
    checks: 'division of ints gives a float; mixed arithmetic and comparison',
    source: `/** @script */
export function f(a: int, b: int, c: float) {
  return [a / b, a + c, a * c, a - c, a < c, a === c, mod(a, b), mod(c, a), floordiv(c, a)] as const
}`,
    runs: [gives(({ f }) => f(7, 2, 2.5), [3.5, 9.5, 17.5, 4.5, false, false, 1, 2.5, 0])],
  },
  {
    id: 'N04',
    checks: 'bit operations on ints, booleans and tensors',
    source: `/** @script */
export function f(a: int, b: int) {
  return [a & b, a | b, a ^ b, a << b, a >> b] as const
}
/** @script */
export function augmented(a: int, b: int) {
  let c = a
  c |= b
  let d = a
  d &= b
  let e = a
  e ^= b
  e <<= 2
  return [c, d, e] as const
}
/** @script */
export function g(a: boolean, b: boolean) {
  let c = a
  c ||= b
  let d = a
  d &&= b
  return [c, d, a !== b] as const
}
/** @script */
export function h(x: Tensor<'bool', [2]>, y: Tensor<'bool', [2]>) {
  return [x.bitwiseAnd(y), x.bitwiseOr(y), x.bitwiseXor(y), x.bitwiseNot()] as const
}`,
    runs: [
      gives(({ f }) => f(6, 1), [0, 7, 7, 12, 3]),
      gives(({ augmented }) => augmented(6, 1), [7, 0, 28]),
      gives(
        ({ g }) => [g(true, false), g(true, true), g(false, false)],
        [
          [true, false, true],
          [true, true, false],
          [false, false, false],
        ],
      ),
      gives(
        ({ h }) => h(tensor([true, false]), tensor([true, true])),
        [tensor([true, false]), tensor([true, true]), tensor([false, true]), tensor([false, true])],
      ),
    ],
  },
  {
    id: 'N05',
    checks: 'conversions of numbers, tensors and strings',
    source: `/** @script */
export function f(v: float) { return [Math.trunc(v), Boolean(v), String(Math.trunc(v))] as const }
/** @script */
export function g(x: Tensor<'int64', []>) { return [x.item(), x.to('float32').item(), x.ne(0).item()] as const }
/** @script */
export function h(s: string) { return [Math.trunc(Number(s)), Number(s)] as const }`,
    runs: [
      gives(
        ({ f }) => [f(1.9), f(-1.9), f(0)],
        [
          [1, true, '1'],
          [-1, true, '-1'],
          [0, false, '0'],
        ],
      ),
      gives(({ g }) => g(tensor(2, 'int64')), [2, 2, true]),
      gives(({ h }) => h('12'), [12, 12]),
    ],
  },
  {
    id: 'N07',
    checks: 'Math, and what of it is written by hand',
    source: `function factorial(n: int): int {
  let r = 1
  for (let i = 2; i <= n; i++) r *= i
  return r
}
function gcd(a: int, b: int): int {
  while (b !== 0) [a, b] = [b, mod(a, b)]
  return a
}
/** @script */
export function f(x: float) {
  return [Math.floor(x), Math.ceil(x), Math.sqrt(Math.abs(x)), Math.exp(0), Math.log(Math.abs(x)), x % 2, Math.pow(x, 2), Math.sign(x),
    Number.isNaN(x), factorial(5), gcd(12, 18), Math.PI] as const
}`,
    runs: [gives(({ f }) => f(-2.5), [-3, -2, 1.5811388300841898, 1, 0.9162907318741551, -0.5, 6.25, -1, false, 120, 6, Math.PI])],
  },
  {
    id: 'N08',
    checks: 'every, some, sums, number bases, character codes, absolute values',
    source: `/** @script */
export function f() {
  const none: int[] = []
  return [[1, 2].every((v) => v !== 0), [0, 0].some((v) => v !== 0), none.every((v) => v !== 0), [1, 2].reduce((a, b) => a + b, 0),
    [0.5, 0.5].reduce((a, b) => a + b, 0), '0x' + (255).toString(16), '-0b' + (5).toString(2), '0o' + (8).toString(8),
    'a'.charCodeAt(0), String.fromCharCode(97), Math.abs(-3), Math.abs(-2.5)] as const
}`,
    runs: [gives(({ f }) => f(), [true, false, true, 3, 1, '0xff', '-0b101', '0o10', 97, 'a', 3, 2.5])],
  },
  {
    id: 'N10',
    checks: 'tensors with numbers on either side keep the dtype that promotion says',
    source: `/** @script */
export function f(x: Tensor<'int64', [1]>) {
  return [x.add(1), x.mul(1).add(1), x.sub(1), x.neg().add(1), x.mul(2), x.add(x), x.div(2), x.reciprocal().mul(2), x.floorDivide(2),
    x.remainder(2), x.pow(2), torch.pow(2, x), x.gt(2), x.lt(2)] as const
}`,
    runs: [
      gives(
        ({ f }) => f(tensor([3], 'int64')),
        [
          tensor([4], 'int64'),
          tensor([4], 'int64'),
          tensor([2], 'int64'),
          tensor([-2], 'int64'),
          tensor([6], 'int64'),
          tensor([6], 'int64'),
          tensor([1.5]),
          tensor([2 / 3]),
          tensor([1], 'int64'),
          tensor([1], 'int64'),
          tensor([9], 'int64'),
          tensor([8], 'int64'),
          tensor([true]),
          tensor([false]),
        ],
      ),
    ],
  },
  {
    id: 'N11',
    checks: 'identity of literals; of arrays it is an error',
    source: `/** @script */
export function f() { return [null === null, true === true, (1 as int) !== 2] as const }`,
    runs: [gives(({ f }) => f(), [true, true, true])],
    refused: [refused('/** @script */\nexport function f(): boolean { return [1] === [1] }', 'S2304', '[1] === [1]')],
  },
]
