/** Rows 263 to 294: modules. */
import { program, type Rows, refused, runs, test, vector, x3 } from '../evidence.ts'

const module = (fields: string, body: string): string =>
  `class M extends nn.Module {\n  ${fields}\n  forward(x: ${vector}): Tensor { ${body} }\n}\nexport const m = script(new M())`

export const modules: Rows = {
  263: [program('M01'), test('frontend/modules', 'forward of an instance, with submodules, base classes and constant fields')],
  264: [program('M01')],
  265: [test('plugin/modules', 'gives them along with forward, loaded together')],
  266: [
    runs(
      module(
        "w = new nn.Parameter(torch.tensor([1, 2, 3]))\n  constructor() { super(); this.registerBuffer('b', torch.tensor([0, 1, 0])) }\n  declare b: Tensor",
        'return x.mul(this.w).add(this.b)',
      ),
      ({ m }) => m(x3()),
    ),
  ],
  267: [
    runs(module('xs: int[] = []\n  maybe: int | null = null', 'return this.maybe === null ? x.mul(this.xs.length) : x'), ({ m }) =>
      m(x3()),
    ),
  ],
  268: [
    runs(module('when = new Date(0)', 'return x.neg()'), ({ m }) => m(x3())),
    refused('S2013', module('when = new Date(0)', 'return x.mul(this.when)')),
  ],
  269: [
    refused('S2013', module('act = F.relu', 'return this.act(x)')),
    runs(module('readonly act = new nn.ReLU()', 'return this.act.forward(x)'), ({ m }) => m(x3())),
  ],
  270: [refused('S2013', module('a = 1', 'return x.mul(this.b)'))],
  271: [runs(module('count = 0', 'this.count += 1; return x.mul(this.count)'), ({ m }) => [m(x3()), m(x3())])],
  272: [
    runs(
      module(
        "readonly k = 2\n  readonly mode = 'mul'\n  readonly sizes = [1, 2]",
        "return this.mode === 'mul' ? x.mul(this.k) : x.add(this.sizes[0]!)",
      ),
      ({ m }) => m(x3()),
    ),
  ],
  273: [refused('S2020', module('readonly k = 2', 'this.k = 3; return x'))],
  274: [
    runs(
      `class M extends nn.Module {\n  constructor(readonly k: int) { super() }\n  forward(x: ${vector}): Tensor { return this.k === 1 ? x : x.mul(this.k) }\n}\nexport const a = script(new M(1))\nexport const b = script(new M(3))`,
      ({ a, b }) => [a(x3()), b(x3())],
    ),
  ],
  275: [program('M07')],
  276: [program('M10'), program('M11')],
  277: [program('M13'), test('programs/wrongPrograms', 'D31 a subscript of modules of one class')],
  278: [
    runs(
      module(
        'ms = new nn.ModuleList([new nn.ReLU(), new nn.Tanh(), new nn.Sigmoid()])',
        'for (const [i, l] of this.ms.entries()) if (i > 0) x = l.forward(x); return x',
      ),
      ({ m }) => m(x3()),
    ),
  ],
  279: [
    runs(
      module(
        'ms = new nn.ModuleDict({ a: new nn.ReLU(), b: new nn.Tanh() })',
        'for (const [k, l] of this.ms.entries()) x = l.forward(x); return x',
      ),
      ({ m }) => m(x3()),
    ),
  ],
  280: [program('M14')],
  281: [test('programs/wrongPrograms', 'D29 an array of modules')],
  282: [program('M11')],
  283: [program('I02')],
  284: [runs(module('d = new nn.Dropout(0.5)', 'return this.training ? this.d.forward(x) : x'), ({ m }) => m(x3()))],
  285: [refused('S2013', module('a = 1', 'for (const p of this.parameters()) x = x.add(p); return x'))],
  286: [refused('S2013', module('a = 1', 'this.registerForwardHook((m, i, o) => o); return x'))],
  287: [runs(module('k = 2\n  get twice(): int { return this.k * 2 }', 'return x.mul(this.twice)'), ({ m }) => m(x3()))],
  288: [runs(module('k = 2\n  getState(): int { return this.k }', 'return x.mul(this.getState())'), ({ m }) => m(x3()))],
  289: [runs(module('k = 2', 'return x.mul(this.k)'), ({ m }) => m(x3()))],
  290: [runs(module('a = new nn.Linear(3, 3)\n  b = this.a', 'return this.b.forward(this.a.forward(x))'), ({ m }) => m(x3()))],
  291: [program('M10')],
  292: [refused('S2013', module('a = 1', 'return x.mul(this.stateDict().size)'))],
  293: [refused('S1103', module('a = 1', 'const c = structuredClone(this); return x'))],
  294: [program('Y02')],
}
