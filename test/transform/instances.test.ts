/** Modules with evaluated instances: what the compiler is given, and what stays of the module. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EvaluatedModule } from '../../src/compiler/program.ts'
import { createModuleHost, defaultSettings } from '../../src/transform/resolve.ts'
import { transformModule } from '../../src/transform/transformModule.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'
import { recordingCompiler } from './fakeCompile.ts'

const net = (name: string): string => `export class ${name} extends nn.Module {
  fc = new nn.Linear(2, 2)
  forward(x) { return this.fc(x) }
}`

async function transform(code: string, files: Readonly<Record<string, string>> = {}) {
  const root = temporaryFolder('instances')
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
  const file = join(root, 'model.js')
  const recorded = recordingCompiler()
  const context = {
    host: createModuleHost(defaultSettings(root)),
    settings: defaultSettings(root),
    cacheFolder: join(root, 'cache'),
    evaluate: 'auto' as const,
    options: { targets: ['wasm'] as const, optimize: true, exact: false, verify: 'ends' as const },
    compile: recorded.compile,
    parseCache: new Map(),
    programCache: new Map(),
    inlineLimit: 0,
    address: (asset: { role: string }) => `'${asset.role}'`,
  }
  const run = async (text: string) => {
    writeFileSync(file, text)
    const result = (await transformModule(text, file, context))!
    expect(result.diagnostics).toEqual([])
    const rest = result
      .code!.split('\n')
      .filter((line) => line.trim() !== '' && !/defineProgram|^ {2}\$r\.|^ {2}return \$r|^\}\)\);$|^import \* as \$r/.test(line))
    return { ...result, rest, programs: result.programs.map(({ entry, cached }) => `${entry.name}${cached ? ' (cached)' : ''}`) }
  }
  return { file, root, recorded, run, ...(await run(code)) }
}

describe('an instance', () => {
  it('is given with the class that has its methods, and leaves nothing of the library in the module', async () => {
    const { file, recorded, rest } = await transform(
      `import { nn, script } from 'tensorscript'\n${net('Net').replace('export ', '')}\nexport const model = script(new Net())`,
    )
    const [request] = recorded.requests
    expect(request!.name).toBe('model')
    const value = request!.evaluated.get(`${file}#model`) as EvaluatedModule
    expect(value).toMatchObject({ kind: 'module', className: 'Net', classFile: file })
    expect([...request!.modules.keys()]).toContain((value.fields.get('fc') as EvaluatedModule).classFile)
    expect(rest).toEqual([])
  })

  it('may be prepared by statements, which go with it', async () => {
    const { rest, recorded } = await transform(
      `import { nn, script, torch } from 'tensorscript'\nimport { Net } from './net.js'\ntorch.manualSeed(3)\nconst net = new Net()\nnet.eval()\nnet.fc.scale = 2\nexport const model = script(net)\nconsole.log(model.name)`,
      { 'net.js': `import { nn } from 'tensorscript'\n${net('Net')}` },
    )
    expect(rest).toEqual(['console.log(model.name)'])
    const value = [...recorded.requests[0]!.evaluated.values()][0] as EvaluatedModule
    expect((value.fields.get('fc') as EvaluatedModule).fields.get('scale')).toEqual({ kind: 'number', value: 2 })
  })

  it('is reached through other files and functions', async () => {
    const { recorded, watchFiles, root, rest } = await transform(
      `import { model, scale } from './net.js'\n/** @script */\nexport function f(x) { return model(x).mul(scale) }`,
      {
        'net.js': `import { nn } from 'tensorscript'\n${net('Net')}\nconst make = () => new Net()\nexport const model = make()\nexport const scale = 1 / 3`,
      },
    )
    expect([...recorded.requests[0]!.evaluated.keys()].map((key) => key.slice(root.length + 1))).toEqual(['net.js#model', 'net.js#scale'])
    expect([...recorded.requests[0]!.modules.keys()]).toContain(join(root, 'net.js'))
    expect(watchFiles).toEqual([join(root, 'net.js')])
    expect(rest).toEqual([])
  })

  it('of an annotated class is a program', async () => {
    const { programs, rest } = await transform(
      `import { nn, script } from 'tensorscript'\n@script\n${net('Net')}\nexport const model = new Net()`,
    )
    expect(programs).toEqual(['model'])
    expect(rest[0]).toBe(`import { nn } from 'tensorscript';`)
    expect(rest[1]).toBe('export const Net = /*#__PURE__*/ (() => (')
    expect(rest[2]).toBe('class Net extends nn.Module {')
    expect(rest.at(-1)).toBe('}))();')
  })

  it('that is exported besides may be dropped by the bundler', async () => {
    const { rest } = await transform(
      `import { nn, script } from 'tensorscript'\nexport const net = new nn.Linear(2, 2)\nexport const model = script(net)`,
    )
    expect(rest).toEqual([`import { nn } from 'tensorscript';`, 'export const net = /*#__PURE__*/ new nn.Linear(2, 2)'])
  })

  it('is compiled again only when it or its class changes', async () => {
    const code = `import { nn, script } from 'tensorscript'\nclass A extends nn.Module {\n  fc = new nn.Linear(2, 2)\n  forward(x) { return this.fc(x).add(1) }\n}\nclass B extends nn.Module {\n  fc = new nn.Linear(2, 2)\n  forward(x) { return this.fc(x).add(2) }\n}\nexport const a = script(new A())\nexport const b = script(new B())`
    const { run, programs } = await transform(code)
    expect(programs).toEqual(['a', 'b'])
    expect((await run(code)).programs).toEqual(['a (cached)', 'b (cached)'])
    expect((await run(code.replace('add(1)', 'add(3)'))).programs).toEqual(['a', 'b (cached)'])
    expect((await run(code.replace('fc = new', 'fx = new').replace('this.fc', 'this.fx'))).programs).toEqual(['a', 'b (cached)'])
  })

  it('takes dtypes and shapes from sample inputs', async () => {
    const { recorded, rest } = await transform(
      `import { nn, script, torch } from 'tensorscript'\nimport { f } from './f.js'\nexport const g = script(f, { inputs: [torch.zeros([2, 3]), 5, torch.ones([4], { dtype: 'int64' })] })\nexport const model = script(new nn.Linear(3, 4), { inputs: [torch.zeros([1, 3])] })`,
      { 'f.js': 'export const f = (x, n, index) => x.mul(n).index([index])' },
    )
    const [g, model] = recorded.requests
    expect([...g!.signature!]).toEqual([
      ['x', { dtype: 'float32', shape: [2, 3] }],
      ['index', { dtype: 'int64', shape: [4] }],
    ])
    expect([...model!.signature!.values()]).toEqual([{ dtype: 'float32', shape: [1, 3] }])
    expect(rest).toEqual([])
  })
})
