/** Segments whose rows do not depend on each other (compiler/kernels/chunkRows.ts), with many of them: a chunk that fits the cache at a time. */
import { storageOf } from '../ops/dtype.ts'
import { bytes, floats, reserveArena, words } from './memory.ts'
import { type ProgramInstance, run } from './program.ts'
import { Tensor } from './tensor.ts'

/** As `run`, for a segment with `rows` in its manifest. */
export function runRows(
  program: ProgramInstance,
  index: number,
  inputs: readonly Tensor[],
  scalars: readonly (number | boolean)[],
  shapes: readonly (readonly number[])[],
): Tensor[] {
  const { manifest, functions, weights, device } = program
  const segment = manifest.segments[index]!
  const { scalar, most, elements } = segment.rows!
  const count = scalars[scalar] as number
  if (device || count <= most) return run(program, index, inputs, scalars, shapes)
  const arena = reserveArena(manifest.arenaBytes)
  const given = [...scalars]
  const places = [...segment.inputs, ...segment.outputs].map(({ dtype, offset }, i) => {
    const storage = storageOf[dtype]
    const view = storage === 'f32' ? floats : storage === 'i32' ? words : bytes
    return { view, at: (arena + offset!) / view.BYTES_PER_ELEMENT, row: elements[i]! }
  })
  const sources = inputs.map((input) => input.dataSync())
  const results = segment.outputs.map((_, i) => {
    const { view, row } = places[inputs.length + i]!
    return new (view.constructor as Float32ArrayConstructor)(count * row)
  })
  for (let first = 0; first < count; first += most) {
    const rows = Math.min(most, count - first)
    given[scalar] = rows
    sources.forEach((source, i) => {
      const { view, at, row } = places[i]!
      if (row > 0) view.set(source.subarray(first * row, (first + rows) * row), at)
      else if (first === 0) view.set(source, at)
    })
    functions![index]!(arena, weights, ...given)
    results.forEach((result, i) => {
      const { view, at, row } = places[inputs.length + i]!
      result.set(view.subarray(at, at + rows * row), first * row)
    })
  }
  return results.map((data, i) => new Tensor(segment.outputs[i]!.dtype, shapes[i]!, data))
}
