/** `torch`, `F`, `torch.linalg`, `torch.special`: every operator of the registry under its home, called eagerly. */
import type { Home } from '../ops/operator.ts'
import { generator } from '../ops/reference/generator.ts'
import { apiEntries } from '../ops/registry.ts'
import { tensor } from '../runtime/tensor.ts'
import { callApi } from './dispatch.ts'

type Callable = (...args: readonly unknown[]) => unknown

function namespaceOf(home: Home): Record<string, Callable> {
  const result: Record<string, Callable> = {}
  for (const entry of apiEntries)
    if (entry.home === home)
      result[entry.name] = { [entry.name]: (...args: readonly unknown[]) => callApi(entry, args) }[entry.name] as Callable
  return result
}

/** Sets the seed of `rand`, `randn` and of the initialisation of modules; the sequence is our own, not PyTorch's. */
export const manualSeed = (seed: number): void => generator.seed(seed)

export const functional = Object.freeze(namespaceOf('F'))
export const torchNamespace = Object.freeze({
  ...namespaceOf('torch'),
  tensor,
  manualSeed,
  linalg: Object.freeze(namespaceOf('linalg')),
  special: Object.freeze(namespaceOf('special')),
})
