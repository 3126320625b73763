/** Runs the cases of case files on a device and compares. Every case ends as passed or failed; what a whole file suffers, each of its cases does. */
import { basename } from 'node:path'
import type { Terminal } from '../command.ts'
import { type Case, type CaseFile, readCaseFile } from './cases.ts'
import { compareResults } from './compare.ts'
import type { Device } from './device.ts'
import { readParameters } from './parameters.ts'

export interface CaseResult {
  readonly file: string
  readonly name: string
  /** Why it failed; null when it passed. */
  readonly failure: string | null
}

export interface Summary {
  readonly passed: number
  readonly failed: number
  readonly files: number
  /** Files all of whose cases passed. */
  readonly filesPassed: number
  readonly results: readonly CaseResult[]
}

export async function runCases(sources: readonly string[], device: Device, report: (result: CaseResult) => void): Promise<Summary> {
  const results: CaseResult[] = []
  let filesPassed = 0
  for (const source of sources) {
    const before = results.length
    for await (const result of runFile(source, device)) {
      results.push(result)
      report(result)
    }
    if (results.slice(before).every(({ failure }) => failure === null)) filesPassed++
  }
  const failed = results.filter(({ failure }) => failure !== null).length
  return { passed: results.length - failed, failed, files: sources.length, filesPassed, results }
}

async function* runFile(source: string, device: Device): AsyncGenerator<CaseResult> {
  let file: CaseFile
  try {
    file = await readCaseFile(source)
  } catch (error) {
    yield { file: basename(source, '.ts'), name: '*', failure: messageOf(error) }
    return
  }
  const all = (failure: string): CaseResult[] => file.cases.map(({ name }) => ({ file: file.name, name, failure }))
  try {
    const [loaded, parameters] = await Promise.all([device.load(source), readParameters(source)])
    for (const item of file.cases) {
      yield { file: file.name, name: item.name, failure: await runCase(item) }
    }

    async function runCase(item: Case): Promise<string | null> {
      const names = parameters.get(item.name)
      if (!names) return `${basename(source)} exports no function '${item.name}'`
      const unknown = [...item.inputs.keys()].filter((name) => !names.includes(name))
      if (unknown.length > 0) return `'${item.name}' has no parameter '${unknown.join("', '")}'`
      try {
        return compareResults(
          await loaded.call(
            item.name,
            names.map((name) => item.inputs.get(name)),
          ),
          item.outputs,
          file,
        )
      } catch (error) {
        return messageOf(error)
      }
    }
  } catch (error) {
    yield* all(messageOf(error))
  }
}

/** One line of it: the first of the message that says something. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return text.trim().split('\n')[0] ?? ''
}

export function printResult(result: CaseResult, terminal: Terminal): void {
  if (result.failure !== null) terminal.out(`FAIL ${result.file} ${result.name}: ${result.failure}`)
}
