/** Build-time evaluation: user modules run once in a worker; their values arrive as data, their errors at the user's line. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeSafetensors } from '../../src/compiler/artifact/safetensors.ts'
import type { Evaluated, EvaluatedModule } from '../../src/compiler/program.ts'
import type { BundleSettings } from '../../src/transform/evaluate/bundleModules.ts'
import { evaluateModules } from '../../src/transform/evaluate/evaluateModules.ts'
import { defaultSettings } from '../../src/transform/resolve.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

const folder = temporaryFolder('evaluate')
const path = (name: string): string => join(folder, name)

function write(name: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path(name)), { recursive: true })
  writeFileSync(path(name), content)
  return path(name)
}

async function evaluate(names: Readonly<Record<string, readonly string[]>>, settings: Partial<BundleSettings> = {}, timeout = 60_000) {
  return evaluateModules({
    names: new Map(Object.entries(names).map(([name, list]) => [path(name), list])),
    sources: new Map(),
    settings: { ...defaultSettings(folder), ...settings },
    cacheFolder: path('cache'),
    timeout,
  })
}

/** Values of one module by name. */
async function valuesOf(
  code: string,
  names: readonly string[],
  settings: Partial<BundleSettings> = {},
): Promise<Record<string, Evaluated>> {
  const file = `case${count++}.ts`
  write(file, code)
  const { values, diagnostics } = await evaluate({ [file]: names }, settings)
  expect(diagnostics).toEqual([])
  return Object.fromEntries(
    names.flatMap((name) => (values.has(`${path(file)}#${name}`) ? [[name, values.get(`${path(file)}#${name}`)!]] : [])),
  )
}

async function problemOf(code: string, timeout?: number) {
  const file = `case${count++}.ts`
  write(file, code)
  const { diagnostics } = await evaluate({ [file]: ['x'] }, {}, timeout)
  expect(diagnostics).toHaveLength(1)
  const [{ code: number, message, start, end, related, file: where }] = diagnostics as [(typeof diagnostics)[0]]
  return { number, message, at: readFileSync(where, 'utf8').slice(start, end), file: where.slice(folder.length + 1), related }
}

let count = 0

const net = `import { F, nn, type Tensor } from 'tensorscript'
export class Net extends nn.Module {
  fc = new nn.Linear(2, 3)
  scale = 0.5
  sizes = [2, 3]
  forward(x: Tensor): Tensor {
    return F.relu(this.fc(x)).mul(this.scale)
  }
}
`

const weights = writeSafetensors([
  { name: 'fc.weight', dtype: 'float32', shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  { name: 'fc.bias', dtype: 'float32', shape: [3], data: Float32Array.of(7, 8, 9) },
]).bytes

beforeAll(() => {
  write('package.json', '{ "type": "module" }')
  write('net.ts', net)
  write('net.safetensors', weights)
})

describe('instances', () => {
  const model = `import { script } from 'tensorscript'\nimport { Net } from './net'\nexport const model = script(new Net(), { weights: new URL('./net.safetensors', import.meta.url) })`

  it('arrive with their class, fields, roles and the weights of the file', async () => {
    const { model: value } = (await valuesOf(model, ['model'])) as { model: EvaluatedModule }
    expect(value).toMatchObject({ kind: 'module', classFile: path('net.ts'), className: 'Net' })
    const fc = value.fields.get('fc') as EvaluatedModule
    expect(fc.classFile).toMatch(/^tensorscript:nn\//)
    expect(fc.className).toBe('Linear')
    expect(fc.fields.get('weight')).toEqual({
      kind: 'tensor',
      dtype: 'float32',
      shape: [3, 2],
      data: Float32Array.of(1, 2, 3, 4, 5, 6),
      role: 'parameter',
    })
    expect(fc.fields.get('bias')).toMatchObject({ data: Float32Array.of(7, 8, 9) })
    expect(value.fields.get('scale')).toEqual({ kind: 'number', value: 0.5 })
    expect(value.fields.get('sizes')).toMatchObject({ kind: 'array', elements: [{ value: 2 }, { value: 3 }] })
  })

  it('that are shared are one', async () => {
    const { pair } = (await valuesOf(
      `import { nn } from 'tensorscript'\nclass Pair extends nn.Module {\n  a = new nn.Linear(1, 1)\n  b = this.a\n  forward(x) { return this.b(this.a(x)) }\n}\nconst pair = new Pair()`,
      ['pair'],
    )) as { pair: EvaluatedModule }
    expect(pair.fields.get('b')).toBe(pair.fields.get('a'))
  })

  it('come with buffers as such', async () => {
    const { norm } = (await valuesOf(`import { nn } from 'tensorscript'\nconst norm = new nn.BatchNorm2d(4)`, ['norm'])) as {
      norm: EvaluatedModule
    }
    expect(norm.fields.get('runningMean')).toMatchObject({ kind: 'tensor', role: 'buffer', shape: [4] })
  })

  it('have the same random weights in every build', async () => {
    const code = `import { nn } from 'tensorscript'\nexport const a = new nn.Linear(4, 4)`
    expect(await valuesOf(code, ['a'])).toEqual(await valuesOf(code, ['a']))
  })

  it('name their files, so that a change of one of them is seen', async () => {
    write('watched.ts', model)
    const first = await evaluate({ 'watched.ts': ['model'] })
    expect(first.files).toEqual(expect.arrayContaining([path('watched.ts'), path('net.ts'), path('net.safetensors')]))
    expect(first.files.filter((file) => !file.startsWith(folder))).toEqual([])
    expect((await evaluate({ 'watched.ts': ['model'] })).cached).toBe(true)
    utimesSync(path('net.safetensors'), 1, 1)
    expect((await evaluate({ 'watched.ts': ['model'] })).cached).toBe(true)
    const changed = weights.slice()
    changed[changed.length - 1] = 0x42
    write('net.safetensors', changed)
    const second = await evaluate({ 'watched.ts': ['model'] })
    write('net.safetensors', weights)
    expect(second.cached).toBe(false)
    expect(second.values).not.toEqual(first.values)
  })
})

describe('other values', () => {
  it('are taken whether exported or not', async () => {
    expect(
      await valuesOf(
        `const a = Math.sqrt(16)\nexport const b = [1, 'x', true, null]\nconst c = { n: a, deep: { s: 's' } }\nconst d = new Map([['k', 1]])\nexport default [a]`,
        ['a', 'b', 'c', 'd', '*default*'],
      ),
    ).toEqual({
      a: { kind: 'number', value: 4 },
      b: {
        kind: 'array',
        elements: [{ kind: 'number', value: 1 }, { kind: 'string', value: 'x' }, { kind: 'boolean', value: true }, { kind: 'null' }],
      },
      c: {
        kind: 'record',
        fields: new Map<string, Evaluated>([
          ['n', { kind: 'number', value: 4 }],
          ['deep', { kind: 'record', fields: new Map([['s', { kind: 'string', value: 's' }]]) }],
        ]),
      },
      d: { kind: 'map', entries: [['k', { kind: 'number', value: 1 }]] },
      '*default*': { kind: 'array', elements: [{ kind: 'number', value: 4 }] },
    })
  })

  it('name functions by where they are defined', async () => {
    write('functions.ts', 'export function helper() {}\nexport const arrow = () => 1')
    const { table } = await valuesOf(`import { arrow, helper } from './functions'\nconst table = [helper, arrow]`, ['table'])
    expect(table).toMatchObject({
      elements: [
        { kind: 'function', file: path('functions.ts'), name: 'helper' },
        { kind: 'function', name: 'arrow' },
      ],
    })
  })

  it('are left out, with the reason, when they have no form as data', async () => {
    write('host.ts', 'export const when = new Date()\nexport const n = 1 + 1')
    const { values, unsupported } = await evaluate({ 'host.ts': ['when', 'n'] })
    expect([...values.keys()]).toEqual([`${path('host.ts')}#n`])
    expect(unsupported.get(`${path('host.ts')}#when`)).toContain('Date')
  })
})

describe('the surroundings of the module', () => {
  it('are those of its source file', async () => {
    write('data.json', '{ "n": 5 }')
    write('text.txt', 'five')
    write('style.css', 'a {}')
    write('picture.png', 'an image')
    write('lib/index.ts', 'export const fromAlias = 6')
    const values = await valuesOf(
      `import './style.css'
import image from './picture.png'
import data from './data.json'
import text from './text.txt?raw'
import { fromAlias } from '@lib'
import { readFileSync } from 'node:fs'
const url = import.meta.url
const read = readFileSync(new URL('./text.txt', import.meta.url), 'utf8')
const all = [image, data.n, text, fromAlias, __FLAG__, import.meta.env.MODE]`,
      ['url', 'read', 'all'],
      {
        alias: [{ find: '@lib', replacement: path('lib/index.ts') }],
        define: { __FLAG__: '"on"', 'import.meta.env.MODE': '"production"' },
      },
    )
    expect(values.url).toMatchObject({ value: pathToFileURL(path(`case${count - 1}.ts`)).href })
    expect(values.read).toMatchObject({ value: 'five' })
    expect(values.all).toMatchObject({
      elements: [
        { value: pathToFileURL(path('picture.png')).href },
        { value: 5 },
        { value: 'five' },
        { value: 6 },
        { value: 'on' },
        { value: 'production' },
      ],
    })
  })

  it('follow import conditions', async () => {
    write(
      'node_modules/cond/package.json',
      JSON.stringify({ name: 'cond', type: 'module', exports: { special: './special.js', default: './plain.js' } }),
    )
    write('node_modules/cond/special.js', `export default 'special'`)
    write('node_modules/cond/plain.js', `export default 'plain'`)
    const code = `import cond from 'cond'\nexport const x = [cond]`
    expect(await valuesOf(code, ['x'])).toMatchObject({ x: { elements: [{ value: 'plain' }] } })
    expect(await valuesOf(code, ['x'], { conditions: ['special'] })).toMatchObject({ x: { elements: [{ value: 'special' }] } })
  })
})

describe('errors', () => {
  it('of user code are shown at the line that threw, with the calls that led there', async () => {
    write('thrower.ts', `export function check(n: number): number {\n  if (n > 1) throw new RangeError('too much')\n  return n\n}`)
    const problem = await problemOf(`import { check } from './thrower'\n\nexport const x = [check(1), check(2)]`)
    expect(problem).toMatchObject({
      number: 'S8003',
      file: 'thrower.ts',
      at: `new RangeError('too much')`,
      message: expect.stringContaining('RangeError: too much'),
    })
    expect(problem.related[0]).toMatchObject({ message: 'called from here' })
  })

  it('of missing weight files have their own code and place', async () => {
    const option = `new URL('./nowhere.safetensors', import.meta.url)`
    expect(
      await problemOf(
        `import { script } from 'tensorscript'\nimport { Net } from './net'\nexport const x = script(new Net(), { weights: ${option} })`,
      ),
    ).toMatchObject({
      number: 'S8001',
      at: option,
      message: expect.stringContaining(path('nowhere.safetensors')),
    })
  })

  it('of weights that do not fit name what does not', async () => {
    write('wrong.safetensors', writeSafetensors([{ name: 'fc.weight', dtype: 'float32', shape: [3, 3], data: new Float32Array(9) }]).bytes)
    const problem = await problemOf(
      `import { script } from 'tensorscript'\nimport { Net } from './net'\nexport const x = script(new Net(), { weights: new URL('./wrong.safetensors', import.meta.url) })`,
    )
    expect(problem.number).toBe('S8002')
    expect(problem.message).toContain('fc.weight')
    write('broken.safetensors', 'not a weight file')
    const broken = await problemOf(
      `import { script } from 'tensorscript'\nimport { Net } from './net'\nexport const x = script(new Net(), { weights: new URL('./broken.safetensors', import.meta.url) })`,
    )
    expect(broken.number).toBe('S8002')
  })

  it('of modules that need a browser say so', async () => {
    expect(await problemOf('export const x = [document.title]')).toMatchObject({
      number: 'S8003',
      message: expect.stringContaining('document is not defined'),
    })
  })

  it('of syntax and of imports point to the file', async () => {
    expect(await problemOf('export const x = [(]')).toMatchObject({ number: 'S8003' })
    expect(await problemOf(`import { nothing } from './nowhere'\nexport const x = [nothing]`)).toMatchObject({
      number: 'S8003',
      message: expect.stringContaining('./nowhere'),
    })
  })

  it('do not hang or end the build', async () => {
    expect(await problemOf('for (;;) globalThis.n = 1\nexport const x = [1]', 1500)).toMatchObject({
      number: 'S8003',
      message: expect.stringContaining('1.5 seconds'),
    })
    expect(await problemOf('process.exit(3)\nexport const x = [1]')).toMatchObject({
      number: 'S8003',
      message: expect.stringContaining('exit code 3'),
    })
  })
})
