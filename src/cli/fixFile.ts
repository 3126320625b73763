/** What stops the script code of a file from compiling, all of it; and the edits that diagnostics offer, written to the files they are about. */
import { readFile, writeFile } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { applyFixes } from '../compiler/diagnostics/applyFixes.ts'
import { positionAt } from '../compiler/diagnostics/renderDiagnostic.ts'
import type { Diagnostic } from '../compiler/program.ts'
import type { Terminal } from './command.ts'
import { CompilationError, type CompileSettings, createProjectLoader } from './project.ts'

/** The diagnostics of the named functions of a file, or of all, each once, in the order of the source. */
export async function diagnose(
  file: string,
  name: string | undefined,
  terminal: Terminal,
  settings: CompileSettings = {},
): Promise<Diagnostic[]> {
  const found: Diagnostic[] = []
  const add = (diagnostics: readonly Diagnostic[]): void => {
    for (const diagnostic of diagnostics)
      if (
        !found.some(
          (d) => d.code === diagnostic.code && d.file === diagnostic.file && d.start === diagnostic.start && d.end === diagnostic.end,
        )
      )
        found.push(diagnostic)
  }
  const attempt = async (step: () => Promise<void> | void): Promise<void> => {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof CompilationError)) throw error
      add(error.diagnostics)
    }
  }
  await attempt(async () => {
    const project = await createProjectLoader(terminal)(file)
    for (const program of name === undefined ? project.names : [name])
      await attempt(() => void project.compile(program, { ...settings, warn: add }))
  })
  return found.sort((a, b) => (a.file === b.file ? a.start - b.start : a.file === file ? -1 : b.file === file ? 1 : 0))
}

const rounds = 10

/** Applies edits until none is offered, and says each. Gives what is left. */
export async function fixFile(
  file: string,
  name: string | undefined,
  terminal: Terminal,
  settings: CompileSettings = {},
): Promise<Diagnostic[]> {
  for (let round = 0; ; round++) {
    const diagnostics = await diagnose(file, name, terminal, settings)
    const files = new Set(diagnostics.filter(({ fix, file: at }) => fix !== null && isAbsolute(at)).map((diagnostic) => diagnostic.file))
    if (files.size === 0 || round === rounds) return diagnostics
    for (const path of files) {
      const before = await readFile(path, 'utf8')
      const { code, applied } = applyFixes(path, before, diagnostics)
      await writeFile(path, code)
      for (const { code: which, fix } of applied) {
        const { line, column } = positionAt(before, fix!.start)
        const old = before.slice(fix!.start, fix!.end)
        const change = old === '' ? `added \`${fix!.replacement}\`` : `\`${old}\` is now \`${fix!.replacement}\``
        terminal.out(`${relative(terminal.cwd, path)}:${line}:${column + 1}: ${which}: ${change}`)
      }
    }
  }
}
