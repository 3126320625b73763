/** The page `docs/language.md`: every row of the language with what shows it. */

import { calls } from './evidence/calls.ts'
import { classes } from './evidence/classes.ts'
import { devices } from './evidence/devices.ts'
import { literals } from './evidence/literals.ts'
import { modules } from './evidence/modules.ts'
import { operators } from './evidence/operators.ts'
import { refinement } from './evidence/refinement.ts'
import { statements } from './evidence/statements.ts'
import { subscripts } from './evidence/subscripts.ts'
import { types } from './evidence/types.ts'
import type { Evidence, Rows } from './evidence.ts'
import { features } from './features.ts'

export const evidence: Rows = {
  ...types,
  ...literals,
  ...operators,
  ...subscripts,
  ...calls,
  ...statements,
  ...refinement,
  ...devices,
  ...classes,
  ...modules,
}

/** The codes of a row's refusals: of its own sources, or of a fixture that must be refused. */
const isRefusal = (item: Evidence): boolean => item.kind === 'refused' || (item.kind === 'fixture' && item.name.startsWith('error.'))

function status(items: readonly Evidence[]): string {
  if (items.every(isRefusal)) return 'refused'
  return items.some(isRefusal) ? 'yes, misuse refused' : 'yes'
}

function show(row: number, item: Evidence): string {
  switch (item.kind) {
    case 'program':
      return `program ${item.id}`
    case 'fixture':
      return `[${item.name}](../test/fixtures/${item.name}.expect.md)`
    case 'test':
      return `[${item.title}](../${item.file})`
    case 'runs':
      return `row ${row}`
    case 'refused':
      return `[${item.code}](diagnostics/${item.code.slice(0, 2)}.md)`
    default:
      return item satisfies never
  }
}

export function languagePage(): string {
  let text = `<!-- Generated from test/language by \`UPDATE=1 npx vitest run test/language\`. -->

# The script language, row by row

What TorchScript's language has, its form here, and beside it what shows that it holds: a program of PyTorch's conformance set
(\`test/programs\`), a fixture, a test, or "row N": a source in \`test/language/evidence\` that gives the same uncompiled, compiled, and compiled
without the optimiser. A code is the diagnostic that refuses it.
`
  let section = ''
  for (const feature of features) {
    if (feature.section !== section) {
      section = feature.section
      text += `\n## ${section}\n\n| # | TorchScript | TypeScript | Compiles | Shown by |\n|---|---|---|---|---|\n`
    }
    const items = evidence[feature.row] ?? []
    const beside = [...new Set(items.map((item) => show(feature.row, item)))].join(', ')
    text += `| ${feature.row} | ${feature.python} | ${feature.form} | ${status(items)} | ${beside} |\n`
  }
  return text
}
