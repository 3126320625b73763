/** Classes of script code: objects with fields and methods, by reference. */
import { gives, type Program, refused } from './program.ts'

export const classes: readonly Program[] = [
  {
    id: 'C01',
    checks: 'objects are passed by reference',
    source: `class Foo {
  a: int
  b: int
  constructor(a: int) {
    this.a = a
    this.b = a + 1
  }
}
function f(obj: Foo): void { obj.b = 42 }
/** @script */
export function g(): int {
  const o = new Foo(3)
  f(o)
  return o.b
}`,
    runs: [gives(({ g }) => g(), 42)],
  },
  {
    id: 'C02',
    checks: 'methods, updates of fields, methods defined later',
    source: `class A {
  x: int
  constructor(x: int) { this.x = this.two(x) }
  inc(v: int): int {
    this.x += v
    return this.x
  }
  two(y: int): int { return y * 2 }
}
/** @script */
export function f(): [int, int] {
  const a = new A(3)
  a.inc(5)
  return [a.x, a.inc(1)]
}`,
    runs: [gives(({ f }) => f(), [11, 12])],
  },
  {
    id: 'C04',
    checks: 'objects sorted by a comparison of theirs',
    source: `class A {
  constructor(readonly x: int) {}
  compare(o: A): int { return this.x - o.x }
}
/** @script */
export function f(): [int[], int] {
  const l = [new A(3), new A(1), new A(2)]
  l.sort((a, b) => a.compare(b))
  const m = [new A(5), new A(4)].toSorted((a, b) => b.compare(a))
  return [l.map((a) => a.x), m[0].x]
}`,
    runs: [gives(({ f }) => f(), [[1, 2, 3], 5])],
  },
  {
    id: 'C05',
    checks: 'methods in place of operators',
    source: `class A {
  constructor(readonly x: float) {}
  add(o: A): A { return new A(this.x + o.x) }
  neg(): A { return new A(-this.x) }
  get length(): int { return 3 }
  call(v: int): int { return v + 1 }
  isTrue(): boolean { return this.x > 0 }
  toInt(): int { return Math.trunc(this.x) }
  toString(): string { return 'A' }
  has(v: int): boolean { return v === 1 }
}
/** @script */
export function f() {
  const a = new A(1.5).add(new A(1))
  let r = 0
  if (a.isTrue()) r = 1
  return [a.x, a.neg().x, a.length, a.call(4), r, a.toInt(), a.toString(), a.has(1)] as const
}`,
    runs: [gives(({ f }) => f(), [2.5, -2.5, 3, 5, 1, 2, 'A', true])],
  },
  {
    id: 'C07',
    checks: 'inheritance of plain classes, by static dispatch',
    source: `class Base {
  two(x: int): int { return x + 2 }
  scaled(x: int): int { return this.factor() * x }
  factor(): int { return 1 }
}
class Derived extends Base {
  x: int
  constructor() {
    super()
    this.x = 1
  }
  factor(): int { return 10 + super.factor() }
}
/** @script */
export function f(): [int, int, int] {
  const d = new Derived()
  return [d.two(d.x), d.scaled(2), new Base().scaled(2)]
}`,
    runs: [gives(({ f }) => f(), [3, 22, 2])],
  },
  {
    id: 'C08',
    checks: 'a class with an optional field of its own type',
    source: `class Node {
  next: Node | null = null
  constructor(readonly v: int) {}
}
/** @script */
export function f(): int {
  const a = new Node(1)
  const b = new Node(2)
  a.next = b
  const n = a.next
  assert(n !== null)
  return n.v
}`,
    runs: [gives(({ f }) => f(), 2)],
  },
  {
    id: 'C10',
    checks: 'enums: equality, name, value, every member; as a field of a module; a member that is not there',
    source: `enum Color { RED = 1, GREEN = 2 }
/** @script */
export function f(x: Color, y: Color) {
  return [x === y, x === Color.RED, Color[x], x, [Color.RED, Color.GREEN]] as const
}
class M extends nn.Module {
  readonly color: Color = Color.GREEN
  forward(x: Color): boolean { return x === this.color }
}
export const m = script(new M())`,
    runs: [gives(({ f }) => f(1, 2), [false, true, 'RED', 1, [1, 2]]), gives(({ m }) => [m(1), m(2)], [false, true])],
    refused: [refused('enum Color { RED = 1 }\n/** @script */\nexport function h(): Color { return Color.BLUE }', 'S2013', 'BLUE')],
  },
]
