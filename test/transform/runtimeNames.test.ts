/** The list of names that app modules may import from the runtime is what both entries of the package have. */
import { expect, it } from 'vitest'
import * as eager from '../../src/index.ts'
import * as runtime from '../../src/runtime/index.ts'
import { runtimeNames } from '../../src/transform/runtimeNames.ts'

it('lists exactly what the eager library and the runtime share', () => {
  expect([...runtimeNames].toSorted()).toEqual(
    Object.keys(runtime)
      .filter((name) => name in eager)
      .toSorted(),
  )
})
