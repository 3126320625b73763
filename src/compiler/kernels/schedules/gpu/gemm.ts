/**
 * Matrix products on the GPU: a workgroup computes a tile of the result, staging tiles of A and B through workgroup memory; each thread keeps
 * a register tile. The parameters are here to be tuned for real devices.
 */

import type { Dim } from '../../../../ops/dim.ts'
import { dimCeilDiv, dimMul, dimProduct, isConst } from '../../../../ops/dimMath.ts'
import type { KernelCall, LoopExpr, LoopStmt } from '../../loop.ts'
import type { GemmStage } from '../../stage.ts'
import { KernelBuilder } from './kernelBuilder.ts'
import { add, and, assign, compare, constant, f32, forLoop, i32, local, loopBinary, mul, store, variable } from './scalarCode.ts'

export interface GemmTile {
  /** Threads of a workgroup along n and m. */
  readonly threads: readonly [number, number]
  /** Results a thread along m and n. */
  readonly registers: readonly [number, number]
  /** Depth of a staged tile. */
  readonly depth: number
}

const tiles = {
  large: { threads: [8, 8], registers: [4, 4], depth: 16 },
  small: { threads: [8, 8], registers: [1, 1], depth: 16 },
} as const satisfies { readonly [name: string]: GemmTile }

const atMost = (dim: Dim, bound: number): boolean => isConst(dim) && dim <= bound

/** Small results take small tiles, so that more workgroups share the work. */
export const chooseTile = (m: Dim, n: Dim): GemmTile => (atMost(m, 16) || atMost(n, 16) ? tiles.small : tiles.large)

export function scheduleGemm(stage: GemmStage, tile: GemmTile = chooseTile(stage.m, stage.n)): KernelCall {
  const { batch, m, n, k } = stage
  const [threadsN, threadsM] = tile.threads
  const [registersM, registersN] = tile.registers
  const tileM = threadsM * registersM
  const tileN = threadsN * registersN
  const kernel = new KernelBuilder(`gemm_${tileM}x${tileN}`)
  const sharedA = kernel.shared('a', 'f32', tileM * tile.depth)
  const sharedB = kernel.shared('b', 'f32', tile.depth * tileN)
  const tx = variable('tx', 'i32')
  const ty = variable('ty', 'i32')
  const body: LoopStmt[] = [constant('m0', mul(variable('gy', 'i32'), i32(tileM))), constant('n0', mul(variable('gx', 'i32'), i32(tileN)))]
  const batchIndices = kernel.unflatten(variable('gz', 'i32'), batch, body)
  const thread = add(mul(ty, i32(threadsN)), tx)
  body.push(constant('thread', thread))
  const accumulator = (i: number, j: number) => `acc_${i}_${j}`
  const eachRegister = (make: (i: number, j: number) => LoopStmt[]): LoopStmt[] =>
    Array.from({ length: registersM * registersN }, (_, at) => make(Math.floor(at / registersN), at % registersN)).flat()
  body.push(...eachRegister((i, j) => [local(accumulator(i, j), f32(0))]))

  /** Copies a `rows` x `columns` tile into workgroup memory, zero outside the operand. */
  const stageTile = (
    shared: string,
    rows: number,
    columns: number,
    inside: (row: LoopExpr, column: LoopExpr) => LoopExpr,
    load: (row: LoopExpr, column: LoopExpr) => LoopExpr,
  ): LoopStmt => {
    const at = kernel.fresh('at')
    const row = kernel.fresh('row')
    const column = kernel.fresh('column')
    const value = kernel.fresh('staged')
    return forLoop(
      at,
      i32(rows * columns),
      [
        constant(row, loopBinary('div', variable(at, 'i32'), i32(columns))),
        constant(column, loopBinary('rem', variable(at, 'i32'), i32(columns))),
        local(value, f32(0)),
        {
          t: 'if',
          condition: inside(variable(row, 'i32'), variable(column, 'i32')),
          then: [assign(value, load(variable(row, 'i32'), variable(column, 'i32')))],
          else: [],
        },
        store(shared, variable(at, 'i32'), variable(value, 'f32')),
      ],
      variable('thread', 'i32'),
      threadsM * threadsN,
    )
  }
  const m0 = variable('m0', 'i32')
  const n0 = variable('n0', 'i32')
  const k0 = variable('k0', 'i32')
  const [limitM, limitN, limitK] = [kernel.dim(m), kernel.dim(n), kernel.dim(k)]
  const shared = (name: string, index: LoopExpr): LoopExpr => ({ l: 'load', type: 'f32', buffer: name, index })
  const kk = variable('kk', 'i32')
  const inner: LoopStmt[] = [
    ...Array.from({ length: registersM }, (_, i) =>
      constant(`a_${i}`, shared(sharedA, add(mul(add(mul(ty, i32(registersM)), i32(i)), i32(tile.depth)), kk))),
    ),
    ...Array.from({ length: registersN }, (_, j) =>
      constant(`b_${j}`, shared(sharedB, add(mul(kk, i32(tileN)), add(mul(tx, i32(registersN)), i32(j))))),
    ),
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
  body.push(
    forLoop(
      'k0',
      limitK,
      [
        stageTile(
          sharedA,
          tileM,
          tile.depth,
          (row, column) => and(compare('lt', add(m0, row), limitM), compare('lt', add(k0, column), limitK)),
          (row, column) => kernel.load(stage.a, [...batchIndices, add(m0, row), add(k0, column)]),
        ),
        stageTile(
          sharedB,
          tile.depth,
          tileN,
          (row, column) => and(compare('lt', add(k0, row), limitK), compare('lt', add(n0, column), limitN)),
          (row, column) => kernel.load(stage.b, [...batchIndices, add(k0, row), add(n0, column)]),
        ),
        { t: 'barrier' },
        forLoop('kk', i32(tile.depth), inner),
        { t: 'barrier' },
      ],
      i32(0),
      tile.depth,
    ),
  )
  body.push(
    ...eachRegister((i, j) => {
      const row = add(m0, add(mul(ty, i32(registersM)), i32(i)))
      const column = add(n0, add(mul(tx, i32(registersN)), i32(j)))
      const indices = [...batchIndices, row, column]
      const value = variable(accumulator(i, j), 'f32')
      const inside: LoopStmt[] = []
      const result = stage.epilogue ? kernel.value(stage.epilogue, { indices, accumulator: value, into: inside }) : value
      inside.push(kernel.store(stage.out, indices, result))
      return [{ t: 'if', condition: and(compare('lt', row, limitM), compare('lt', column, limitN)), then: inside, else: [] }]
    }),
  )
  const grid = [dimCeilDiv(n, tileN), dimCeilDiv(m, tileM), dimProduct(batch)] as const
  return kernel.call(
    kernel.grid({ gx: i32(1), gy: i32(1), gz: i32(1) }, { x: threadsN, y: threadsM }, body),
    grid,
    dimMul(2, dimProduct(batch), m, n, k),
  )
}
