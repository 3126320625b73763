/** What the fusion passes ask of stages: what is read and written, over which axes, and the same stage with other expressions. */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual } from '../../../ops/dimMath.ts'
import type { Access, BufferDecl, BufferId, LoopStage, Stage, StageExpr } from '../stage.ts'
import { type LoadExpr, loadsOf } from '../stageExpr.ts'

/** Stages of a segment under fusion. */
export interface Fusion {
  readonly buffers: readonly BufferDecl[]
  readonly stages: readonly Stage[]
}

export type FusionPass = (fusion: Fusion) => Fusion

/** An expression of a stage with the axes that its indices count. */
export interface Site {
  readonly expr: StageExpr
  readonly axes: readonly Dim[]
}

/** The expressions of a stage: bodies over all axes, epilogues over the result's. */
export function sitesOf(stage: Stage): readonly Site[] {
  switch (stage.kind) {
    case 'loop':
      return loopSites(stage)
    case 'row':
      return stage.steps.flatMap(loopSites)
    case 'gemm':
    case 'conv':
    case 'pool':
      return stage.epilogue ? [{ expr: stage.epilogue, axes: stage.out.shape }] : []
    case 'recurrent':
      return [
        ...stage.initial.map((expr) => ({ expr, axes: stage.out.shape.slice(1) })),
        ...stage.cell.map((expr) => ({ expr, axes: stage.out.shape })),
      ]
    case 'template':
      return []
    default:
      return stage satisfies never
  }
}

const loopSites = (stage: LoopStage): readonly Site[] => [
  { expr: stage.body, axes: loopAxes(stage) },
  ...(stage.epilogue ? [{ expr: stage.epilogue, axes: stage.axes }] : []),
]

/** Result axes, then reduction axes. */
export const loopAxes = (stage: LoopStage): readonly Dim[] => [...stage.axes, ...(stage.reduce?.axes ?? [])]

export const isPointwise = (stage: Stage): stage is LoopStage => stage.kind === 'loop' && stage.reduce === null

/** Accesses that are read other than through expressions. */
export function operandAccesses(stage: Stage): readonly Access[] {
  switch (stage.kind) {
    case 'loop':
    case 'row':
      return []
    case 'gemm':
      return [stage.a, stage.b]
    case 'conv':
      return [stage.input, stage.weight]
    case 'pool':
      return [stage.input]
    case 'recurrent':
      return [stage.weight]
    case 'template':
      return stage.inputs
    default:
      return stage satisfies never
  }
}

export const loadsOfStage = (stage: Stage): readonly LoadExpr[] => sitesOf(stage).flatMap(({ expr }) => loadsOf(expr))

export function readsOf(stage: Stage): ReadonlySet<BufferId> {
  return new Set([...operandAccesses(stage), ...loadsOfStage(stage).map((load) => load.access)].map((access) => access.buffer))
}

export function writesOf(stage: Stage): readonly Access[] {
  if (stage.kind === 'template') return stage.outputs
  if (stage.kind === 'row') return stage.steps.map((step) => step.out)
  if (stage.kind === 'recurrent') return [stage.out, ...stage.last]
  return [stage.out]
}

/** Who writes and reads each buffer, as positions in the list of stages. */
export interface Usage {
  readonly writers: ReadonlyMap<BufferId, readonly number[]>
  readonly readers: ReadonlyMap<BufferId, readonly number[]>
}

/** `known`: reads of stages met before; a pass that asks again after each change hands in the same map. */
export function usageOf(stages: readonly Stage[], known: Map<Stage, ReadonlySet<BufferId>> = new Map()): Usage {
  const writers = new Map<BufferId, number[]>()
  const readers = new Map<BufferId, number[]>()
  const add = (map: Map<BufferId, number[]>, buffer: BufferId, position: number): void => {
    const list = map.get(buffer)
    if (!list) map.set(buffer, [position])
    else if (list[list.length - 1] !== position) list.push(position)
  }
  stages.forEach((stage, position) => {
    for (const { buffer } of writesOf(stage)) add(writers, buffer, position)
    let reads = known.get(stage)
    if (!reads) {
      reads = readsOf(stage)
      known.set(stage, reads)
    }
    for (const buffer of reads) add(readers, buffer, position)
  })
  return { writers, readers }
}

/** The stage with each of its expressions rewritten; `axes` are those that the expression's indices count. */
export function mapSites(stage: Stage, rewrite: (expr: StageExpr, axes: readonly Dim[]) => StageExpr): Stage {
  switch (stage.kind) {
    case 'loop':
      return mapLoop(stage, rewrite)
    case 'row':
      return { ...stage, steps: stage.steps.map((step) => mapLoop(step, rewrite)) }
    case 'gemm':
    case 'conv':
    case 'pool':
      return stage.epilogue ? { ...stage, epilogue: rewrite(stage.epilogue, stage.out.shape) } : stage
    case 'recurrent':
      return {
        ...stage,
        initial: stage.initial.map((expr) => rewrite(expr, stage.out.shape.slice(1))),
        cell: stage.cell.map((expr) => rewrite(expr, stage.out.shape)),
      }
    case 'template':
      return stage
    default:
      return stage satisfies never
  }
}

const mapLoop = (stage: LoopStage, rewrite: (expr: StageExpr, axes: readonly Dim[]) => StageExpr): LoopStage => ({
  ...stage,
  body: rewrite(stage.body, loopAxes(stage)),
  epilogue: stage.epilogue && rewrite(stage.epilogue, stage.axes),
})

export const dimsEqual = (a: readonly Dim[], b: readonly Dim[]): boolean =>
  a.length === b.length && a.every((dim, i) => dimEqual(dim, b[i]!))
