/** Objects whose class shows: `instanceof`, overridden methods, the host. Compiled as uncompiled. */
import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import { type Exports, tensor } from './program.ts'
import { load } from './run.ts'

const shapes = `abstract class Shape {
  abstract area(): float
  abstract get sides(): int
  double(): float { return this.area() * 2 }
}
class Square extends Shape {
  constructor(readonly side: float) { super() }
  area(): float { return this.side ** 2 }
  get sides(): int { return 4 }
}
class Circle extends Shape {
  constructor(readonly radius: float) { super() }
  area(): float { return 3 * this.radius ** 2 }
  get sides(): int { return 0 }
}
`

test('overridden methods and accessors through variables of the base', () =>
  agree(
    'virtual',
    `${shapes}/** @script */
export function f(x: float): [float, float, int, float] {
  const all: Shape[] = [new Square(x), new Circle(x)]
  let [area, double, sides] = [0.5, 0.5, 0]
  for (const s of all) {
    area += s.area()
    double += s.double()
    sides += s.sides
  }
  const inferred = [new Circle(x + 1), new Square(x)]
  return [area, double, sides, inferred.map((s) => s.area())[0]]
}
/** @script */
export function g(n: int): float {
  let s: Shape = new Circle(1)
  for (const i of range(n)) s = i % 2 === 0 ? new Square(i + 2) : new Circle(i)
  const m = new Map<string, Shape>([['a', s], ['b', new Circle(2)]])
  return (m.get('a')?.area() ?? 0) + m.get('b')!.double()
}`,
    [({ f }) => f(3), ({ g }) => [g(0), g(1), g(2)]],
  ))

test('super, this as a result, setters and methods without a result', () =>
  agree(
    'virtual-effects',
    `class Base {
  log: string[] = []
  n: int = 0
  hit(): void { this.log.push('base') }
  run(): void { this.hit(); this.hit() }
  add(n: int): this { this.n += n; return this }
  set value(v: int) { this.n = v }
}
class Sub extends Base {
  hit(): void { super.hit(); this.log.push('sub') }
  set value(v: int) { this.n = 10 * v }
}
class Leaf extends Sub {
  count: int = 0
  hit(): void { super.hit(); this.count++; this.log.push('leaf' + this.count) }
  add(n: int): this { this.n -= n; return this }
}
/** @script */
export function f(): [string[], int[], int[]] {
  const all: Base[] = [new Base(), new Sub(), new Leaf()]
  const out: string[] = []
  for (const b of all) {
    b.run()
    b.hit()
    out.push(...b.log)
    b.value = 7
  }
  return [out, all.map((b) => b.n), all.map((b) => b.add(1).add(2).n)]
}`,
    [({ f }) => f()],
  ))

test('instanceof narrows both ways, in a hierarchy and in unions', () =>
  agree(
    'instanceof',
    `class A { x: int = 1 }
class B extends A { y: int = 2 }
class C extends B { z: int = 3 }
class Cat { name: string = 'cat'; meow(): string { return 'meow' } sound(): string { return this.meow() } }
class Dog { name: string = 'dog'; bark(): string { return 'woof' } sound(): string { return this.bark() } get legs(): int { return 4 } }
function show(a: A | null): string {
  if (!(a instanceof B)) return 'no B'
  const text = 'y' + a.y
  return a instanceof C && a.z > 2 ? text + 'z' + a.z : text
}
function voice(a: Cat | Dog): string { return a instanceof Cat ? a.meow() + a.name : a.bark() + a.legs + a.name }
/** @script */
export function f(): string[] {
  const all: (A | null)[] = [new A(), new B(), new C(), null]
  const pets: (Cat | Dog)[] = [new Cat(), new Dog()]
  return [...all.map((a) => show(a)), ...pets.map((p) => voice(p)), ...pets.map((p) => p.sound() + p.name)]
}`,
    [({ f }) => f()],
  ))

test('layers of several classes over tensors', () =>
  agree(
    'virtual-tensors',
    `abstract class Layer {
  abstract run(x: Tensor): Tensor
  twice(x: Tensor): Tensor { return this.run(this.run(x)) }
}
class Scale extends Layer {
  constructor(readonly k: float) { super() }
  run(x: Tensor): Tensor { return x.mul(this.k) }
}
class Shift extends Layer {
  constructor(readonly b: Tensor) { super() }
  run(x: Tensor): Tensor { return x.add(this.b) }
}
/** @script */
export function f(x: Tensor<'float32', ['N']>): Tensor {
  const layers: Layer[] = [new Scale(2), new Shift(x.neg())]
  let y = x
  for (const layer of layers) y = layer.twice(y)
  return y
}`,
    [({ f }) => f(tensor([1, 2, 3]))],
  ))

test('the host gets instances of its classes, and gives them', () =>
  agree(
    'host-instances',
    `export class P { constructor(public x: int) {} double(): int { return this.x * 2 } }
export class Q extends P { y: int = 7; double(): int { return -1 } }
interface Pair { first: P; all: P[] }
/** @script */
export function make(x: int): Pair { const p = new P(x); return { first: p, all: [p, new Q(x + 1)] } }
/** @script */
export function push(list: P[]): void { list.push(new Q(9)) }
/** @script */
export function call(p: P): int { p.x += 1; return p.double() }
/** @script */
export function maybe(p: P): P | null { return p.x > 1 ? p : null }`,
    [
      ({ make, Q }) => {
        const { first, all } = make(3)
        return [first === all[0], first.double(), all[1].double(), all[0] instanceof (Q as never), all[1] instanceof (Q as never), all]
      },
      ({ push, P }: Exports) => {
        const list: { double(): number; y: number }[] = []
        push(list)
        return [list[0] instanceof (P as never), list[0]!.double(), list[0]!.y]
      },
      ({ call, P, Q }) => [call(new P(3)), call(new Q(3))],
      ({ maybe, P }) => {
        const p = new P(4)
        return [maybe(p) === p, maybe(new P(0))]
      },
    ],
  ))

test('a method of one of several classes is no value', async () => {
  const refusal = (source: string) => expect(load('method-value', source).then((compile) => compile(true))).rejects
  await refusal(`${shapes}/** @script */\nexport function f(s: Shape): float { const area = s.area; return area() }`).toThrow(
    /S1002.*one of several classes/,
  )
})
