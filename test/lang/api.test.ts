import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { generateApi } from '../../scripts/generateApi.ts'

const file = fileURLToPath(new URL('../../src/lang/api.generated.ts', import.meta.url))

it('has the signatures of the registry (UPDATE=1 writes them)', () => {
  const text = generateApi()
  if (process.env.UPDATE) writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
})
