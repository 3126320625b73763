/**
 * What expressions the generator knows: each operation makes a tensor expression from the pool, or null when nothing fits. Rules keep
 * magnitudes small and let operations that jump (comparisons, floor, argmax) only see values that every implementation computes exactly.
 */
import type { DType, Expr, TensorType } from './program.ts'
import type { Random } from './random.ts'

export interface Pool {
  readonly random: Random
  /** Some tensor expression, or null: of a dtype, exact, of a rank. */
  tensor(want?: {
    readonly dtype?: DType
    readonly exact?: boolean
    readonly minRank?: number
    readonly shape?: readonly number[]
  }): Expr | null
  /** An int expression of small magnitude. */
  int(): Expr
  /** A number that is not always an integer: literal or variable. */
  number(): Expr
}

export const tensorOf = (expr: Expr): TensorType => expr.type as TensorType

const exactLimit = 20
/** Values beyond this are clamped before they are used again. */
export const magnitudeLimit = 1e4

const make = (parts: Expr['parts'], type: TensorType): Expr => {
  const bits = type.bits !== null && type.bits > exactLimit ? null : type.bits
  if (type.magnitude <= magnitudeLimit) return { parts, type: { ...type, bits } }
  return { parts: [...parts, '.clamp(-4, 4)'], type: { ...type, bits, magnitude: 4 } }
}

const combineBits = (a: TensorType, b: TensorType, f: (x: number, y: number) => number): number | null =>
  a.bits === null || b.bits === null ? null : f(a.bits, b.bits)

type Operation = (pool: Pool) => Expr | null

function unary(
  name: string,
  range: (t: TensorType) => number,
  options: {
    readonly bits?: (bits: number) => number | null
    readonly dtype?: DType
    readonly exact?: boolean
    readonly limit?: number
    readonly f?: boolean
  } = {},
): Operation {
  return (pool) => {
    const x = pool.tensor({ dtype: options.dtype ?? 'float32', exact: options.exact ?? false })
    if (!x) return null
    const t = tensorOf(x)
    if (options.limit !== undefined && t.magnitude > options.limit) return null
    const bits = t.bits === null ? null : (options.bits?.(t.bits) ?? null)
    return make(options.f ? [`F.${name}(`, x, ')'] : [x, `.${name}()`], { ...t, bits, magnitude: range(t) })
  }
}

/** The broadcast of two types, or null. A symbolic dim only meets itself in size; ones are never symbolic. */
function broadcast(a: TensorType, b: TensorType): Pick<TensorType, 'shape' | 'symbolic'> | null {
  const rank = Math.max(a.shape.length, b.shape.length)
  const shape: number[] = []
  const symbolic: boolean[] = []
  for (let i = 0; i < rank; i++) {
    const [x, y] = [a.shape[a.shape.length - rank + i], b.shape[b.shape.length - rank + i]]
    const [s, t] = [a.symbolic[a.symbolic.length - rank + i] ?? false, b.symbolic[b.symbolic.length - rank + i] ?? false]
    if (x !== undefined && y !== undefined && x !== y && x !== 1 && y !== 1) return null
    const size = x === undefined || x === 1 ? (y ?? 1) : x
    shape.push(size)
    symbolic.push((s && x === size) || (t && y === size))
  }
  return shape.reduce((p, n) => p * n, 1) > 4096 ? null : { shape, symbolic }
}

function binary(
  name: string,
  magnitude: (a: number, b: number) => number,
  bits: (a: number, b: number) => number,
  result?: DType,
  exact = false,
  scalars = true,
): Operation {
  return (pool) => {
    const dtype = pool.random.chance(0.2) ? 'int64' : 'float32'
    const x = pool.tensor({ dtype, exact })
    if (!x) return null
    const t = tensorOf(x)
    if (scalars && pool.random.chance(0.35)) {
      const s = dtype === 'int64' || exact ? pool.int() : pool.number()
      const m = (s.type as { readonly magnitude: number }).magnitude
      const scalarBits = s.type.kind === 'int' ? 4 : null
      return make([x, `.${name}(`, s, ')'], {
        ...t,
        dtype: result ?? t.dtype,
        bits: result ? 1 : t.bits === null || scalarBits === null ? null : bits(t.bits, scalarBits),
        magnitude: result ? 1 : magnitude(t.magnitude, m),
      })
    }
    const y = pool.tensor({
      dtype: pool.random.chance(0.8) ? dtype : 'int64',
      exact,
      ...(pool.random.chance(0.6) ? { shape: t.shape } : {}),
    })
    if (!y) return null
    const u = tensorOf(y)
    const both = broadcast(t, u)
    if (!both) return null
    const floats = t.dtype === 'float32' || u.dtype === 'float32'
    return make([x, `.${name}(`, y, ')'], {
      kind: 'tensor',
      ...both,
      dtype: result ?? (floats ? 'float32' : 'int64'),
      bits: result ? 1 : combineBits(t, u, bits),
      magnitude: result ? 1 : magnitude(t.magnitude, u.magnitude),
    })
  }
}

function axis(pool: Pool, t: TensorType): number {
  return pool.random.below(t.shape.length)
}

const without = <T>(items: readonly T[], i: number): T[] => items.filter((_, k) => k !== i)
const replaced = <T>(items: readonly T[], i: number, item: T): T[] => items.map((old, k) => (k === i ? item : old))

function reduction(
  name: string,
  magnitude: (t: TensorType, n: number) => number,
  bits: (bits: number, n: number) => number | null,
): Operation {
  return (pool) => {
    const x = pool.tensor({ dtype: 'float32', minRank: 1 })
    if (!x) return null
    const t = tensorOf(x)
    const i = axis(pool, t)
    const n = t.shape[i]!
    const keep = pool.random.chance(0.4)
    const dim = pool.random.chance(0.3) ? i - t.shape.length : i
    return make([x, `.${name}([${dim}]${keep ? ', { keepdim: true }' : ''})`], {
      ...t,
      shape: keep ? replaced(t.shape, i, 1) : without(t.shape, i),
      symbolic: keep ? replaced(t.symbolic, i, false) : without(t.symbolic, i),
      bits: t.bits === null ? null : bits(t.bits, n),
      magnitude: magnitude(t, n),
    })
  }
}

const view = (
  minRank: number,
  f: (
    pool: Pool,
    t: TensorType,
  ) => { readonly text: string; readonly shape: readonly number[]; readonly symbolic: readonly boolean[] } | null,
): Operation => {
  return (pool) => {
    const x = pool.tensor({ minRank, ...(pool.random.chance(0.2) ? { dtype: 'int64' as const } : {}) })
    if (!x) return null
    const t = tensorOf(x)
    const made = f(pool, t)
    return made && { parts: [x, made.text], type: { ...t, shape: made.shape, symbolic: made.symbolic } }
  }
}

const views: readonly Operation[] = [
  view(2, (pool, t) => {
    const [a, b] = [axis(pool, t), axis(pool, t)]
    const swap = <T>(items: readonly T[]): T[] => items.map((item, i) => (i === a ? items[b]! : i === b ? items[a]! : item))
    return { text: `.transpose(${a}, ${b})`, shape: swap(t.shape), symbolic: swap(t.symbolic) }
  }),
  view(2, (pool, t) => {
    const order = t.shape.map((_, i) => i).sort(() => pool.random.next() - 0.5)
    return { text: `.permute([${order.join(', ')}])`, shape: order.map((i) => t.shape[i]!), symbolic: order.map((i) => t.symbolic[i]!) }
  }),
  view(0, (pool, t) => {
    if (t.shape.length > 3) return null
    const i = pool.random.below(t.shape.length + 1)
    const insert = <T>(items: readonly T[], item: T): T[] => [...items.slice(0, i), item, ...items.slice(i)]
    return { text: `.unsqueeze(${i})`, shape: insert(t.shape, 1), symbolic: insert(t.symbolic, false) }
  }),
  view(1, (pool, t) => {
    const i = axis(pool, t)
    const index = pool.random.below(t.symbolic[i] ? 1 : t.shape[i]!)
    return { text: `.select(${i}, ${pool.random.chance(0.3) ? -1 : index})`, shape: without(t.shape, i), symbolic: without(t.symbolic, i) }
  }),
  view(1, (pool, t) => {
    const i = axis(pool, t)
    const n = t.shape[i]!
    if (t.symbolic[i] || n < 2) return null
    const start = pool.random.below(n - 1)
    const length = pool.random.between(1, n - start)
    return { text: `.narrow(${i}, ${start}, ${length})`, shape: replaced(t.shape, i, length), symbolic: t.symbolic }
  }),
  view(1, (_, t) => {
    if (t.symbolic.filter(Boolean).length > 0 && t.shape.length < 2) return null
    return { text: '.flatten()', shape: [t.shape.reduce((a, b) => a * b, 1)], symbolic: [t.symbolic.some(Boolean)] }
  }),
  view(2, (_, t) => {
    // The first two dims become one; the others stay as they are.
    if (t.symbolic.slice(2).some(Boolean)) return null
    const rest = t.shape.slice(2)
    return {
      text: `.reshape([${['-1', ...rest].join(', ')}])`,
      shape: [t.shape[0]! * t.shape[1]!, ...rest],
      symbolic: [t.symbolic[0]! || t.symbolic[1]!, ...rest.map(() => false)],
    }
  }),
  view(1, (pool, t) => {
    const i = t.shape.indexOf(1)
    if (i < 0) return null
    const n = pool.random.between(2, 4)
    return {
      text: `.expand([${t.shape.map((_, k) => (k === i ? n : -1)).join(', ')}])`,
      shape: replaced(t.shape, i, n),
      symbolic: t.symbolic,
    }
  }),
]

const joins: readonly Operation[] = [
  (pool) => {
    const x = pool.tensor({ dtype: 'float32', minRank: 1 })
    const y = x && pool.tensor({ dtype: 'float32', shape: tensorOf(x).shape })
    if (!x || !y) return null
    const [t, u] = [tensorOf(x), tensorOf(y)]
    const magnitude = Math.max(t.magnitude, u.magnitude)
    const bits = combineBits(t, u, Math.max)
    const symbolic = t.symbolic.map((s, i) => s || u.symbolic[i]!)
    if (pool.random.chance(0.5)) {
      const i = axis(pool, t)
      return {
        parts: ['torch.cat([', x, ', ', y, `], ${i})`],
        type: { ...t, shape: replaced(t.shape, i, t.shape[i]! * 2), symbolic, bits, magnitude },
      }
    }
    if (t.shape.length > 3) return null
    return {
      parts: ['torch.stack([', x, ', ', y, '])'],
      type: { ...t, shape: [2, ...t.shape], symbolic: [false, ...symbolic], bits, magnitude },
    }
  },
  (pool) => {
    const c = pool.tensor({ dtype: 'bool' })
    const x = c && pool.tensor({ dtype: 'float32', shape: tensorOf(c).shape })
    const y = x && pool.tensor({ dtype: 'float32', shape: tensorOf(c).shape })
    if (!c || !x || !y) return null
    const [t, u] = [tensorOf(x), tensorOf(y)]
    return {
      parts: ['torch.where(', c, ', ', x, ', ', y, ')'],
      type: {
        ...t,
        symbolic: t.symbolic.map((s, i) => s || u.symbolic[i]! || tensorOf(c).symbolic[i]!),
        bits: combineBits(t, u, Math.max),
        magnitude: Math.max(t.magnitude, u.magnitude),
      },
    }
  },
]

const products: readonly Operation[] = [
  (pool) => {
    const x = pool.tensor({ dtype: 'float32', minRank: 2 })
    if (!x) return null
    const t = tensorOf(x)
    const n = t.shape.length
    const [m, k] = [t.shape[n - 2]!, t.shape[n - 1]!]
    // Any matrix times its own transpose fits; another matrix if there is one.
    const y = n === 2 && pool.random.chance(0.5) ? pool.tensor({ dtype: 'float32', shape: [k, pool.random.between(2, 4)] }) : null
    const u = y && tensorOf(y)
    const swapped = <T>(items: readonly T[]): T[] => [...items.slice(0, n - 2), items[n - 1]!, items[n - 2]!]
    const other: Expr = y ?? {
      parts: [x, `.transpose(${n - 2}, ${n - 1})`],
      type: { ...t, shape: swapped(t.shape), symbolic: swapped(t.symbolic) },
    }
    const magnitude = t.magnitude * (u?.magnitude ?? t.magnitude) * k
    const last = u ? ([u.shape[1]!, u.symbolic[1]!] as const) : ([m, t.symbolic[n - 2]!] as const)
    return make([x, '.matmul(', other, ')'], {
      ...t,
      shape: [...t.shape.slice(0, n - 1), last[0]],
      symbolic: [...t.symbolic.slice(0, n - 1), last[1]],
      bits: null,
      magnitude,
    })
  },
  (pool) => {
    const x = pool.tensor({ dtype: 'float32', minRank: 1 })
    const w = x && pool.tensor({ dtype: 'float32', shape: [pool.random.between(2, 4), tensorOf(x).shape.at(-1)!] })
    if (!x || !w) return null
    const [t, u] = [tensorOf(x), tensorOf(w)]
    return make(['F.linear(', x, ', ', w, ')'], {
      ...t,
      shape: [...t.shape.slice(0, -1), u.shape[0]!],
      symbolic: [...t.symbolic.slice(0, -1), u.symbolic[0]!],
      bits: null,
      magnitude: t.magnitude * u.magnitude * t.shape.at(-1)!,
    })
  },
]

const rows: readonly Operation[] = ['softmax', 'logSoftmax'].map(
  (name): Operation =>
    (pool) => {
      const x = pool.tensor({ dtype: 'float32', minRank: 1 })
      if (!x) return null
      const t = tensorOf(x)
      return make([`F.${name}(`, x, `, ${axis(pool, t)})`], { ...t, bits: null, magnitude: name === 'softmax' ? 1 : 2 * t.magnitude + 4 })
    },
)

const conversions: readonly Operation[] = [
  (pool) => {
    const x = pool.tensor({ dtype: pool.random.pick(['bool', 'int64'] as const) })
    return x && make([x, ".to('float32')"], { ...tensorOf(x), dtype: 'float32', bits: tensorOf(x).dtype === 'bool' ? 1 : 12 })
  },
  (pool) => {
    const x = pool.tensor({ dtype: 'float32', exact: true })
    return x && tensorOf(x).magnitude < 1000 ? make([x, ".to('int64')"], { ...tensorOf(x), dtype: 'int64', bits: 12 }) : null
  },
  (pool) => {
    const x = pool.tensor({ dtype: 'float32', exact: true, minRank: 1 })
    if (!x) return null
    const t = tensorOf(x)
    const i = axis(pool, t)
    return {
      parts: [x, `.argmax(${i})`],
      type: { ...t, dtype: 'int64', shape: without(t.shape, i), symbolic: without(t.symbolic, i), bits: 4, magnitude: t.shape[i]! },
    }
  },
  (pool) => {
    const x = pool.tensor({ dtype: 'bool' })
    return x && { parts: [x, '.logicalNot()'], type: x.type }
  },
]

const creations: readonly Operation[] = [
  (pool) => {
    const shape = Array.from({ length: pool.random.between(1, 3) }, () => pool.random.between(1, 4))
    const symbolic = shape.map(() => false)
    const name = pool.random.pick(['zeros', 'ones'] as const)
    return {
      parts: [`torch.${name}([${shape.join(', ')}])`],
      type: { kind: 'tensor', dtype: 'float32', shape, symbolic, bits: 1, magnitude: 1 },
    }
  },
  (pool) => {
    const n = pool.random.between(2, 5)
    return { parts: [`torch.arange(${n})`], type: { kind: 'tensor', dtype: 'int64', shape: [n], symbolic: [false], bits: 3, magnitude: n } }
  },
  (pool) => {
    const shape = Array.from({ length: pool.random.between(1, 3) }, () => pool.random.between(1, 4))
    const value = pool.number()
    return {
      parts: [`torch.full([${shape.join(', ')}], `, value, ')'],
      type: {
        kind: 'tensor',
        dtype: 'float32',
        shape,
        symbolic: shape.map(() => false),
        bits: null,
        magnitude: (value.type as { readonly magnitude: number }).magnitude,
      },
    }
  },
]

/** Images are made of rank 3 tensors whose channel count is known. */
const images: readonly Operation[] = [
  (pool) => {
    const x = pool.tensor({ dtype: 'float32', minRank: 3 })
    const t = x && tensorOf(x)
    if (!x || !t || t.shape.length !== 3 || t.symbolic[0]) return null
    const [channels, filters, size] = [t.shape[0]!, pool.random.between(1, 4), pool.random.pick([1, 3])]
    const total = filters * channels * size * size
    const weight = `torch.arange(${total}).to('float32').mul(${(1 / total).toFixed(4)}).sub(0.5).reshape([${filters}, ${channels}, ${size}, ${size}])`
    const options = size === 3 ? ', { padding: 1 }' : ''
    return make(['F.conv2d(', x, `.unsqueeze(0), ${weight}${options}).squeeze(0)`], {
      ...t,
      shape: [filters, ...t.shape.slice(1)],
      symbolic: [false, ...t.symbolic.slice(1)],
      bits: null,
      magnitude: t.magnitude * channels * size * size * 0.5,
    })
  },
  (pool) => {
    const x = pool.tensor({ dtype: 'float32', minRank: 3 })
    const t = x && tensorOf(x)
    if (!x || !t || t.shape.length !== 3 || t.symbolic.slice(1).some(Boolean) || t.shape.slice(1).some((n) => n < 2)) return null
    const average = pool.random.chance(0.4)
    const shape = [t.shape[0]!, ...t.shape.slice(1).map((n) => Math.floor(n / 2))]
    return { parts: [`F.${average ? 'avgPool2d' : 'maxPool2d'}(`, x, ', 2)'], type: { ...t, shape, bits: average ? null : t.bits } }
  },
  (pool) => {
    const x = pool.tensor({ dtype: 'float32', minRank: 1 })
    const t = x && tensorOf(x)
    if (!x || !t || t.symbolic.at(-1) || t.shape.at(-1)! < 2 || t.magnitude > 8) return null
    return { parts: ['F.layerNorm(', x, `, [${t.shape.at(-1)}])`], type: { ...t, bits: null, magnitude: 4 } }
  },
]

const keep = (t: TensorType): number => t.magnitude

export const operations: readonly Operation[] = [
  unary('relu', keep, { bits: (b) => b }),
  unary('neg', keep, { bits: (b) => b }),
  unary('abs', keep, { bits: (b) => b }),
  unary('square', (t) => t.magnitude ** 2, { bits: (b) => 2 * b }),
  unary('tanh', () => 1),
  unary('sigmoid', () => 1),
  unary('exp', (t) => Math.exp(t.magnitude), { limit: 6 }),
  unary('sin', () => 1, { limit: 100 }),
  unary('cos', () => 1, { limit: 100 }),
  unary('gelu', keep, { f: true }),
  unary('floor', keep, { exact: true, bits: (b) => b }),
  unary('sign', () => 1, { exact: true, bits: () => 1 }),
  (pool) => {
    const x = pool.tensor({ dtype: 'float32' })
    const name = pool.random.pick(['sqrt', 'log', 'rsqrt', 'log1p'] as const)
    return x && make([x, `.abs().add(1).${name}()`], { ...tensorOf(x), bits: null })
  },
  (pool) => {
    const x = pool.tensor({ dtype: 'float32' })
    const y = x && pool.tensor({ dtype: 'float32', shape: tensorOf(x).shape })
    const both = x && y && broadcast(tensorOf(x), tensorOf(y))
    return both ? make([x, '.div(', y, '.abs().add(1))'], { ...tensorOf(x), ...both, bits: null }) : null
  },
  binary(
    'add',
    (a, b) => a + b,
    (a, b) => Math.max(a, b) + 1,
  ),
  binary(
    'sub',
    (a, b) => a + b,
    (a, b) => Math.max(a, b) + 1,
  ),
  binary(
    'mul',
    (a, b) => a * b,
    (a, b) => a + b,
  ),
  binary('maximum', Math.max, Math.max, undefined, false, false),
  binary('minimum', Math.max, Math.max, undefined, false, false),
  binary(
    'gt',
    () => 1,
    () => 1,
    'bool',
    true,
  ),
  binary(
    'le',
    () => 1,
    () => 1,
    'bool',
    true,
  ),
  binary(
    'eq',
    () => 1,
    () => 1,
    'bool',
    true,
  ),
  reduction(
    'sum',
    (t, n) => t.magnitude * n,
    (b, n) => b + Math.ceil(Math.log2(n + 1)),
  ),
  reduction('mean', keep, () => null),
  reduction('amax', keep, (b) => b),
  reduction('amin', keep, (b) => b),
  (pool) => {
    const x = pool.tensor({ dtype: 'float32' })
    if (!x) return null
    const n = tensorOf(x).shape.reduce((a, b) => a * b, 1)
    return make([x, '.sum()'], { ...tensorOf(x), shape: [], symbolic: [], bits: null, magnitude: tensorOf(x).magnitude * n })
  },
  (pool) => {
    const x = pool.tensor({ dtype: 'float32' })
    const hi = pool.random.between(1, 4)
    return x && make([x, `.clamp(${-pool.random.between(0, 3)}, ${hi})`], { ...tensorOf(x), magnitude: 4 })
  },
  ...views,
  ...views,
  ...joins,
  ...products,
  ...images,
  ...rows,
  ...conversions,
  ...creations,
]
