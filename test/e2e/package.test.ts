/** The package as published: its types in a user's project, its command, and what it carries. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { copyExample, filesBelow, repository } from './support/project.ts'

/** What tsc says; empty when all is well. */
function typecheck(root: string, ...options: string[]): string {
  const tsc = join(repository, 'node_modules/typescript/bin/tsc')
  try {
    return execFileSync(process.execPath, [tsc, '--noEmit', ...options], { cwd: root, encoding: 'utf8' })
  } catch (error) {
    return String((error as { stdout?: string }).stdout)
  }
}

describe('types', () => {
  it.each(['vite-app', 'node-app'])('of %s are checked, our own declarations included', (name) => {
    const errors = typecheck(copyExample(name).root, '--skipLibCheck', 'false').split('\n')
    // unplugin's declarations name every bundler, installed or not.
    expect(errors.filter((line) => line !== '' && !line.includes('node_modules/unplugin/'))).toEqual([])
  })

  it('resolve as Node resolves', () => {
    const project = copyExample('node-app')
    project.edit('src/main.ts', "'./digits'", "'./digits.js'")
    project.edit('src/main.ts', "'./safetensors'", "'./safetensors.js'")
    expect(typecheck(project.root, '--module', 'nodenext', '--moduleResolution', 'nodenext')).toBe('')
  })

  it('refuse a wrong operator argument', () => {
    const project = copyExample('node-app')
    project.edit('src/digits.ts', 'F.logSoftmax(this.fc2(this.dropout(x)), 1)', "F.logSoftmax(this.fc2(this.dropout(x)), 'one')")
    expect(typecheck(project.root)).toMatch(/src\/digits\.ts.*TS2\d{3}/)
  })
})

it('every export leads to a file with declarations', () => {
  const folder = join(inject('sandbox'), 'node_modules/tensorscript')
  const { exports, bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = filesBelow(folder)
  const targets = Object.values<string | Record<string, string>>(exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  )
  const missing = [...targets, bin.tensorscript].filter((target: string) => !files.has(target.replace(/^\.\//, '')))
  expect(missing).toEqual([])
})

it('the command runs and says what it can do', () => {
  const main = join(inject('sandbox'), 'node_modules/tensorscript/dist/cli/main.js')
  const help = execFileSync(process.execPath, [main, '--help'], { encoding: 'utf8' })
  for (const command of ['inspect', 'verify', 'bench', 'compile']) expect(help).toContain(command)
})

it('inspect prints the graph of the example in the notation of TorchScript', () => {
  const project = copyExample('node-app')
  const main = join(inject('sandbox'), 'node_modules/tensorscript/dist/cli/main.js')
  const graph = execFileSync(process.execPath, [main, 'inspect', 'src/digits.ts', '--fn', 'classify', '--graph'], {
    cwd: project.root,
    encoding: 'utf8',
  })
  expect(graph).toMatch(/aten::argmax/)
  expect(graph).toMatch(/# .*digits\.ts:\d+:\d+/)
})
