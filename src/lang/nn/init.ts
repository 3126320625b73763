/** Initial values of parameters, distributed as PyTorch does (torch.nn.init), drawn from our own seeded generator. */
import { Parameter } from '../module.ts'
import { torch } from '../torch.ts'

/** Uniform in [-bound, bound). */
export const uniform = (shape: readonly number[], bound: number): Parameter =>
  new Parameter(
    torch
      .rand(shape)
      .mul(2 * bound)
      .sub(bound),
  )

/** kaiming_uniform_ with a = sqrt(5), as Linear and the convolutions have it: bound 1 / sqrt(fan in). */
export function kaimingUniform(shape: readonly number[]): Parameter {
  const fan = fanIn(shape)
  return uniform(shape, fan > 0 ? 1 / Math.sqrt(fan) : 0)
}

/** Inputs of one output: all dims but the first. */
export const fanIn = (shape: readonly number[]): number => shape.slice(1).reduce((a, b) => a * b, 1)

/** The bias that goes with a weight of this shape. */
export const biasFor = (count: number, weightShape: readonly number[]): Parameter => {
  const fan = fanIn(weightShape)
  return uniform([count], fan > 0 ? 1 / Math.sqrt(fan) : 0)
}

export const ones = (shape: readonly number[]): Parameter => new Parameter(torch.ones(shape))
export const zeros = (shape: readonly number[]): Parameter => new Parameter(torch.zeros(shape))
export const normal = (shape: readonly number[]): Parameter => new Parameter(torch.randn(shape))
