/** break and continue. */
import { gives, type Program } from './program.ts'

export const breakContinue: readonly Program[] = [
  {
    id: 'B01',
    checks: 'skip and exit',
    source: `/** @script */
export function skip(at: int): int {
  let t = 0
  for (let i = 0; i < 6; i++) {
    if (i === at) continue
    t = t * 2 + i
  }
  return t
}
/** @script */
export function stop(at: int): int {
  let t = 0
  for (let i = 0; i < 6; i++) {
    if (i === at) break
    t = t * 2 + i
  }
  return t
}`,
    runs: [
      gives(
        ({ skip, stop }) => [0, 3, 5, 9].map((i) => [skip(i), stop(i)]),
        [
          [57, 0],
          [29, 4],
          [26, 26],
          [57, 57],
        ],
      ),
    ],
  },
  {
    id: 'B02',
    checks: 'code after break is dropped without effect',
    source: `/** @script */
export function f(n: int): int {
  let r = 100
  for (let i = 0; i < n; i++) {
    if (mod(n, 2) === 1) {
      r = i - 1
      break
      r = 0
    } else {
      r += 5
      break
      assert(n < 0)
    }
    r = 7
    assert(n < 0)
  }
  return r
}`,
    runs: [gives(({ f }) => [0, 1, 2, 3].map((k) => f(k)), [100, -1, 105, -1])],
  },
  {
    id: 'B04',
    checks: 'while, nested for and breaks at several depths',
    source: `/** @script */
export function f(fuel: int, mode: int): [int, int] {
  let score = 0
  while (fuel > 0) {
    if (mode === 2) {
      for (let k = 0; k < mode + 1; k++) {
        if (k === 2) continue
        score += k + 1
        fuel -= 1
      }
    }
    if (fuel === 4) {
      score = score * 10
      break
    }
    if (fuel < 3) {
      if (mode === 1) {
        score -= 50
        break
      }
      fuel -= 1
    }
    score += 1
    fuel -= 2
  }
  return [score, fuel]
}`,
    runs: [
      gives(
        ({ f }) => [f(9, 2), f(8, 2), f(7, 1), f(8, 1), f(0, 1), f(4, 0)],
        [
          [12, -4],
          [8, -1],
          [-47, 1],
          [20, 4],
          [0, 0],
          [0, 4],
        ],
      ),
    ],
  },
  {
    id: 'B05',
    checks: 'a variable that has no value on the breaking path only',
    source: `/** @script */
export function f(kind: int): int {
  let total = 0
  for (let i = 0; i < 4; i++) {
    let w: int
    if (kind > 0) {
      if (kind > 1) {
        total += 1000
        break
      }
      w = i
    } else {
      w = 10
    }
    total += w
  }
  return total
}`,
    runs: [gives(({ f }) => [f(0), f(1), f(2)], [40, 6, 1000])],
  },
  {
    id: 'B07',
    checks: 'continue of the outer loop skips the inner one; a condition with an effect runs once a test',
    source: `/** @script */
export function f(mode: int): [int[], int] {
  const t = torch.tensor(0, { dtype: 'int64' })
  const log: int[] = []
  while (t.add_(1).item() < 7) {
    if (t.item() === 2 && mode === 1) continue
    for (let k = 0; k < 4; k++) {
      if (k === 1) continue
      else if (k > 2) break
      log.push(t.item() * 10 + k)
    }
    if (t.item() === 5) break
  }
  return [log, t.item()]
}`,
    runs: [
      gives(
        ({ f }) => [f(0), f(1)],
        [
          [[10, 12, 20, 22, 30, 32, 40, 42, 50, 52], 5],
          [[10, 12, 30, 32, 40, 42, 50, 52], 5],
        ],
      ),
    ],
  },
  {
    id: 'B08',
    checks: 'narrowing through a loop with continue',
    source: `/** @script */
export function f(n: int): int | null {
  let best: int | null = null
  for (let i = 0; i < n; i++) {
    if (best === null) {
      best = i * 2
      continue
    }
    best = best + i
    if (best > 8) best = null
  }
  return best
}`,
    runs: [gives(({ f }) => [0, 1, 2, 3, 4, 5, 6].map((k) => f(k)), [null, 0, 1, 3, 6, null, 10])],
  },
]
