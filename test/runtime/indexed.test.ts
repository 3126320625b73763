/** Indices out of range: compiled programs say which operator, where in the source, and go on working. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tensor } from '../../src/runtime/tensor.ts'
import { compileFile } from '../compile/compileFile.ts'
import { temporaryFolder } from '../support/temporaryFolder.ts'

const source = `import { F, type Tensor, torch } from 'tensorscript'
type X = Tensor<'float32', [3, 2]>
type I = Tensor<'int64', ['N']>
/** @script */
export function indexSelect(x: X, i: I): Tensor { return torch.indexSelect(x, 0, i) }
/** @script */
export function gather(x: X, i: I): Tensor { return x.gather(0, i.unsqueeze(1)) }
/** @script */
export function take(x: X, i: I): Tensor { return x.take(i.mul(2)) }
/** @script */
export function index(x: X, i: I): Tensor { return x.index([i]) }
/** @script */
export function embedding(x: X, i: I): Tensor { return F.embedding(i, x) }
/** @script */
export function scatter(x: X, i: I): Tensor { return x.scatter(0, i.unsqueeze(1), 5) }
/** @script */
export function indexPut(x: X, i: I): Tensor { return x.indexPut([i], torch.tensor(1)) }
/** @script */
export function indexAdd(x: X, i: I): Tensor { return x.indexAdd(0, i, torch.ones([i.shape[0]!, 2])) }
`
const names = [...source.matchAll(/function (\w+)/g)].map(([, name]) => name!)

test('every operator that indexes', async () => {
  const file = join(temporaryFolder('indexed'), 'model.ts')
  writeFileSync(file, source)
  const { call } = await compileFile(file)
  const x = tensor([1, 2, 3, 4, 5, 6], { dtype: 'float32', shape: [3, 2] })
  const at = (...indices: number[]) => tensor(indices, { dtype: 'int64', shape: [indices.length] })
  expect(names).toHaveLength(8)
  for (const name of names) {
    const before = call(name, x, at(2, 0))
    expect(() => call(name, x, at(0, 3)), name).toThrow(RangeError)
    expect(() => call(name, x, at(0, 3)), name).toThrow(/^\w+: an index is out of range in \w+ at model\.ts:\d+:\d+/)
    expect(call(name, x, at(2, 0)), name).toEqual(before)
  }
})
