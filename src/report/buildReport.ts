/**
 * The build report: a row a program, as a table for the build log and as JSON for tools. Only facts of the artifact, so that the same
 * build gives the same report.
 */
import type { ProgramReport } from '../compiler/program.ts'

export interface BuildReport {
  readonly version: 1
  readonly programs: readonly ProgramReport[]
  readonly totals: { readonly codeBytes: number; readonly weightBytes: number }
}

export function buildReport(programs: readonly ProgramReport[]): BuildReport {
  const sorted = [...programs].sort((a, b) => compareText(a.file, b.file) || compareText(a.program, b.program))
  return {
    version: 1,
    programs: sorted,
    totals: {
      codeBytes: sorted.reduce((sum, { codeBytes }) => sum + shippedCode(codeBytes), 0),
      weightBytes: sorted.reduce((sum, { weightBytes }) => sum + weightBytes, 0),
    },
  }
}

export const reportJson = (report: BuildReport): string => `${JSON.stringify(report, null, 2)}\n`

/** What one visitor loads: the JavaScript and one of the two variants. */
const shippedCode = ({ javascript, simd, relaxed }: ProgramReport['codeBytes']): number => javascript + Math.max(simd, relaxed)

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const columns = ['program', 'segments', 'kernels', 'fused', 'FLOPs', 'arena', 'JS', 'wasm', 'weights'] as const

/** The table of the build log; what depends on symbolic dims follows below it as a formula. */
export function reportTable({ programs }: BuildReport): string {
  const rows = programs.map((report): readonly string[] => [
    report.program,
    String(report.segments),
    String(report.kernels),
    String(report.fusionGroups),
    typeof report.flops === 'number' ? formatCount(report.flops) : 'symbolic',
    typeof report.arenaBytes === 'number' ? formatBytes(report.arenaBytes) : 'symbolic',
    formatBytes(report.codeBytes.javascript),
    formatBytes(report.codeBytes.simd),
    formatBytes(report.weightBytes),
  ])
  const widths = columns.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] as string).length)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
      .join('  ')
      .trimEnd()
  const formulas = programs.flatMap(({ program, flops, arenaBytes }) => [
    ...(typeof flops === 'string' ? [`${program}: FLOPs are ${flops}`] : []),
    ...(typeof arenaBytes === 'string' ? [`${program}: the arena has ${arenaBytes} bytes`] : []),
  ])
  const waits = programs.flatMap(({ program, synchronizations }) =>
    synchronizations.map((place) => `${program}: waits for its results: ${place}`),
  )
  return [line(columns), ...rows.map(line), ...formulas, ...waits].join('\n')
}

/** 1234567 as 1.23 M. */
export function formatCount(value: number): string {
  const units = ['', ' k', ' M', ' G', ' T']
  let scaled = value
  let unit = 0
  while (scaled >= 1000 && unit < units.length - 1) {
    scaled /= 1000
    unit++
  }
  return `${unit === 0 ? scaled : scaled.toPrecision(3)}${units[unit]}`
}

/** Bytes in kB of 1000, as bundlers print them. */
export const formatBytes = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(2)} kB` : `${(bytes / 1e6).toFixed(2)} MB`
