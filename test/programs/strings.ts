/** Strings and printing. */
import { gives, type Program, throws } from './program.ts'

export const strings: readonly Program[] = [
  {
    id: 'ST01',
    checks: 'the methods of strings',
    source: `/** @script */
export function f(s: string) {
  const at = s.indexOf('b')
  const last = s.lastIndexOf('b')
  return [
    s.toUpperCase(), s.trim(), s.padStart(7, '*').padEnd(9, '*'), s.padEnd(7, '-'), s.padStart(7, '0'), s.split('a').length - 1,
    s.startsWith('a', 1), s.indexOf('b', 2), last, s.replace('b', 'X'), [s.slice(0, at), 'b', s.slice(at + 1)], s.split('b'),
    [s.slice(0, last), s.slice(last + 1)], ['x', 'y'].join('-'), [...s].every((c) => c.toLowerCase() !== c.toUpperCase()),
    [...s].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(''),
  ] as const
}`,
    runs: [
      gives(
        ({ f }) => f('aAbcb'),
        [
          'AABCB',
          'aAbcb',
          '**aAbcb**',
          'aAbcb--',
          '00aAbcb',
          1,
          false,
          2,
          4,
          'aAXcb',
          ['aA', 'b', 'cb'],
          ['aA', 'c', ''],
          ['aAbc', ''],
          'x-y',
          true,
          'AaBCB',
        ],
      ),
    ],
  },
  {
    id: 'ST02',
    checks: 'slices clamp; a subscript out of range traps',
    source: `/** @script */
export function f(x: string) {
  return [x.slice(1, 3), x.slice(-1, 3), x.slice(3, 1), x.slice(3, 100), x.slice(0, -2), x[0], x.at(-1)!] as const
}
/** @script */
export function g(x: string): string { return x[99] }`,
    runs: [
      gives(({ f }) => f('abcdefghi'), ['bc', '', '', 'defghi', 'abcdefg', 'a', 'i']),
      { only: 'compiled', ...throws(({ g }) => g('a'), /index 99 out of range for length 1/, RangeError) },
    ],
  },
  {
    id: 'ST04',
    checks: 'interpolation',
    source: `/** @script */
export function f(a: string, n: int, x: float): string { return \`\${a} is \${n}, \${n + 1}, \${x.toFixed(2)} %\` }`,
    runs: [gives(({ f }) => f('a', 3, 1.5), 'a is 3, 4, 1.50 %')],
  },
  {
    id: 'ST05',
    checks: 'printing values of every kind, in order',
    source: `/** @script */
export function f(a: int): int {
  console.log(a, 'a' + 'b' + 'c', 2, 1.5, [1, 2], [1, 'x'] as const, null, true)
  console.log(\`\${a}\`)
  return a
}`,
    runs: [{ call: ({ f }) => f(1), gives: 1, prints: [[1, 'abc', 2, 1.5, [1, 2], [1, 'x'], null, true], ['1']] }],
  },
]
