/** A module with several entry points: `forward`, with the programs of its exported methods. Text and report are those of all. */
import type { CompiledProgram, ProgramReport } from './program.ts'

export function joinPrograms(forward: CompiledProgram, methods: readonly CompiledProgram[]): CompiledProgram {
  const all = [forward, ...methods]
  return {
    ...forward,
    ir: all.map(({ ir }) => ir).join('\n'),
    code: all.map(({ code }) => code).join('\n'),
    report: all.map(({ report }) => report).reduce(joinReports),
    methods,
  }
}

const joinReports = (a: ProgramReport, b: ProgramReport): ProgramReport => ({
  ...a,
  segments: a.segments + b.segments,
  kernels: a.kernels + b.kernels,
  fusionGroups: a.fusionGroups + b.fusionGroups,
  codeBytes: {
    javascript: a.codeBytes.javascript + b.codeBytes.javascript,
    simd: a.codeBytes.simd + b.codeBytes.simd,
    relaxed: a.codeBytes.relaxed + b.codeBytes.relaxed,
    wgsl: a.codeBytes.wgsl + b.codeBytes.wgsl,
  },
  weightBytes: a.weightBytes + b.weightBytes,
  synchronizations: [...a.synchronizations, ...b.synchronizations],
})

/** The program and what is emitted along with it. */
export const partsOf = (program: CompiledProgram): readonly CompiledProgram[] => [program, ...(program.methods ?? [])]
