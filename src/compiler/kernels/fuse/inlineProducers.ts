/**
 * Pointwise stages are computed where they are read, when that is no more work than storing and loading: always when there is one reader
 * that reads each element once, otherwise when the expression is cheap. A producer that some reader needs in memory stays.
 * The cost model counts additions (stageExpr.costOf); its two numbers are below.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimEqual, dimProduct, isConst } from '../../../ops/dimMath.ts'
import { solveIndices } from '../access.ts'
import type { Access, BufferId, LoopStage, Stage, StageExpr } from '../stage.ts'
import {
  affineExpr,
  costOf,
  isNormalized,
  type LoadExpr,
  loadsOf,
  mapExpr,
  normalizeLoads,
  readsBuffer,
  sizeOf,
  substituteIndices,
} from '../stageExpr.ts'
import { type Fusion, isPointwise, mapSites, operandAccesses, type Site, sitesOf, usageOf } from './stages.ts'

/** Work that is repeated rather than stored, for a second reader: about what a store and a load cost. */
const cheap = 6
/** Nodes of an expression beyond which fusing stops: locals spill, and code grows. */
const largest = 200

export function inlineProducers(fusion: Fusion): Fusion {
  let { stages } = fusion
  const known = new Map<Stage, ReadonlySet<BufferId>>()
  for (let position = 0; position < stages.length; position++) {
    const inlined = inlineAt(fusion, stages, position, known)
    if (!inlined) continue
    stages = inlined
    position--
  }
  return { ...fusion, stages }
}

function inlineAt(
  fusion: Fusion,
  stages: readonly Stage[],
  position: number,
  known: Map<Stage, ReadonlySet<BufferId>>,
): readonly Stage[] | null {
  const producer = stages[position]!
  if (!isPointwise(producer)) return null
  const { buffer } = producer.out
  if (fusion.buffers[buffer]!.role !== 'temporary') return null
  const { writers, readers } = usageOf(stages, known)
  const positions = readers.get(buffer) ?? []
  if (positions.length === 0 || writers.get(buffer)!.length > 1) return null
  if (positions.some((at) => operandAccesses(stages[at]!).some((access) => access.buffer === buffer))) return null
  const sites = positions.flatMap((at) => sitesOf(stages[at]!)).filter(({ expr }) => readsBuffer(expr, buffer))
  const cost = costOf(producer.body)
  if (!sites.every((site) => worthwhile(producer, site, buffer, cost, sites.length))) return null
  const result = [...stages]
  for (const at of positions) {
    const stage = inlineInto(stages[at]!, producer)
    if (!stage) return null
    result[at] = stage
  }
  result.splice(position, 1)
  return result
}

function worthwhile(producer: LoopStage, { expr, axes }: Site, buffer: BufferId, cost: number, siteCount: number): boolean {
  const loads = distinct(loadsOf(expr).filter((load) => load.access.buffer === buffer))
  if (sizeOf(expr) + loads.length * sizeOf(producer.body) > largest) return false
  if (cost <= cheap && loads.length * siteCount <= 4) return true
  if (cost <= 1) return true
  return siteCount === 1 && loads.length === 1 && readsOnce(loads[0]!, axes, producer.axes)
}

/** No element is read twice: no axis is broadcast, and there are no more points than elements. */
function readsOnce(load: LoadExpr, axes: readonly Dim[], elements: readonly Dim[]): boolean {
  if (!isNormalized(load) || load.access.strides.some((stride, axis) => stride === 0 && axes[axis] !== 1)) return false
  const [points, count] = [dimProduct(axes), dimProduct(elements)]
  return dimEqual(points, count) || (isConst(points) && isConst(count) && points <= count)
}

function distinct(loads: readonly LoadExpr[]): readonly LoadExpr[] {
  const seen = new Map<string, LoadExpr>()
  for (const load of loads) seen.set(isNormalized(load) ? JSON.stringify([load.access.strides, load.access.offset]) : `${seen.size}`, load)
  return [...seen.values()]
}

/** null: some load of the producer is not a function of its axes. */
function inlineInto(stage: Stage, producer: LoopStage): Stage | null {
  let failed = false
  const result = mapSites(stage, (expr, axes) => {
    if (!readsBuffer(expr, producer.out.buffer)) return expr
    const bodies = new Map<string, StageExpr>()
    const replaced = mapExpr(expr, (e) => {
      if (e.s !== 'load' || e.access.buffer !== producer.out.buffer) return e
      const key = isNormalized(e) ? JSON.stringify([e.access.strides, e.access.offset]) : null
      const known = key === null ? undefined : bodies.get(key)
      if (known) return known
      const body = bodyAt(producer, e.access, e.indices)
      if (!body) {
        failed = true
        return e
      }
      if (key !== null) bodies.set(key, body)
      return body
    })
    return normalizeLoads(replaced, axes)
  })
  return failed ? null : result
}

/** The producer's body at an element that is addressed through a view of its result. */
function bodyAt(producer: LoopStage, access: Access, indices: readonly StageExpr[]): StageExpr | null {
  const solved = solveIndices(producer.out, access)
  if (!solved) return null
  const axes = solved.map((affine) => substituteIndices(affineExpr(affine), indices))
  return substituteIndices(producer.body, axes)
}
