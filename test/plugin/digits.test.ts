/** The digits model through the whole path: plugin, evaluation, compiler, bundler, runtime. Its results are those of the uncompiled run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'
import type { TensorScriptOptions } from '../../src/plugin/index.ts'
import { createProject, type Project } from './project.ts'

const example = fileURLToPath(new URL('../../examples/vite-app/src/', import.meta.url))

interface Digits {
  probabilities(pixels: unknown): { dataSync(): Float32Array }
  classify(images: unknown): { dtype: string; shape: readonly number[]; dataSync(): Int32Array }
}

/** Soft blobs, different for each image: nothing of the result may be the same by accident. */
function image(seed: number): Uint8Array {
  const pixels = new Uint8Array(28 * 28)
  for (let y = 0; y < 28; y++)
    for (let x = 0; x < 28; x++) pixels[y * 28 + x] = 255 * Math.max(0, Math.sin(x / (3 + seed)) * Math.cos(y / (2 + seed) + seed)) ** 2
  return pixels
}

const main = `import { tensor } from 'tensorscript'
import { classify, probabilities } from './digits.ts'
export const run = (images) => ({
  probabilities: images.map((image) => [...probabilities(tensor(image, { dtype: 'uint8', shape: [28, 28] })).dataSync()]),
  classes: [...classify(tensor(Uint8Array.from(images.flatMap((image) => [...image])), { dtype: 'uint8', shape: [images.length, 1, 28, 28] })).dataSync()],
})
`

const digits = () =>
  createProject(
    {
      'main.js': main,
      'digits.ts': readFileSync(join(example, 'digits.ts')),
      'digits.safetensors': readFileSync(join(example, 'digits.safetensors')),
    },
    true,
  )

async function build(
  project: Project,
  options: TensorScriptOptions = {},
): Promise<{ run(images: readonly Uint8Array[]): { probabilities: number[][]; classes: number[] } }> {
  const bundle = await rolldown({
    input: join(project.root, 'main.js'),
    cwd: project.root,
    platform: 'node',
    plugins: [project.plugin.rolldown({ ...options, report: false, cacheFolder: join(project.root, 'cache') })],
  })
  await bundle.write({ dir: join(project.root, 'dist'), format: 'esm' })
  await bundle.close()
  return import(/* @vite-ignore */ `${pathToFileURL(join(project.root, 'dist/main.js')).href}?${Math.random()}`)
}

describe('the digits model', () => {
  it.each([
    ['from files', {}],
    ['inline', { inlineLimit: 10_000_000 }],
    ['exact', { exact: true }],
    ['without optimisation', { optimize: false }],
  ])('compiled (%s) gives what it gives uncompiled', async (_label, options) => {
    const project = await digits()
    const images = [0, 1, 2, 3, 4].map(image)
    const compiled = (await build(project, options)).run(images)
    const { tensor } = await import('../../src/index.ts')
    const eager: Digits = await import(/* @vite-ignore */ join(example, 'digits.ts'))
    images.forEach((pixels, i) => {
      const expected = eager.probabilities(tensor(pixels, { dtype: 'uint8', shape: [28, 28] })).dataSync()
      compiled.probabilities[i]!.forEach((value, k) => {
        expect(value).toBeCloseTo(expected[k]!, 5)
      })
    })
    const all = tensor(Uint8Array.from(images.flatMap((pixels) => [...pixels])), { dtype: 'uint8', shape: [5, 1, 28, 28] })
    expect(compiled.classes).toEqual([...eager.classify(all).dataSync()])
  })

  it('ships neither the eager library nor the class, and its weights once', async () => {
    const project = await digits()
    await build(project)
    const outputs = project.outputs()
    const code = new TextDecoder().decode(outputs.get('main.js'))
    expect(code).not.toMatch(/DigitNet|Conv2d|loadStateDict/)
    expect([...outputs.keys()].filter((name) => name.endsWith('.safetensors'))).toHaveLength(1)
    expect(code).not.toContain(project.root)
  })

  it('gives the same bytes in another folder', async () => {
    const [first, second] = [await digits(), await digits()]
    await build(first)
    await build(second)
    expect(second.outputs()).toEqual(first.outputs())
  })
})
