/** onnxruntime-web (its wasm backend) and onnxruntime-node on one thread, behind one interface. */
import type { ModelInput } from '../models/zoo.ts'

interface OrtTensor {
  readonly data: Float32Array
}
interface OrtSession {
  readonly inputNames: readonly string[]
  run(feeds: { readonly [name: string]: unknown }): Promise<{ readonly [name: string]: OrtTensor }>
}
interface Ort {
  readonly env: { readonly wasm: { numThreads: number } }
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<OrtSession> }
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => unknown
}

export interface Peer {
  readonly name: string
  readonly run: () => Promise<Float32Array>
}

export async function openPeer(
  name: 'onnxruntime-web' | 'onnxruntime-node',
  model: Uint8Array,
  inputs: readonly ModelInput[],
): Promise<Peer> {
  const imported = await import(String(name))
  const ort: Ort = imported.default?.InferenceSession ? imported.default : imported
  if (name === 'onnxruntime-web') ort.env.wasm.numThreads = 1
  const session = await ort.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    executionProviders: [name === 'onnxruntime-web' ? 'wasm' : 'cpu'],
  })
  const feeds = Object.fromEntries(
    session.inputNames.map((input, i) => {
      const { dtype, data, shape } = inputs[i]!
      const values = dtype === 'int64' ? BigInt64Array.from(data, BigInt) : data
      return [input, new ort.Tensor(dtype, values, shape)]
    }),
  )
  return {
    name,
    run: async () => {
      const results = await session.run(feeds)
      return Object.values(results)[0]!.data
    },
  }
}
