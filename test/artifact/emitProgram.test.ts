/** Emitted modules: what is inlined, how files are named and shared, where the source map leads. Running them is in test/runtime. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, test } from 'vitest'
import { emitModule, emitProgram, type ModuleOptions } from '../../src/compiler/artifact/emitProgram.ts'
import { programFiles } from '../../src/compiler/artifact/programFiles.ts'
import { shareWeights } from '../../src/compiler/artifact/shareWeights.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import { readSafetensors } from '../../src/runtime/safetensors.ts'
import { tinyProgram } from '../runtime/tinyProgram.ts'

const options: ModuleOptions = { inlineLimit: 0, address: (file) => JSON.stringify(`/assets/${file.name}`) }
const size = programFiles(tinyProgram())
  .filter(({ role }) => role !== 'ir')
  .reduce((sum, { bytes }) => sum + bytes.length, 0)

describe('files', () => {
  test('are named after program and content; a relaxed variant that is no other is left out', () => {
    const names = programFiles(tinyProgram({ name: 'a b' })).map(({ name }) => name)
    expect(names).toEqual([
      'a_b-hash0.simd.wasm',
      expect.stringMatching(/^a_b-[a-z2-7]{16}\.safetensors$/),
      expect.stringMatching(/^a_b-[a-z2-7]{16}\.ir\.json$/),
    ])
    const program = tinyProgram()
    const relaxed = { ...program, wasm: { simd: program.wasm!.simd, relaxed: program.wasm!.simd.slice(0, -1) } }
    expect(programFiles(relaxed).map(({ role }) => role)).toEqual(['simd', 'relaxed', 'weights', 'ir'])
  })

  test('native code that is the relaxed one shares its file, its length and, inline, its text', () => {
    const program = tinyProgram()
    const { simd } = program.wasm!
    const relaxed = simd.slice(0, -1)
    const shared = { ...program, wasm: { simd, relaxed, native: relaxed } }
    expect(programFiles(shared).map(({ role, native }) => [role, native])).toEqual([
      ['simd', undefined],
      ['relaxed', true],
      ['weights', undefined],
      ['ir', undefined],
    ])
    const { code } = emitProgram(shared, options)
    expect(code).toMatch(/\(\$c = "\/assets\/[\w-]+\.relaxed\.wasm"\) => \(\{ simd: "[^"]*", relaxed: \$c, native: \$r\.nativeCode\(\$c\),/)
    expect(code).toMatch(/sizes: \[(\d+), (\d+), \d+, \2\]/)
    expect(emitProgram(shared, { ...options, inlineLimit: 1e6 }).code.split('base64')).toHaveLength(4)
    const own = { ...program, wasm: { simd, relaxed, native: simd.slice(0, -2) } }
    expect(programFiles(own).map(({ role, native }) => [role, native])).toContainEqual(['native', undefined])
    const all = programFiles({ ...program, wasm: { simd, relaxed: simd, native: simd } })
    expect(all.map(({ role, native }) => [role, native])[0]).toEqual(['simd', true])
  })

  test('of code are valid WebAssembly that carries the hash', () => {
    const [code] = programFiles(tinyProgram({ hash: 'abc' }))
    const module = new WebAssembly.Module(code!.bytes as Uint8Array<ArrayBuffer>)
    expect(WebAssembly.Module.customSections(module, 'tensorscript').map((section) => new TextDecoder().decode(section))).toEqual(['abc'])
  })

  test('of weights are listed by any safetensors reader', () => {
    const weights = programFiles(tinyProgram()).find(({ role }) => role === 'weights')
    expect([...readSafetensors(weights!.bytes).tensors.keys()]).toEqual(['w'])
  })

  test('with equal weights are one', () => {
    const { files, code } = emitModule([tinyProgram({ name: 'a' }), tinyProgram({ name: 'b', hash: 'hash1' })], options)
    expect(files.map(({ role }) => role).sort()).toEqual(['ir', 'ir', 'simd', 'simd', 'weights'])
    const weights = files.find(({ role }) => role === 'weights')!
    expect(code.split(weights.name)).toHaveLength(3)
  })

  test('with weights to itself a program may cover them, with weights of several none may', () => {
    const covering = (name: string, weightsHash: string): CompiledProgram => {
      const program = tinyProgram({ name })
      return { ...program, manifest: { ...program.manifest, weightsHash, derived: { at: 0, bytes: 64 } } }
    }
    const derivedOf = (...programs: CompiledProgram[]) => shareWeights(programs).map(({ manifest }) => manifest.derived)
    expect(derivedOf(covering('a', 'w'), covering('b', 'v'))).toEqual([
      { at: 0, bytes: 64 },
      { at: 0, bytes: 64 },
    ])
    expect(derivedOf(covering('a', 'w'), covering('b', 'w'))).toEqual([{ bytes: 64 }, { bytes: 64 }])
    expect(derivedOf({ ...covering('a', 'w'), methods: [covering('a.b', 'w')] })).toEqual([{ bytes: 64 }])
  })
})

describe('inlining', () => {
  test('happens up to the limit, and leaves the IR outside', () => {
    const inline = emitProgram(tinyProgram(), { ...options, inlineLimit: size })
    expect(inline.files.map(({ role }) => role)).toEqual(['ir'])
    expect(inline.code).toContain('data:application/wasm;base64,AGFzbQ')
    const apart = emitProgram(tinyProgram(), { ...options, inlineLimit: size - 1 })
    expect(apart.files.map(({ role }) => role)).toEqual(['simd', 'weights', 'ir'])
    expect(apart.code).not.toContain('base64')
  })
})

test('the same programs give the same module', () => {
  const programs = () => [tinyProgram({ name: 'a' }), tinyProgram({ name: 'b' })]
  expect(emitModule(programs(), options)).toEqual(emitModule(programs(), options))
})

test('the source map leads from statements to the lines of the user', () => {
  const { code, map } = emitModule([tinyProgram({ name: 'a' }), tinyProgram({ name: 'b' })], {
    ...options,
    file: 'tiny.js',
    source: () => ({ name: '../src/tiny.ts', code: 'the text' }),
  })
  const trace = new TraceMap(map)
  expect(trace.sourcesContent).toEqual(['the text'])
  const lines = code.split('\n')
  const checks = lines.flatMap((text, i) => (text.includes('checkTensor') ? [i] : []))
  expect(checks).toHaveLength(2)
  for (const i of checks) {
    // Mappings of the tiny program: the arrow function at 3:2, 14 characters later its first statement at 4:4.
    expect(originalPositionFor(trace, { line: i, column: lines[i - 1]!.indexOf('(x, k)') })).toMatchObject({
      source: '../src/tiny.ts',
      line: 3,
      column: 2,
    })
    expect(originalPositionFor(trace, { line: i + 1, column: lines[i]!.length })).toMatchObject({ line: 4, column: 4 })
  }
})
