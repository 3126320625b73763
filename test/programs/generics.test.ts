/** Type parameters of classes, interfaces, aliases and functions, each use with types of its own: compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'
import { load } from './run.ts'

test('containers of the user', () =>
  agree(
    'generic-containers',
    `class Queue<T> {
  private readonly items: T[] = []
  private head = 0
  static from<T>(xs: T[]): Queue<T> { const q = new Queue<T>(); for (const x of xs) q.push(x); return q }
  get size(): int { return this.items.length - this.head }
  push(...xs: T[]): this { for (const x of xs) this.items.push(x); return this }
  shift(): T | null {
    if (this.size === 0) return null
    const x = this.items[this.head]
    this.head += 1
    return x
  }
  map<U>(g: (x: T) => U): U[] {
    const out: U[] = []
    for (let i = this.head; i < this.items.length; i++) out.push(g(this.items[i]))
    return out
  }
}
class Node<T> { next: Node<T> | null = null; constructor(readonly value: T) {} }
class List<T> {
  head: Node<T> | null = null
  push(v: T): void { const n = new Node(v); n.next = this.head; this.head = n }
  toArray(): T[] { const out: T[] = []; for (let n = this.head; n !== null; n = n.next) out.push(n.value); return out }
}
/** @script */
export function queues(n: int): [int[], string[], string, int, int] {
  const q = Queue.from([n, 2, 3])
  q.push(5).push(6)
  const first = q.shift()
  const s: Queue<string> = new Queue()
  s.push('a').push('b')
  return [q.map((x) => x * 2), q.map((x) => 'v' + x), s.shift() ?? '', first ?? -1, s.size]
}
/** @script */
export function lists(x: Tensor<'float32', ['N']>, n: int): [Tensor, string[]] {
  const a = new List<Tensor>()
  for (const i of range(n)) a.push(x.mul(i))
  let sum = x
  for (const y of a.toArray()) sum = sum.add(y)
  const b = new List<string>()
  b.push('x')
  b.push('y')
  return [sum, b.toArray()]
}`,
    [({ queues }) => queues(4), ({ lists }) => lists(tensor([1, 2]), 3)],
  ))

test('subclasses, with and without type parameters', () =>
  agree(
    'generic-subclasses',
    `class Box<T> {
  constructor(public value: T) {}
  get(): T { return this.value }
  label(): string { return 'box' }
}
class Loud<T> extends Box<T> {
  label(): string { return 'loud ' + super.label() }
  both(): [T, string] { return [this.get(), this.label()] }
}
class IntBox extends Box<int> {
  inc(): int { this.value += 1; return this.get() }
  label(): string { return 'int' }
}
/** @script */
export function f(n: int): [string, [string, string], int, boolean] {
  const all: Box<int>[] = [new Loud(n), new IntBox(n), new Box(n)]
  let s = ''
  for (const b of all) s += b.label() + b.get()
  return [s, new Loud('q').both(), new IntBox(n).inc(), all[1] instanceof IntBox]
}`,
    [({ f }) => f(4)],
  ))

test('interfaces, aliases, constraints, defaults and written type arguments', () =>
  agree(
    'generic-types',
    `interface HasId { id: int }
interface Result<T> { ok: boolean; value?: T }
interface Pair<A, B> { first: A; second: B }
type Maybe<T> = T | null
type T = string
class Table<Row extends HasId = HasId, K = string> {
  rows: Row[] = []
  byName = new Map<K, Row>()
  add(k: K, row: Row): void { this.rows.push(row); this.byName.set(k, row) }
  find(id: int): Row | null { return this.rows.find((r) => r.id === id) ?? null }
}
type Named = { id: int; name: string }
function idOf<T extends HasId>(x: Maybe<T>): int { return x === null ? -1 : x.id }
function ok<T>(value: T): Result<T> { return { ok: true, value } }
function bad<T>(): Result<T> { return { ok: false } }
function swap<A, B>(p: Pair<A, B>): Pair<B, A> { return { first: p.second, second: p.first } }
function same<T>(x: T): T { const y: T = x; return y }
/** @script */
export function f(n: int): [int, int, string, int, int, boolean, [string, int], T] {
  const t = new Table<Named>()
  t.add('a', { id: n, name: 'x' })
  t.add('b', { id: 7, name: 'y' })
  const u = new Table<Named, int>()
  u.add(3, { id: 1, name: 'z' })
  const r = n > 2 ? ok(n) : bad<int>()
  const p: Pair<int, string> = { first: n, second: 'a' }
  const q = swap(p)
  return [idOf(t.find(n)), idOf(t.find(99)), t.find(7)?.name ?? '', u.byName.get(3)?.id ?? 0, r.value ?? -1, r.ok, [q.first, q.second], same('t')]
}`,
    [({ f }) => f(4), ({ f }) => f(1)],
  ))

test('a class whose type arguments nothing tells is refused', async () => {
  const source = 'class Stack<T> { items: T[] = [] }\n/** @script */\nexport function f(): int { return new Stack().items.length }'
  await expect(load('generic-unknown', source).then((compile) => compile(true))).rejects.toThrow(/S2026.*Stack without type arguments/)
})
