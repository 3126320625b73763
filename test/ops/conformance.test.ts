/// <reference types="vite/client" />
/**
 * Every operator against results recorded with PyTorch (test/data/ops, made from its OpInfo samples), run eagerly. A file passes when all
 * its cases do. Files that do not pass yet stand in conformance.failing.ts; a file that is listed but passes fails this test as well.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { decodeEntry, readSafetensors, type SafetensorsFile } from '../../src/runtime/safetensors.ts'
import { Tensor } from '../../src/runtime/tensor.ts'
import { differences } from './compareResults.ts'
import { failing } from './conformance.failing.ts'

type CaseModule = Readonly<Record<string, (...args: readonly Tensor[]) => unknown>>

const modules = import.meta.glob<CaseModule>('../data/ops/*.ts')
const folder = fileURLToPath(new URL('../data/ops/', import.meta.url))

function caseTensors(file: SafetensorsFile, prefix: string): readonly Tensor[] {
  return [...file.tensors.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .sort((a, b) => Number(/\d+$/.exec(a.name)?.[0]) - Number(/\d+$/.exec(b.name)?.[0]))
    .map((entry) => {
      const { dtype, shape, data } = decodeEntry(entry)
      return new Tensor(dtype, shape, data)
    })
}

/** One line a failing case. */
async function runFile(path: string): Promise<{ readonly failures: readonly string[]; readonly cases: number }> {
  const name = path.slice('../data/ops/'.length, -'.ts'.length)
  const module = await (modules[path] as () => Promise<CaseModule>)()
  const file = readSafetensors(readFileSync(`${folder}${name}.safetensors`), name)
  const tolerance = { rtol: Number(file.metadata.rtol), atol: Number(file.metadata.atol) }
  const failures: string[] = []
  for (const [fn, run] of Object.entries(module)) {
    const expected = caseTensors(file, `${fn}/out/`)
    try {
      const actual = run(...caseTensors(file, `${fn}/in/`))
      const problem = differences(actual, expected, tolerance)
      if (problem) failures.push(`${fn}: ${problem}`)
    } catch (error) {
      failures.push(`${fn}: ${error}`)
    }
  }
  return { failures, cases: Object.keys(module).length }
}

const only = process.env.OPS?.split(',')
const paths = Object.keys(modules)
  .sort()
  .filter((path) => !only || only.some((word) => path.includes(word)))

describe('recorded results of PyTorch', () => {
  let passed = 0
  let passedCases = 0
  let cases = 0
  for (const path of paths) {
    const name = path.slice('../data/ops/'.length, -'.ts'.length)
    it(failing.has(name) ? `${name} does not pass yet` : name, async () => {
      const { failures, cases: count } = await runFile(path)
      cases += count
      passedCases += count - failures.length
      if (failures.length === 0) passed++
      if (failing.has(name)) expect(failures, 'this file passes: take it off conformance.failing.ts').not.toEqual([])
      else expect(failures).toEqual([])
    })
  }

  it('counts', () => {
    console.log(`eager: ${passed} of ${paths.length} files, ${passedCases} of ${cases} cases`)
    if (!only) expect(passed).toBe(paths.length - failing.size)
  })
})
