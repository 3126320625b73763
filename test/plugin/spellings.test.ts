/** Every way to write script code, compiled for real and run: each function here doubles and adds what its name says. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { rolldown } from 'rolldown'
import { beforeAll, describe, expect, it } from 'vitest'
import { createProject } from './project.ts'

const files = {
  'main.ts': `export { tensor, ready } from 'tensorscript'
export * from './model.ts'
export { default as byDefault } from './default.ts'
export { default as unnamed } from './unnamed.ts'
export { default as called } from './called.ts'
export { net } from './net.ts'
export * from './traced.ts'
`,
  'model.ts': `import { F, nn, script as compile, type Tensor, torch } from 'tensorscript'
import * as ts from 'tensorscript'
import { imported, offset, type Vector } from './other.ts'

/** @script */
export function tagged(x: Tensor<'float32', [3]>): Tensor { return x.mul(2).add(1) }

/** Some words. */
/** @script */
export const arrow = (x: Tensor<'float32', [3]>): Tensor => x.mul(2).add(2)

export function directive(x: Vector): Tensor {
  'use script'
  return x.mul(2).add(3)
}

export const inline = compile((x: Tensor<'float32', [3]>): Tensor => helper(x).add(4))

const helper = (x: Tensor): Tensor => torch.mul(x, 2)

export const followed = compile(imported)

function local(x: Tensor<'float32', ['N']>): Tensor { return F.relu(x).mul(2).add(offset) }
export const named = ts.script(local)

/** @script */
function renamed(x: Tensor<'float32', [3]>): Tensor { return x.mul(2).add(7) }
export { renamed as alias }

class Scale extends nn.Module {
  factor = new nn.Parameter(torch.full([1], 2))
  forward(x: Tensor<'float32', [3]>): Tensor { return x.mul(this.factor).add(8) }
}
const scale = new Scale()
export const instance = compile(scale)

export const sampled = compile((x: Tensor) => x.mul(2).add(9), { inputs: [torch.zeros([3])] })

/** @script */
export function loop(x: Tensor<'float32', [3]>, n: ts.int): Tensor {
  let y = x
  for (let i = 0; i < n; i++) {
    if (i % 2 === 0) y = y.add(i)
    else y = y.mul(2)
  }
  return y
}
`,
  'other.ts': `import type { Tensor } from 'tensorscript'
export type Vector = Tensor<'float32', [3]>
export const imported = (x: Vector): Tensor => x.mul(2).add(5)
export const offset = Math.sqrt(36)
`,
  'default.ts': `import type { Tensor } from 'tensorscript'
/** @script */
export default function (x: Tensor<'float32', [3]>): Tensor { return x.mul(2).add(10) }
`,
  'unnamed.ts': `import type { Vector } from './other.ts'
/** @script */
export default (x: Vector) => x.mul(2).add(11)
`,
  'called.ts': `import { script, type Tensor } from 'tensorscript'
export default script((x: Tensor<'float32', [3]>): Tensor => x.mul(2).add(12))
`,
  'traced.ts': `import { nn, type Tensor, torch, trace, traceModule } from 'tensorscript'
import { imported } from './other.ts'
import { tagged } from './model.ts'
const examples = [torch.zeros([3])]
export const traced = trace((x: Tensor) => imported(x).add(9), examples)
/** Through a script function of another file: 2x + 1, and 14. */
export const through = trace((x: Tensor) => tagged(x).add(14), examples)
class Doubled extends nn.Module {
  factor = new nn.Parameter(torch.full([1], 2))
  forward(x: Tensor): Tensor { return x.mul(this.factor).add(16) }
  more(x: Tensor): Tensor { return this.forward(x).add(1) }
}
export const methods = traceModule(new Doubled(), { forward: examples, more: examples })
`,
  'net.ts': `import { nn, script, type Tensor } from 'tensorscript'
@script
export class Net extends nn.Module {
  shift = 13
  forward(x: Tensor<'float32', [3]>): Tensor { return x.mul(2).add(this.shift) }
}
export const net = new Net()
`,
}

type Call = (...args: unknown[]) => { dataSync(): Float32Array }
let app: Record<string, Call>
let code: string
let map: TraceMap

beforeAll(async () => {
  const project = await createProject(files, true)
  const bundle = await rolldown({
    input: join(project.root, 'main.ts'),
    cwd: project.root,
    platform: 'node',
    plugins: [project.plugin.rolldown({ report: false, cacheFolder: join(project.root, 'cache') })],
  })
  await bundle.write({ dir: join(project.root, 'dist'), format: 'esm', sourcemap: true })
  await bundle.close()
  code = new TextDecoder().decode(project.outputs().get('main.js'))
  map = new TraceMap(new TextDecoder().decode(project.outputs().get('main.js.map')))
  app = await import(/* @vite-ignore */ pathToFileURL(join(project.root, 'dist/main.js')).href)
}, 60_000)

describe('script code written as', () => {
  it.each([
    ['tagged', 1],
    ['arrow', 2],
    ['directive', 3],
    ['inline', 4],
    ['followed', 5],
    ['named', 6],
    ['alias', 7],
    ['instance', 8],
    ['sampled', 9],
    ['byDefault', 10],
    ['unnamed', 11],
    ['called', 12],
    ['net', 13],
    ['traced', 14],
    ['through', 15],
    ['methods', 16],
  ])('%s runs compiled', (name, added) => {
    expect(app[name]!(app.tensor!([1, 2, 3])).dataSync()).toEqual(Float32Array.of(2 + added, 4 + added, 6 + added))
    expect(Object.getOwnPropertyNames(app[name])).toContain('graph')
  })

  it('further methods of a traced module run compiled, and no code of the trace is left', () => {
    const { more } = app.methods as unknown as { readonly more: Call }
    expect(more(app.tensor!([1, 2, 3])).dataSync()).toEqual(Float32Array.of(19, 21, 23))
    expect(code).not.toMatch(/class Doubled|traceModule\(|trace\(/)
  })

  it('control flow between segments runs as JavaScript', () => {
    // ((x + 0) * 2 + 2) * 2 + 4
    expect(app.loop!(app.tensor!([1, 2, 3]), 5).dataSync()).toEqual(Float32Array.of(12, 16, 20))
  })

  it('maps its lines to the lines of the source', () => {
    const lines = code.split('\n')
    const start = lines.findIndex((text) => text.includes('const loop ='))
    const end = lines.findIndex((text, i) => i > start && text.includes('const traced ='))
    /** The source lines of the places where the generated code has this. */
    const originals = (pattern: RegExp) =>
      lines.slice(start, end).flatMap((text, i) => {
        const column = text.search(pattern)
        const { source, line } = originalPositionFor(map, { line: start + i + 1, column: Math.max(column, 0) })
        return column >= 0 && source?.endsWith('model.ts') && line !== null ? [files['model.ts'].split('\n')[line - 1]!.trim()] : []
      })
    expect(originals(/\b(?:for|while) \(/)).toEqual(['for (let i = 0; i < n; i++) {'])
    expect(originals(/\brun\$?\w*\(\$, /)).toEqual(['if (i % 2 === 0) y = y.add(i)', 'else y = y.mul(2)'])
  })

  it('a trace points at the source of what it ran, also in another file', () => {
    const lines = code.split('\n')
    const start = lines.findIndex((text) => text.includes('const through ='))
    const lineIn = lines.slice(start).findIndex((text) => /\brun\$?\w*\(\$, /.test(text)) + start
    const { source, line } = originalPositionFor(map, { line: lineIn + 1, column: lines[lineIn]!.search(/\brun/) })
    expect([source?.split('/').at(-1), files['model.ts'].split('\n')[line! - 1]]).toEqual([
      'model.ts',
      "export function tagged(x: Tensor<'float32', [3]>): Tensor { return x.mul(2).add(1) }",
    ])
  })

  it('any of these leaves nothing of the eager library behind', () => {
    expect(code).not.toMatch(/class Module\b|registerBuffer|manualSeed/)
    expect(code.match(/defineProgram\(\{/g)).toHaveLength(18)
  })
})
