/** Small whole programs, compiled and called: control flow between segments, symbolic dims, errors at the call and at build time. */
import { describe, expect, test } from 'vitest'
import { instantiatePrograms } from '../../src/compiler/artifact/instantiatePrograms.ts'
import { compileProgram } from '../../src/compiler/index.ts'
import type { CompiledProgram } from '../../src/compiler/program.ts'
import * as runtime from '../../src/runtime/index.ts'
import type { Tensor } from '../../src/runtime/tensor.ts'
import { requestOf, type TextRequest } from './requestText.ts'

const head = `import { F, torch, type float, type int, type Tensor } from 'tensorscript'\n`

function compiled(code: string, request: TextRequest = {}): CompiledProgram {
  const result = compileProgram(requestOf(head + code, request))
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  return result.program
}

async function callable(code: string, request: TextRequest = {}): Promise<(...args: unknown[]) => unknown> {
  const [f] = await instantiatePrograms([compiled(code, request)], runtime)
  return f!
}

const ramp = (shape: readonly number[], scale = 1): Tensor => {
  const count = shape.reduce((a, b) => a * b, 1)
  return runtime.tensor(
    Float32Array.from({ length: count }, (_, i) => Math.sin(i * 0.7) * scale),
    { dtype: 'float32', shape },
  )
}

const valuesOf = (result: unknown): readonly number[] => [...(result as Tensor).dataSync()]

describe.each([
  ['optimized', true],
  ['unoptimized', false],
] as const)('%s', (_, optimize) => {
  const options = { optimize }

  test("the loop-and-if program of TorchScript's documentation", async () => {
    const f = await callable(
      `export function f(len: int): Tensor {
  'use script'
  let rv = torch.zeros([3, 4])
  for (let i = 0; i < len; i++) {
    if (i < 10) rv = rv.sub(1)
    else rv = rv.add(1)
  }
  return rv
}`,
      { options },
    )
    for (const [len, value] of [
      [0, 0],
      [4, -4],
      [10, -10],
      [25, 5],
    ] as const) {
      const result = f(len) as Tensor
      expect(result.shape).toEqual([3, 4])
      expect(valuesOf(result)).toEqual(Array(12).fill(value))
    }
  })

  test('a scalar that reaches tensor code is a parameter of the kernel', async () => {
    const f = await callable(
      `export function f(x: Tensor<'float32', [4]>, a: float, n: int): Tensor {
  'use script'
  return x.mul(a).add(n)
}`,
      { options },
    )
    const x = ramp([4])
    expect(valuesOf(f(x, 2.5, 3))).toEqual(valuesOf(x).map((value) => Math.fround(Math.fround(value * 2.5) + 3)))
    expect(() => f(x, 2.5, 1.5)).toThrow(/must be an int/)
  })

  test('a while loop on the value of a tensor', async () => {
    const f = await callable(
      `export function f(x: Tensor<'float32', [3]>): Tensor {
  'use script'
  let y = x
  while (y.abs().sum().item() < 100) y = y.mul(2)
  return y
}`,
      { options },
    )
    const y = valuesOf(f(runtime.tensor(Float32Array.of(1, -2, 3), { dtype: 'float32', shape: [3] })))
    expect(y).toEqual([32, -64, 96])
  })

  test('one program for every size of a symbolic dim', async () => {
    const body = `{
  'use script'
  const h = F.gelu(F.linear(x, w))
  const y = F.layerNorm(h, [5])
  return torch.cat([F.softmax(y, 1), y.slice(1, 0, 2)], 1).sum([0])
}`
    const symbolic = await callable(`export function f(x: Tensor<'float32', ['N', 6]>, w: Tensor<'float32', [5, 6]>): Tensor ${body}`, {
      options,
    })
    for (const n of [1, 3, 64]) {
      const fixed = await callable(`export function f(x: Tensor<'float32', [${n}, 6]>, w: Tensor<'float32', [5, 6]>): Tensor ${body}`, {
        options,
      })
      const args = [ramp([n, 6]), ramp([5, 6], 2)]
      const [actual, expected] = [valuesOf(symbolic(...args)), valuesOf(fixed(...args))]
      expect(actual.length).toBe(7)
      actual.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 4)
      })
    }
  })

  test('an empty batch', async () => {
    const f = await callable(
      `export function f(x: Tensor<'float32', ['N', 6]>): Tensor {
  'use script'
  return F.softmax(x.add(1), 1)
}`,
      { options },
    )
    expect((f(ramp([0, 6])) as Tensor).shape).toEqual([0, 6])
  })

  test('two symbols that must be equal are checked before any work', async () => {
    const f = await callable(
      `export function f(x: Tensor<'float32', ['N']>, y: Tensor<'float32', ['M']>): Tensor {
  'use script'
  return x.add(y)
}`,
      { options },
    )
    expect(valuesOf(f(ramp([3]), ramp([3])))).toHaveLength(3)
    expect(() => f(ramp([3]), ramp([4]))).toThrow(RangeError)
  })

  test('a declared bound', async () => {
    const program = compiled(
      `export function f(x: Tensor<'float32', ['N<=8', 3]>): Tensor {
  'use script'
  return x.exp().sum([1])
}`,
      { options },
    )
    expect(typeof program.report.arenaBytes).toBe('number')
    const [f] = await instantiatePrograms([program], runtime)
    expect(valuesOf(f!(ramp([8, 3])))).toHaveLength(8)
    expect(() => f!(ramp([9, 3]))).toThrow(RangeError)
  })

  test('results belong to the caller', async () => {
    const f = await callable(
      `export function f(x: Tensor<'float32', [4]>): Tensor {
  'use script'
  return x.mul(2)
}`,
      { options },
    )
    const first = f(ramp([4])) as Tensor
    const kept = valuesOf(first)
    f(ramp([4], 100))
    expect(valuesOf(first)).toEqual(kept)
  })
})

test('a wrong shape is an error of the build at the call that made it', () => {
  const code = `${head}export function f(x: Tensor<'float32', [4, 6]>, w: Tensor<'float32', [5, 7]>): Tensor {
  'use script'
  return F.linear(x, w)
}`
  const result = compileProgram(requestOf(code))
  expect(result.ok).toBe(false)
  if (result.ok) return
  expect(result.diagnostics).toHaveLength(1)
  const [diagnostic] = result.diagnostics
  expect(diagnostic!.code).toBe('S3001')
  expect(diagnostic!.message).toMatch(/\[4, 6\].*\[5, 7\]/)
  expect(code.slice(diagnostic!.start, diagnostic!.end)).toBe('F.linear(x, w)')
})

test('what a program must wait for is in its report', () => {
  const program = compiled(`export function f(x: Tensor<'float32', [3]>): float {
  'use script'
  return x.sum().item()
}`)
  expect(program.report.synchronizations).toEqual(['item at model.ts:4:9'])
})

test('no path of the machine is in an artifact', () => {
  const program = compiled(
    `export function f(x: Tensor<'float32', ['N', 3]>): Tensor {
  'use script'
  return F.softmax(x, 1)
}`,
    { file: '/home/someone/project/model.ts' },
  )
  const { mappings: _mappings, report: _report, ...artifact } = program
  expect(JSON.stringify(artifact)).not.toContain('/home/someone')
})
