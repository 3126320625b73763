/** Module instances: fields from evaluation, methods from source, classes of the library from theirs. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileSource } from '../../src/compiler/frontend/compileSource.ts'
import { runPasses } from '../../src/compiler/passes/index.ts'
import { printCode } from '../../src/compiler/print/code.ts'
import { printJavaScript } from '../../src/compiler/print/javascript.ts'
import type { Evaluated, EvaluatedModule } from '../../src/compiler/program.ts'
import { compileText, sourceModule, testOptions } from './helpers.ts'

const tensor = (...shape: number[]): Evaluated => ({
  kind: 'tensor',
  dtype: 'float32',
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).map((_, i) => i / 10),
  role: 'parameter',
})
const number = (value: number): Evaluated => ({ kind: 'number', value })
let ids = 0
const instance = (className: string, classFile: string, fields: { readonly [name: string]: Evaluated }): EvaluatedModule => ({
  kind: 'module',
  className,
  classFile,
  id: ids++,
  fields: new Map(Object.entries(fields)),
})

const library = `import { F } from '../functional.ts'
export class Linear extends Module {
  forward(x: Tensor): Tensor { return F.linear(x, this.weight, this.bias) }
}
export class Dropout extends Module {
  forward(x: Tensor): Tensor { return this.training ? F.dropout(x, this.p) : x }
}
`
const net = `import { F, nn, script, type Tensor } from 'tensorscript'
class Base extends nn.Module {
  scale(x: Tensor): Tensor { return x.mul(this.factor) }
  forward(x: Tensor): Tensor { return x.add(1) }
}
class Net extends Base {
  forward(x: Tensor<'float32', ['N', 3]>): Tensor {
    x = super.forward(x)
    for (const layer of this.layers) x = layer(x)
    x = this.head(F.relu(x))
    if (this.extra !== null) x = x.add(this.extra)
    return this.scale(this.drop(x))
  }
}
export const model = script(new Net())
/** @script */
export function classify(x: Tensor<'float32', ['N', 3]>): Tensor { return model(x).argmax(1) }
`

function request(name: string) {
  const linear = (bias: boolean): EvaluatedModule =>
    instance('Linear', 'tensorscript:nn/linear.ts', {
      weight: tensor(3, 3),
      bias: bias ? tensor(3) : { kind: 'null' },
      training: { kind: 'boolean', value: false },
    })
  const model = instance('Net', 'main.ts', {
    layers: { kind: 'array', elements: [linear(true), linear(false)] },
    head: linear(true),
    drop: instance('Dropout', 'tensorscript:nn/dropout.ts', { p: number(0.5), training: { kind: 'boolean', value: false } }),
    extra: { kind: 'null' },
    factor: number(2),
  })
  const modules = new Map([
    ['main.ts', sourceModule('main.ts', net)],
    ['tensorscript:nn/linear.ts', sourceModule('tensorscript:nn/linear.ts', library)],
    ['tensorscript:nn/dropout.ts', sourceModule('tensorscript:nn/dropout.ts', library)],
  ])
  return { name, file: 'main.ts', modules, evaluated: new Map<string, Evaluated>([['main.ts#model', model]]), options: testOptions }
}

describe('modules', () => {
  test('forward of an instance, with submodules, base classes and constant fields', () => {
    const result = compileSource(request('model'))
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
    const code = printCode(result.program)
    expect(code).toContain('function Net_forward(self: Net, x: Tensor')
    expect(code).toContain('self.head(')
    expect(code).not.toContain('dropout(')
    const classes = [...result.program.classes.values()]
    expect(classes.map((c) => c.name)).toEqual(['Net', 'Linear', 'Linear_1', 'Linear_2', 'Dropout'])
    expect(classes[2]!.attributes.get('bias')?.constant).toEqual({ kind: 'none' })
    const done = runPasses(result.program, { options: testOptions })
    const kinds = done.functions.get(done.entry)!.block.nodes.map((node) => node.kind)
    expect(kinds.filter((kind) => kind === 'prim::Segment')).toHaveLength(1)
    expect(kinds).not.toContain('prim::CallMethod')
  })

  test('a function that calls a captured instance', () => {
    const result = compileSource(request('classify'))
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
    const done = runPasses(result.program, { options: testOptions })
    const kinds = done.functions.get(done.entry)!.block.nodes.map((node) => node.kind)
    expect(kinds.filter((kind) => kind === 'prim::Segment')).toHaveLength(1)
  })

  test('weights are keyed by content: equal ones are one constant', () => {
    const result = compileSource(request('model'))
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
    expect([...result.program.constants.values()].map((c) => c.name)).toEqual(['layers.0.weight', 'layers.0.bias'])
  })

  test('a field that is assigned is kept between calls, with its first value', () => {
    const result = compileText(
      "import { nn, script, type Tensor } from 'tensorscript'\nclass M extends nn.Module { forward(x: Tensor<'float32', [2]>): Tensor { this.cache = x; return x } }\nexport const m = script(new M())",
      {
        evaluated: { 'main.ts#m': instance('M', 'main.ts', { cache: tensor(2) }) },
      },
    )
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
    expect([...result.program.states!].map(([name, fields]) => [name, [...fields.keys()]])).toEqual([['MState', ['cache']]])
  })

  test("the library's own layers compile from their source: the digits network", () => {
    const layer = (className: string, file: string, fields: { readonly [name: string]: Evaluated }) =>
      instance(className, `tensorscript:nn/${file}.ts`, { ...fields, training: { kind: 'boolean', value: false } })
    const numbers = (...values: number[]): Evaluated => ({ kind: 'array', elements: values.map(number) })
    const text = (value: string): Evaluated => ({ kind: 'string', value })
    const conv = (input: number, output: number) =>
      layer('Conv2d', 'conv', {
        stride: numbers(1, 1),
        padding: numbers(1, 1),
        dilation: numbers(1, 1),
        groups: number(1),
        prePadding: numbers(),
        prePaddingMode: text('constant'),
        weight: tensor(output, input, 3, 3),
        bias: tensor(output),
      })
    const norm = (channels: number) =>
      layer('BatchNorm2d', 'norm', {
        eps: number(1e-5),
        momentum: number(0.1),
        weight: tensor(channels),
        bias: tensor(channels),
        runningMean: tensor(channels),
        runningVar: tensor(channels),
      })
    const fields = {
      features: layer('Sequential', 'container', {
        0: conv(1, 16),
        1: norm(16),
        2: layer('ReLU', 'activation', { inplace: { kind: 'boolean', value: false } }),
      }),
      blocks: layer('ModuleList', 'container', { 0: conv(16, 32), 1: norm(32) }),
      fc1: layer('Linear', 'linear', { weight: tensor(64, 1568), bias: tensor(64) }),
      drop: layer('Dropout', 'shape', { p: number(0.3), inplace: { kind: 'boolean', value: false } }),
      fc2: layer('Linear', 'linear', { weight: tensor(10, 64), bias: tensor(10) }),
    }
    const code = `import { F, nn, script, type Tensor } from 'tensorscript'
class DigitNet extends nn.Module {
  forward(x: Tensor<'float32', ['N', 1, 28, 28]>): Tensor {
    x = F.maxPool2d(this.features(x), 2)
    for (const [i, block] of this.blocks.entries()) x = i === 0 ? block(x) : F.relu(block(x))
    x = F.maxPool2d(x, 2).flatten(1)
    return F.logSoftmax(this.fc2(this.drop(F.relu(this.fc1(x)))), 1)
  }
}
export const model = script(new DigitNet())
/** @script */
export function classify(pixels: Tensor<'uint8', [28, 28]>): Tensor {
  return model(pixels.to('float32').div(255).reshape([1, 1, 28, 28])).argmax(1)
}`
    const folder = new URL('../../src/lang/nn/', import.meta.url)
    const files = readdirSync(folder).map((file): [string, ReturnType<typeof sourceModule>] => [
      `tensorscript:nn/${file}`,
      sourceModule(`tensorscript:nn/${file}`, readFileSync(new URL(file, folder), 'utf8')),
    ])
    const modules = new Map([...files, ['main.ts', sourceModule('main.ts', code)] as const])
    for (const name of ['model', 'classify']) {
      const result = compileSource({
        name,
        file: 'main.ts',
        modules,
        evaluated: new Map([['main.ts#model', instance('DigitNet', 'main.ts', fields)]]),
        options: testOptions,
      })
      if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1))
      const done = runPasses(result.program, { options: testOptions })
      const graph = done.functions.get(done.entry)!
      expect(graph.block.nodes.filter((node) => node.kind === 'prim::Segment')).toHaveLength(1)
      const { javascript } = printJavaScript(done, { name, segment: () => ({ index: 0, arenaBytes: null, offsets: null, rows: false }) })
      expect(javascript).toContain(name === 'model' ? '["N", 1, 28, 28])' : "'uint8', [28, 28])")
    }
  })
})
