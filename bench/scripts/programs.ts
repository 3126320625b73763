/**
 * What `npm run bench:scripts` measures: script functions without tensors, in groups named by the part of a name before `_`. Every one takes how
 * much work to do and gives an int that depends on all of it.
 */
import type { int } from 'tensorscript'

/** @script */
export function scalars_fibonacci(n: int): int {
  let a = 0
  let b = 1
  for (let i = 0; i < n; i++) {
    const c = (a + b * 3) % 1009
    a = b
    b = c
  }
  return a
}

/** @script */
export function scalars_mandelbrot(n: int): int {
  let inside = 0
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const re = (column * 3.0) / n - 2.0
      const im = (row * 2.0) / n - 1.0
      let x = 0.0
      let y = 0.0
      let steps = 0
      while (steps < 50 && x * x + y * y < 4.0) {
        const next = x * x - y * y + re
        y = 2.0 * x * y + im
        x = next
        steps++
      }
      if (steps === 50) inside++
    }
  }
  return inside
}

/** @script */
export function scalars_collatz(n: int): int {
  let longest = 0
  for (let start = 1; start < n; start++) {
    let value = start
    let length = 1
    while (value !== 1) {
      if (value % 2 === 0) value = Math.floor(value / 2)
      else value = 3 * value + 1
      length++
    }
    if (length > longest) longest = length
  }
  return longest
}

/** @script */
export function strings_splitJoin(n: int): int {
  let count = 0
  for (let i = 0; i < n; i++) {
    const text = `${i} ${i * 3} ${i % 7}`
    const parts = text.split(' ')
    for (const part of parts) count += part.length
    count += parts.join('-').length
  }
  return count
}

/** @script */
export function strings_hash(n: int): int {
  const text = 'the quick brown fox jumps over the lazy dog'
  let hash = 7
  for (let round = 0; round < n; round++) {
    for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) % 65521
  }
  return hash
}

/** @script */
export function strings_concatenation(n: int): int {
  let text = ''
  for (let i = 0; i < n; i++) {
    text += String(i % 10)
    if (text.length > 200) text = text.slice(100)
  }
  return text.length
}

/** @script */
export function strings_tokenizer(n: int): int {
  const text = 'let total = (price1 + 42) * rate - 7 / count2'
  let checksum = 0
  for (let round = 0; round < n; round++) {
    const tokens: string[] = []
    let at = 0
    while (at < text.length) {
      const c = text[at]!
      if (c === ' ') {
        at++
        continue
      }
      let end = at + 1
      if (c >= '0' && c <= '9') {
        while (end < text.length && text[end]! >= '0' && text[end]! <= '9') end++
      } else if (c >= 'a' && c <= 'z') {
        while (end < text.length && ((text[end]! >= 'a' && text[end]! <= 'z') || (text[end]! >= '0' && text[end]! <= '9'))) end++
      }
      tokens.push(text.slice(at, end))
      at = end
    }
    for (const token of tokens) checksum = (checksum * 17 + token.length) % 9973
  }
  return checksum
}

/** @script */
export function maps_counts(n: int): int {
  const seen = new Map<string, int>()
  for (let i = 0; i < n; i++) {
    const key = `k${i % 97}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  let most = 0
  for (const [, times] of seen) if (times > most) most = times
  return most
}

/** @script */
export function maps_numbers(n: int): int {
  const squares = new Map<int, int>()
  for (let i = 0; i < n; i++) squares.set(i % 512, i)
  let sum = 0
  for (let i = 0; i < n; i++) if (squares.has(i % 600)) sum += squares.get(i % 600)! % 3
  return sum
}

/** @script */
export function maps_bytePairs(n: int): int {
  let tokens: string[] = []
  const text = 'low lower lowest newer wider slow slower'
  for (let i = 0; i < text.length; i++) tokens.push(text[i]!)
  for (let merge = 0; merge < n; merge++) {
    const counts = new Map<string, int>()
    for (let i = 0; i + 1 < tokens.length; i++) {
      const pair = `${tokens[i]!}|${tokens[i + 1]!}`
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
    let best = ''
    let most = 0
    for (const [pair, times] of counts) {
      if (times > most) {
        most = times
        best = pair
      }
    }
    if (most < 2) break
    const merged: string[] = []
    let i = 0
    while (i < tokens.length) {
      if (i + 1 < tokens.length && `${tokens[i]!}|${tokens[i + 1]!}` === best) {
        merged.push(tokens[i]! + tokens[i + 1]!)
        i += 2
      } else {
        merged.push(tokens[i]!)
        i++
      }
    }
    tokens = merged
  }
  return tokens.length
}

/** @script */
export function arrays_pushWalk(n: int): int {
  const xs: int[] = []
  for (let i = 0; i < n; i++) xs.push((i * 7) % 31)
  let sum = 0
  for (const x of xs) if (x % 2 === 0) sum += x
  return sum
}

/** @script */
export function arrays_sieve(n: int): int {
  const composite: boolean[] = []
  for (let i = 0; i < n; i++) composite.push(false)
  let primes = 0
  for (let i = 2; i < n; i++) {
    if (composite[i]!) continue
    primes++
    for (let k = i * 2; k < n; k += i) composite[k] = true
  }
  return primes
}

/** @script */
export function arrays_prefixSums(n: int): int {
  const xs: int[] = []
  for (let i = 0; i < n; i++) xs.push(i % 13)
  for (let i = 1; i < xs.length; i++) xs[i] = (xs[i]! + xs[i - 1]!) % 1000
  let sum = 0
  for (let i = 0; i < xs.length; i++) sum += xs[xs.length - 1 - i]! * (i % 3)
  return sum
}

/** @script */
export function arrays_sort(n: int): int {
  const xs: int[] = []
  for (let i = 0; i < n; i++) xs.push((i * 7919) % 10007)
  xs.sort((a, b) => a - b)
  let sum = 0
  for (let i = 0; i < n; i += 10) sum += xs[i]!
  return sum
}

/** @script */
export function arrays_methods(n: int): int {
  const xs: int[] = []
  for (let i = 0; i < n; i++) xs.push(i % 101)
  return xs
    .map((x) => x * 2)
    .filter((x) => x % 3 === 0)
    .reduce((sum, x) => sum + x, 0)
}

/** @script */
export function arrays_matrixProduct(n: int): int {
  const a: int[][] = []
  const b: int[][] = []
  for (let i = 0; i < n; i++) {
    const left: int[] = []
    const right: int[] = []
    for (let j = 0; j < n; j++) {
      left.push((i + j) % 5)
      right.push((i * j) % 7)
    }
    a.push(left)
    b.push(right)
  }
  let trace = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += a[i]![k]! * b[k]![j]!
      if (i === j) trace += sum
    }
  }
  return trace
}

interface Particle {
  x: int
  y: int
  speed: int
}

/** @script */
export function records_particles(n: int): int {
  const particles: Particle[] = []
  for (let i = 0; i < 100; i++) particles.push({ x: i, y: 2 * i, speed: (i % 7) + 1 })
  for (let step = 0; step < n; step++) {
    for (const particle of particles) {
      particle.x = (particle.x + particle.speed) % 640
      particle.y = (particle.y + particle.speed * 2) % 480
    }
  }
  let sum = 0
  for (const particle of particles) sum += particle.x + particle.y
  return sum
}

class Counter {
  total: int = 0
  calls: int = 0
  add(value: int): void {
    this.total = (this.total + value) % 10007
    this.calls += 1
  }
}

/** @script */
export function records_classes(n: int): int {
  const even = new Counter()
  const odd = new Counter()
  for (let i = 0; i < n; i++) {
    if (i % 2 === 0) even.add(i)
    else odd.add(i * 3)
  }
  return even.total + odd.total * even.calls
}

function gcd(a: int, b: int): int {
  let [x, y] = [a, b]
  while (y !== 0) {
    const rest = x % y
    x = y
    y = rest
  }
  return x
}

/** @script */
export function scalars_gcd(n: int): int {
  let coprime = 0
  for (let a = 1; a < n; a++) {
    for (let b = 1; b < n; b++) if (gcd(a, b) === 1) coprime++
  }
  return coprime
}

function isPrime(n: int): boolean {
  if (n < 2) return false
  for (let d = 2; d * d <= n; d++) {
    if (n % d === 0) return false
  }
  return true
}

/** @script */
export function scalars_primes(n: int): int {
  let count = 0
  for (let i = 0; i < n; i++) if (isPrime(i)) count++
  return count
}

/** @script */
export function scalars_switch(n: int): int {
  let state = 0
  let sum = 0
  for (let i = 0; i < n; i++) {
    switch (state) {
      case 0:
        state = i % 3 === 0 ? 1 : 2
        break
      case 1:
        sum += i % 5
        state = 2
        break
      default:
        sum -= i % 3
        state = i % 2
    }
  }
  return sum
}

/** @script */
export function strings_characters(n: int): int {
  let vowels = 0
  for (let round = 0; round < n; round++) {
    const text = `the quick brown fox ${round} jumps over the lazy dog`
    for (const c of text) if (c === 'a' || c === 'e' || c === 'i' || c === 'o' || c === 'u') vowels++
  }
  return vowels
}

/** @script */
export function strings_reverse(n: int): int {
  let same = 0
  for (let i = 0; i < n; i++) {
    const text = `${i}`
    let reversed = ''
    for (let k = text.length - 1; k >= 0; k--) reversed += text[k]!
    if (reversed === text) same++
  }
  return same
}

/** @script */
export function maps_records(n: int): int {
  const counts: Record<string, int> = {}
  for (let i = 0; i < n; i++) {
    const key = `k${i % 97}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  let most = 0
  for (const [, times] of Object.entries(counts)) if (times > most) most = times
  return most
}

/** @script */
export function maps_sets(n: int): int {
  const seen = new Set<int>()
  let value = 1
  let steps = 0
  while (!seen.has(value) && steps < n) {
    seen.add(value)
    value = (value * 48271) % 65537
    steps++
  }
  let sum = 0
  for (const x of seen) sum = (sum + x) % 1009
  return sum + seen.size
}

/** @script */
export function arrays_stack(n: int): int {
  const stack: int[] = []
  let sum = 0
  for (let i = 0; i < n; i++) {
    stack.push(i)
    if (i % 3 === 2) {
      const top = stack.pop()
      if (top != null) sum = (sum + top) % 1009
    }
    if (stack.length > 0) sum += stack.at(-1)! % 2
  }
  return sum
}

/** @script */
export function arrays_tuples(n: int): int {
  const edges: [int, int][] = []
  for (let i = 0; i < n; i++) edges.push([i % 97, (i * 31) % 89])
  const degrees: int[] = []
  for (let i = 0; i < 97; i++) degrees.push(0)
  for (const [from, to] of edges) {
    degrees[from] = degrees[from]! + 1
    degrees[to]! += 1
  }
  return Math.max(...degrees)
}

/** @script */
export function arrays_search(n: int): int {
  const xs: int[] = []
  for (let i = 0; i < 1000; i++) xs.push(i * 3)
  let found = 0
  for (let i = 0; i < n; i++) {
    let low = 0
    let high = xs.length - 1
    const wanted = (i * 7) % 3000
    while (low <= high) {
      const middle = (low + high) >> 1
      const value = xs[middle]!
      if (value === wanted) {
        found++
        break
      }
      if (value < wanted) low = middle + 1
      else high = middle - 1
    }
  }
  return found
}

interface Point {
  x: int
  y: int
}

function plus(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y }
}

/** @script */
export function records_points(n: int): int {
  let position: Point = { x: 0, y: 0 }
  const steps: Point[] = [
    { x: 1, y: 0 },
    { x: 0, y: 2 },
    { x: -1, y: 1 },
  ]
  for (let i = 0; i < n; i++) position = plus(position, steps[i % 3]!)
  return position.x + position.y
}
