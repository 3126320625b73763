/**
 * Every operator against results recorded with PyTorch (test/data/ops), compiled for the dtypes and shapes of the recorded arguments, optimizer on
 * and off. A file passes when all its cases do. Files that do not pass yet stand in operators.failing.ts; one that is listed but passes
 * fails this test as well. `OPS=softmax,conv` runs the files whose names contain one of the words.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { type Case, readCaseFile } from '../../src/cli/verify/cases.ts'
import { compareResults } from '../../src/cli/verify/compare.ts'
import { readParameters } from '../../src/cli/verify/parameters.ts'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import { compileProgram } from '../../src/compiler/index.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import * as runtime from '../../src/runtime/index.ts'
import { failing } from './operators.failing.ts'
import { requestOf } from './requestText.ts'

const folder = fileURLToPath(new URL('../data/ops/', import.meta.url))
const only = process.env.OPS?.split(',')
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => !only || only.some((word) => name.includes(word)))
  .sort()

/** One line a failing case. */
async function runFile(name: string, optimize: boolean): Promise<readonly string[]> {
  const source = `${folder}${name}.ts`
  const [file, parameters] = await Promise.all([readCaseFile(source), readParameters(source)])
  const code = readFileSync(source, 'utf8')
  const failures: string[] = []
  const compiled: { readonly item: Case; readonly program: CompiledProgram }[] = []
  for (const item of file.cases) {
    const result = compileProgram(
      requestOf(code, { name: item.name, file: source, signature: item.inputs, options: { optimize, verify: 'ends' } }),
    )
    if (result.ok) compiled.push({ item, program: result.program })
    else failures.push(`${item.name}: ${result.diagnostics[0]!.code} ${result.diagnostics[0]!.message}`)
  }
  const callables = await instantiatePrograms(
    compiled.map(({ program }) => program),
    runtime,
  )
  for (const [i, { item }] of compiled.entries()) {
    const args = parameters.get(item.name)!.map((parameter) => {
      const input = item.inputs.get(parameter)!
      return runtime.tensor(input.data, { dtype: input.dtype, shape: input.shape })
    })
    try {
      const difference = compareResults(callables[i]!(...args), item.outputs, file)
      if (difference !== null) failures.push(`${item.name}: ${difference}`)
    } catch (error) {
      failures.push(`${item.name}: ${error}`)
    }
  }
  return failures
}

describe.each([
  ['optimized', true],
  ['unoptimized', false],
] as const)('recorded results of PyTorch, %s', (mode, optimize) => {
  let passed = 0
  for (const name of names) {
    test(failing.has(name) ? `${name} does not pass yet` : name, async () => {
      const failures = await runFile(name, optimize)
      if (failures.length === 0) passed++
      if (failing.has(name)) expect(failures, 'this file passes: take it off operators.failing.ts').not.toEqual([])
      else expect(failures).toEqual([])
    })
  }
  afterAll(() => console.log(`compiled, ${mode}: ${passed} of ${names.length} files`))
})
