/** `tensorscript bench FILE --fn NAME`: time of a call, compiled and uncompiled, measured in one interleaved run. */
import { resolve } from 'node:path'
import { defineCommand, parseCount, UsageError } from '../command.ts'
import { measure } from '../measure.ts'
import { makeArguments, parametersOf, parseDims, readInputs, sizeFor } from '../sampleInputs.ts'

export const bench = defineCommand({
  name: 'bench',
  operands: 'FILE',
  summary: 'Measure the time of a call',
  details: `Calls the function compiled and uncompiled, in turns. Arguments come from --inputs, or are made up from the declared types: ready-made
tensors, so that only the call is measured.`,
  options: {
    fn: { type: 'string', value: 'NAME', description: 'the function or instance (needed when FILE has several)' },
    inputs: { type: 'string', value: 'X.safetensors', description: 'arguments: tensors named PARAM or NAME/in/PARAM' },
    dims: { type: 'string', value: 'N=8,...', description: 'sizes of symbolic dims in made-up arguments (default 1)' },
    threads: { type: 'string', value: 'N', description: 'at most this many threads; this version runs on one' },
    seconds: { type: 'string', value: 'S', description: 'time to measure for, of each (default 2)' },
    json: { type: 'boolean', description: 'print the numbers as JSON' },
  },
  async run([path], { fn, inputs, dims, threads, seconds, json }, terminal) {
    parseCount(threads, 'threads', 1)
    const duration = Number(seconds ?? 2) * 1000
    if (!(duration > 0)) throw new UsageError(`--seconds takes a number above 0, got '${seconds}'`)
    const sizes = parseDims(dims)
    const [{ createProjectLoader }, { instantiatePrograms }, { openEager }, runtime] = await Promise.all([
      import('../project.ts'),
      import('../../compiler/artifact/instantiatePrograms.ts'),
      import('../verify/eager.ts'),
      import('../../runtime/index.ts'),
    ])
    const source = resolve(terminal.cwd, path as string)
    const project = await createProjectLoader(terminal)(source)
    const [first, ...others] = project.names
    const name = fn ?? first
    if (name === undefined) throw new Error(`${path} has no script function`)
    if (fn === undefined && others.length > 0) throw new UsageError(`--fn is missing: ${path} has ${project.names.join(', ')}`)
    const signature = await readInputs(inputs, name, terminal)
    const program = project.compile(name, { signature })
    const parameters = parametersOf(program)
    const values = makeArguments(parameters, signature, sizes)
    const toTensor = (value: (typeof values)[number]): unknown =>
      typeof value === 'object' ? runtime.tensor(value.data, { dtype: value.dtype, shape: value.shape }) : value
    const eager = await openEager()
    try {
      const [compiled] = await instantiatePrograms([program], runtime)
      const uncompiled = await (await eager.load(source)).bind(name, values)
      const args = values.map(toTensor)
      const [wasm, reference] = await measure([() => compiled?.(...args), uncompiled], duration)
      if (!wasm || !reference) throw new Error('nothing was measured')
      const flops = sizeFor(program.report.flops, parameters, values)
      const gflops = flops / wasm.median / 1e6
      if (json) {
        terminal.out(
          JSON.stringify({ function: name, flops, gflops, milliseconds: { wasm, eager: reference }, report: program.report }, null, 2),
        )
      } else {
        terminal.out(
          [
            `${name}: median / best of ${wasm.calls} calls`,
            `  wasm   ${milliseconds(wasm.median)} / ${milliseconds(wasm.best)} ms, ${gflops.toPrecision(3)} GFLOP/s`,
            `  eager  ${milliseconds(reference.median)} / ${milliseconds(reference.best)} ms, ${(reference.median / wasm.median).toPrecision(3)} times as long`,
          ].join('\n'),
        )
      }
      return 0
    } finally {
      await eager.close()
    }
  },
})

const milliseconds = (value: number): string => value.toPrecision(3)
