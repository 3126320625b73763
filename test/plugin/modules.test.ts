/** Modules with several entry points in a build with Vite: one callable with its exported methods. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { expect, it } from 'vitest'
import { createProject } from './project.ts'

const files = {
  'main.ts': `import { ready, tensor } from 'tensorscript'
import { net } from './net.ts'
export async function run() {
  const progress: number[][] = []
  await ready(net, { onProgress: ({ loaded, total }) => progress.push([loaded, total]) })
  const x = tensor([1, 2, 3])
  return { forward: [...net(x).dataSync()], scaled: [...net.scaled(x, 2).dataSync()], last: progress.at(-1) }
}
`,
  'net.ts': `import { exported, nn, script, type float, type Tensor, torch } from 'tensorscript'
class Base extends nn.Module {
  weight = new nn.Parameter(torch.tensor([1, 10, 100]))
  forward(x: Tensor<'float32', [3]>): Tensor { return x.mul(this.weight) }
  @exported scaled(x: Tensor<'float32', [3]>, by: float): Tensor { return this.helper(x).mul(by) }
  helper(x: Tensor): Tensor { return x }
}
class Net extends Base {
  helper(x: Tensor): Tensor { return this.forward(x as Tensor<'float32', [3]>).neg() }
}
export const net = script(new Net())
`,
}

it('gives them along with forward, loaded together', async () => {
  const project = await createProject(files, true)
  await build({
    root: project.root,
    configFile: false,
    logLevel: 'silent',
    plugins: [project.plugin.vite({ inlineLimit: 0, report: false }) as never],
    build: { ssr: 'main.ts', rollupOptions: { output: { entryFileNames: 'main.mjs' } } },
    ssr: { noExternal: true },
  })
  const { run } = await import(/* @vite-ignore */ pathToFileURL(join(project.root, 'dist/main.mjs')).href)
  const { forward, scaled, last } = await run()
  expect(forward).toEqual([1, 20, 300])
  expect(scaled).toEqual([-2, -40, -600])
  expect(last[0]).toBe(last[1])
  expect(last[1]).toBeGreaterThan(0)
  expect([...project.outputs().keys()].filter((name) => /net\.scaled-.*simd\.wasm/.test(name)).length).toBe(1)
}, 60_000)
