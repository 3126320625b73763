/** Runs a command line in this process and collects what it prints. */
import { runCommandLine } from '../../src/cli/runCommandLine.ts'

export async function runCli(args: readonly string[], cwd = process.cwd()) {
  const out: string[] = []
  const error: string[] = []
  const code = await runCommandLine(args, { cwd, out: (text) => out.push(text), error: (text) => error.push(text) })
  return { code, out: out.join('\n'), error: error.join('\n') }
}
