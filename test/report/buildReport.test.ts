/** The build report as people and tools read it. */
import { expect, test } from 'vitest'
import type { ProgramReport } from '../../src/compiler/program.ts'
import { buildReport, formatCount, reportJson, reportTable } from '../../src/report/buildReport.ts'

const digits: ProgramReport = {
  program: 'classify',
  file: '/app/digits.ts',
  segments: 1,
  kernels: 6,
  fusionGroups: 4,
  flops: 2_456_789,
  arenaBytes: 61_440,
  codeBytes: { javascript: 420, simd: 9_312, relaxed: 9_120, wgsl: 0 },
  weightBytes: 424_128,
  synchronizations: [],
}

const dynamic: ProgramReport = {
  ...digits,
  program: 'batch',
  flops: '2456789*N',
  arenaBytes: '61440*N',
  synchronizations: ['item at digits.ts:9:4'],
}

test('the table has a row a program, sorted, and says where the host waits', () => {
  expect(`\n${reportTable(buildReport([digits, dynamic]))}`).toBe(`
program   segments  kernels  fused     FLOPs     arena     JS     wasm    weights
batch            1        6      4  symbolic  symbolic  420 B  9.31 kB  424.13 kB
classify         1        6      4    2.46 M  61.44 kB  420 B  9.31 kB  424.13 kB
batch: FLOPs are 2456789*N
batch: the arena has 61440*N bytes
batch: waits for its results: item at digits.ts:9:4`)
})

test('JSON has the same programs, in the same order whatever order they came in, and totals', () => {
  const text = reportJson(buildReport([digits, dynamic]))
  expect(reportJson(buildReport([dynamic, digits]))).toBe(text)
  expect(JSON.parse(text)).toEqual({
    version: 1,
    programs: [dynamic, digits],
    totals: { codeBytes: 2 * (420 + 9_312), weightBytes: 2 * 424_128 },
  })
})

test('counts are three digits and a unit', () => {
  expect([0, 999, 1000, 1_234_567, 2.5e12].map(formatCount)).toEqual(['0', '999', '1.00 k', '1.23 M', '2.50 T'])
})
