/**
 * Products of matrices on the GPU, whatever their elements come from: a workgroup computes a tile of the result, staging tiles of A and B through workgroup
 * memory; each thread keeps a register tile. The parameters are here to be tuned for real devices.
 */
import type { Dim } from '../../../../ops/dim.ts'
import { dimCeilDiv, isConst } from '../../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../../loop.ts'
import type { GridKernel } from './gridKernel.ts'
import { add, and, assign, compare, constant, f32, forLoop, i32, local, loopBinary, mul, store, variable } from './scalarCode.ts'

export interface ProductTile {
  /** Threads of a workgroup along n and m. */
  readonly threads: readonly [number, number]
  /** Results a thread along m and n. */
  readonly registers: readonly [number, number]
}

const tiles = {
  square: { threads: [8, 8], registers: [4, 4] },
  /** Few columns. */
  tall: { threads: [4, 16], registers: [4, 4] },
  /** Few rows. */
  wide: { threads: [16, 4], registers: [4, 4] },
  /** One row: decode steps. */
  row: { threads: [64, 1], registers: [1, 1] },
  column: { threads: [1, 64], registers: [1, 1] },
} as const satisfies { readonly [name: string]: ProductTile }

/** Steps of the reduction that are staged at once, where there are that many. */
const depths = [16, 4] as const

export function chooseTile(m: Dim, n: Dim): ProductTile {
  if (m === 1) return tiles.row
  if (n === 1) return tiles.column
  if (isConst(n) && n <= 16) return tiles.tall
  return isConst(m) && m <= 16 ? tiles.wide : tiles.square
}

/** One operand, read by its own index (a row of A, a column of B) and the step of the reduction. */
export interface ProductOperand {
  /** What depends on its own index alone: runs once, before the reduction. Names what it computes in `into`. */
  position(own: LoopExpr, into: LoopStmt[]): readonly LoopExpr[]
  /** Whether there is an element, beyond the limits of m, n and k; null: always. */
  inside(position: readonly LoopExpr[]): LoopExpr | null
  load(position: readonly LoopExpr[], k: LoopExpr): LoopExpr
  /** Neighbours in memory are steps of the reduction: neighbouring threads read those. */
  readonly alongK: boolean
}

export interface Product {
  readonly m: Dim
  readonly n: Dim
  readonly k: Dim
  readonly a: ProductOperand
  readonly b: ProductOperand
  /** Runs first: names what the operands mention. */
  readonly before: readonly LoopStmt[]
  /** Wraps the reduction over k in loops of its own (the taps of a convolution). */
  around(body: readonly LoopStmt[]): readonly LoopStmt[]
  /** Stores a finished element. */
  result(row: LoopExpr, column: LoopExpr, value: LoopExpr): readonly LoopStmt[]
  /** Products along the grid's third axis, which is the variable `gz`. */
  readonly batch: Dim
  readonly flops: Dim
}

/** `index < limit`, or null where tiles of `step` fill it. */
const below = (index: LoopExpr, limit: Dim, step: number, kernel: GridKernel): LoopExpr | null =>
  isConst(limit) && limit % step === 0 ? null : compare('lt', index, kernel.dim(limit))

function when(conditions: readonly (LoopExpr | null)[], then: readonly LoopStmt[]): readonly LoopStmt[] {
  const asked = conditions.filter((condition) => condition !== null)
  return asked.length === 0 ? then : [{ t: 'if', condition: asked.reduce(and), then, else: [] }]
}

export function scheduleProduct(kernel: GridKernel, product: Product, tile: ProductTile = chooseTile(product.m, product.n)): KernelCall {
  const { m, n, k, a, b, before, around, result, batch, flops } = product
  const [threadsN, threadsM] = tile.threads
  const [registersM, registersN] = tile.registers
  const tileM = threadsM * registersM
  const tileN = threadsN * registersN
  const threads = threadsM * threadsN
  const depth = isConst(k) && k <= depths[1] ? depths[1] : depths[0]
  const sharedA = kernel.shared('tile_a', 'f32', tileM * depth)
  const sharedB = kernel.shared('tile_b', 'f32', depth * tileN)
  const [tx, ty, m0, n0, k0, kk, thread] = ['tx', 'ty', 'm0', 'n0', 'k0', 'kk', 'thread'].map((name) => variable(name, 'i32')) as [
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
    LoopExpr,
  ]
  const body: LoopStmt[] = [
    ...before,
    constant('m0', mul(variable('gy', 'i32'), i32(tileM))),
    constant('n0', mul(variable('gx', 'i32'), i32(tileN))),
    constant('thread', add(mul(ty, i32(threadsN)), tx)),
  ]

  /** Copies a tile of an operand into workgroup memory, zero outside: each thread some elements, whose own index and step it knows before the reduction. */
  const stage = (
    operand: ProductOperand,
    shared: string,
    from: LoopExpr,
    limit: Dim,
    size: number,
    at: (own: LoopExpr, k: LoopExpr) => LoopExpr,
  ) => {
    const fast = operand.alongK ? depth : size
    const staged = Math.ceil((size * depth) / threads)
    return Array.from({ length: staged }, (_, turn) => {
      const element = add(thread, i32(turn * threads))
      const [slow, quick] = [kernel.fresh('slow'), kernel.fresh('quick')]
      body.push(constant(slow, loopBinary('div', element, i32(fast))), constant(quick, loopBinary('rem', element, i32(fast))))
      const [local0, step] = (operand.alongK ? [slow, quick] : [quick, slow]).map((name) => variable(name, 'i32')) as [LoopExpr, LoopExpr]
      const own = kernel.fresh('own')
      body.push(constant(own, add(from, local0)))
      const position = operand.position(variable(own, 'i32'), body)
      const limits = [below(variable(own, 'i32'), limit, size, kernel), below(add(k0, step), k, depth, kernel), operand.inside(position)]
      const value = kernel.fresh('staged')
      const copied: LoopStmt[] = [
        local(value, f32(0)),
        ...when(limits, [assign(value, operand.load(position, add(k0, step)))]),
        store(shared, at(local0, step), variable(value, 'f32')),
      ]
      return when([(size * depth) % threads === 0 ? null : compare('lt', element, i32(size * depth))], copied)
    }).flat()
  }
  const stagedA = stage(a, sharedA, m0, m, tileM, (row, step) => add(mul(row, i32(depth)), step))
  const stagedB = stage(b, sharedB, n0, n, tileN, (column, step) => add(mul(step, i32(tileN)), column))

  const accumulator = (i: number, j: number) => `acc_${i}_${j}`
  const eachRegister = (make: (i: number, j: number) => readonly LoopStmt[]): LoopStmt[] =>
    Array.from({ length: registersM * registersN }, (_, at) => make(Math.floor(at / registersN), at % registersN)).flat()
  const shared = (name: string, index: LoopExpr): LoopExpr => ({ l: 'load', type: 'f32', buffer: name, index })
  const rowOf = (i: number) => add(mul(ty, i32(registersM)), i32(i))
  const columnOf = (j: number) => add(mul(tx, i32(registersN)), i32(j))
  const inner: LoopStmt[] = [
    ...Array.from({ length: registersM }, (_, i) => constant(`a_${i}`, shared(sharedA, add(mul(rowOf(i), i32(depth)), kk)))),
    ...Array.from({ length: registersN }, (_, j) => constant(`b_${j}`, shared(sharedB, add(mul(kk, i32(tileN)), columnOf(j))))),
    ...eachRegister((i, j) => [
      assign(accumulator(i, j), {
        l: 'fma',
        type: 'f32',
        a: variable(`a_${i}`, 'f32'),
        b: variable(`b_${j}`, 'f32'),
        c: variable(accumulator(i, j), 'f32'),
      }),
    ]),
  ]
  const steps = [...stagedA, ...stagedB, { t: 'barrier' } as const, forLoop('kk', i32(depth), inner), { t: 'barrier' } as const]
  body.push(
    ...eachRegister((i, j) => [local(accumulator(i, j), f32(0))]),
    ...around([forLoop('k0', kernel.dim(k), steps, i32(0), depth)]),
    ...eachRegister((i, j) => {
      const [row, column] = [add(m0, rowOf(i)), add(n0, columnOf(j))]
      return when(
        [below(row, m, tileM, kernel), below(column, n, tileN, kernel)],
        [...result(row, column, variable(accumulator(i, j), 'f32'))],
      )
    }),
  )
  return kernel.call(
    kernel.grid({ gx: i32(1), gy: i32(1), gz: i32(1) }, { x: threadsN, y: threadsM }, body),
    [dimCeilDiv(n, tileN), dimCeilDiv(m, tileM), batch],
    flops,
  )
}
