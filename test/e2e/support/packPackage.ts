/**
 * Global setup: packs the built library as npm would publish it and unpacks it into the `node_modules` of a sandbox folder, beside links
 * to the bundlers of this repository. Projects below that folder see the package as a user's project does: files and exports as published.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Projects of the tests lie in folders of their own below. */
    sandbox: string
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

export default function setup(project: TestProject): () => void {
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('The library is not built: run `npm run build` first.')
  const sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'tensorscript-e2e-')))
  const modules = join(sandbox, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === 'tensorscript' || name.startsWith('.')) continue
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction')
  }
  const shell = process.platform === 'win32'
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', sandbox], {
    cwd: root,
    encoding: 'utf8',
    shell,
  })
  execFileSync('tar', ['-xzf', packed.trim().split('\n').at(-1) ?? ''], { cwd: sandbox })
  renameSync(join(sandbox, 'package'), join(modules, 'tensorscript'))
  project.provide('sandbox', sandbox)
  return () => rmSync(sandbox, { recursive: true, force: true })
}
