/** The ten benchmark models with their inputs at batch 1. Each file here exports `model`; weights are filled by rule (fill.ts). */
import { image, signal, tokens } from './fill.ts'

export interface ModelInput {
  readonly dtype: 'float32' | 'int64'
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array
}

const images = (...shape: number[]): ModelInput => ({ dtype: 'float32', shape, data: image('x0', shape) })
const signals = (name: string, ...shape: number[]): ModelInput => ({ dtype: 'float32', shape, data: signal(name, shape) })
const ids = (vocabulary: number, ...shape: number[]): ModelInput => ({ dtype: 'int64', shape, data: tokens('x0', vocabulary, shape) })

/** Inputs are made when asked for: some are large. */
export const zoo: { readonly [name: string]: () => readonly ModelInput[] } = {
  mlp: () => [images(1, 16)],
  digits: () => [images(1, 1, 28, 28)],
  matmul512: () => [signals('x0', 512, 512)],
  pointwise1m: () => [signals('x0', 1024, 1024), signals('x1', 1024, 1024)],
  lstm: () => [signals('x0', 1, 100, 80)],
  unet128: () => [images(1, 3, 128, 128)],
  mobilenet_v2: () => [images(1, 3, 224, 224)],
  resnet18: () => [images(1, 3, 224, 224)],
  minilm128: () => [ids(30522, 1, 128)],
  gptstep: () => [ids(50257, 1, 1), signals('x1', 6, 2, 12, 128, 64)],
}
