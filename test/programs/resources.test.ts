/** `using`: what is disposed of, when, and in which order. Compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import type { Exports } from './program.ts'
import { load, type Refused } from './run.ts'

const log = `class Entry {
  constructor(readonly log: string[], readonly name: string) { log.push('+' + name) }
  [Symbol.dispose](): void { this.log.push('-' + this.name) }
}
`

test('the order of several, in branches, loops and called functions', () =>
  agree(
    'using-order',
    `${log}function inner(log: string[], n: int): int {
  using a = new Entry(log, 'inner')
  if (n > 2) return n * 10
  log.push('small')
  return n
}
/** @script */
export function f(n: int): [string[], int] {
  const log: string[] = []
  let sum = 0
  for (let i = 0; i < n; i++) {
    using a = new Entry(log, 'a'), b = new Entry(log, 'b')
    if (i === 1) continue
    using c = new Entry(log, 'c')
    if (i === 3) break
    sum += inner(log, i + sum)
  }
  if (n === 0) return [log, -1]
  using last = new Entry(log, 'last')
  log.push('end')
  return [log, sum + log.length]
}`,
    [0, 1, 2, 5].map(
      (n) =>
        ({ f }: Exports) =>
          f(n),
    ),
  ))

test('throws of the block, of what it calls and of assertions', () =>
  agree(
    'using-throws',
    `${log}function check(n: int): int {
  if (n === 2) throw new RangeError('two')
  return n
}
/** @script */
export function f(log: string[], n: int): int {
  using a = new Entry(log, 'a')
  {
    using b = new Entry(log, 'b')
    if (n === 1) throw new Error('one')
    const m = check(n)
    log.push('checked')
    assert(m !== 3, 'three')
  }
  if (n === 4) throw new Error('four')
  return n
}`,
    [0, 1, 2, 3, 4].map((n) => ({ f }: Exports) => {
      const log: string[] = []
      try {
        return [f(log, n), log]
      } catch (error) {
        return [(error as Error).message, log]
      }
    }),
  ))

test('nothing to dispose of; a resource that is inherited; a throw in place of a result', () =>
  agree(
    'using-null',
    `${log}class Named extends Entry {
  constructor(log: string[]) { super(log, 'named') }
}
/** @script */
export function f(n: int): string[] {
  const log: string[] = []
  {
    using none = null
    using maybe = n > 0 ? new Entry(log, 'maybe') : null
    using named = new Named(log)
    log.push('body')
  }
  return log
}`,
    [({ f }: Exports) => f(0), ({ f }: Exports) => f(1)],
  ))

test.each([
  [
    'an object without [Symbol.dispose]',
    'class C { n: int = 0 }\n/** @script */\nexport function f(): int {\n  using c = new C()\n  return 1\n}',
    'S2',
    'new C()',
  ],
  [
    'a call of the host, whose throw nobody would see',
    `${log}export const host = ignore((a: int): int => a)\n/** @script */\nexport function f(log: string[]): int {\n  using c = new Entry(log, 'a')\n  return host(1)\n}`,
    'S1002',
    'host(1)',
  ],
])('refused: %s', async (name, source, code, at) => {
  const attempt = load(`using-${name.length}`, source).then((compile) => compile(true))
  const { diagnostics } = (await attempt.then(
    () => null,
    (error: unknown) => error,
  )) as Refused
  expect(diagnostics.map((d) => [d.code.slice(0, code.length), d.text])).toEqual([[code, at]])
})
