/** The folders of src import each other in the directions of docs/architecture.md only. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/** What the files of a folder may import from other folders: a folder, or one file of it. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // Types of values are the same for operators of scalars, lists and dictionaries as for the graphs that call them.
  ops: ['runtime', 'compiler/ir/types.ts', 'compiler/ir/typeEqual.ts'],
  runtime: ['ops'],
  gpu: ['ops', 'runtime'],
  eager: ['ops', 'runtime'],
  lang: ['ops', 'runtime', 'eager'],
  compiler: ['ops', 'runtime', 'eager'],
  // The library's own modules, as text to compile; the worker that evaluates records traces.
  transform: ['ops', 'compiler', 'lang/nn', 'lang/trace', 'eager/recorder.ts'],
  report: ['compiler'],
  plugin: ['transform', 'compiler', 'report'],
  cli: ['ops', 'runtime', 'gpu', 'compiler', 'transform', 'report'],
}

const root = fileURLToPath(new URL('../../src', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts') && file.includes('/'))

interface Edge {
  readonly file: string
  readonly target: string
  readonly type: boolean
}

const statement = /^(?:import|export)\s(type\s)?[^'"`;]*?from '(\.[^'?]*)|^import '(\.[^']*)'|\bimport\('(\.[^']*)'\)/gm

const edges = files.flatMap((file): Edge[] =>
  [...readFileSync(`${root}/${file}`, 'utf8').matchAll(statement)].map((match) => ({
    file,
    target: relative('.', posix.join(dirname(file), match[2] ?? match[3] ?? (match[4] as string)))
      .split(sep)
      .join('/'),
    type: match[1] !== undefined,
  })),
)

const folder = (path: string): string => path.split('/')[0] as string
const crossing = edges.filter(({ file, target }) => folder(file) !== folder(target) && target !== 'index.ts')

describe('layers', () => {
  test('every folder has its rule', () => {
    expect([...new Set(files.map(folder))].sort()).toEqual(Object.keys(allowed).sort())
    expect(crossing.length).toBeGreaterThan(300)
  })

  test('imports go along the arrows', () => {
    const wrong = crossing.filter(
      ({ file, target }) => !allowed[folder(file)]?.some((place) => target === place || target.startsWith(`${place}/`)),
    )
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  test('no operator reaches a page: the runtime takes types from them, and the table of element types', () => {
    const code = edges.filter(({ file, target, type }) => !type && folder(file) === 'runtime' && folder(target) === 'ops')
    expect([...new Set(code.map(({ target }) => target))]).toEqual(['ops/dtype.ts'])
  })
})
