/** `verify`: reading case files, comparing results, and how every kind of failure is reported. The functions here are given; devices are tested with the command. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCaseFiles, readCaseFile } from '../../src/cli/verify/cases.ts'
import { compareResults } from '../../src/cli/verify/compare.ts'
import type { Device } from '../../src/cli/verify/device.ts'
import { runCases } from '../../src/cli/verify/runCases.ts'
import { type NamedTensor, writeSafetensors } from '../../src/compiler/artifact/safetensors.ts'
import type { DType } from '../../src/ops/dtype.ts'
import type { TensorData } from '../../src/runtime/safetensors.ts'
import { Tensor } from '../../src/runtime/tensor.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

const folder = temporaryFolder('cases')

const storage = { float32: Float32Array, int64: Int32Array, int32: Int32Array, uint8: Uint8Array, bool: Uint8Array }
const named = (name: string, values: readonly number[], dtype: DType = 'float32', shape = [values.length]): NamedTensor => ({
  name,
  dtype,
  shape,
  data: storage[dtype].from(values),
})
const make = (values: readonly number[], dtype: DType = 'float32', shape = [values.length]) =>
  new Tensor(dtype, shape, storage[dtype].from(values))

function writeCase(
  name: string,
  source: string,
  tensors: readonly NamedTensor[],
  metadata: Record<string, string> = { rtol: '0', atol: '1e-3' },
): string {
  writeFileSync(join(folder, `${name}.ts`), source)
  writeFileSync(join(folder, `${name}.safetensors`), writeSafetensors(tensors, metadata).bytes)
  return join(folder, `${name}.ts`)
}

describe('comparing', () => {
  const expected = (values: readonly number[], storedDtype = 'F32', shape = [values.length]) => [
    { dtype: 'float32' as const, storedDtype, shape, data: Float32Array.from(values) },
  ]
  const exact = { rtol: 0, atol: 0 }

  test.each<[string, unknown, ReturnType<typeof expected>, { rtol: number; atol: number }, string | null]>([
    ['equal values', make([1, -0]), expected([1, 0]), exact, null],
    ['NaN with NaN, infinities with themselves', make([Number.NaN, Infinity]), expected([Number.NaN, Infinity]), exact, null],
    ['within atol + rtol * |expected|', make([10.15]), expected([10]), { rtol: 0.01, atol: 0.06 }, null],
    [
      'beyond it',
      make([10.2]),
      expected([10]),
      { rtol: 0.01, atol: 0.06 },
      '1 of 1 values differ, most at [0]: 10.199999809265137, expected 10',
    ],
    ['a number for NaN', make([1]), expected([Number.NaN]), { rtol: 1, atol: 1 }, '1 of 1 values differ, most at [0]: 1, expected NaN'],
    [
      'a number for infinity',
      make([1]),
      expected([Infinity]),
      { rtol: 1, atol: 1 },
      '1 of 1 values differ, most at [0]: 1, expected Infinity',
    ],
    [
      'a NaN for a number',
      make([0, Number.NaN]),
      expected([0, 1]),
      { rtol: 1, atol: 1 },
      '1 of 2 values differ, most at [1]: NaN, expected 1',
    ],
    [
      'where the error is largest',
      make([1, 5, 3], 'float32', [3, 1]),
      expected([0, 0, 0], 'F32', [3, 1]),
      exact,
      '3 of 3 values differ, most at [1, 0]: 5, expected 0',
    ],
    ['another dtype', make([1], 'int64'), expected([1]), exact, 'dtype is I64, expected F32'],
    ['another shape', make([1, 2], 'float32', [1, 2]), expected([1, 2]), exact, 'shape is [1, 2], expected [2]'],
    ['a dtype that this library lacks', make([1]), expected([1], 'F64'), exact, 'dtype is F32, expected F64'],
    ['a number for a tensor without dims', 3, expected([3], 'I64', []), exact, null],
    ['a number for a tensor with dims', 3, expected([3]), exact, 'gave 3, expected a tensor of shape [1]'],
    ['a boolean for a bool', true, expected([1], 'BOOL', []), exact, null],
    ['a number for a bool', 1, expected([1], 'BOOL', []), exact, 'gave the number 1, expected a boolean'],
    ['too few results', [], expected([1]), exact, 'gave 0 results, expected 1'],
    [
      'nested results in order',
      [[make([1])], make([2])],
      [...expected([1]), ...expected([3])],
      exact,
      'result 1: 1 of 1 values differ, most at [0]: 2, expected 3',
    ],
    ['something else', 'text', expected([1]), exact, 'gave string, expected a tensor'],
  ])('%s', (_, result, wanted, tolerance, difference) => {
    expect(compareResults(result, wanted, tolerance)).toBe(difference)
  })
})

describe('reading', () => {
  test('takes cases, arguments, results in order and tolerances', async () => {
    const source = writeCase('read', '', [named('f_0/in/x', [1]), named('f_0/out/1', [2]), named('f_0/out/0', [3]), named('g/out/0', [4])])
    const file = await readCaseFile(source)
    expect(file).toMatchObject({ name: 'read', rtol: 0, atol: 1e-3 })
    expect(file.cases.map(({ name }) => name)).toEqual(['f_0', 'g'])
    expect([...(file.cases[0]?.inputs.keys() ?? [])]).toEqual(['x'])
    expect(file.cases[0]?.outputs.map(({ data }) => data[0])).toEqual([3, 2])
  })

  test('refuses tensors of other names', async () => {
    await expect(readCaseFile(writeCase('names', '', [named('weight', [1])]))).rejects.toThrow("'weight' is not FUNCTION/in/PARAM")
    await expect(readCaseFile(writeCase('names', '', [named('f/out/first', [1])]))).rejects.toThrow('outputs are numbered')
  })

  test('finds pairs, and names values without functions', async () => {
    const alone = mkdtempSync(join(folder, 'pairs-'))
    for (const name of ['b.ts', 'b.safetensors', 'a.ts', 'a.safetensors', 'helper.ts', 'lost.safetensors'])
      writeFileSync(join(alone, name), '')
    expect(await findCaseFiles(alone)).toEqual({ sources: [join(alone, 'a.ts'), join(alone, 'b.ts')], incomplete: ['lost.safetensors'] })
  })
})

test('every case passes or fails, and a broken file fails each of its cases', async () => {
  const source = `
    export function twice(x: Tensor, by = 2): Tensor { return x }
    export const wrong = (y: Tensor) => y
    export function throws(x: Tensor): Tensor { return x }
    export function renamed(z: Tensor): Tensor { return z }
  `
  const good = writeCase('good', source, [
    ...[named('twice/in/x', [1, 2]), named('twice/out/0', [2, 4])],
    ...[named('wrong/in/y', [1]), named('wrong/out/0', [5])],
    ...[named('throws/in/x', [1]), named('throws/out/0', [1])],
    ...[named('renamed/in/x', [1]), named('renamed/out/0', [1])],
    named('absent/out/0', [1]),
  ])
  const broken = writeCase('broken', 'export {}', [named('one/out/0', [1]), named('two/out/0', [1])])
  const damaged = writeCase('damaged', 'export {}', [])
  writeFileSync(damaged.replace('.ts', '.safetensors'), 'x')

  const device: Device = {
    async load(path) {
      if (path === broken) throw new Error('does not compile\nand more')
      return {
        async call(name, [x]) {
          if (name === 'throws') throw new RangeError('out of range')
          return make([...(x as TensorData).data].map((value) => value * 2))
        },
      }
    },
    async close() {},
  }
  const lines: string[] = []
  const summary = await runCases([good, broken, damaged], device, ({ file, name, failure }) =>
    lines.push(`${file} ${name}: ${failure ?? 'ok'}`),
  )
  expect(lines).toEqual([
    'good twice: ok',
    'good wrong: 1 of 1 values differ, most at [0]: 2, expected 5',
    'good throws: out of range',
    "good renamed: 'renamed' has no parameter 'x'",
    "good absent: good.ts exports no function 'absent'",
    'broken one: does not compile',
    'broken two: does not compile',
    'damaged *: damaged.safetensors: 1 bytes are too few for a safetensors file',
  ])
  expect(summary).toMatchObject({ passed: 1, failed: 7, files: 3, filesPassed: 0 })
})
