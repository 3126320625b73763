/** Random expressions of the language, by type. Ints stay small and nothing reads outside of an array: every expression means something. */
import type { Random } from './random.ts'

/** In the order in which a program declares a variable of each: what others read comes first. */
export const types = [
  'Map<string, int>',
  'Set<int>',
  'Record<string, int>',
  'Counter',
  'Box<int>',
  'Box<string>',
  'int',
  'float',
  'boolean',
  'string',
  'int[]',
  'string[]',
  '[int, string]',
  'P',
  'P | null',
  'int | null',
  'Color',
  'Shape',
  'Key',
] as const // prettier-ignore

export type Type = (typeof types)[number]

/** What a value is made of. */
export interface Scope {
  readonly random: Random
  /** Functions from int to int. */
  readonly functions: readonly string[]
  /** A variable of a type, or null. */
  some(type: Type): string | null
}

export function randomValue(scope: Scope, type: Type, depth = 0): string {
  const { random } = scope
  const known = scope.some(type)
  if (known && random.chance(depth > 1 ? 0.9 : 0.4)) return known
  if (random.chance(0.08) && depth < 2) {
    const [test, a, b] = [
      randomValue(scope, 'boolean', depth + 1),
      randomValue(scope, type, depth + 1),
      randomValue(scope, type, depth + 1),
    ]
    return random.chance(0.3) && isPlain(type) ? `choose<${type}>(${test}, ${a}, ${b})` : `(${test} ? ${a} : ${b})`
  }
  const list = makers(scope, depth)[type]
  return (depth > 1 ? list[0]! : random.pick(list))()
}

const isPlain = (type: Type): boolean => type === 'int' || type === 'string' || type === 'int[]'

type Makers = { readonly [T in Type]: readonly (() => string)[] }

function makers(scope: Scope, depth: number): Makers {
  const { random } = scope
  const of = (type: Type): string => randomValue(scope, type, depth + 1)
  const leaf = (type: Type): string => randomValue(scope, type, 3)
  const word = (...words: readonly string[]): string => random.pick(words)
  /** A variable that is there from the start of a program. */
  const variable = (type: Type): string => scope.some(type) ?? leaf(type)
  return {
    int: [
      () => String(random.between(-3, 9)),
      () => `((${of('int')} ${word('+', '-', '*')} ${of('int')}) % 101)`,
      () => `(${of('int')} ${word('&', '|', '^')} ${of('int')})`,
      () => `(${of('int')} ${word('>>', '>>>')} ${random.between(25, 30)})`,
      () => `Math.${word('abs', 'trunc', 'sign')}(${of('int')})`,
      () => `Math.${word('min', 'max')}(${of('int')}, ${of('int')})`,
      () => `Math.${word('floor', 'ceil', 'round')}(${leaf('float')})`,
      () => `${of('string')}.length`,
      () => `${of('string')}.indexOf(${of('string')})`,
      () => `${of('int[]')}.length`,
      () => `(${of('int[]')}.${word('at(0)', 'at(-1)', 'find((e) => e > 2)')} ?? ${of('int')})`,
      () => `${of('int[]')}.${word('indexOf', 'lastIndexOf')}(${of('int')})`,
      () => `${of('int[]')}.findIndex((e) => e ${word('<', '>', '===')} ${of('int')})`,
      () => `(${of('int[]')}.reduce((a, b) => a + b, ${of('int')}) % 101)`,
      () => `${variable('Map<string, int>')}.size`,
      () => `(${variable('Map<string, int>')}.get(${of('string')}) ?? ${of('int')})`,
      () => `${variable('Set<int>')}.size`,
      () => `(${variable('Record<string, int>')}[${of('string')}] ?? ${of('int')})`,
      () => `Object.keys(${variable('Record<string, int>')}).length`,
      () => `(${of('int | null')} ?? ${of('int')})`,
      () => `${of('P')}.a`,
      () => `(${of('P | null')}?.a ?? ${of('int')})`,
      () => `${of('[int, string]')}[0]`,
      () => `area(${of('Shape')})`,
      () => `depth(${leaf('int')})`,
      () => `checked(${leaf('int')})`,
      () => `${variable('Counter')}.${word('count', 'twice', 'log.length')}`,
      () => `${variable('Counter')}.add(${leaf('int')})`,
      () => `total(${variable('Counter')}${word('', `, ${leaf('int')}`, `, ${leaf('int')}, ...${variable('int[]')}`)})`,
      () => `${variable('Box<int>')}.${word('held', `swap(${leaf('int')})`)}`,
      () => (scope.functions.length > 0 ? `${random.pick(scope.functions)}(${of('int')})` : of('int')),
    ],
    float: [
      () => String(random.between(-6, 9) / 4),
      () => `(${of('float')} ${word('+', '-')} ${of('float')})`,
      () => `(${of('float')} * 0.5)`,
      () => `(${of('int')} / ${random.between(2, 4)})`,
      () => `Math.sqrt(Math.abs(${of('float')}))`,
      () => `Math.${word('sin', 'cos', 'atan', 'tanh')}(${of('float')})`,
      () => `Math.${word('min', 'max')}(${of('float')}, ${of('float')})`,
    ],
    boolean: [
      () => `(${leaf('int')} ${word('<', '>', '<=', '>=', '===', '!==')} ${leaf('int')})`,
      () => String(random.chance(0.5)),
      () => `!${of('boolean')}`,
      () => `(${of('boolean')} ${word('&&', '||')} ${of('boolean')})`,
      () => `(${of('string')} ${word('===', '<', '!==')} ${of('string')})`,
      () => `(${of('float')} ${word('<', '>')} ${of('float')})`,
      () => `${of('string')}.${word('includes', 'startsWith', 'endsWith')}(${of('string')})`,
      () => `${of('int[]')}.${word('some', 'every')}((e) => e > ${of('int')})`,
      () => `${of('int[]')}.includes(${of('int')})`,
      () => `${variable('Map<string, int>')}.has(${of('string')})`,
      () => `${variable('Set<int>')}.has(${of('int')})`,
      () => `(${of('string')} in ${variable('Record<string, int>')})`,
      () => `(${of('int | null')} ${word('===', '!==')} null)`,
      () => `(${of('Color')} === Color.${word('Red', 'Green', 'Blue')})`,
      () => `(${variable('Counter')} instanceof Stepper)`,
      () => `(typeof ${variable('Key')} === '${word('string', 'number')}')`,
      () => `is${word('Even', 'Odd')}(${leaf('int')})`,
    ],
    string: [
      () => `'${word('', 'a', 'b', 'ab', 'x y')}'`,
      () => `(${of('string')} + ${of('string')}).slice(0, 8)`,
      () => `\`\${${of('int')}}-\${${of('string')}}\`.slice(0, 8)`,
      () => `${of('string')}.${word('toUpperCase', 'trim', 'toLowerCase')}()`,
      () => `${of('string')}.slice(${of('int')})`,
      () =>
        `${of('string')}.${word("padStart(4, '.')", "padEnd(3, '-')", "replace('a', 'o')", "replaceAll('a', '')", 'charAt(0)', 'repeat(2).slice(0, 8)')}`,
      () => `${of('int[]')}.join('${word(',', '')}').slice(0, 8)`,
      () => `${of('string[]')}.join('${word('+', '')}').slice(0, 8)`,
      () => `${of('P')}.b`,
      () => `(${of('P | null')}?.b ?? ${of('string')})`,
      () => `${of('[int, string]')}[1]`,
      () => `${variable('Counter')}.describe()`,
      () => `keyText(${of('Key')}).slice(0, 8)`,
      () => `twiceAs(${of('P')}${word('', ", '?'")})`,
      () => `${variable('Box<string>')}.${word('held', `swap(${leaf('string')})`)}`,
    ],
    'int[]': [
      () => `[${Array.from({ length: random.between(1, 3) }, () => leaf('int')).join(', ')}]`,
      () => `${of('int[]')}.map((e${word('', ', i')}) => (e * ${leaf('int')}) % 101)`,
      () => `${of('int[]')}.filter((e) => e ${word('<', '>', '!==')} ${of('int')})`,
      () => `${of('int[]')}.slice(${of('int')}, ${of('int')})`,
      () => `[...${of('int[]')}, ${of('int')}].slice(0, 9)`,
      () => `${of('int[]')}.concat(${of('int[]')}).slice(0, 9)`,
      () => `${of('int[]')}.toSorted((a, b) => ${word('a - b', 'b - a')})`,
      () => `${of('int[]')}.toReversed()`,
      () => `${of('int[]')}.flatMap((e) => [e, ${leaf('int')}]).slice(0, 9)`,
      () => `[...${variable('Map<string, int>')}.values()]`,
      () => `[...${variable('Set<int>')}]`,
      () => `Object.values(${variable('Record<string, int>')})`,
      () => `${variable('Counter')}.log.slice()`,
      () => `${of('string[]')}.map((e) => e.length)`,
    ],
    'string[]': [
      () => `['${word('a', 'b', '')}', ${leaf('string')}]`,
      () => `${of('string')}.split('${word(' ', 'a', '')}').slice(0, 5)`,
      () => `${of('string[]')}.map((e) => (e + ${leaf('string')}).slice(0, 8))`,
      () => `${of('string[]')}.filter((e) => e.length > ${random.between(0, 2)})`,
      () => `${of('string[]')}.toSorted()`,
      () => `${of('int[]')}.map((e) => \`<\${e}>\`)`,
      () => `[...${variable('Map<string, int>')}.keys()].slice(0, 5)`,
      () => `Object.keys(${variable('Record<string, int>')}).slice(0, 5)`,
    ],
    'Map<string, int>': [
      () => `new Map([['k', ${leaf('int')}]])`,
      () => 'new Map<string, int>()',
      () => `new Map(${variable('Map<string, int>')})`,
    ],
    'Set<int>': [() => `new Set([${leaf('int')}, ${leaf('int')}])`, () => 'new Set<int>()', () => `new Set(${of('int[]')})`],
    'Record<string, int>': [
      () => `recordOf(${leaf('int')})`,
      () => `{ k: ${leaf('int')} }`,
      () => `{ ...${variable('Record<string, int>')}, q: ${of('int')} }`,
    ],
    '[int, string]': [() => `[${of('int')}, ${of('string')}]`],
    P: [
      () => `{ a: ${of('int')}, b: ${of('string')} }`,
      () => `{ ...${of('P')}, a: ${of('int')} }`,
      () => `(${of('P | null')} ?? ${of('P')})`,
    ],
    'P | null': [() => word('null', "{ a: 1, b: 'z' }"), () => `(${of('boolean')} ? ${of('P')} : null)`],
    'int | null': [() => word('null', '4'), () => `(${of('boolean')} ? ${of('int')} : null)`],
    Color: [() => `Color.${word('Red', 'Green', 'Blue')}`],
    Shape: [
      () => `shapeOf(${of('int')})`,
      () => `{ kind: 'circle', r: ${of('int')} }`,
      () => `{ kind: 'box', w: ${of('int')}, h: ${of('int')} }`,
      () => "{ kind: 'point' }",
    ],
    Key: [() => leaf('int'), () => leaf('string')],
    Counter: [
      () => `new Counter(${leaf('int')})`,
      () => `Counter.of(${leaf('int')})`,
      () => `new Stepper(${leaf('int')}, ${random.between(1, 3)})`,
    ],
    'Box<int>': [() => `new Box(${leaf('int')})`],
    'Box<string>': [() => `new Box(${leaf('string')})`],
  }
}
