/** Compiled programs at run time: loading from every kind of asset, calls, checks, and everything that can be wrong with the files. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emitModule } from '../../src/compiler/artifact/emitProgram.ts'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import { programFiles } from '../../src/compiler/artifact/programFiles.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import * as runtime from '../../src/runtime/index.ts'
import { defineProgram, memoryUse, type ProgramAssets, ready, type Tensor, tensor } from '../../src/runtime/index.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { type TinyOptions, tinyProgram } from './tinyProgram.ts'

type Tiny = (x: Tensor, k: number) => Tensor

const x = tensor([1, 2, 3, 4])
const expected = [11, 22, 33, 44]

async function instantiate(options?: TinyOptions): Promise<Tiny> {
  const [program] = await instantiatePrograms([tinyProgram(options)], runtime)
  return program as unknown as Tiny
}

const fileOf = (program: CompiledProgram, role: string) => programFiles(program).find((file) => file.role === role)!

/** The program with assets of the test's choice. */
const define = (program: CompiledProgram, assets: ProgramAssets) =>
  defineProgram<Tiny>(
    program.manifest,
    () => assets,
    ($) => (x, k) => runtime.run($, 0, [x], [k, 4], [[4]])[0]!,
  )

describe('a call', () => {
  test('initialises an inline program and computes', async () => {
    const tiny = await instantiate()
    expect([...tiny(x, 10).dataSync()]).toEqual(expected)
    expect(tiny(x, 10)).toMatchObject({ dtype: 'float32', shape: [4] })
    expect(tiny.name).toBe('tiny')
  })

  test('gives results that the next call leaves alone', async () => {
    const tiny = await instantiate()
    const first = tiny(x, 1)
    tiny(x, 100)
    expect([...first.dataSync()]).toEqual([2, 4, 6, 8])
  })

  test('takes symbolic sizes, with the arena of each call', async () => {
    const tiny = await instantiate({ size: null, weights: new Array(50_000).fill(1) })
    for (const n of [1, 50_000, 3]) {
      const result = tiny(tensor(new Float32Array(n).fill(2)), 3)
      expect(result.shape).toEqual([n])
      expect(result.dataSync().every((value) => value === 7)).toBe(true)
    }
  })

  test.each([
    ['shape', () => tensor([1, 2, 3]), "parameter 'x' must be a Tensor<float32, [4]>, got a Tensor<float32, [3]>"],
    ['rank', () => tensor([[1, 2, 3, 4]]), "parameter 'x' must be a Tensor<float32, [4]>, got a Tensor<float32, [1, 4]>"],
    ['dtype', () => tensor([1, 2, 3, 4], { dtype: 'int32' }), "parameter 'x' must be a Tensor<float32, [4]>, got a Tensor<int32, [4]>"],
    ['kind', () => [1, 2, 3, 4], "parameter 'x' must be a Tensor<float32, [4]>, got object"],
  ])('refuses a wrong %s', async (_, argument, message) => {
    const tiny = await instantiate()
    expect(() => tiny(argument() as Tensor, 1)).toThrow(message)
  })

  test('takes under 3 microseconds', async () => {
    const tiny = await instantiate()
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 30; round++) {
      const start = performance.now()
      for (let i = 0; i < 2000; i++) tiny(x, i)
      best = Math.min(best, (performance.now() - start) / 2)
    }
    expect(best).toBeLessThan(3)
  })
})

describe('memory', () => {
  test('has room for weights and the largest arena, and equal weights once', async () => {
    const weights = Array.from({ length: 100_000 }, (_, i) => i)
    const before = memoryUse()
    const first = await instantiate({ name: 'first', size: 100_000, weights })
    const second = await instantiate({ name: 'second', size: 100_000, weights, hash: 'hash1' })
    const big = tensor(new Float32Array(100_000).fill(1))
    expect(second(big, 2).dataSync()[7]).toBe(9)
    expect(first(big, 3).dataSync()[7]).toBe(10)
    const after = memoryUse()
    expect(after.weights - before.weights).toBe(400_000)
    expect(after.total).toBeLessThan(after.weights + 800_000 + 65536)
  })

  test('stays flat over many calls', async () => {
    const tiny = await instantiate()
    tiny(x, 1)
    const before = memoryUse()
    for (let i = 0; i < 10_000; i++) tiny(x, 1)
    expect(memoryUse()).toEqual(before)
  })
})

describe('loading', () => {
  const folder = temporaryFolder('runtime')
  let server: Server
  let base: string
  let delay = false
  const requests: string[] = []

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url!.slice(1)
      requests.push(path)
      if (path.includes('missing')) return response.writeHead(404).end()
      if (path.includes('page')) return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')
      const bytes = readFileSync(join(folder, path))
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 40))
      setTimeout(() => response.end(bytes.subarray(40)), delay && path.endsWith('safetensors') ? 200 : 0)
      return undefined
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })

  afterAll(() => {
    server.close()
  })

  /** Writes the program's files into the served folder; assets with the addresses of them, or of what `replace` says. */
  function deploy(program: CompiledProgram, replace: Partial<Omit<ProgramAssets, 'sizes'>> = {}): ProgramAssets {
    for (const file of programFiles(program)) writeFileSync(join(folder, file.name), file.bytes)
    const [simd, weights, ir] = ['simd', 'weights', 'ir'].map((role) => fileOf(program, role))
    return {
      simd: base + simd!.name,
      weights: base + weights!.name,
      ir: base + ir!.name,
      sizes: [simd!.bytes.length, 0, weights!.bytes.length],
      ...replace,
    }
  }

  // Each test has weights of its own: equal ones would be in memory already.
  let next = 0
  const fresh = (options: TinyOptions = {}) => tinyProgram({ weights: [1, 2, 3, 4 + ++next / 64], ...options })

  test('a call before ready says what to do, a call after works, with progress over code and weights', async () => {
    const program = fresh()
    const tiny = define(program, deploy(program))
    expect(() => tiny(x, 1)).toThrow('tiny is not loaded yet: await ready')
    const seen: { loaded: number; total: number }[] = []
    await ready(tiny, { onProgress: (progress) => seen.push(progress) })
    const total = fileOf(program, 'simd').bytes.length + fileOf(program, 'weights').bytes.length
    expect(seen[0]).toEqual({ loaded: 0, total })
    expect(seen.at(-1)).toEqual({ loaded: total, total })
    expect(seen.map(({ loaded }) => loaded)).toEqual([...seen].map(({ loaded }) => loaded).sort((a, b) => a - b))
    expect([...tiny(x, 10).dataSync()].slice(0, 3)).toEqual(expected.slice(0, 3))
  })

  test('two programs with equal weights download them once, also at the same time', async () => {
    const first = fresh({ name: 'a' })
    const weights = { weights: [1, 2, 3, 4 + next / 64] }
    const second = tinyProgram({ name: 'b', hash: 'hash2', ...weights })
    const programs = [define(first, deploy(first)), define(second, deploy(second))]
    requests.length = 0
    await ready(programs)
    expect(requests.filter((path) => path.endsWith('.safetensors'))).toHaveLength(1)
    expect(programs[0]!(x, 10).dataSync()).toEqual(programs[1]!(x, 10).dataSync())
  })

  test('async waits for the program', async () => {
    const program = fresh()
    const result = await define(program, deploy(program)).async(x, 10)
    expect(result.dataSync()[0]).toBe(11)
  })

  test('graph and code are fetched when asked for', async () => {
    const program = fresh()
    const tiny = define(program, deploy(program))
    requests.length = 0
    expect(await tiny.graph).toBe(program.ir)
    expect(await tiny.code).toBe(program.code)
    expect(requests).toEqual([fileOf(program, 'ir').name, fileOf(program, 'ir').name])
  })

  test('an abort rejects with its reason and leaves the program loadable', async () => {
    delay = true
    const program = fresh()
    const tiny = define(program, deploy(program))
    const controller = new AbortController()
    const loading = ready(tiny, { signal: controller.signal })
    setTimeout(() => controller.abort(new Error('enough')), 50)
    await expect(loading).rejects.toThrow('enough')
    delay = false
    await ready(tiny)
    expect(tiny(x, 1).dataSync()[0]).toBe(2)
    await expect(ready(tiny, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
  })

  test('one of two waiters can leave', async () => {
    delay = true
    const program = fresh()
    const tiny = define(program, deploy(program))
    const controller = new AbortController()
    const [first, second] = [ready(tiny, { signal: controller.signal }), ready(tiny)]
    setTimeout(() => controller.abort(new Error('enough')), 50)
    await expect(first).rejects.toThrow('enough')
    await second
    delay = false
    expect(tiny(x, 1).dataSync()[0]).toBe(2)
  })

  test('files in Node and compiled modules need no ready', async () => {
    const program = fresh()
    deploy(program)
    const address = (role: string) => pathToFileURL(join(folder, fileOf(program, role).name))
    const fromFiles = define(program, { simd: address('simd').href, weights: address('weights') })
    expect(fromFiles(x, 10).dataSync()[0]).toBe(11)
    const module = new WebAssembly.Module(fileOf(program, 'simd').bytes as Uint8Array<ArrayBuffer>)
    const isolate = define(program, { simd: module, weights: fileOf(program, 'weights').bytes })
    expect(isolate(x, 10).dataSync()[0]).toBe(11)
    await ready(isolate)
  })

  test('ready resolves for what is not compiled, and looks into arrays and objects', async () => {
    await ready(() => 1)
    await ready([null, 3, { plain: (y: number) => y }, class {}])
    const program = fresh()
    const tiny = define(program, deploy(program))
    await ready({ models: [tiny] })
    expect(tiny(x, 1).dataSync()[0]).toBe(2)
  })

  test('the emitted module runs as it is', async () => {
    const programs = [fresh({ name: 'one' }), fresh({ name: 'two', hash: 'hash3' })]
    const { code, files, map } = emitModule(programs, {
      inlineLimit: 0,
      address: (file) => `new URL(${JSON.stringify(`./${file.name}`)}, import.meta.url)`,
      runtime: './runtime-stand-in.mjs',
      source: (file) => ({ name: file.replace('/app/', ''), code: 'text' }),
    })
    for (const file of files)
      writeFileSync(join(folder, file.name), file.bytes)
      // The runtime comes from this process: the module under test is the emitted text.
    ;(globalThis as { standIn?: object }).standIn = runtime
    writeFileSync(join(folder, 'runtime-stand-in.mjs'), 'export const { defineProgram, run, checkTensor } = globalThis.standIn\n')
    writeFileSync(join(folder, 'module.mjs'), code)
    const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'module.mjs')).href)) as { one: Tiny; two: Tiny }
    expect(module.one(x, 10).dataSync()[0]).toBe(11)
    expect(module.two(x, 10).dataSync()[1]).toBe(22)
    const { sources, sourcesContent, mappings } = JSON.parse(map)
    expect(sources).toEqual(['tiny.ts'])
    expect(sourcesContent).toEqual(['text'])
    expect(mappings).not.toBe('')
  })

  describe('refuses', () => {
    const refusal = async (assets: (program: CompiledProgram) => ProgramAssets, options: TinyOptions = {}) => {
      const program = fresh(options)
      return ready(define(program, assets(program))).then(
        () => 'loaded',
        (error: Error) => error.message,
      )
    }

    test.each<[string, (program: CompiledProgram) => ProgramAssets, string]>([
      ['code that is not there', (p) => deploy(p, { simd: `${base}missing.wasm` }), 'missing.wasm: HTTP 404'],
      ['a page in place of code', (p) => deploy(p, { simd: `${base}page.wasm` }), 'answered with an HTML page'],
      ['a page in place of weights', (p) => deploy(p, { weights: `${base}page` }), 'answered with an HTML page'],
      [
        'truncated weights',
        (p) => {
          const assets = deploy(p)
          const { name, bytes } = fileOf(p, 'weights')
          writeFileSync(join(folder, name), bytes.subarray(0, -4))
          return assets
        },
        'truncated, or of another build',
      ],
      [
        'weights of another build',
        (p) => {
          const other = fresh()
          deploy(other)
          return deploy(p, { weights: base + fileOf(other, 'weights').name })
        },
        'its weights file are of different builds',
      ],
      [
        'code of another build',
        (p) => {
          const other = fresh({ hash: 'hash9' })
          deploy(other)
          return deploy(p, { simd: base + fileOf(other, 'simd').name })
        },
        'its .wasm file are of different builds',
      ],
      [
        'a file that is no wasm',
        (p) => ({ simd: new TextEncoder().encode('nothing'), weights: fileOf(p, 'weights').bytes }),
        'something else than WebAssembly',
      ],
      [
        'weights at hand that are no safetensors file',
        (p) => ({ simd: fileOf(p, 'simd').bytes, weights: new Uint8Array(100) }),
        'truncated or no safetensors file',
      ],
    ])('%s', async (_, assets, message) => {
      expect(await refusal(assets)).toContain(message)
      expect(await refusal(assets)).toMatch(/^tensorscript: tiny /)
    })

    test('WebGPU for a program built without it', async () => {
      const program = fresh()
      await expect(ready(define(program, deploy(program)), { device: 'webgpu' })).rejects.toThrow('not built for WebGPU')
    })

    test('a program of another format', () => {
      const program = fresh()
      expect(() => define({ ...program, manifest: { ...program.manifest, format: 99 } }, deploy(program))).toThrow('has format 99')
    })
  })
})
