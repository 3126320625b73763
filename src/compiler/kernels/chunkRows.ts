/**
 * Whether a segment may be run some rows at a time: every stage is pointwise, and row i of what it writes depends on row i of what it reads alone, for rows
 * counted by the one symbol that there is. Then large operands need no place in the arena as a whole, and pass through the cache once:
 * inputs are copied in, computed and copied out a chunk at a time (runtime/runRows.ts), by the same kernels with a smaller value of the symbol.
 */
import type { Dim, SymVar } from '../../ops/dim.ts'
import { dimEqual, dimMul, dimRange, evaluateDim, isConst, symbolsOf } from '../../ops/dimMath.ts'
import { elementBytes } from '../../ops/dtype.ts'
import { isPointwise, loadsOfStage } from './fuse/stages.ts'
import type { ScheduledSegment } from './loop.ts'
import type { Access, BufferId, LoopStage, StageExpr } from './stage.ts'
import { isNormalized, operandsOf } from './stageExpr.ts'

/** Of all buffers of a chunk together: half of a second cache of 512 KiB, as the caller's side of the copies passes through it too. */
const chunkBytes = 256 << 10

export interface RowChunks {
  /** The symbol that counts rows, and how many a chunk has at most. */
  readonly symbol: string
  readonly most: number
  /** Elements of a row, of each buffer that has rows. */
  readonly elements: ReadonlyMap<BufferId, number>
}

export function chunkRows({ segment, buffers }: ScheduledSegment): RowChunks | null {
  const all = [...segment.buffers, ...buffers]
  const [symbol, ...others] = symbolsOf(...all.map(({ size }) => size))
  if (!symbol || others.length > 0 || symbol.type !== 'int' || Number.isFinite(dimRange(symbol).max)) return null
  const elements = new Map<BufferId, number>()
  let rowBytes = 0
  for (const { id, size, dtype } of all) {
    if (isConst(size)) continue
    const row = multipleOf(size, symbol)
    if (row === null) return null
    elements.set(id, row)
    rowBytes += row * elementBytes[dtype]
  }
  const most = Math.floor(chunkBytes / rowBytes)
  const whole = segment.outputs.some(({ buffer }) => !elements.has(buffer))
  if (most === 0 || whole || !segment.stages.every((stage) => isPointwise(stage) && walksRows(stage, symbol, elements))) return null
  // Chunks that begin where vectors do.
  return { symbol: symbol.name, most: most > 64 ? most - (most % 64) : most, elements }
}

/** `factor` in `factor * symbol`; null for anything else. */
function multipleOf(dim: Dim, symbol: SymVar): number | null {
  const factor = evaluateDim(dim, new Map([[symbol.name, 1]]))
  return dimEqual(dim, dimMul(factor, symbol)) ? factor : null
}

/** One axis counts rows, in all accesses alike; what has no rows is the same for all. */
function walksRows(stage: LoopStage, symbol: SymVar, elements: ReadonlyMap<BufferId, number>): boolean {
  const { axes, out, body } = stage
  const along = axes.findIndex((axis) => !isConst(axis))
  if (
    along < 0 ||
    axes.some((axis, i) => i !== along && !isConst(axis)) ||
    symbolsOf(axes[along]!).some(({ name }) => name !== symbol.name)
  )
    return false
  const perRow = multipleOf(axes[along]!, symbol)
  const staysInRow = ({ buffer, strides, offset }: Access): boolean => {
    if (!isConst(offset) || !strides.every(isConst)) return false
    const row = elements.get(buffer)
    const stride = strides[along] as number
    if (row === undefined) return stride === 0
    const reach = (strides as readonly number[]).map((step, i) => step * ((i === along ? perRow! : (axes[i] as number)) - 1))
    const [first, last] = [Math.min, Math.max].map((pick) => reach.reduce((sum, value) => sum + pick(0, value), offset)) as [number, number]
    return stride * perRow! === row && first >= 0 && last < row
  }
  return perRow !== null && isPlain(body) && [out, ...loadsOfStage(stage).map(({ access }) => access)].every(staysInRow)
}

/** Loads at the axes themselves, and nothing that counts them or mentions a size. */
function isPlain(body: StageExpr): boolean {
  const seen = new Set<StageExpr>()
  const go = (expr: StageExpr): boolean => {
    if (seen.has(expr)) return true
    seen.add(expr)
    if (expr.s === 'load') return isNormalized(expr)
    if (expr.s === 'scalar') return typeof expr.value === 'boolean' || symbolsOf(expr.value).every(({ type }) => type !== 'int')
    return expr.s !== 'index' && operandsOf(expr).every(go)
  }
  return go(body)
}
