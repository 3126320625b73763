/** What a module becomes: programs in, script code and its imports out, everything else as it was. Compiled by the recording compiler. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compiler/index.ts'
import { defaultSettings } from '../../src/transform/resolve.ts'
import { type TransformContext, transformModule } from '../../src/transform/transformModule.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { recordingCompiler } from './fakeCompile.ts'

const cacheFolder = temporaryFolder('swap')

type Context = Omit<TransformContext, 'compile'> & { compile: TransformContext['compile']; recorded: ReturnType<typeof recordingCompiler> }

function contextOf(files: Readonly<Record<string, string>> = {}): Context {
  const recorded = recordingCompiler()
  return {
    recorded,
    host: {
      resolve: async (specifier) =>
        specifier.startsWith('./') && `/app/${specifier.slice(2)}.ts` in files ? `/app/${specifier.slice(2)}.ts` : null,
      readFile: async (file) => files[file]!,
    },
    settings: defaultSettings('/app'),
    cacheFolder,
    evaluate: 'never',
    options: { targets: ['wasm'], optimize: true, exact: false, verify: 'ends' },
    compile: recorded.compile,
    parseCache: new Map(),
    programCache: new Map(),
    inlineLimit: 0,
    address: (file) => `ADDRESS(${JSON.stringify(file.role)})`,
  }
}

async function swap(
  code: string,
  files: Readonly<Record<string, string>> = {},
  file = '/app/main.ts',
  compile?: TransformContext['compile'],
) {
  const context = contextOf(files)
  if (compile) context.compile = compile
  const result = await transformModule(code, file, context)
  expect(result?.diagnostics ?? []).toEqual([])
  return {
    code: result?.code ?? null,
    map: result?.map ?? null,
    names: context.recorded.requests.map(({ name }) => name),
    watchFiles: result?.watchFiles ?? [],
    context,
  }
}

/** The text without the programs' own lines, and without blank lines. */
const rest = (code: string | null): string[] =>
  (code ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/defineProgram|^ {2}\$r\.|^ {2}return \$r|^\}\)\);$|^import \* as \$r/.test(line))

describe('programs', () => {
  it('replace their declaration by a pure constant', async () => {
    const { code, names } = await swap(`/** @script */\nexport function f(x) { return x }\n`)
    expect(names).toEqual(['f'])
    expect(code).toMatch(/^import \* as \$r from 'tensorscript\/runtime';\nexport const f = \/\*#__PURE__\*\/ \$r\.defineProgram\(/)
    expect(code).not.toContain('@script')
    expect(rest(code)).toEqual([])
  })

  it('keep what they call at the host', async () => {
    const { code } = await swap(
      `import { ignore } from 'tensorscript'\nclass Bad extends RangeError {}\nconst log = ignore((n) => fetch(n))\n/** @ignore */\nfunction other() {}\n/** @script */\nexport function f(x) { log(1); other(); throw new Bad('x') }`,
    )
    expect(rest(code)).toEqual([
      `import { ignore } from 'tensorscript/runtime';`,
      'class Bad extends RangeError {}',
      'const log = ignore((n) => fetch(n))',
      '/** @ignore */',
      'function other() {}',
    ])
  })

  it('keep the classes that their objects are instances of, and what those use', async () => {
    const { code } = await swap(
      `import { Shape } from './shape'\nconst scale = 2\nconst unused = 3\nclass Plain { n: number = unused }\nclass Square extends Shape { side: number = scale }\n/** @script */\nexport function f(): Shape[] { const p = new Plain(); return [new Square(), new Shape()] }`,
      { '/app/shape.ts': 'export class Shape { id: number = 1 }' },
      '/app/main.ts',
      compileProgram,
    )
    expect(code!.slice(code!.lastIndexOf('import {'))).toBe(
      "import { Shape } from './shape'\nconst scale = 2\n\n\nclass Square extends Shape { side: number = scale }\n",
    )
    expect(code).toMatch(/get Shape\(\) \{ return Shape \}, get Square\(\) \{ return Square \}/)
  })

  it('keep default exports, aliases and neighbours in a list', async () => {
    expect((await swap('/** @script */\nexport default function (x) { return x }')).code).toContain('export { $default as default };')
    expect((await swap('/** @script */\nexport default function f(x) { return x }')).code).toContain('export { f as default };')
    const { code } = await swap(
      `import { script } from 'tensorscript'\nconst a = 1, f = script((x) => x), b = 2\nexport { f as g }\nuse(a, b)`,
    )
    expect(rest(code)).toEqual(['const a = 1, b = 2', 'export { f as g }', 'use(a, b)'])
  })

  it('are found in parts of single-file components', async () => {
    const { code } = await swap(
      '/** @script */\nfunction f(x: number): number { return x }\nf(1)',
      {},
      '/app/A.vue?vue&type=script&setup=true&lang.ts',
    )
    expect(code).toContain('const f = /*#__PURE__*/ $r.defineProgram')
  })

  it('come first, so that hoisted uses work, but after directives', async () => {
    const { code } = await swap(`'use client'\nf(1)\n/** @script */ function f(x) { return x }`)
    expect(code!.split('\n')[0]).toBe(`'use client'`)
    expect(code!.indexOf('const f')).toBeLessThan(code!.indexOf('f(1)'))
  })

  it('are one for what app code calls, and none for what only script code calls', async () => {
    const { names, code } = await swap(
      `/** @script */ function helper(x) { return x }\n/** @script */ export function f(x) { return helper(x) }\n/** @script */ function used(x) { return x }\nused(1)`,
    )
    expect(names).toEqual(['f', 'used'])
    expect(code).not.toContain('helper')
  })

  it('are one for an annotated function that nobody calls, so that it is checked', async () => {
    expect((await swap('/** @script */ function alone(x) { return x }')).names).toEqual(['alone'])
  })

  it('are one when a kept helper calls them', async () => {
    const { names } = await swap(
      `/** @script */ function inner(x) { return x }\nexport function helper(x) { return inner(x) }\n/** @script */ export function f(x) { return helper(x) }`,
    )
    expect(names.sort()).toEqual(['f', 'inner'])
  })
})

describe('removed code', () => {
  it('takes helpers, constants and imports along', async () => {
    const { code } = await swap(
      `import { F, ready, script, type Tensor } from 'tensorscript'\nimport { scale, other } from './scale'\nconst table = [1, 2]\nconst helper = (x: Tensor) => F.relu(x)\nexport const f = script((x: Tensor) => helper(x).mul(scale).add(table[0]))\nawait ready(f)\nother()`,
      { '/app/scale.ts': 'export const scale = 2\nexport const other = () => 1' },
    )
    expect(rest(code)).toEqual([
      `import { ready } from 'tensorscript/runtime';`,
      `import { other } from './scale';`,
      'await ready(f)',
      'other()',
    ])
  })

  it('leaves what app code uses as well', async () => {
    const { code } = await swap(
      `import { F, script } from 'tensorscript'\nconst helper = (x) => F.relu(x)\nexport const f = script((x) => helper(x))\nhelper(1)`,
    )
    expect(rest(code)).toEqual([`import { F } from 'tensorscript';`, 'const helper = (x) => F.relu(x)', 'helper(1)'])
  })

  it('leaves unused code of the user alone', async () => {
    const { code } = await swap(
      `import './style.css'\nimport unused from './unused'\nfunction never() {}\n/** @script */ export function f(x) { return x }`,
    )
    expect(rest(code)).toEqual([`import './style.css'`, `import unused from './unused'`, 'function never() {}'])
  })

  it('turns imports of which only types are left into type imports', async () => {
    const { code } = await swap(
      `import { script, Tensor } from 'tensorscript'\nexport const f = script((x: Tensor) => x)\nexport let last: Tensor | null = null`,
    )
    expect(rest(code)[0]).toBe(`import type { Tensor } from 'tensorscript';`)
  })
})

describe('app modules', () => {
  it('import from the runtime what it has', async () => {
    expect((await swap(`import { ready, tensor as t } from 'tensorscript'\nready(t)`)).code).toBe(
      `import { ready, tensor as t } from 'tensorscript/runtime';\nready(t)`,
    )
    expect((await swap(`import { nn, ready } from 'tensorscript'\nready(nn)`)).code).toBe(
      `import { nn } from 'tensorscript'; import { ready } from 'tensorscript/runtime';\nready(nn)`,
    )
  })

  it('export from the runtime what it has', async () => {
    expect((await swap(`export { nn, ready, tensor as t, type DType } from 'tensorscript'`)).code).toBe(
      `export { nn, type DType } from 'tensorscript'; export { ready, tensor as t } from 'tensorscript/runtime';`,
    )
  })

  it('stay untouched when there is nothing to do', async () => {
    expect((await swap(`import { nn } from 'tensorscript'\nnew nn.Linear(1, 1)`)).code).toBeNull()
    expect((await swap('const x = 1')).code).toBeNull()
    expect((await swap(`import type { Tensor } from 'tensorscript'\nexport type T = Tensor`)).code).toBeNull()
  })
})

describe('the result', () => {
  it('is not changed by a second transform', async () => {
    const { code } = await swap(`import { script, ready } from 'tensorscript'\nexport const f = script((x) => x)\nready(f)`)
    expect((await swap(code!)).code).toBeNull()
  })

  it('maps kept code and programs to the lines they came from', async () => {
    const source = `// a comment\n\n/** @script */\nexport function f(x) {\n  return x\n}\n\nexport const   kept = () => f(1)\n`
    const { code, map } = await swap(source)
    const trace = new TraceMap(map as never)
    const at = (text: string) => {
      const offset = code!.indexOf(text)
      const lines = code!.slice(0, offset).split('\n')
      const { line, column, source: name } = originalPositionFor(trace, { line: lines.length, column: lines.at(-1)!.length })
      return { line, column, name }
    }
    expect(at('kept')).toEqual({ line: 8, column: 15, name: '/app/main.ts' })
    expect(at('(x, k) => {')).toEqual({ line: 4, column: source.split('\n')[3]!.indexOf('f(x)'), name: '/app/main.ts' })
    expect(map!.sourcesContent).toEqual([source])
  })

  it('is the same every time', async () => {
    const code = `/** @script */ export function f(x) { return x }\n/** @script */ export function g(x) { return x }`
    expect(await swap(code).then(({ code: text }) => text)).toBe(await swap(code).then(({ code: text }) => text))
  })
})

describe('imports of script code', () => {
  const files = {
    '/app/a.ts': `import { b } from './b'\nexport const a = (x) => b(x)\nexport const unrelated = document.title`,
    '/app/b.ts': `import { a } from './a'\nexport function b(x) { return x > 0 ? a(x) : x }\nexport * from './types'`,
    '/app/types.ts': 'export interface Shape { n: number }',
  }

  it('are followed through circles, re-exports and types, and watched', async () => {
    const { context, watchFiles } = await swap(
      `import { a } from './a'\nimport type { Shape } from './b'\n/** @script */ export function f(x, s: Shape) { return a(x) }`,
      files,
    )
    expect(watchFiles.toSorted()).toEqual(['/app/a.ts', '/app/b.ts', '/app/types.ts'])
    const [request] = context.recorded.requests
    expect([...request!.modules.keys()].filter((file) => file.startsWith('/app')).toSorted()).toEqual([
      '/app/a.ts',
      '/app/b.ts',
      '/app/main.ts',
      '/app/types.ts',
    ])
    expect([...request!.modules.get('/app/a.ts')!.imports]).toEqual([['./b', '/app/b.ts']])
  })

  it('compile again only what a change reaches', async () => {
    const code = `/** @script */ export function f(x) { return x + 1 }\n/** @script */ export function g(x) { return x + 2 }`
    const context = contextOf()
    await transformModule(code, '/app/main.ts', context)
    const again = await transformModule(code.replace('x + 2', 'x + 3'), '/app/main.ts', context)
    expect(again!.programs.map(({ entry, cached }) => `${entry.name} ${cached}`)).toEqual(['f true', 'g false'])
    expect(context.recorded.requests.map(({ name }) => name)).toEqual(['f', 'g', 'g'])
  })

  it('are refused with a code frame position when they do not parse', async () => {
    const result = await transformModule(
      `import { a } from './a'\n/** @script */ export function f(x) { return a(x) }`,
      '/app/main.ts',
      contextOf({ '/app/a.ts': 'export const a = (' }),
    )
    expect(result!.diagnostics).toMatchObject([{ code: 'S1207', file: '/app/a.ts' }])
  })

  it('that need evaluation are refused when that is forbidden', async () => {
    const result = await transformModule(
      `const k = Math.sqrt(2)\n/** @script */ export function f(x) { return x.mul(k) }`,
      '/app/main.ts',
      contextOf(),
    )
    expect(result!.diagnostics).toMatchObject([{ code: 'S1206', message: expect.stringContaining('`k`') }])
  })
})
