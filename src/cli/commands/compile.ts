/** `tensorscript compile FILE -o DIR`: the artifact of a build without a bundler. */
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { defineCommand, parseCount, UsageError } from '../command.ts'
import { readInputs } from '../sampleInputs.ts'

export const compile = defineCommand({
  name: 'compile',
  operands: 'FILE',
  summary: 'Write the compiled programs of a file, without a bundler',
  details: `Writes FILE.js, which exports the compiled functions and instances of FILE and imports tensorscript/runtime, its source map, the code and
weights it loads, and FILE.report.json.`,
  options: {
    output: { type: 'string', short: 'o', value: 'DIR', description: 'where the files go (needed)' },
    fn: { type: 'string', value: 'NAME', description: 'only this function or instance' },
    inputs: { type: 'string', value: 'X.safetensors', description: 'sample arguments, for parameters without a declared type' },
    inline: {
      type: 'string',
      value: 'BYTES',
      description: 'largest program that carries its code and weights in the JavaScript (default 0)',
    },
    native: { type: 'boolean', description: 'also code for Node 24 and newer on x64, about twice as fast for products' },
    exact: { type: 'boolean', description: 'bit-equal results on every machine: no relaxed arithmetic, no Winograd' },
  },
  async run([path], { output, fn, inputs, inline, exact, native }, terminal) {
    if (output === undefined) throw new UsageError('--output DIR is missing')
    const inlineLimit = parseCount(inline, 'inline', 0, 0)
    const [{ createProjectLoader }, { emitModule }, { buildReport, reportJson, reportTable }] = await Promise.all([
      import('../project.ts'),
      import('../../compiler/artifact/emitProgram.ts'),
      import('../../report/buildReport.ts'),
    ])
    const source = resolve(terminal.cwd, path as string)
    const project = await createProjectLoader(terminal)(source)
    const names = fn === undefined ? project.names : [fn]
    if (names.length === 0) throw new Error(`${path} has no script function`)
    const programs = []
    for (const name of names)
      programs.push(project.compile(name, { signature: await readInputs(inputs, name, terminal), options: { exact, native } }))
    const folder = resolve(terminal.cwd, output)
    const stem = basename(source).replace(/\.[cm]?[jt]sx?$/, '')
    const module = emitModule(programs, {
      inlineLimit,
      file: `${stem}.js`,
      address: (file) => `new URL(${JSON.stringify(`./${file.name}`)}, import.meta.url)`,
      source: (file) => ({ name: relative(folder, file).replaceAll('\\', '/'), code: null }),
    })
    await mkdir(folder, { recursive: true })
    const report = buildReport(programs.map((program) => ({ ...program.report, file: relative(terminal.cwd, program.report.file) })))
    await Promise.all([
      writeFile(join(folder, `${stem}.js`), `${module.code}//# sourceMappingURL=${stem}.js.map\n`),
      writeFile(join(folder, `${stem}.js.map`), module.map),
      writeFile(join(folder, `${stem}.report.json`), reportJson(report)),
      ...module.files.map((file) => writeFile(join(folder, file.name), file.bytes)),
    ])
    terminal.out(reportTable(report))
    return 0
  },
})
