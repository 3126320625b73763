/** Programs as users write them, each one compiled program: equal to the uncompiled run, and to values recorded from PyTorch. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { torch } from '../../src/index.ts'
import { expectThreeWays } from '../compile/threeWays.ts'
import { differenceOf } from '../programs/compare.ts'
import type { Exports } from '../programs/program.ts'
import { uncompiled } from '../programs/run.ts'

/** The source of a script; the way it is loaded adds its import line. */
const sourceOf = (name: string): string =>
  readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8').replace(/^import .*'tensorscript'$/m, '')

async function check(name: string, calls: readonly ((exports: Exports) => unknown)[]): Promise<readonly unknown[]> {
  const source = sourceOf(name)
  await expectThreeWays(source, calls)
  const exports = uncompiled(source, true)
  return calls.map((call) => call(exports))
}

const boxes = () =>
  torch.tensor([
    [10, 10, 50, 50],
    [12, 11, 52, 49],
    [100, 100, 140, 160],
    [40, 40, 80, 80],
    [98, 105, 141, 158],
    [0, 0, 20, 20],
    [45, 42, 85, 79],
  ])
const scores = () => torch.tensor([0.9, 0.85, 0.6, 0.7, 0.8, 0.3, 0.65])

test('non-maximum suppression', async () => {
  const results = await check('nonMaximumSuppression', [
    ({ nonMaximumSuppression }) => nonMaximumSuppression(boxes(), scores(), 0.5),
    ({ nonMaximumSuppression }) => nonMaximumSuppression(boxes(), scores(), 0.03),
    ({ nonMaximumSuppression }) => nonMaximumSuppression(boxes().narrow(0, 0, 1), scores().narrow(0, 0, 1), 0.5),
  ])
  expect(results).toEqual([[0, 4, 3, 5], [0, 4, 6], [0]])
})

const closeTo = (actual: unknown, expected: readonly number[]) => {
  const values = actual as readonly number[]
  expect(values.length).toBe(expected.length)
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i]!, 4)
}

test('short-time Fourier transform', async () => {
  const signal = () => torch.arange(40, { dtype: 'float32' }).square().remainder(11).sub(5)
  const chirp = () => torch.arange(64, { dtype: 'float32' }).square().mul(0.02).sin()
  const [magnitude, loudest] = await check('shortTimeFourierTransform', [
    ({ spectrogram }) => spectrogram(signal()),
    ({ loudest }) => loudest(chirp()),
  ])
  const spectrum = magnitude as ReturnType<typeof signal>
  expect(spectrum.shape).toEqual([7, 9])
  const rows = [...spectrum.dataSync()]
  closeTo(rows.slice(0, 9), [7.70958, 6.96716, 8.75488, 13.09417, 6.7074, 2.99233, 4.21833, 3.17195, 2.34562])
  closeTo(rows.slice(-9), [10.29707, 9.92485, 12.8859, 13.389, 3.55921, 4.75657, 3.59309, 1.68793, 3.71128])
  const [bins, energy] = loudest as [number[], number]
  expect(bins).toEqual([0, 2, 2, 3, 4, 5, 6])
  expect(energy).toBeCloseTo(187.65019, 2)
})

test('beam search over a recurrent decoder', async () => {
  const state = () => torch.arange(8, { dtype: 'float32' }).reshape([1, 8]).mul(0.3).cos()
  const [narrow, wide] = await check('beamSearch', [
    ({ beamSearch }) => beamSearch(state(), 1, 5),
    ({ beamSearch }) => beamSearch(state(), 3, 6),
    ({ beamSearch }) => beamSearch(state(), 2, 0),
  ])
  expect((narrow as [number[][], number[]])[0]).toHaveLength(1)
  const [, scores] = wide as [number[][], number[]]
  expect(scores).toEqual([...scores].sort((a, b) => b - a))
})

test('byte-pair encoding', async () => {
  const text = 'low low low low low lower lower newest newest newest newest newest newest widest widest widest'
  const results = await check('bytePairEncoding', [
    ({ learn }) => learn(text, 10),
    ({ learn }) => learn('ab', 3),
    ({ encode }) => encode('lowest newer low', ['e s', 'es t', 'l o', 'lo w', 'n e', 'ne w']),
  ])
  // The first merges are those of Sennrich, Haddow and Birch, 2016.
  expect((results[0] as string[]).slice(0, 5)).toEqual(['e s', 'es t', 'l o', 'lo w', 'n e'])
  expect(results[1]).toEqual([])
  expect(
    differenceOf(results[2], [
      [0, 1, 2, 3, 4, 0],
      ['low', 'est', 'new', 'e', 'r'],
    ]),
  ).toBeNull()
})
