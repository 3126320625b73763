/** Options are checked when the configuration is read; filters and budgets do what they say. */
import { describe, expect, it } from 'vitest'
import { exceededBudgets } from '../../src/plugin/budgets.ts'
import { resolveOptions, scriptFiles, type TensorScriptOptions } from '../../src/plugin/options.ts'
import { tinyProgram } from '../runtime/tinyProgram.ts'

describe('options', () => {
  it.each([
    [{ enable: true }, /unknown option `enable` \(did you mean `enabled`\?\)/],
    [{ targets: ['cuda'] }, /option `targets` must be an array of 'wasm' and 'webgpu', got \["cuda"\]/],
    [{ targets: [] }, /option `targets`/],
    [{ evaluate: 'sometimes' }, /option `evaluate` must be 'auto' or 'never' or 'always'/],
    [{ inlineLimit: -1 }, /option `inlineLimit` must be a number that is not negative/],
    [{ exact: 'yes' }, /option `exact` must be true or false/],
    [{ include: 5 }, /option `include`/],
    [{ budgets: { f: { bytes: 1 } } }, /unknown budget `bytes` of f/],
    [{ budgets: { f: { codeBytes: '1' } } }, /budget `codeBytes` of f must be a number/],
  ])('refuse %j', (options, message) => {
    expect(() => resolveOptions(options as TensorScriptOptions)).toThrow(message)
  })

  it('have defaults that need no configuration', () => {
    expect(resolveOptions()).toMatchObject({
      enabled: true,
      targets: ['wasm'],
      evaluate: 'auto',
      exact: false,
      optimize: true,
      inspect: true,
    })
    expect(resolveOptions({ targets: ['webgpu', 'wasm', 'wasm'] }).targets).toEqual(['wasm', 'webgpu'])
  })

  it.each([
    ['/app/a.ts', true],
    ['/app/a.mjs', true],
    ['/app/a.tsx?v=1', true],
    ['/app/a.ts?worker_file&type=module', true],
    ['/app/A.vue?vue&type=script&lang.ts', true],
    ['/app/a.ts?raw', false],
    ['/app/a.js?v=1&url', false],
    ['/app/a.css', false],
    ['/app/a.json', false],
  ])('take %s for a script: %s', (file, expected) => {
    expect(scriptFiles.test(file)).toBe(expected)
  })
})

describe('budgets', () => {
  const report = { ...tinyProgram().report, program: 'f', kernels: 3, arenaBytes: 'N * 8' as const }

  it('name the program, the size and the limit', () => {
    expect(exceededBudgets([report], { f: { weightBytes: 8, kernels: 2, codeBytes: 1e6 } })).toEqual([
      'f: weightBytes 16 B exceeds the budget of 8 B',
      'f: kernels 3 exceeds the budget of 2',
    ])
  })

  it('hold for every program under *, and the program itself may differ', () => {
    expect(exceededBudgets([report], { '*': { kernels: 2 } })).toHaveLength(1)
    expect(exceededBudgets([report], { '*': { kernels: 2 }, f: { kernels: 3 } })).toEqual([])
  })

  it('are exceeded by sizes that are not known at build time, and by programs that do not exist', () => {
    expect(exceededBudgets([report], { f: { arenaBytes: 1e9 } })).toEqual(['f: arenaBytes N * 8 exceeds the budget of 1000.00 MB'])
    expect(exceededBudgets([report], { g: { kernels: 1 } })).toEqual(['budget for g: there is no program of this name'])
  })
})
