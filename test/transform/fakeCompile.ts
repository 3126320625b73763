/**
 * A compiler that knows one program: `f(x, k) = x * k + w` of test/runtime/tinyProgram.ts, whatever the source says. It lets the transform
 * and the plugin be tested alone; what it is given is recorded.
 */
import type { CompileResult, Evaluated, ProgramRequest } from '../../src/compiler/program.ts'
import { hashOf } from '../../src/transform/hash.ts'
import { tinyProgram } from '../runtime/tinyProgram.ts'

export interface Recorded {
  readonly requests: ProgramRequest[]
  compile(request: ProgramRequest): CompileResult
}

export function recordingCompiler(): Recorded {
  const requests: ProgramRequest[] = []
  return {
    requests,
    compile(request) {
      requests.push(request)
      const weights = [...request.evaluated.values()].flatMap(weightsOf)
      const text = request.modules.get(request.file)!.code
      const program = tinyProgram({
        name: request.name,
        hash: hashOf(request.name, text).slice(0, 8),
        ...(weights.length === 4 ? { weights } : {}),
      })
      const at = Math.max(0, text.search(new RegExp(`\\b${request.name}\\b`)))
      const line = text.slice(0, at).split('\n').length
      const column = at - (text.lastIndexOf('\n', at) + 1)
      return {
        ok: true,
        warnings: [],
        program: {
          ...program,
          mappings: [{ offset: 0, file: request.file, line, column }],
          report: { ...program.report, file: request.file },
        },
      }
    },
  }
}

function weightsOf(value: Evaluated): readonly number[] {
  if (value.kind === 'tensor') return [...value.data]
  if (value.kind === 'module' || value.kind === 'record') return [...value.fields.values()].flatMap(weightsOf)
  return []
}
