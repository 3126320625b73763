/**
 * What a subcommand is, and the help text made from it. Options are those of node:util parseArgs with a description; a mistake in the
 * command line is a UsageError (exit code 2), everything else that fails is exit code 1.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Where a command writes and where paths start: the process, or a test. */
export interface Terminal {
  readonly cwd: string
  /** One line or several, without the last line end. */
  out(text: string): void
  error(text: string): void
}

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** What a string option takes, for the help: `FILE`. */
  readonly value?: string
  readonly description: string
}

export type OptionValues<O extends Readonly<Record<string, Option>>> = {
  readonly [K in keyof O]: O[K]['type'] extends 'string' ? string | undefined : boolean
}

export interface Command {
  readonly name: string
  /** Arguments as the help shows them: `FILE`. */
  readonly operands: string
  readonly summary: string
  /** Paragraphs below the summary. */
  readonly details?: string
  readonly options: Readonly<Record<string, Option>>
  /** Gives the exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>
}

export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** A command with typed options. `operands` counts its positional arguments: each word of the text is one, and all are needed. */
export function defineCommand<const O extends Readonly<Record<string, Option>>>(command: {
  readonly name: string
  readonly operands: string
  readonly summary: string
  readonly details?: string
  readonly options: O
  run(operands: readonly string[], options: OptionValues<O>, terminal: Terminal): Promise<number>
}): Command {
  return {
    ...command,
    run(args, terminal) {
      const { values, positionals } = parse(args, command.options)
      const wanted = command.operands.split(' ')
      const missing = wanted[positionals.length]
      if (missing !== undefined) throw new UsageError(`${missing} is missing`)
      if (positionals.length > wanted.length) throw new UsageError(`unexpected argument '${positionals[wanted.length]}'`)
      const options = Object.fromEntries(
        Object.entries(command.options).map(([name, { type }]) => [name, values[name] ?? (type === 'boolean' ? false : undefined)]),
      )
      return command.run(positionals, options as OptionValues<O>, terminal)
    },
  }
}

function parse(args: readonly string[], options: Readonly<Record<string, Option>>) {
  const config: NonNullable<ParseArgsConfig['options']> = {}
  for (const [name, { type, short }] of Object.entries(options)) config[name] = short === undefined ? { type } : { type, short }
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. To specify a positional argument.*$/s, ''))
  }
}

/** A whole number of at least `least`, from an option's text. */
export function parseCount(text: string | undefined, option: string, fallback: number, least = 1): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < least)
    throw new UsageError(`--${option} takes a whole number of at least ${least}, got '${text}'`)
  return value
}

export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, help: helpOption })
  const flags = options.map(
    ([name, { short, value }]) => `${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`,
  )
  const width = Math.max(...flags.map((flag) => flag.length))
  const lines = options.map(([, { description }], i) => `  ${(flags[i] ?? '').padEnd(width)}  ${description}`)
  const details = command.details === undefined ? [] : ['', command.details]
  return [
    command.summary,
    '',
    `Usage: tensorscript ${command.name} ${command.operands} [options]`,
    ...details,
    '',
    'Options:',
    ...lines,
  ].join('\n')
}

const helpOption: Option = { type: 'boolean', short: 'h', description: 'show this text' }

export function overview(commands: readonly Command[], version: string): string {
  const usages = commands.map(({ name, operands }) => `${name} ${operands}`)
  const width = Math.max(...usages.map((usage) => usage.length))
  return [
    `tensorscript ${version}: TorchScript for TypeScript, at bundle time`,
    '',
    'Usage: tensorscript COMMAND ...',
    '',
    ...commands.map(({ summary }, i) => `  ${(usages[i] ?? '').padEnd(width)}  ${summary}`),
    '',
    '`tensorscript COMMAND --help` tells more. Exit codes: 0 done, 1 something failed, 2 wrong usage.',
  ].join('\n')
}
