/** `tensorscript inspect FILE`: what the compiler makes of script code. */
import { resolve } from 'node:path'
import { defineCommand, type Terminal, UsageError } from '../command.ts'
import { readInputs } from '../sampleInputs.ts'

const views = ['graph', 'code', 'kernels', 'plan'] as const

export const inspect = defineCommand({
  name: 'inspect',
  operands: 'FILE',
  summary: 'Print what the compiler makes of script code',
  details: 'Prints every script function and instance of FILE, or the one that --fn names; the graph unless another view is asked for.',
  options: {
    fn: { type: 'string', value: 'NAME', description: 'only this function or instance' },
    graph: { type: 'boolean', description: "the frozen graph, as TorchScript prints it, with the user's lines" },
    code: { type: 'boolean', description: 'the frozen program as TypeScript' },
    kernels: { type: 'boolean', description: 'the stages, calls and kernels of each segment, kernels as loop nests' },
    plan: { type: 'boolean', description: 'the calls of each segment and where its buffers lie in the arena' },
    pass: { type: 'string', value: 'NAME', description: "the program after this pass ('list' names the passes)" },
    inputs: { type: 'string', value: 'X.safetensors', description: 'sample arguments, for parameters without a declared type' },
    json: { type: 'boolean', description: 'the diagnostics as JSON, nothing else (see docs/diagnostics.md)' },
    fix: { type: 'boolean', description: 'apply the edits that diagnostics offer, say each, and print what is left' },
    'no-optimize': { type: 'boolean', description: 'without graph optimisation and fusion' },
  },
  async run([path], options, terminal) {
    const chosen = views.filter((view) => options[view])
    if (chosen.length > 1 || (chosen.length > 0 && options.pass !== undefined))
      throw new UsageError('only one of --graph, --code, --kernels, --plan and --pass')
    if (options.json || options.fix) {
      if (chosen.length > 0 || options.pass !== undefined) throw new UsageError('--json and --fix print diagnostics only')
      return checkFile(resolve(terminal.cwd, path as string), options, terminal)
    }
    const { createProjectLoader } = await import('../project.ts')
    const project = await createProjectLoader(terminal)(resolve(terminal.cwd, path as string))
    const names = options.fn === undefined ? project.names : [options.fn]
    if (names.length === 0) throw new Error(`${path} has no script function`)
    let failed = false
    for (const name of names) {
      const dumps: [pass: string, text: string][] = []
      const dump = (pass: string, text: string): void => void dumps.push([pass, text])
      try {
        const signature = await readInputs(options.inputs, name, terminal)
        const program = project.compile(name, { signature, options: { dump, optimize: !options['no-optimize'] } })
        if (names.length > 1) terminal.out(`# ${name}`)
        if (options.pass !== undefined) printPass([options.pass], dumps, terminal)
        else if (options.code) terminal.out(program.code.trimEnd())
        else if (options.kernels) printPass(['scheduleSegments', 'kernels'], dumps, terminal)
        else if (options.plan) printPass(['planMemory'], dumps, terminal)
        else terminal.out(program.ir.trimEnd())
      } catch (error) {
        if ((error as Error).name !== 'CompilationError') throw error
        // What the passes before the failure made is what one asks for then.
        if (options.pass !== undefined && dumps.length > 0) printPass([options.pass], dumps, terminal)
        terminal.error((error as Error).message)
        failed = true
      }
    }
    return failed ? 1 : 0
  },
})

/** The diagnostics of a file, after its edits with `--fix`, as text or JSON. Fails when errors are left. */
async function checkFile(
  file: string,
  options: { readonly fn: string | undefined; readonly json: boolean; readonly fix: boolean; readonly inputs: string | undefined },
  terminal: Terminal,
): Promise<number> {
  const { diagnose, fixFile } = await import('../fixFile.ts')
  const { renderOptions } = await import('../project.ts')
  // With JSON nothing else goes to standard output.
  const quiet: Terminal = options.json ? { ...terminal, out: (text) => terminal.error(text) } : terminal
  const signature = options.fn === undefined ? undefined : await readInputs(options.inputs, options.fn, terminal)
  const left = options.fix ? await fixFile(file, options.fn, quiet, { signature }) : await diagnose(file, options.fn, quiet, { signature })
  const render = renderOptions(terminal.cwd)
  if (options.json) {
    const { diagnosticsJson } = await import('../../compiler/diagnostics/diagnosticsJson.ts')
    terminal.out(JSON.stringify(diagnosticsJson(left, render), null, 2))
  } else {
    const { renderDiagnostic } = await import('../../compiler/diagnostics/renderDiagnostic.ts')
    if (left.length > 0) terminal.error(left.map((diagnostic) => renderDiagnostic(diagnostic, render)).join('\n\n'))
  }
  return left.some(({ severity }) => severity === 'error') ? 1 : 0
}

/** What the passes dumped, in the order of the run: all of one segment, then the next. */
function printPass(passes: readonly string[], dumps: readonly [pass: string, text: string][], terminal: Terminal): void {
  if (passes[0] === 'list') {
    terminal.out([...new Set(dumps.map(([name]) => name))].join('\n'))
    return
  }
  const found = dumps.filter(([name]) => passes.includes(name))
  const isView = passes.includes('scheduleSegments') || passes.includes('planMemory')
  if (found.length === 0 && isView) terminal.out('no segments: nothing of it runs on a device')
  else if (found.length === 0) throw new UsageError(`there is no pass '${passes[0]}'; --pass list names those that ran`)
  for (const [, text] of found) terminal.out(text.trimEnd())
}
