/** The Node example with the commands of its README line: installed from its lock, built with Rollup, started. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { expectedDigits, labels } from './support/mnist.ts'
import { filesBelow, findForbidden, repository } from './support/project.ts'

const folder = join(repository, 'examples/node-app')
const npm = (...args: string[]) =>
  execFileSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32', timeout: 200_000 })

let printed = ''
beforeAll(() => {
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  npm('ci')
  npm('run', 'build')
  printed = npm('start')
})

it('classifies the stored images with the accuracy of PyTorch, and logits within 1e-4 of it', () => {
  const right = expectedDigits.filter((digit, image) => digit === labels[image]).length
  expect(printed).toContain(`${((100 * right) / labels.length).toFixed(2)}% (${right} of ${labels.length})`)
  expect(right / labels.length).toBeGreaterThanOrEqual(0.98)
  expect(Number(/difference to PyTorch\s+(\S+)/.exec(printed)?.[1])).toBeLessThan(1e-4)
  expect(Number(/speed\s+([\d,]+) images per second/.exec(printed)?.[1]?.replaceAll(',', ''))).toBeGreaterThan(100)
})

it('ships less than 30 KB of JavaScript and WebAssembly, gzipped', () => {
  const code = [...filesBelow(join(folder, 'dist'))].filter(([file]) => /\.(js|wasm)$/.test(file))
  expect(code.length).toBeGreaterThan(1)
  expect(code.reduce((sum, [, bytes]) => sum + gzipSync(bytes).length, 0)).toBeLessThan(30_000)
})

it('ships neither compiler nor eager library nor parser nor shaders', () => {
  expect(findForbidden(join(folder, 'dist'))).toEqual([])
})
