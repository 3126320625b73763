/**
 * Programs that are emitted together and have equal weights share one copy of them. So none of them may put what it derives over weights:
 * each gets a place of its own for that (no `at`), where a program that has its weights to itself saves the room (placeDerived.ts).
 */
import { partsOf } from '../joinPrograms.ts'
import type { CompiledProgram } from '../program.ts'

export function shareWeights(programs: readonly CompiledProgram[]): readonly CompiledProgram[] {
  const users = new Map<string | undefined, number>()
  for (const { manifest } of programs.flatMap(partsOf)) users.set(manifest.weightsHash, (users.get(manifest.weightsHash) ?? 0) + 1)
  const share = (program: CompiledProgram): CompiledProgram => {
    const { manifest, methods } = program
    const { derived, weightsHash } = manifest
    const apart = derived && weightsHash && users.get(weightsHash)! > 1 ? { derived: { bytes: derived.bytes } } : {}
    return { ...program, manifest: { ...manifest, ...apart }, ...(methods ? { methods: methods.map(share) } : {}) }
  }
  return programs.map(share)
}
