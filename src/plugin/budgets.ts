/** Compares programs with the budgets of the options. Returns one line an excess. */
import type { ProgramReport } from '../compiler/program.ts'
import { formatBytes } from '../report/buildReport.ts'
import type { Budget } from './options.ts'

export function exceededBudgets(programs: readonly ProgramReport[], budgets: Readonly<Record<string, Budget>>): string[] {
  const lines: string[] = []
  const unknown = Object.keys(budgets).filter((name) => name !== '*' && !programs.some(({ program }) => program === name))
  for (const name of unknown) lines.push(`budget for ${name}: there is no program of this name`)
  for (const report of programs) {
    const budget: Budget = { ...budgets['*'], ...budgets[report.program] }
    const { javascript, simd, relaxed } = report.codeBytes
    const sizes: readonly (readonly [keyof Budget, number | string])[] = [
      ['codeBytes', javascript + Math.max(simd, relaxed)],
      ['weightBytes', report.weightBytes],
      ['arenaBytes', report.arenaBytes],
      ['kernels', report.kernels],
    ]
    for (const [name, value] of sizes) {
      const limit = budget[name]
      if (limit === undefined || (typeof value === 'number' && value <= limit)) continue
      const show = (amount: number): string => (name === 'kernels' ? String(amount) : formatBytes(amount))
      lines.push(`${report.program}: ${name} ${typeof value === 'number' ? show(value) : value} exceeds the budget of ${show(limit)}`)
    }
  }
  return lines
}
