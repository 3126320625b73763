/** Printed JavaScript calls the runtime by name: each name must be there. */
import { expect, test } from 'vitest'
import { runtimeHelpers } from '../../src/compiler/print/runtimeHelpers.ts'
import * as runtime from '../../src/runtime/index.ts'

/** What the runtime has for apps and emitted modules, not for printed functions. */
const others = new Set([
  'nativeCode',
  'defineModule',
  'defineProgram',
  'defineState',
  'ignore',
  'loadable',
  'memoryUse',
  'ready',
  'Tensor',
  'tensor',
])

test('the list of helpers is what the runtime exports', () => {
  expect([...runtimeHelpers].sort()).toEqual(
    Object.keys(runtime)
      .filter((name) => !others.has(name))
      .sort(),
  )
})
