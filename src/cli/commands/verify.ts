/** `tensorscript verify DIR`: runs case files on a device and compares with the stored results. */
import { resolve } from 'node:path'
import { defineCommand, UsageError } from '../command.ts'
import { findCaseFiles } from '../verify/cases.ts'
import { openEager } from '../verify/eager.ts'
import { printResult, runCases } from '../verify/runCases.ts'
import { useWebGPU } from '../webgpu.ts'

const devices = ['eager', 'wasm', 'webgpu'] as const

export const verify = defineCommand({
  name: 'verify',
  operands: 'DIR',
  summary: 'Run case files against stored results',
  details: `A case file is NAME.ts with exported script functions and NAME.safetensors beside it, with tensors FUNCTION/in/PARAM and
FUNCTION/out/I and metadata rtol and atol. Number of results, dtypes and shapes must be exact, values within atol + rtol * |expected|.
Prints a line for each failing case, then how many passed and failed. DIR may also be one NAME.ts.`,
  options: {
    device: {
      type: 'string',
      value: devices.join('|'),
      description: "where the functions run: uncompiled, or compiled for a device (default: 'wasm')",
    },
    'no-optimize': { type: 'boolean', description: 'compile without graph optimisation and fusion' },
    json: { type: 'boolean', description: 'print every case and the counts as JSON' },
  },
  async run([path], { device = 'wasm', json, ...options }, terminal) {
    if (!(devices as readonly string[]).includes(device)) throw new UsageError(`--device takes ${devices.join(', ')}, got '${device}'`)
    const { sources, incomplete } = await findCaseFiles(resolve(terminal.cwd, path as string))
    for (const name of incomplete) terminal.error(`${name}: there is no ${name.replace(/\.safetensors$/, '.ts')} beside it`)
    if (sources.length === 0) throw new Error(`${path}: no case files (NAME.ts with NAME.safetensors beside it)`)
    if (device === 'webgpu') await useWebGPU()
    const runner =
      device === 'eager'
        ? await openEager()
        : (await import('../verify/compiled.ts')).openCompiled(terminal, device as 'wasm' | 'webgpu', { optimize: !options['no-optimize'] })
    try {
      const summary = await runCases(sources, runner, (result) => json || printResult(result, terminal))
      if (json) terminal.out(JSON.stringify({ device, ...summary }, null, 2))
      else terminal.out(`${summary.filesPassed} of ${summary.files} files\n${summary.passed} passed, ${summary.failed} failed`)
      return summary.failed > 0 || incomplete.length > 0 ? 1 : 0
    } finally {
      await runner.close()
    }
  },
})
