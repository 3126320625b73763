/** What random programs of the language use: records, an enum, unions, classes with state, inheritance and resources, generics, recursion. */
export const declarations = `interface P { a: int; b: string }
enum Color { Red, Green = 4, Blue }
type Shape = { kind: 'circle'; r: int } | { kind: 'box'; w: int; h: int } | { kind: 'point' }
type Key = int | string
export class Counter {
  count: int
  readonly log: int[] = []
  constructor(start: int) { this.count = start }
  get twice(): int { return this.count * 2 }
  set twice(v: int) { this.count = Math.trunc(v / 2) }
  add(by: int): int {
    this.count = (this.count + by) % 101
    if (this.log.length < 6) this.log.push(by)
    return this.count
  }
  describe(): string { return 'c' + this.count }
  static of(start: int): Counter { return new Counter(start % 50) }
}
export class Stepper extends Counter {
  #steps: int = 0
  constructor(start: int, readonly step: int) { super(start) }
  override add(by: int): int {
    this.#steps += 1
    return super.add((by * this.step) % 101)
  }
  override describe(): string { return super.describe() + '/' + this.#steps }
}
export class Box<T> {
  constructor(public held: T) {}
  swap(next: T): T {
    const old = this.held
    this.held = next
    return old
  }
}
export class Guard {
  constructor(readonly of: Counter, readonly by: int) { of.add(by) }
  [Symbol.dispose](): void { this.of.add(-this.by) }
}
function choose<T>(first: boolean, a: T, b: T): T { return first ? a : b }
function depth(n: int): int { return n <= 0 ? 0 : 1 + depth(n - 2) }
function isEven(n: int): boolean { return n <= 0 ? n === 0 : isOdd(n - 1) }
function isOdd(n: int): boolean { return n <= 0 ? false : isEven(n - 1) }
function area(s: Shape): int {
  switch (s.kind) {
    case 'circle':
      return (s.r * 3) % 101
    case 'box':
      return (s.w * s.h) % 101
    case 'point':
      return 0
  }
}
function shapeOf(n: int): Shape {
  if (n > 4) return { kind: 'circle', r: n }
  return n > 0 ? { kind: 'box', w: n, h: 2 } : { kind: 'point' }
}
function recordOf(k: int): Record<string, int> { return { k } }
function keyText(k: Key): string { return typeof k === 'string' ? k : '#' + k }
function total(c: Counter, ...by: int[]): int {
  for (const b of by) c.add(b)
  return c.count
}
function checked(n: int): int {
  if (n > 90) throw new RangeError('too large: ' + n)
  return n
}
function twiceAs({ a, b }: P, suffix = '!'): string { return (b + suffix).repeat(a > 2 ? 2 : 1).slice(0, 8) }
`
