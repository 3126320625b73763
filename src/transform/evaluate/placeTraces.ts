/** Positions in the bundle that recordings carry, as the user's calls in the files they come from. */
import type { Evaluated, Recording } from '../../compiler/program.ts'
import type { EvaluationBundle } from './bundleModules.ts'
import { bundlePositions } from './evaluationErrors.ts'

export function placeTraces(
  values: readonly (readonly [string, Evaluated])[],
  bundle: EvaluationBundle,
  root: string,
  source: (file: string) => string,
): readonly (readonly [string, Evaluated])[] {
  if (!values.some(([, value]) => value.kind === 'trace')) return values
  const place = bundlePositions(bundle, root, source)
  type Place = Recording['steps'][number]['at']
  const at = (position: Place): Place => position && place(position.line, position.column)
  const placed = (recording: Recording): Recording => ({
    ...recording,
    steps: recording.steps.map((step) => ({ ...step, at: at(step.at) })),
    escapes: recording.escapes.map(({ member, at: place }) => ({ member, at: at(place) })),
    difference: recording.difference && { ...recording.difference, at: at(recording.difference.at) },
  })
  return values.map(([key, value]) =>
    value.kind === 'trace'
      ? [
          key,
          { ...value, recording: placed(value.recording), methods: value.methods.map(([name, method]) => [name, placed(method)] as const) },
        ]
      : [key, value],
  )
}
