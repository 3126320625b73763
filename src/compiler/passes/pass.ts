/** What a pass is: a named pure function from program to program. Everything it may need besides is in the context. */
import type { BoundArgs } from '../../ops/args.ts'
import type { DenseTensor, Operator } from '../../ops/operator.ts'
import type { Graph, Program, SourceRange, TensorConstant } from '../ir/graph.ts'
import type { CompileOptions } from '../program.ts'

export interface PassContext {
  readonly options: CompileOptions
  /** The eager reference on constants; null: this call cannot be evaluated now. Absent: tensors are not folded. */
  readonly evaluate?: (operator: Operator, args: BoundArgs<DenseTensor>) => readonly DenseTensor[] | null
}

export interface Pass {
  /** The function's own name; dumps and failures show it. */
  readonly name: string
  readonly run: (program: Program, context: PassContext) => Program
  /** It sees all functions at once; others see one at a time, as the entry. */
  readonly whole?: true
  /** Absent: always. */
  readonly when?: (options: CompileOptions) => boolean
}

/** A refusal at a place: what `propagateShapes` and others throw when an operator does not take its arguments. */
export class PassError extends Error {
  readonly code: string
  readonly range: SourceRange
  constructor(code: string, message: string, range: SourceRange) {
    super(message)
    this.name = 'PassError'
    this.code = code
    this.range = range
  }
}

export function entryGraph(program: Program): Graph {
  const graph = program.functions.get(program.entry)
  if (!graph) throw new Error(`program ${program.name} has no function ${program.entry}`)
  return graph
}

/** The program with another entry graph, and with further constants. */
export function withEntry(program: Program, graph: Graph, constants: readonly TensorConstant[] = []): Program {
  const functions = new Map(program.functions)
  functions.set(program.entry, graph)
  if (constants.length === 0) return { ...program, functions }
  return { ...program, functions, constants: new Map([...program.constants, ...constants.map((c) => [c.id, c] as const)]) }
}
