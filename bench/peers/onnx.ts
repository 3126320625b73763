/**
 * ONNX files written by hand: a builder whose methods add nodes and return the names of their results, encoded by protobufjs with the part of
 * onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) that inference graphs need. Opset 20.
 */
const schema = `syntax = "proto3";
message ModelProto { int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7; repeated OperatorSetIdProto opset_import = 8; }
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message GraphProto { repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5; repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12; }
message NodeProto { repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4; repeated AttributeProto attribute = 5; }
message AttributeProto { string name = 1; float f = 2; int64 i = 3; bytes s = 4; repeated int64 ints = 8; int32 type = 20; }
message TensorProto { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message TypeProto { message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; } Tensor tensor_type = 1; }
message TensorShapeProto { message Dimension { int64 dim_value = 1; string dim_param = 2; } repeated Dimension dim = 1; }`

const elementTypes = { float32: 1, int64: 7 } as const
export type ElementType = keyof typeof elementTypes

/** A whole number is an `i`, a list `ints`, a text `s`, `{ float }` an `f`. */
export type Attribute = number | string | readonly number[] | { readonly float: number }
export interface Attributes {
  readonly [name: string]: Attribute
}

interface Protobuf {
  parse(text: string): {
    readonly root: { lookupType(name: string): { fromObject(value: object): unknown; encode(message: unknown): { finish(): Uint8Array } } }
  }
}

function attribute(name: string, value: Attribute): object {
  if (typeof value === 'number') return { name, i: value, type: 2 }
  if (typeof value === 'string') return { name, s: new TextEncoder().encode(value), type: 3 }
  if ('float' in value) return { name, f: value.float, type: 1 }
  return { name, ints: value, type: 7 }
}

export class OnnxGraph {
  readonly #nodes: object[] = []
  readonly #initializers = new Map<string, object>()
  readonly #inputs: object[] = []
  readonly #outputs: object[] = []

  input(name: string, type: ElementType, shape: readonly number[]): string {
    this.#inputs.push({
      name,
      type: { tensorType: { elemType: elementTypes[type], shape: { dim: shape.map((dimValue) => ({ dimValue })) } } },
    })
    return name
  }

  output(value: string): void {
    this.#outputs.push({ name: value, type: { tensorType: { elemType: elementTypes.float32 } } })
  }

  constant(name: string, shape: readonly number[], data: Float32Array | readonly number[]): string {
    const [dataType, array] =
      data instanceof Float32Array ? [elementTypes.float32, data] : [elementTypes.int64, BigInt64Array.from(data, BigInt)]
    this.#initializers.set(name, { name, dims: shape, dataType, rawData: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) })
    return name
  }

  scalar(value: number): string {
    return this.constant(`scalar_${value}`, [], Float32Array.of(value))
  }

  integers(...values: number[]): string {
    return this.constant(`integers_${values.join('_')}`, [values.length], values)
  }

  /** The first result's name; `''` among the inputs leaves one out. */
  node(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.nodes(op, inputs, 1, attributes)[0]!
  }

  nodes(op: string, inputs: readonly string[], results: number, attributes: Attributes = {}): readonly string[] {
    const name = `${op}_${this.#nodes.length}`
    const output = Array.from({ length: results }, (_, i) => `${name}.${i}`)
    this.#nodes.push({
      name,
      opType: op,
      input: inputs,
      output,
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    })
    return output
  }

  async encode(name: string): Promise<Uint8Array> {
    // By a name that is not a literal: the peers are installed for benchmarks only.
    const protobuf: Protobuf = await import(String('protobufjs')).then((module) => module.default ?? module)
    const model = protobuf.parse(schema).root.lookupType('ModelProto')
    const message = model.fromObject({
      irVersion: 9,
      producerName: 'tensorscript-bench',
      opsetImport: [{ domain: '', version: 20 }],
      graph: { name, node: this.#nodes, initializer: [...this.#initializers.values()], input: this.#inputs, output: this.#outputs },
    })
    return model.encode(message).finish()
  }
}
