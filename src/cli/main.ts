#!/usr/bin/env node
/** The bin `tensorscript`. */
import { runCommandLine } from './runCommandLine.ts'

// `tensorscript inspect model.ts | head`: who reads the output may stop.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await runCommandLine(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
})
