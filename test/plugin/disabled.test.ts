/** `enabled: false` and `TENSORSCRIPT=0`: nothing is compiled, the app runs eagerly, and operators on tensors have their meaning. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TensorScriptOptions } from '../../src/plugin/index.ts'
import { createProject } from './project.ts'

const files = {
  'main.js': `import { ready, tensor } from 'tensorscript'
import { f, model } from './model.js'
export const result = async () => {
  await ready(f)
  const x = tensor([1, 2, 3])
  return [f(x, 10), model(x)].map((y) => [...y.dataSync()])
}
`,
  'model.js': `import { nn, script } from 'tensorscript'
/** @script */
export const f = (x, k) => 2 * x - k / x[0]
class Net extends nn.Module {
  forward(x) { return -x ** 2 }
}
export const model = script(new Net())
`.replace('-x ** 2', '-(x ** 2)'),
}

async function run(options: TensorScriptOptions) {
  const project = await createProject(files)
  const bundle = await rolldown({
    input: join(project.root, 'main.js'),
    cwd: project.root,
    platform: 'node',
    plugins: [project.plugin.rolldown(options)],
  })
  await bundle.write({ dir: join(project.root, 'dist'), format: 'esm' })
  await bundle.close()
  const { result } = await import(/* @vite-ignore */ pathToFileURL(join(project.root, 'dist/main.js')).href)
  expect(project.recorded.requests).toEqual([])
  return result()
}

const expected = [
  [-8, -6, -4],
  [-1, -4, -9],
]

describe('a disabled plugin', () => {
  afterEach(() => void vi.unstubAllEnvs())

  it('by option runs eagerly, operators included', async () => {
    expect(await run({ enabled: false })).toEqual(expected)
  })

  it('by environment does the same', async () => {
    vi.stubEnv('TENSORSCRIPT', '0')
    expect(await run({})).toEqual(expected)
  })
})
