/** Projects in the sandbox, and the two generations of Vite that they are built with. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import { inject } from 'vitest'

export const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** The tests use what both have in common. */
export const vites: readonly (readonly [name: string, vite: typeof vite8])[] = [
  ['Vite 8', vite8],
  ['Vite 7', vite7 as unknown as typeof vite8],
]

export interface Project {
  readonly root: string
  read(file: string): string
  write(file: string, text: string): void
  /** Replaces text that must be there. */
  edit(file: string, from: string, to: string): void
}

function project(root: string): Project {
  const path = (file: string) => join(root, file)
  const read = (file: string) => readFileSync(path(file), 'utf8')
  const write = (file: string, text: string) => {
    mkdirSync(dirname(path(file)), { recursive: true })
    writeFileSync(path(file), text)
  }
  return {
    root,
    read,
    write,
    edit(file, from, to) {
      const text = read(file)
      if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`)
      write(
        file,
        text.replace(from, () => to),
      )
    },
  }
}

/** A copy of an example, without what was installed or built there. */
export function copyExample(name: string): Project {
  const root = mkdtempSync(join(inject('sandbox'), `${name}-`))
  const source = join(repository, 'examples', name)
  cpSync(source, root, {
    recursive: true,
    filter: (file) =>
      !relative(source, file)
        .split(sep)
        .some((part) => part === 'node_modules' || part === 'dist'),
  })
  return project(root)
}

/** A new project with these files, and the digits model in `src/digits.ts`. */
export function createProject(files: Readonly<Record<string, string>>): Project {
  const result = project(mkdtempSync(join(inject('sandbox'), 'project-')))
  const example = join(repository, 'examples/vite-app')
  for (const file of ['vite.config.ts', 'src/digits.ts', 'src/digits.safetensors']) cpSync(join(example, file), join(result.root, file))
  result.write('package.json', '{ "private": true, "type": "module" }')
  for (const [file, text] of Object.entries(files)) result.write(file, text)
  return result
}

/** Every file below a folder, by its path there. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path)]))
}

/** What must never reach a user of the app: the compiler and its parser, code generation at run time, shaders nobody asked for. */
const forbidden = [
  /@babel/,
  /ParseResult/,
  /aten::/,
  /prim::/,
  /\bnew Function\b/,
  /\beval\(/,
  /@compute/,
  /@workgroup_size/,
  /requiresGrad/,
]

export function findForbidden(folder: string): string[] {
  return [...filesBelow(folder)].flatMap(([file, bytes]) => {
    if (file.endsWith('.wgsl')) return [file]
    if (!/\.(js|mjs|cjs|wasm)$/.test(file)) return []
    const text = bytes.toString('latin1')
    return forbidden.filter((pattern) => pattern.test(text)).map((pattern) => `${file}: ${pattern.source}`)
  })
}
