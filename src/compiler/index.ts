/** `tensorscript/compiler`: what tools build on. The compiler is synchronous and pure; reading files, resolving and evaluating is the caller's part. */
export { compileProgram } from './pipeline.ts'
export type {
  CompiledProgram,
  CompileOptions,
  CompileResult,
  Diagnostic,
  Evaluated,
  EvaluatedModule,
  ProgramReport,
  ProgramRequest,
  SourceModule,
} from './program.ts'
