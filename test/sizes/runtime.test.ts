/** What an app pays for the runtime: reviewed numbers. A change of the snapshot belongs to the commit that causes it. */
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { describe, expect, test } from 'vitest'

const runtime = fileURLToPath(new URL('../../src/runtime/index.ts', import.meta.url))

/** The minified bundle of an app with this text. */
async function bundle(text: string): Promise<string> {
  const build = await rolldown({
    input: 'app',
    platform: 'browser',
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === 'app' ? id : id === 'tensorscript/runtime' ? { id: runtime, moduleSideEffects: false } : null),
        load: (id) => (id === 'app' ? text : null),
      },
    ],
  })
  const { output } = await build.generate({ format: 'esm', minify: true })
  await build.close()
  return output[0].code
}

/** Rounded, as compressors differ by some bytes between versions of Node. */
const kilobytes = (code: string): string => `${(brotliCompressSync(code).length / 1000).toFixed(1)} kB`

const program = `$r.defineProgram({ name: 'f' }, () => ({}), ($) => (x) => {
  $r.checkTensor(x, 'x', 'float32', [4])
  return $r.run($, 0, [x], [], [[4]])[0]
})`

describe('the runtime', () => {
  test('takes this much, compressed with Brotli', async () => {
    const sizes = {
      'tensor alone': kilobytes(await bundle(`import { tensor } from 'tensorscript/runtime'\nconsole.log(tensor)`)),
      'one program with ready and tensor': kilobytes(
        await bundle(`import * as $r from 'tensorscript/runtime'\nconsole.log($r.ready, $r.tensor, ${program})`),
      ),
      everything: kilobytes(await bundle(`import * as $r from 'tensorscript/runtime'\nconsole.log({ ...$r })`)),
    }
    expect(Number.parseFloat(sizes['one program with ready and tensor'])).toBeLessThan(5)
    expect(sizes).toMatchInlineSnapshot(`
      {
        "everything": "9.2 kB",
        "one program with ready and tensor": "4.3 kB",
        "tensor alone": "1.0 kB",
      }
    `)
  })

  test('disappears when nothing of it is used', async () => {
    expect(await bundle(`import 'tensorscript/runtime'\nimport * as $r from 'tensorscript/runtime'\nconst unused = $r.ready`)).toBe('')
  })

  test('a program that nobody imports disappears', async () => {
    const unused = `import * as $r from 'tensorscript/runtime'\nconst f = /*#__PURE__*/ ${program}\nconst g = 1\nconsole.log(g)`
    expect((await bundle(unused)).trim()).toBe('console.log(1);')
  })

  test('neither evaluates text nor names a bundler-visible Node module', async () => {
    const code = await bundle(`import * as $r from 'tensorscript/runtime'\nconsole.log({ ...$r })`)
    expect(code).not.toMatch(/\beval\b|new Function|require\(|from\s*["']node:|import\(/)
  })
})
