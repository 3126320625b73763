/** Layers of PyTorch as nodes of ONNX, in the form that PyTorch's exporter gives them. Weights are made from a state dict's keys and shapes. */
import { weight } from '../models/fill.ts'
import { type Attributes, OnnxGraph } from './onnx.ts'

export interface StateDict {
  readonly [key: string]: readonly number[]
}

/** A row-major rows x columns matrix as columns x rows. */
function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) result[c * rows + r] = data[r * columns + c]!
  return result
}

export class LayerGraph extends OnnxGraph {
  readonly stateDict: StateDict

  constructor(stateDict: StateDict) {
    super()
    this.stateDict = stateDict
  }

  weight(key: string): string {
    const shape = this.stateDict[key]!
    return this.constant(key, shape, weight(key, shape))
  }

  add = (a: string, b: string): string => this.node('Add', [a, b])
  mul = (a: string, b: string): string => this.node('Mul', [a, b])
  relu = (x: string): string => this.node('Relu', [x])

  /** Of a matrix: Gemm. Of more dimensions, or without a bias: a product with the transposed weight, as exporters fold it. */
  linear(x: string, layer: string): string {
    return this.node('Gemm', [x, this.weight(`${layer}.weight`), this.weight(`${layer}.bias`)], { transB: 1 })
  }
  project(x: string, layer: string): string {
    const key = `${layer}.weight`
    const [rows, columns] = this.stateDict[key] as [number, number]
    const product = this.node('MatMul', [
      x,
      this.constant(`${key}.T`, [columns, rows], transposed(weight(key, [rows, columns]), rows, columns)),
    ])
    return `${layer}.bias` in this.stateDict ? this.add(product, this.weight(`${layer}.bias`)) : product
  }

  conv(x: string, layer: string, options: { stride?: number; padding?: number; groups?: number } = {}): string {
    const { stride = 1, padding = 0, groups = 1 } = options
    const bias = `${layer}.bias` in this.stateDict ? [this.weight(`${layer}.bias`)] : []
    return this.node('Conv', [x, this.weight(`${layer}.weight`), ...bias], {
      kernel_shape: this.stateDict[`${layer}.weight`]!.slice(2),
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
      group: groups,
    })
  }

  batchNorm(x: string, layer: string): string {
    return this.node('BatchNormalization', [
      x,
      ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => this.weight(`${layer}.${part}`)),
    ])
  }

  layerNorm(x: string, layer: string, epsilon: number): string {
    return this.node('LayerNormalization', [x, this.weight(`${layer}.weight`), this.weight(`${layer}.bias`)], {
      axis: -1,
      epsilon: { float: epsilon },
    })
  }

  maxPool(x: string, kernel: number, stride: number, padding = 0): string {
    return this.node('MaxPool', [x], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    })
  }

  reshape = (x: string, ...shape: number[]): string => this.node('Reshape', [x, this.integers(...shape)])
  transpose = (x: string, ...perm: number[]): string => this.node('Transpose', [x], { perm })
  /** `x[index]`, of dimension `axis` which goes. */
  select(x: string, axis: number, index: number): string {
    return this.node('Gather', [x, this.constant(`index_${index}`, [], [index])], { axis })
  }
  softmax = (x: string): string => this.node('Softmax', [x], { axis: -1 })

  /** softmax(q k^T / sqrt(size)) v, heads in dimension 1. */
  attention(q: string, k: string, v: string, size: number): string {
    const scores = this.node('Div', [this.node('MatMul', [q, this.transpose(k, 0, 1, 3, 2)]), this.scalar(Math.sqrt(size))])
    return this.node('MatMul', [this.softmax(scores), v])
  }

  /** One layer of an LSTM over [T, N, features]: [T, N, hidden]. ONNX has the gates as input, output, forget, cell; PyTorch as input, forget, cell, output. */
  lstm(x: string, prefix: string, layer: number, hidden: number): string {
    const gates = (data: Float32Array): Float32Array => {
      const part = data.length / 4
      return Float32Array.from({ length: data.length }, (_, i) => data[[0, 3, 1, 2][Math.floor(i / part)]! * part + (i % part)]!)
    }
    const reordered = (key: string): Float32Array => gates(weight(key, this.stateDict[key]!))
    const matrix = (kind: string): string => {
      const key = `${prefix}.weight_${kind}_l${layer}`
      return this.constant(`${key}.iofc`, [1, ...this.stateDict[key]!], reordered(key))
    }
    const biases = ['ih', 'hh'].map((kind) => reordered(`${prefix}.bias_${kind}_l${layer}`))
    const bias = this.constant(`${prefix}.bias_l${layer}.iofc`, [1, 8 * hidden], Float32Array.from(biases.flatMap((b) => [...b])))
    const attributes: Attributes = { hidden_size: hidden }
    return this.node('Squeeze', [this.node('LSTM', [x, matrix('ih'), matrix('hh'), bias], attributes), this.integers(1)])
  }
}
