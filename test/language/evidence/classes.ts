/** Rows 243 to 262: classes and interfaces. */
import { program, type Rows, refused, runs, test } from '../evidence.ts'

export const classes: Rows = {
  243: [test('programs/objects', 'getters, setters, statics, defaults, and the order of initialisers')],
  244: [refused('S2013', 'class A { x = 1 }\nexport function f(n: int): int { const a = new A(); a.y = n; return a.x }')],
  245: [refused('S2015', "class A { x: int = 1 }\nexport function f(n: int): int { const a = new A(); a.x = 'text'; return a.x }")],
  246: [program('C08'), test('programs/objects', 'linked objects and trees without recursion')],
  247: [program('C02')],
  248: [test('programs/objects', 'getters, setters, statics, defaults, and the order of initialisers')],
  249: [
    runs(
      'class A { static readonly K = 3; n(): int { return A.K } }\nexport function f(n: int): int { return new A().n() + A.K * n }',
      ({ f }) => f(2),
    ),
  ],
  250: [program('C07'), test('programs/instances', 'overridden methods and accessors through variables of the base')],
  251: [program('C05')],
  252: [
    refused(
      'S2018',
      'class A { *[Symbol.iterator]() { yield 1 } }\nexport function f(n: int): int { for (const x of new A()) n += x; return n }',
    ),
  ],
  253: [program('C04')],
  254: [program('C01')],
  255: [test('programs/instances', 'the host gets instances of its classes, and gives them')],
  256: [program('SC04')],
  257: [test('programs/objects', 'aliases see writes: interfaces, literals, arrays, maps and closures')],
  258: [refused('S1002', 'class A { x = 1 }\nexport function f(n: int): int { const p = new Proxy(new A(), {}); return p.x + n }')],
  259: [program('SV02')],
  260: [program('I01')],
  261: [
    runs(
      'interface A { readonly x: int }\ninterface B extends A { readonly y: int }\nexport function f(b: B): int { return b.x + b.y }',
      ({ f }) => f({ x: 1, y: 2 }),
    ),
  ],
  262: [program('I01')],
}
