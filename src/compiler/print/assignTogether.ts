/**
 * Assignments that happen at once, as the carried values of a loop do, one after the other: none reads what another already wrote. Where they
 * form a cycle, one of them waits in a temporary. (Parallel copies: Boissinot et al., "Revisiting out-of-SSA translation", 2009.)
 */
import type { SourceRange } from '../ir/graph.ts'
import { type Expression, variable } from './expression.ts'
import type { NameTable } from './names.ts'
import type { TextBuilder } from './textBuilder.ts'

export interface Assignment {
  readonly target: string
  readonly value: Expression
  /** Where the value was made. */
  readonly range?: SourceRange | undefined
}

export function assignTogether(assignments: readonly Assignment[], text: TextBuilder, names: NameTable): void {
  const remaining = [...assignments]
  while (remaining.length > 0) {
    const free = remaining.findIndex((a) => !remaining.some((b) => b !== a && b.value.reads.has(a.target)))
    if (free >= 0) {
      const [{ target, value, range }] = remaining.splice(free, 1) as [Assignment]
      text.line(`${target} = ${value.text}`, range)
      continue
    }
    // What is computed is worth a name; a mere copy reads the variable before it changes.
    const computed = remaining.findIndex(({ value }) => !value.reads.has(value.text))
    const [{ target, value, range }] = remaining.splice(Math.max(0, computed), 1) as [Assignment]
    const saved = names.fresh(`next_${target}`)
    text.line(`const ${saved} = ${value.text}`, range)
    remaining.push({ target, value: variable(saved), range })
  }
}
