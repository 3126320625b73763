/** Benchmark models on WebGPU in Chromium, built by Vite, against PyTorch's results. `MODELS=mobilenet_v2` chooses others. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { differenceFromExpected } from '../../bench/expected.ts'
import { writeWeights } from '../../bench/models/writeWeights.ts'
import { zoo } from '../../bench/models/zoo.ts'
import { launchGpuBrowser, watchPage } from './support/browser.ts'
import { createProject, repository, vites } from './support/project.ts'

const names = process.env.MODELS?.split(',') ?? ['digits', 'lstm', 'mobilenet_v2', 'minilm128']
const [[, vite]] = vites as [(typeof vites)[number]]

let browser: Browser
beforeAll(async () => {
  browser = await launchGpuBrowser()
})
afterAll(() => browser.close())

const main = `import { ready, tensor } from 'tensorscript'
import { model } from './models/model'

window.run = async (inputs) => {
  await ready(model, { device: 'webgpu' })
  const results = [model(...inputs.map(({ data, dtype, shape }) => tensor(data, { dtype, shape })))].flat()
  return Array.from(await results[0].data())
}
`

it.each(names)(
  '%s',
  async (name) => {
    writeWeights([name])
    const project = createProject({
      'index.html':
        '<!doctype html><html lang="en"><head><link rel="icon" href="data:," /></head><script type="module" src="/src/main.ts"></script></html>',
      'src/main.ts': main,
      'vite.config.ts': `import tensorscript from 'tensorscript/vite'\nexport default { plugins: [tensorscript({ targets: ['wasm', 'webgpu'] })] }\n`,
    })
    for (const folder of ['src/models', 'src/.cache']) mkdirSync(join(project.root, folder))
    copyFileSync(join(repository, `bench/models/${name}.ts`), join(project.root, 'src/models/model.ts'))
    copyFileSync(join(repository, `bench/.cache/${name}.safetensors`), join(project.root, `src/.cache/${name}.safetensors`))
    await vite.build({ root: project.root, logLevel: 'warn' })
    const server = await vite.preview({ root: project.root, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } })
    const { page, problems, requests } = await watchPage(browser)
    try {
      await page.goto(server.resolvedUrls?.local[0] ?? '')
      const inputs = zoo[name]!().map(({ data, dtype, shape }) => ({ data: Array.from(data), dtype, shape }))
      await page.waitForFunction('window.run')
      const result = await page.evaluate(
        (inputs) => (globalThis as unknown as { run(inputs: unknown): Promise<number[]> }).run(inputs),
        inputs,
      )
      expect(problems).toEqual([])
      expect(differenceFromExpected(name, result)).toBeLessThan(1e-4)
      // The device's files, and none of wasm's.
      expect(requests.filter((path) => path.endsWith('.wgsl'))).toHaveLength(1)
      expect(requests.filter((path) => path.endsWith('.wasm'))).toEqual([])
    } finally {
      await page.close()
      await server.close()
    }
  },
  300_000,
)
