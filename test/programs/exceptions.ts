/** Exceptions: class and message reach the host. */
import { torch } from '../../src/index.ts'
import { gives, type Program, refused, throws } from './program.ts'

export const exceptions: readonly Program[] = [
  {
    id: 'X01',
    checks: 'a branch that throws gives no value at the join',
    source: `/** @script */
export function f(n: int): int {
  let k: int
  if (n > 5) {
    if (n === 6) return 600
    k = n
  } else if (n < 0) {
    throw new RangeError('negative')
  } else {
    k = 1
  }
  return k + 1
}
/** @script */
export function g(n: int): int {
  for (const i of range(n)) throw new Error('entered')
  return 3
}`,
    runs: [
      gives(({ f, g }) => [f(6), f(8), f(2), g(0), g(-3)], [600, 9, 2, 3, 3]),
      throws(({ f }) => f(-2), /^negative$/, RangeError),
      throws(({ g }) => g(1), /^entered$/),
    ],
  },
  {
    id: 'X02',
    checks: 'messages of several parts, no message, a function that always throws, a value that is no error',
    source: `/** @script */
export function a(): void { throw new Error('hello', { cause: 'goodbye' }) }
/** @script */
export function b(): void { throw new Error() }
/** @script */
export function c(): Tensor { throw new Error('Hi') }`,
    runs: [throws(({ a }) => a(), /^hello$/), throws(({ b }) => b(), /^$/), throws(({ c }) => c(), /^Hi$/)],
    refused: [
      refused('/** @script */\nexport function d(): void { throw 3 + 4 }', 'S1001', 'throw 3 + 4'),
      refused(
        `/** @script */
export function e(): void {
  const x = new Error()
  console.log(x)
}`,
        'S1002',
        'new Error()',
      ),
    ],
  },
  {
    id: 'X04',
    checks: 'error classes of the user keep their class at the host',
    source: `export class SimpleValueError extends RangeError {
  constructor(message: string) { super(message) }
}
/** @script */
export function f(): int {
  throw new SimpleValueError('An error occurred...')
  return 0
}`,
    runs: [throws(({ f }) => f(), /^An error occurred\.\.\.$/, RangeError), gives(({ f }) => nameOfThrown(f), 'SimpleValueError')],
  },
  {
    id: 'X05',
    checks: 'a shape that does not fit throws before any work, and names both sizes',
    source: `function baz(c: Tensor, b: Tensor): Tensor { return c.add(b) }
function foo(c: Tensor, b: Tensor): Tensor { return baz(c, b) }
/** @script */
export function bar(c: Tensor<'float32', ['N']>, b: Tensor<'float32', ['M']>): Tensor { return foo(c, b) }`,
    runs: [throws(({ bar }) => bar(torch.rand([10]), torch.rand([9])), /10.*9/)],
    refused: [
      refused(
        `function baz(c: Tensor, b: Tensor): Tensor { return c.add(b) }
function foo(c: Tensor, b: Tensor): Tensor { return baz(c, b) }
/** @script */
export function bar(c: Tensor<'float32', [10]>, b: Tensor<'float32', [9]>): Tensor { return foo(c, b) }`,
        'S3001',
        'c.add(b)',
      ),
    ],
  },
]

function nameOfThrown(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    return (error as Error).constructor.name
  }
  return 'nothing'
}
