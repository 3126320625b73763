/** The ten benchmark models as ONNX: the same definitions as in bench/models, in the form that PyTorch's exporter gives them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { ModelInput } from '../models/zoo.ts'
import { LayerGraph } from './layers.ts'

type Inputs = readonly string[]

function digits(g: LayerGraph, [x]: Inputs): string {
  const half = (y: string, layer: number): string =>
    g.maxPool(g.relu(g.batchNorm(g.conv(y, `conv${layer}`, { padding: 1 }), `bn${layer}`)), 2, 2)
  const flat = g.node('Flatten', [half(half(x!, 1), 2)], { axis: 1 })
  return g.node('LogSoftmax', [g.linear(g.relu(g.linear(flat, 'fc1')), 'fc2')], { axis: 1 })
}

function pointwise1m(g: LayerGraph, [x, y]: Inputs): string {
  const one = g.scalar(1)
  let z = g.add(g.mul(x!, g.scalar(2)), y!)
  z = g.node('Sub', [g.mul(g.node('Gelu', [z]), g.node('Sigmoid', [x!])), g.node('Tanh', [y!])])
  z = g.node('Div', [g.node('Clip', [z, g.scalar(-1), one]), g.add(one, g.node('Exp', [g.node('Neg', [g.node('Abs', [z])])]))])
  return g.node('Where', [g.node('Greater', [z, g.scalar(0)]), g.node('Sqrt', [z]), g.mul(z, z)])
}

function lstm(g: LayerGraph, [x]: Inputs): string {
  const y = g.lstm(g.lstm(g.transpose(x!, 1, 0, 2), 'rnn', 0, 256), 'rnn', 1, 256)
  return g.linear(g.select(y, 0, -1), 'fc')
}

function unet128(g: LayerGraph, [x]: Inputs): string {
  const half = (y: string, block: string, at: number): string =>
    g.relu(g.batchNorm(g.conv(y, `${block}.${at}`, { padding: 1 }), `${block}.${at + 1}`))
  const block = (y: string, name: string): string => half(half(y, name, 0), name, 3)
  const skips: string[] = []
  let y = x!
  for (let i = 0; i < 4; i++) {
    y = block(y, `d.${i}`)
    if (i === 3) break
    skips.push(y)
    y = g.maxPool(y, 2, 2)
  }
  for (let i = 0; i < 3; i++) {
    const up = g.node('ConvTranspose', [y, g.weight(`u.${i}.weight`), g.weight(`u.${i}.bias`)], { kernel_shape: [2, 2], strides: [2, 2] })
    y = block(g.node('Concat', [up, skips[2 - i]!], { axis: 1 }), `m.${i}`)
  }
  return g.node('Sigmoid', [g.conv(y, 'out')])
}

const pooledClassifier = (g: LayerGraph, x: string, layer: string): string =>
  g.linear(g.node('Flatten', [g.node('GlobalAveragePool', [x])], { axis: 1 }), layer)

function mobilenet(g: LayerGraph, [x]: Inputs): string {
  const relu6 = (y: string): string => g.node('Clip', [y, g.scalar(0), g.scalar(6)])
  const unit = (y: string, name: string, options: object): string => relu6(g.batchNorm(g.conv(y, `${name}.0`, options), `${name}.1`))
  const stages = [
    [1, 16, 1, 1],
    [6, 24, 2, 2],
    [6, 32, 3, 2],
    [6, 64, 4, 2],
    [6, 96, 3, 1],
    [6, 160, 3, 2],
    [6, 320, 1, 1],
  ] as const
  let y = unit(x!, 'features.0', { stride: 2, padding: 1 })
  let channels = 32
  let layer = 1
  for (const [expand, out, repeats, first] of stages) {
    for (let i = 0; i < repeats; i++, layer++) {
      const name = `features.${layer}.conv`
      const stride = i === 0 ? first : 1
      const hidden = channels * expand
      const wide = expand === 1 ? y : unit(y, `${name}.0`, {})
      const at = expand === 1 ? 0 : 1
      const deep = unit(wide, `${name}.${at}`, { stride, padding: 1, groups: hidden })
      const narrow = g.batchNorm(g.conv(deep, `${name}.${at + 1}`), `${name}.${at + 2}`)
      y = stride === 1 && channels === out ? g.add(y, narrow) : narrow
      channels = out
    }
  }
  return pooledClassifier(g, unit(y, `features.${layer}`, {}), 'classifier.1')
}

function resnet18(g: LayerGraph, [x]: Inputs): string {
  let y = g.maxPool(g.relu(g.batchNorm(g.conv(x!, 'conv1', { stride: 2, padding: 3 }), 'bn1')), 3, 2, 1)
  for (let layer = 1; layer <= 4; layer++) {
    for (let block = 0; block < 2; block++) {
      const name = `layer${layer}.${block}`
      const stride = layer > 1 && block === 0 ? 2 : 1
      const first = g.relu(g.batchNorm(g.conv(y, `${name}.conv1`, { stride, padding: 1 }), `${name}.bn1`))
      const second = g.batchNorm(g.conv(first, `${name}.conv2`, { padding: 1 }), `${name}.bn2`)
      const skip = stride === 1 ? y : g.batchNorm(g.conv(y, `${name}.downsample.0`, { stride }), `${name}.downsample.1`)
      y = g.relu(g.add(second, skip))
    }
  }
  return pooledClassifier(g, y, 'fc')
}

function minilm128(g: LayerGraph, [ids]: Inputs): string {
  const [length, width, heads, size] = [128, 384, 12, 32]
  const positions = g.node('Slice', [g.weight('pos.weight'), g.integers(0), g.integers(length), g.integers(0)])
  let x = g.layerNorm(g.add(g.node('Gather', [g.weight('word.weight'), ids!]), positions), 'ln', 1e-12)
  for (let i = 0; i < 6; i++) {
    const layer = (part: string): string => `layers.${i}.${part}`
    const split = (part: string): string => g.transpose(g.reshape(g.project(x, layer(part)), 1, length, heads, size), 0, 2, 1, 3)
    const attended = g.attention(split('q'), split('k'), split('v'), size)
    const joined = g.reshape(g.transpose(attended, 0, 2, 1, 3), 1, length, width)
    x = g.layerNorm(g.add(x, g.project(joined, layer('o'))), layer('ln1'), 1e-12)
    x = g.layerNorm(g.add(x, g.project(g.node('Gelu', [g.project(x, layer('up'))]), layer('down'))), layer('ln2'), 1e-12)
  }
  const mean = g.node('ReduceMean', [x, g.integers(1)], { keepdims: 0 })
  return g.node('LpNormalization', [mean], { axis: -1, p: 2 })
}

function gptstep(g: LayerGraph, [ids, kv]: Inputs): readonly string[] {
  const [heads, size, width] = [12, 64, 768]
  let x = g.node('Gather', [g.weight('tok.weight'), ids!])
  const cache: string[] = []
  for (let i = 0; i < 6; i++) {
    const qkv = g.transpose(g.reshape(g.project(g.layerNorm(x, `ln1.${i}`, 1e-5), `qkv.${i}`), 1, 1, 3, heads, size), 2, 0, 3, 1, 4)
    const past = g.select(kv!, 0, i)
    const extended = (part: number): string =>
      g.node('Concat', [g.node('Unsqueeze', [g.select(past, 0, part - 1), g.integers(0)]), g.select(qkv, 0, part)], { axis: 2 })
    const [k, v] = [extended(1), extended(2)]
    cache.push(g.node('Unsqueeze', [g.node('Concat', [k, v], { axis: 0 }), g.integers(0)]))
    const attended = g.reshape(g.transpose(g.attention(g.select(qkv, 0, 0), k, v, size), 0, 2, 1, 3), 1, 1, width)
    x = g.add(x, g.project(attended, `proj.${i}`))
    x = g.add(x, g.project(g.node('Gelu', [g.project(g.layerNorm(x, `ln2.${i}`, 1e-5), `up.${i}`)], { approximate: 'tanh' }), `down.${i}`))
  }
  return [g.project(g.layerNorm(x, 'lnf', 1e-5), 'head'), g.node('Concat', cache, { axis: 0 })]
}

const graphs: { readonly [model: string]: (g: LayerGraph, inputs: Inputs) => string | readonly string[] } = {
  mlp: (g, [x]) => g.softmax(g.linear(g.relu(g.linear(g.relu(g.linear(x!, 'fc1')), 'fc2')), 'fc3')),
  digits,
  matmul512: (g, [x]) => g.node('MatMul', [x!, g.weight('w')]),
  pointwise1m,
  lstm,
  unet128,
  mobilenet_v2: mobilenet,
  resnet18,
  minilm128,
  gptstep,
}

const cache = new URL('../.cache/onnx/', import.meta.url)

/** Bytes of the model's ONNX file, written on first use. */
export async function onnxModel(name: string, inputs: readonly ModelInput[]): Promise<Uint8Array> {
  const file = new URL(`${name}.onnx`, cache)
  if (!existsSync(file)) {
    const stateDicts = JSON.parse(readFileSync(new URL('../models/state_dict.json', import.meta.url), 'utf8'))
    const graph = new LayerGraph(stateDicts[name].state_dict)
    const results = graphs[name]!(
      graph,
      inputs.map(({ dtype, shape }, i) => graph.input(`x${i}`, dtype, shape)),
    )
    for (const result of [results].flat()) graph.output(result)
    mkdirSync(cache, { recursive: true })
    writeFileSync(file, await graph.encode(name))
  }
  return new Uint8Array(readFileSync(file))
}
