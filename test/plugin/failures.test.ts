/** What a build says about code it cannot compile: its own code for each reason, the place, the frame. With the compiler itself. */
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'
import { createProject } from './project.ts'

async function failure(model: string): Promise<string> {
  const project = await createProject({ 'main.ts': `import { f } from './model.ts'\nconsole.log(f)`, 'model.ts': model }, true)
  const building = async () => {
    const bundle = await rolldown({
      input: join(project.root, 'main.ts'),
      cwd: project.root,
      platform: 'node',
      logLevel: 'silent',
      plugins: [project.plugin.rolldown({ report: false, cacheFolder: join(project.root, 'cache') })],
    })
    await bundle.generate({ format: 'esm' }).finally(() => bundle.close())
  }
  return building().then(
    () => 'the build succeeded',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a colour
    (error: Error) => error.message.replaceAll(project.root, '').replaceAll(/\u001b\[[\d;]*m/g, ''),
  )
}

describe('a build fails', () => {
  it('when shapes in forward do not fit, with both shapes', async () => {
    const message = await failure(`import { nn, script, type Tensor } from 'tensorscript'
class Net extends nn.Module {
  fc = new nn.Linear(5, 2)
  forward(x: Tensor<'float32', ['N', 4]>): Tensor {
    return this.fc(x)
  }
}
export const f = script(new Net())
`)
    expect(message).toMatch(/S3\d\d\d/)
    expect(message).toMatch(/N, 4/)
    expect(message).toMatch(/\[2, 5\]|\[5, 2\]/)
    expect(message).toContain('> 5 |     return this.fc(x)')
    expect(message).not.toContain('tensorscript:')
  })

  it('when a variable is captured', async () => {
    const message = await failure(`import type { Tensor } from 'tensorscript'
let scale = 2
/** @script */
export function f(x: Tensor<'float32', [4]>): Tensor {
  return x.mul(scale)
}
scale = 3
`)
    expect(message).toContain('S1102')
    expect(message).toContain('> 5 |   return x.mul(scale)')
    expect(message).toMatch(/model\.ts:5/)
  })

  it('when a statement is not part of the language, and tells all of them', async () => {
    const message = await failure(`import type { Tensor } from 'tensorscript'
/** @script */
export function f(x: Tensor<'float32', [4]>): Tensor {
  try {
    return x.mul(2)
  } catch {
    return x
  }
}
/** @script */
export function* g(x: Tensor<'float32', [4]>) {
  yield x
}
`)
    expect(message).toContain('S1101')
    expect(message).toContain('S1105')
    expect(message).toContain('4 |   try {')
  })

  it('when a weight file is missing', async () => {
    const message = await failure(`import { nn, script } from 'tensorscript'
export const f = script(new nn.Linear(2, 2), { weights: new URL('./nowhere.safetensors', import.meta.url) })
`)
    expect(message).toContain('S8001')
    expect(message).toContain('nowhere.safetensors')
    expect(message).toContain(`2 | export const f = script(new nn.Linear(2, 2), { weights: new URL`)
  })

  it('when a dimension count is not declared', async () => {
    expect(
      await failure(
        `import type { Tensor } from 'tensorscript'\n/** @script */\nexport function f(x: Tensor): Tensor { return x.relu() }\n`,
      ),
    ).toMatch(/S3\d\d\d: the rank of `x` is not known/)
  })

  it('not when everything is declared', async () => {
    expect(
      await failure(
        `import type { Tensor } from 'tensorscript'\n/** @script */\nexport function f(x: Tensor<'float32', ['N']>): Tensor { return x.relu() }\n`,
      ),
    ).toBe('the build succeeded')
  })
})
