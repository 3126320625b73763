/** Programs as someone writes them who has not read the manual: tokenizers, caches, trees, metrics, samplers. Compiled as uncompiled. */
import { test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'

test('text: word pieces, error rates, greedy decoding, a table', () =>
  agree(
    'everyday-text',
    `/** @script */
export function wordPieces(text: string, vocabulary: Set<string>): string[] {
  const out: string[] = []
  for (const word of text.trim().toLowerCase().split(' ').filter((w) => w !== '')) {
    let start = 0
    let known = true
    const pieces: string[] = []
    while (start < word.length) {
      let end = word.length
      let found: string | null = null
      while (start < end) {
        const piece = (start > 0 ? '##' : '') + word.slice(start, end)
        if (vocabulary.has(piece)) {
          found = piece
          break
        }
        end--
      }
      if (found === null) {
        known = false
        break
      }
      pieces.push(found)
      start = end
    }
    if (known) out.push(...pieces, '/')
    else out.push('[UNK]')
  }
  return out
}
/** @script */
export function wordErrorRate(a: string, b: string): number {
  const reference = a.split(' '), hypothesis = b.split(' ')
  let previous = [...Array(hypothesis.length + 1).keys()]
  for (const [i, r] of reference.entries()) {
    const current = [i + 1]
    for (const [j, h] of hypothesis.entries()) current.push(Math.min(previous[j + 1]! + 1, current[j]! + 1, previous[j]! + Number(r !== h)))
    previous = current
  }
  return previous.at(-1)! / reference.length
}
/** @script */
export function ctc(logits: Tensor<'float32', ['T', 4]>, alphabet: string): string {
  let text = ''
  let last = -1
  for (const id of logits.argmax(-1).toArray() as number[]) {
    if (id !== last && id !== 0) text += alphabet[id - 1]
    last = id
  }
  return text
}
/** @script */
export function table(scores: Map<string, number>): string {
  const ranked = [...scores.entries()].sort(([, a], [, b]) => b - a)
  return ranked.map(([name, s], i) => \`\${String(i + 1).padStart(2, '0')}. \${name.padEnd(6)}|\${(s * 100).toFixed(1)}%\`).join('\\n')
}`,
    [
      ({ wordPieces }) => wordPieces(' Unaffable  apples xyz', new Set(['un', '##aff', '##able', 'apple', '##s'])),
      ({ wordErrorRate }) => wordErrorRate('the cat sat on', 'the cat sit on mat'),
      ({ ctc }) =>
        ctc(
          tensor([
            [0, 5, 0, 0],
            [0, 5, 0, 0],
            [5, 0, 0, 0],
            [0, 5, 0, 0],
            [0, 0, 9, 0],
          ]),
          'abc',
        ),
      ({ table }) =>
        table(
          new Map([
            ['cat', 0.25],
            ['dog', 0.7512],
          ]),
        ),
    ],
  ))

test('data structures: a cache that forgets, a trie, a search tree, nested nodes', () =>
  agree(
    'everyday-structures',
    `class LeastRecentlyUsed<K, V> {
  #map = new Map<K, V>()
  constructor(private readonly capacity: int) {}
  get(key: K): V | undefined {
    const value = this.#map.get(key)
    if (value !== undefined) {
      this.#map.delete(key)
      this.#map.set(key, value)
    }
    return value
  }
  set(key: K, value: V): void {
    this.#map.delete(key)
    this.#map.set(key, value)
    if (this.#map.size > this.capacity) {
      const oldest = this.#map.keys().next().value
      if (oldest !== undefined) this.#map.delete(oldest)
    }
  }
  entries(): [K, V][] { return [...this.#map.entries()] }
}
/** @script */
export function cache(keys: string[]): [string, int][] {
  const cache = new LeastRecentlyUsed<string, int>(2)
  for (const [i, key] of keys.entries()) if (cache.get(key) === undefined) cache.set(key, i)
  return cache.entries()
}
interface TrieNode { children: Map<string, TrieNode>; end: boolean }
/** @script */
export function complete(words: string[], prefix: string): string[] {
  const root: TrieNode = { children: new Map(), end: false }
  for (const word of words) {
    let node = root
    for (const letter of word) {
      let next = node.children.get(letter)
      if (!next) {
        next = { children: new Map(), end: false }
        node.children.set(letter, next)
      }
      node = next
    }
    node.end = true
  }
  let start: TrieNode | undefined = root
  for (const letter of prefix) {
    start = start?.children.get(letter)
    if (!start) return []
  }
  const found: string[] = []
  const stack: [TrieNode, string][] = [[start!, prefix]]
  while (stack.length > 0) {
    const [node, text] = stack.pop()!
    if (node.end) found.push(text)
    for (const [letter, child] of node.children) stack.push([child, text + letter])
  }
  return found.sort()
}
type Tree = { value: number; left: Tree | null; right: Tree | null }
function insert(tree: Tree | null, value: number): Tree {
  if (tree === null) return { value, left: null, right: null }
  if (value < tree.value) tree.left = insert(tree.left, value)
  else tree.right = insert(tree.right, value)
  return tree
}
function walk(tree: Tree | null, out: number[]): void {
  if (tree === null) return
  walk(tree.left, out)
  out.push(tree.value)
  walk(tree.right, out)
}
/** @script */
export function sorted(xs: number[]): number[] {
  let root: Tree | null = null
  for (const x of xs) root = insert(root, x)
  const out: number[] = []
  walk(root, out)
  return out
}
interface Element { name: string; children: Element[] }
function depth(element: Element): int { return 1 + Math.max(0, ...element.children.map((child) => depth(child))) }
function rename(element: Element): void {
  element.name += '!'
  for (const child of element.children) rename(child)
}
/** @script */
export function tree(): [int, string] {
  const leaf: Element = { name: 'a', children: [] }
  const root: Element = { name: 'r', children: [leaf, { name: 'b', children: [{ name: 'c', children: [] }] }] }
  const before = leaf.name
  rename(root)
  return [depth(root), before + leaf.name + root.name]
}`,
    [
      ({ cache }) => cache(['a', 'b', 'a', 'c']),
      ({ complete }) => [complete(['car', 'cat', 'dog', 'ca'], 'ca'), complete(['car'], 'x')],
      ({ sorted }) => [sorted([3, 1, 2.5]), sorted([])],
      ({ tree }) => tree(),
    ],
  ))

test('arrays: groups, pairs, what is left of nulls, reductions without a start', () =>
  agree(
    'everyday-arrays',
    `function zip<A, B>(a: A[], b: B[]): [A, B][] { return a.slice(0, Math.min(a.length, b.length)).map((x, i) => [x, b[i]!]) }
const groupBy = <T>(xs: T[], key: (x: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const x of xs) {
    const group = groups.get(key(x))
    if (group) group.push(x)
    else groups.set(key(x), [x])
  }
  return groups
}
class Generator {
  constructor(private state: number) {}
  next(): number {
    this.state = (this.state * 1103515245 + 12345) % 2147483648
    return this.state / 2147483648
  }
}
/** @script */
export function pairs(a: string[], b: number[]): Map<string, number> { return new Map(zip(a, b)) }
/** @script */
export function groups(xs: number[]): number[][] { return [...groupBy(xs, (x) => (x > 0 ? 'positive' : 'negative')).values()] }
/** @script */
export function largest(xs: number[]): number { return xs.reduce((a, b) => Math.max(a, b)) }
/** @script */
export function present(xs: (number | null)[]): number[] {
  const all = xs.filter((x): x is number => x !== null)
  const same = xs.filter((x) => x !== null)
  return [all.reduce((a, b) => a + b, 0), same.length > 0 ? same[0]! * 2 : 0, Math.min(9, ...all)]
}
/** @script */
export function sample(probabilities: Tensor<'float32', ['V']>, n: int, seed: int): int[] {
  const random = new Generator(seed)
  const cumulative = probabilities.cumsum(0).toArray() as number[]
  return Array.from({ length: n }, () => {
    const u = random.next()
    const k = cumulative.findIndex((c) => c > u)
    return k < 0 ? cumulative.length - 1 : k
  })
}
/** @script */
export function first(scores: Map<string, number>): [string, number] {
  const entry = scores.entries().next().value
  if (entry === undefined) return ['', 0]
  const [name, score] = entry
  return [name, score + (scores.values().next().value ?? 0)]
}`,
    [
      ({ pairs }) => pairs(['x', 'y'], [1, 2.5, 3]),
      ({ groups }) => groups([1, -2, 3]),
      ({ largest }) => largest([1, 3, 2]),
      ({ largest }) => largest([]),
      ({ present }) => [present([1, null, 2.5]), present([null])],
      ({ sample }) => sample(tensor([0.25, 0.5, 0.25]), 6, 42),
      ({ first }) => [
        first(
          new Map([
            ['a', 1.5],
            ['b', 2],
          ]),
        ),
        first(new Map()),
      ],
    ],
  ))
