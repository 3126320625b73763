/** Which process gets the native variant: the flag it needs is V8's, and only newer V8 on x64 gains by it. */
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

/** The variant that a process of this kind takes, and the flags that it sets. */
async function chosen(versions: object, arch = 'x64'): Promise<readonly [unknown, readonly string[]]> {
  const flags: string[] = []
  vi.stubGlobal('process', { versions, arch, getBuiltinModule: () => ({ setFlagsFromString: (flag: string) => flags.push(flag) }) })
  vi.resetModules()
  const { nativeCode } = await import('../../src/runtime/native.ts')
  nativeCode('first.wasm')
  return [nativeCode('code.wasm'), flags]
}

test('Node 24 and newer on x64 takes it and sets the flag once', async () => {
  expect(await chosen({ node: '24.1.0' })).toEqual(['code.wasm', ['--experimental-wasm-revectorize']])
  expect(await chosen({ node: '26.0.0' })).toEqual(['code.wasm', ['--experimental-wasm-revectorize']])
})

test.each([
  ['an older Node', { node: '22.12.0' }, 'x64'],
  ['another processor', { node: '24.1.0' }, 'arm64'],
  ['Bun', { node: '24.1.0', bun: '1.3.0' }, 'x64'],
  ['Deno', { node: '24.1.0', deno: '2.5.0' }, 'x64'],
])('%s takes the usual code and sets nothing', async (_, versions, arch) => {
  expect(await chosen(versions, arch)).toEqual([undefined, []])
})

test('a browser has no process at all', async () => {
  vi.stubGlobal('process', undefined)
  vi.resetModules()
  const { nativeCode } = await import('../../src/runtime/native.ts')
  expect(nativeCode('code.wasm')).toBeUndefined()
})
