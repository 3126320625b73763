/**
 * The golden format: `test/fixtures/NAME.ts` and, beside it, `NAME.expect.md` with what the compiler makes of its export `f`: graph, code and
 * JavaScript, or diagnostics; and the results of the lines `// run: f(...)`, uncompiled and compiled. The name is the status: `error.*` must be
 * refused, everything else must compile. Written anew with `UPDATE_FIXTURES=1`.
 */
import { renderDiagnostic } from '../../src/compiler/diagnostics/renderDiagnostic.ts'
import { compileSource } from '../../src/compiler/frontend/compileSource.ts'
import { printProgram } from '../../src/compiler/ir/printGraph.ts'
import { verifyProgram } from '../../src/compiler/ir/verifyGraph.ts'
import { runPasses } from '../../src/compiler/passes/index.ts'
import { printCode } from '../../src/compiler/print/code.ts'
import { printJavaScript } from '../../src/compiler/print/javascript.ts'
import { compiled, uncompiled } from './execute.ts'
import { requestFor, testOptions } from './helpers.ts'

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`

export interface Fixture {
  readonly ok: boolean
  readonly text: string
}

export function renderFixture(name: string, code: string): Fixture {
  const request = requestFor(code, { name: 'f' })
  const result = compileSource(request)
  let text = `# ${name}\n\n${fence('ts', code)}`
  if (!result.ok) {
    const rendered = result.diagnostics.map((d) => renderDiagnostic(d, { source: (file) => request.modules.get(file)?.code ?? null }))
    return { ok: false, text: `${text}\n## Diagnostics\n\n${fence('text', rendered.join('\n\n'))}` }
  }
  verifyProgram(result.program, 'compileSource')
  text += `\n## Graph\n\n${fence('text', printProgram(result.program))}`
  text += `\n## Code\n\n${fence('ts', printCode(result.program))}`
  const done = runPasses(result.program, { options: testOptions })
  let index = 0
  const { javascript } = printJavaScript(done, {
    name,
    segment: () => ({ index: index++, arenaBytes: null, offsets: null, rows: false }),
  })
  text += `\n## JavaScript\n\n${fence('js', javascript)}`
  const runs = [...code.matchAll(/^\/\/ run: f\((.*)\)$/gm)].map((match) => match[1]!)
  if (runs.length > 0) text += `\n## Results\n\n${runs.map((args) => `* \`f(${args})\`: ${outcome(code, args)}`).join('\n')}\n`
  return { ok: true, text }
}

/** One value when the three ways agree; all of them when they do not, which no golden file should show. */
function outcome(code: string, args: string): string {
  const values = [uncompiled(code, 'f'), compiled(code, 'f', false), compiled(code, 'f', true)].map((f) => {
    try {
      return JSON.stringify(f(...(JSON.parse(`[${args}]`) as unknown[])) ?? null)
    } catch (error) {
      return String(error)
    }
  })
  return new Set(values).size === 1
    ? `\`${values[0]}\``
    : `DIFFERENT: uncompiled ${values[0]}, unoptimised ${values[1]}, optimised ${values[2]}`
}
