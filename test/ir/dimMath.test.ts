import { describe, expect, test } from 'vitest'
import type { Dim } from '../../src/ops/dim.ts'
import {
  dimAdd,
  dimCeilDiv,
  dimEqual,
  dimFloorDiv,
  dimMax,
  dimMin,
  dimMod,
  dimMul,
  dimRange,
  dimSub,
  dimToString,
  dimVar,
  evaluateDim,
  substituteDim,
  symbolsOf,
  symVar,
} from '../../src/ops/dimMath.ts'

const N = dimVar('N')
const M = dimVar('M', 32)
const text = dimToString

describe('canonical forms', () => {
  test('sums and products are ordered and collected', () => {
    expect(text(dimAdd(1, N, M, N))).toBe('M + 2*N + 1')
    expect(text(dimMul(dimAdd(N, 1), dimSub(N, 1)))).toBe('N*N + -1')
    expect(dimSub(dimAdd(N, M), dimAdd(M, N))).toBe(0)
    expect(dimEqual(dimMul(N, dimAdd(M, 2)), dimAdd(dimMul(2, N), dimMul(M, N)))).toBe(true)
  })

  test('exact quotients leave no division behind', () => {
    expect(text(dimFloorDiv(dimMul(2, N), 2))).toBe('N')
    expect(text(dimFloorDiv(dimMul(4, N, M), dimMul(2, N)))).toBe('2*M')
    expect(text(dimFloorDiv(dimAdd(dimMul(N, M), dimMul(2, M)), dimAdd(N, 2)))).toBe('M')
  })

  test('divisible parts of a sum are taken out of a division', () => {
    expect(text(dimFloorDiv(dimAdd(dimMul(3, N), 5), 2))).toBe('N + floordiv(N + 1, 2) + 2')
    expect(text(dimFloorDiv(dimFloorDiv(N, 2), 3))).toBe('floordiv(N, 6)')
    expect(text(dimFloorDiv(dimAdd(dimMul(2, N), 1), 4))).toBe('floordiv(N, 2)')
  })

  test('an even dimension pooled twice is the same however it was written', () => {
    const pool = (d: Dim): Dim => dimAdd(dimFloorDiv(dimSub(d, 2), 2), 1)
    expect(dimEqual(pool(dimMul(4, N)), dimMul(2, N))).toBe(true)
  })

  test('maxima and minima use the bounds of dimensions', () => {
    expect(dimMax(0, N)).toBe(N)
    expect(dimMin(M, 40)).toBe(M)
    expect(dimMin(M, 32, 33)).toBe(M)
    expect(text(dimMax(N, 3, dimAdd(N, 1)))).toBe('max(3, N + 1)')
    expect(text(dimMin(symVar('i'), 0))).toBe('min(0, i)')
  })

  test('remainders of known parts vanish', () => {
    expect(dimMod(dimAdd(dimMul(4, N), 7), 4)).toBe(3)
    expect(text(dimMod(dimAdd(dimMul(5, N), M), 4))).toBe('mod(M + N, 4)')
    expect(dimMod(dimMul(N, M), N)).toBe(0)
  })

  test('ranges follow from declared bounds', () => {
    expect(dimRange(dimMul(2, M))).toEqual({ min: 0, max: 64 })
    expect(dimRange(dimFloorDiv(dimAdd(M, 1), 2))).toEqual({ min: 0, max: 16 })
    expect(dimRange(dimSub(M, N))).toEqual({ min: -Infinity, max: 32 })
  })

  test('symbols and substitution', () => {
    const d = dimAdd(dimMul(N, M), dimFloorDiv(N, 3))
    expect(symbolsOf(d).map((s) => s.name)).toEqual(['M', 'N'])
    expect(substituteDim(d, new Map([['N', 6]]))).toEqual(dimAdd(dimMul(6, M), 2))
  })
})

test('every constructor agrees with plain integer arithmetic', () => {
  let seed = 12345
  const random = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
    return (seed >> 8) % n
  }
  const floorDiv = (a: number, b: number): number => Math.floor(a / b)
  const symbols = [N, M, symVar('i')]
  interface Pair {
    readonly dim: Dim
    readonly value: (env: Record<string, number>) => number
  }
  const generate = (depth: number): Pair => {
    const leaf = depth === 0 || random(4) === 0
    if (leaf) {
      if (random(2) === 0) {
        const c = random(9) - 3
        return { dim: c, value: () => c }
      }
      const s = symbols[random(3)]!
      return { dim: s, value: (env) => env[s.name]! }
    }
    const a = generate(depth - 1)
    const b = generate(depth - 1)
    const c = random(6) + 1
    switch (random(8)) {
      case 0:
      case 1:
        return { dim: dimAdd(a.dim, b.dim), value: (e) => a.value(e) + b.value(e) }
      case 2:
        return { dim: dimSub(a.dim, b.dim), value: (e) => a.value(e) - b.value(e) }
      case 3:
        return { dim: dimMul(a.dim, b.dim), value: (e) => a.value(e) * b.value(e) }
      case 4:
        return { dim: dimFloorDiv(a.dim, c), value: (e) => floorDiv(a.value(e), c) }
      case 5:
        return { dim: dimMod(a.dim, c), value: (e) => a.value(e) - c * floorDiv(a.value(e), c) }
      case 6:
        return { dim: dimMax(a.dim, b.dim), value: (e) => Math.max(a.value(e), b.value(e)) }
      default:
        return { dim: dimCeilDiv(dimMin(a.dim, b.dim), c), value: (e) => Math.ceil(Math.min(a.value(e), b.value(e)) / c) }
    }
  }
  for (let i = 0; i < 3000; i++) {
    const { dim, value } = generate(4)
    const range = dimRange(dim)
    for (let k = 0; k < 4; k++) {
      const env = { N: random(20), M: random(33), i: random(21) - 10 }
      const actual = evaluateDim(dim, env)
      expect(actual, `${text(dim)} under ${JSON.stringify(env)}`).toBe(value(env) + 0)
      expect(actual).toBeGreaterThanOrEqual(range.min)
      expect(actual).toBeLessThanOrEqual(range.max)
    }
  }
})
