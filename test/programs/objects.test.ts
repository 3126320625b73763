/** Classes, interfaces and object literals as objects that are written: compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { tensor } from './program.ts'
import { load } from './run.ts'

test('getters, setters, statics, defaults, and the order of initialisers', () =>
  agree(
    'members',
    `class Counter {
  static readonly step = 2
  static make(n: int): Counter { return new Counter(n) }
  private total: int = 10
  names: string[] = []
  constructor(n: int, readonly label: string = 'c') {
    this.total += n
    this.names.push(label)
  }
  get value(): int { return this.total }
  set value(v: int) { this.total = v * Counter.step }
  bump(): this { this.total++; return this }
}
class Child extends Counter {
  extra = this.value + 1
  constructor(n: int) {
    super(n + 100, 'child')
    this.extra *= 2
  }
  bump(): this { super.bump(); this.value = this.value + 1; return this }
}
/** @script */
export function f(n: int): [int, int, int, string[], int] {
  const a = Counter.make(n)
  a.bump()
  a.value = a.value + 1
  a.value += 3
  const b = new Child(n)
  b.bump()
  return [a.value, b.value, b.extra, [...a.names, ...b.names, b.label], Counter.step]
}`,
    [({ f }) => f(1), ({ f }) => f(-7)],
  ))

test('aliases see writes: interfaces, literals, arrays, maps and closures', () =>
  agree(
    'aliases',
    `interface Point { x: int; y: float; tag?: string }
function move(p: Point, by: int): Point { p.x += by; return p }
/** @script */
export function f(): [int, float, int[], string | null, boolean, int] {
  const p: Point = { x: 1, y: 2 }
  const q = move(p, 5)
  q.y = 0.5
  const all = [p, { x: 7, y: 1 }]
  all[0].x += 10
  const named = new Map<string, Point>([['p', p]])
  named.get('p')!.tag = 'here'
  const write = (v: int): void => { p.x = p.x * 2 + v }
  for (const i of range(3)) if (i !== 1) write(i)
  const o = { count: 0 }
  const same = o
  while (same.count < 4) same.count++
  return [p.x, p.y, all.map((a) => a.x), p.tag ?? null, p === q, o.count]
}
/** @script */
export function g(p: Point): int { p.x = 3; p.tag = 'written'; return p.x }`,
    [
      ({ f }) => f(),
      ({ g }) => {
        const p = { x: 1, y: 2 }
        return [g(p), p]
      },
    ],
  ))

test('linked objects and trees without recursion', () =>
  agree(
    'linked',
    `class Node {
  next: Node | null = null
  constructor(public value: int) {}
}
class List {
  head: Node | null = null
  size = 0
  push(value: int): void {
    const made = new Node(value)
    made.next = this.head
    this.head = made
    this.size++
  }
  reverse(): void {
    let previous: Node | null = null
    let at = this.head
    while (at !== null) {
      const next: Node | null = at.next
      at.next = previous
      previous = at
      at = next
    }
    this.head = previous
  }
  toArray(): int[] {
    const values: int[] = []
    for (let at = this.head; at !== null; at = at.next) values.push(at.value)
    return values
  }
}
/** @script */
export function f(xs: int[]): [int[], int] {
  const list = new List()
  for (const x of xs) list.push(x)
  list.reverse()
  return [list.toArray(), list.size]
}`,
    [({ f }) => f([1, 2, 3]), ({ f }) => f([])],
  ))

test('tensors in fields', () =>
  agree(
    'state',
    `class Momentum {
  velocity: Tensor
  steps: Tensor[] = []
  constructor(shape: Tensor, readonly beta: float) { this.velocity = torch.zerosLike(shape) }
  step(gradient: Tensor): Tensor {
    this.velocity = this.velocity.mul(this.beta).add(gradient)
    this.steps.push(this.velocity)
    return this.velocity
  }
}
/** @script */
export function f(x: Tensor<'float32', ['N']>, n: int): [Tensor, Tensor, int] {
  const m = new Momentum(x, 0.5)
  let y = x
  for (const i of range(n)) y = y.sub(m.step(y.add(i)))
  let sum = torch.zerosLike(x)
  for (const s of m.steps) sum = sum.add(s)
  return [y, sum, m.steps.length]
}`,
    [({ f }) => f(tensor([1, 2, 3]), 3), ({ f }) => f(tensor([1]), 0)],
  ))

test('a subclass where its base is declared runs its own methods', () =>
  agree(
    'dispatch',
    `abstract class Shape {
  abstract area(): float
  double(): float { return this.area() * 2 }
}
class Square extends Shape {
  constructor(readonly side: float) { super() }
  area(): float { return this.side ** 2 }
}
class Circle extends Shape {
  constructor(readonly radius: float) { super() }
  area(): float { return 3 * this.radius ** 2 }
}
function double(shape: Shape): float { return shape.double() }
/** @script */
export function f(x: float): [float, float, float] {
  const s: Shape = new Square(x)
  return [double(s), double(new Circle(x)), s.area()]
}`,
    [({ f }) => f(3)],
  ))

test('private names, static methods and accessors', () =>
  agree(
    'private-names',
    `class Counter {
  #n: int = 0
  readonly #step: int
  static #made = 5
  static readonly table: int[] = [1, 2, 3]
  static of(step: int): Counter { return new Counter(step + this.#made) }
  static get unit(): Counter { return new Counter(1) }
  constructor(step: int) { this.#step = step }
  bump(): int { this.#n += this.#step; return this.#n }
  get #double(): int { return this.#n * 2 }
  #plus(k: int): int { return this.#double + k }
  show(k: int): int { return this.#plus(k) }
  same(other: Counter): boolean { return this.#n === other.#n }
}
class Named extends Counter {
  #n: string = 'sub'
  static scaled(k: int): int { return this.table[k] + Named.unit.bump() }
  text(): string { return this.#n + String(this.show(0)) }
}
/** @script */
export function f(k: int): [int, int, int, boolean, string, int] {
  const c = Counter.of(k)
  c.bump()
  const named = new Named(k)
  named.bump()
  return [c.bump(), c.show(k), Counter.unit.bump(), c.same(named), named.text(), Named.scaled(1)]
}`,
    [({ f }) => f(3)],
  ))

test('objects with private names stay inside of the program', async () => {
  const source = `class P { #n: int = 1; get n(): int { return this.#n } }\n/** @script */\nexport function f`
  const refusal = (rest: string) => expect(load('private-border', source + rest).then((compile) => compile(true))).rejects
  await refusal('(): P[] { return [new P()] }').toThrow(/S2026.*private names/)
  await refusal('(p: P): int { return p.n }').toThrow(/S2026.*private names/)
})

test('fields that are not there and methods that call themselves are refused', async () => {
  const refusal = (source: string) => expect(load('refused', source).then((compile) => compile(true))).rejects
  const classes = 'class A { x: int = 1 }\nclass B extends A { get y(): int { return 2 } }\n'
  await refusal(`${classes}/** @script */\nexport function f(): int { const a = new A(); a.z = 1; return 2 }`).toThrow(/S20/)
  await refusal(`class A { f(): int { return this.f() } }\n/** @script */\nexport function f(): int { return new A().f() }`).toThrow(
    /S1104/,
  )
})

test('a function in a field or an array is refused with the way round', async () => {
  const held = `class Heap { constructor(private readonly less: (a: int, b: int) => boolean) {} }
/** @script */
export function f(): int { const h = new Heap((a, b) => a < b); return 1 }`
  await expect(load('objects-function-field', held).then((compile) => compile(true))).rejects.toThrow(
    /S2026: the type \(a: int, b: int\) => boolean is not part of the script language \(at `\(a: int, b: int\) => boolean`\)/,
  )
})
