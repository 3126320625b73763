#!/usr/bin/env node
/** The bin `tensorscript`. */
import { runCommandLine } from './runCommandLine.ts'

process.exitCode = await runCommandLine(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
})
