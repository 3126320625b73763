/** The command line as a function: arguments and a terminal in, the exit code out. 0 done, 1 something failed, 2 wrong usage. */
import { type Command, commandHelp, overview, type Terminal, UsageError } from './command.ts'
import { bench } from './commands/bench.ts'
import { compile } from './commands/compile.ts'
import { inspect } from './commands/inspect.ts'
import { verify } from './commands/verify.ts'
import { packageVersion } from './packageVersion.ts'

const commands: readonly Command[] = [inspect, verify, bench, compile]

export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const topic = commands.find((command) => command.name === rest[0])
    terminal.out(topic ? commandHelp(topic) : overview(commands, packageVersion))
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    terminal.out(packageVersion)
    return 0
  }
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) {
    terminal.error(`tensorscript: there is no command '${name}'; \`tensorscript --help\` lists them`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(commandHelp(command))
    return 0
  }
  try {
    return await command.run(rest, terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`tensorscript ${name}: ${error.message}; \`tensorscript ${name} --help\` tells how`)
      return 2
    }
    terminal.error(`tensorscript ${name}: ${messageText(error)}`)
    return 1
  }
}

/** Errors of the system say enough in their message; anything unforeseen keeps its stack. */
function messageText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.constructor === Error || error.name === 'CompilationError' || 'code' in error
    ? error.message
    : (error.stack ?? error.message)
}
