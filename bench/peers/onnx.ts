/**
 * ONNX files of benchmark models, written from the same weights: the graph as a list of nodes, encoded by protobufjs with the part of
 * onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) that such graphs need.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { weight } from '../models/fill.ts'

const schema = `syntax = "proto3";
message ModelProto { int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7; repeated OperatorSetIdProto opset_import = 8; }
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message GraphProto { repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5; repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12; }
message NodeProto { repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4; repeated AttributeProto attribute = 5; }
message AttributeProto { string name = 1; float f = 2; int64 i = 3; repeated int64 ints = 8; int32 type = 20; }
message TensorProto { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message TypeProto { message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; } Tensor tensor_type = 1; }
message TensorShapeProto { message Dimension { int64 dim_value = 1; string dim_param = 2; } repeated Dimension dim = 1; }`

const floatType = 1

interface GraphNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly ints?: { readonly [attribute: string]: number | readonly number[] }
}

interface GraphText {
  readonly inputs: { readonly [name: string]: readonly number[] }
  readonly output: string
  readonly nodes: readonly GraphNode[]
}

const linear = (x: string, layer: string, output: string): GraphNode => ({
  op: 'Gemm',
  inputs: [x, `${layer}.weight`, `${layer}.bias`],
  output,
  ints: { transB: 1 },
})
const pointwise = (op: string, x: string, output: string, ints: GraphNode['ints'] = {}): GraphNode => ({ op, inputs: [x], output, ints })

const convolution = (x: string, layer: string, output: string, padding: number): GraphNode => ({
  op: 'Conv',
  inputs: [x, `${layer}.weight`, `${layer}.bias`],
  output,
  ints: { pads: [padding, padding, padding, padding] },
})
const batchNorm = (x: string, layer: string, output: string): GraphNode => ({
  op: 'BatchNormalization',
  inputs: [x, ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => `${layer}.${part}`)],
  output,
})
const halved = (x: string, output: string): GraphNode => pointwise('MaxPool', x, output, { kernel_shape: [2, 2], strides: [2, 2] })

const graphs: { readonly [model: string]: GraphText } = {
  mlp: {
    inputs: { x0: [1, 16] },
    output: 'y0',
    nodes: [
      linear('x0', 'fc1', 'a'),
      pointwise('Relu', 'a', 'b'),
      linear('b', 'fc2', 'c'),
      pointwise('Relu', 'c', 'd'),
      linear('d', 'fc3', 'e'),
      pointwise('Softmax', 'e', 'y0', { axis: -1 }),
    ],
  },
  digits: {
    inputs: { x0: [1, 1, 28, 28] },
    output: 'y0',
    nodes: [
      convolution('x0', 'conv1', 'a', 1),
      batchNorm('a', 'bn1', 'b'),
      pointwise('Relu', 'b', 'c'),
      halved('c', 'd'),
      convolution('d', 'conv2', 'e', 1),
      batchNorm('e', 'bn2', 'f'),
      pointwise('Relu', 'f', 'g'),
      halved('g', 'h'),
      pointwise('Flatten', 'h', 'i', { axis: 1 }),
      linear('i', 'fc1', 'j'),
      pointwise('Relu', 'j', 'k'),
      linear('k', 'fc2', 'l'),
      pointwise('LogSoftmax', 'l', 'y0', { axis: 1 }),
    ],
  },
  matmul512: { inputs: { x0: [512, 512] }, output: 'y0', nodes: [{ op: 'MatMul', inputs: ['x0', 'w'], output: 'y0' }] },
}

interface Protobuf {
  parse(text: string): {
    readonly root: { lookupType(name: string): { fromObject(value: object): unknown; encode(message: unknown): { finish(): Uint8Array } } }
  }
}

const cache = new URL('../.cache/onnx/', import.meta.url)

/** Bytes of the model's ONNX file; null: it has none yet. */
export async function onnxModel(name: string): Promise<Uint8Array | null> {
  const graph = graphs[name]
  if (!graph) return null
  const file = new URL(`${name}.onnx`, cache)
  if (!existsSync(file)) {
    const stateDicts = JSON.parse(readFileSync(new URL('../models/state_dict.json', import.meta.url), 'utf8'))
    const bytes = await encode(name, graph, stateDicts[name].state_dict)
    mkdirSync(cache, { recursive: true })
    writeFileSync(file, bytes)
  }
  return new Uint8Array(readFileSync(file))
}

async function encode(name: string, graph: GraphText, weights: { readonly [key: string]: readonly number[] }): Promise<Uint8Array> {
  // By a name that is not a literal: the peers are installed for benchmarks only.
  const protobuf: Protobuf = await import(String('protobufjs')).then((module) => module.default ?? module)
  const model = protobuf.parse(schema).root.lookupType('ModelProto')
  const value = (tensor: string, shape: readonly number[]) => ({
    name: tensor,
    type: { tensorType: { elemType: floatType, shape: { dim: shape.map((dimValue) => ({ dimValue })) } } },
  })
  const message = model.fromObject({
    irVersion: 8,
    producerName: 'tensorscript-bench',
    opsetImport: [{ domain: '', version: 17 }],
    graph: {
      name,
      node: graph.nodes.map(({ op, inputs, output, ints = {} }, i) => ({
        name: `${op}_${i}`,
        opType: op,
        input: inputs,
        output: [output],
        attribute: Object.entries(ints).map(([attribute, number]) =>
          typeof number === 'number' ? { name: attribute, i: number, type: 2 } : { name: attribute, ints: number, type: 7 },
        ),
      })),
      initializer: Object.entries(weights).map(([key, dims]) => ({
        name: key,
        dims,
        dataType: floatType,
        rawData: new Uint8Array(weight(key, dims).buffer),
      })),
      input: Object.entries(graph.inputs).map(([input, shape]) => value(input, shape)),
      output: [{ name: graph.output, type: { tensorType: { elemType: floatType } } }],
    },
  })
  return model.encode(message).finish()
}
