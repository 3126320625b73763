/** What Vite adds, in versions 7 and 8: a base, workers, servers, the dev server with its addresses, edits and errors. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as vite8 from 'vite'
import * as vite7 from 'vite7'
import { afterEach, describe, expect, it } from 'vitest'
import type { TensorScriptOptions } from '../../src/plugin/index.ts'
import { createProject, expected, type Project, sources } from './project.ts'

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

describe.each([
  ['vite 8', vite8],
  ['vite 7', vite7 as unknown as typeof vite8],
])('%s', (_name, vite) => {
  const close: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of close.splice(0)) await end()
  })

  const config = (project: Project, options: TensorScriptOptions = { inlineLimit: 0 }) => ({
    root: project.root,
    configFile: false as const,
    logLevel: 'silent' as const,
    plugins: [project.plugin.vite(options) as never],
  })

  async function serve(project: Project, base = '/') {
    const server = await vite.createServer({
      ...config(project),
      base,
      server: { port: 0, strictPort: false, ws: false, hmr: { overlay: true } },
    })
    close.push(() => server.close())
    await server.listen()
    const { port } = server.httpServer!.address() as { port: number }
    return { server, origin: `http://localhost:${port}` }
  }

  it('refers to files relative to the chunk, under any base', async () => {
    const project = await createProject()
    await vite.build({ ...config(project), base: '/sub/', build: { minify: false } })
    const [name, code] = [...project.outputs()].find(([file]) => file.endsWith('.js'))!
    const [, address] = /simd: new URL\(["'](.*?)["'], import\.meta\.url\)/.exec(text(code))!
    expect(project.outputs().has(new URL(address!, `file:///${name}`).pathname.slice(1))).toBe(true)
  })

  it.each(['es', 'iife'] as const)('compiles in module workers of format %s', async (format) => {
    const project = await createProject({
      'index.html': sources['index.html']!,
      'main.js': `const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })\nworker.postMessage(1)`,
      'worker.js': `import { f } from './model.js'\nonmessage = () => postMessage(f(1))`,
      'model.js': sources['model.js']!,
      'helper.js': sources['helper.js']!,
    })
    await vite.build({ ...config(project), worker: { format }, build: { minify: false } })
    const outputs = project.outputs()
    const [, worker] = [...outputs].find(([file]) => /worker.*\.js$/.test(file))!
    expect(text(worker)).toContain('defineProgram')
    expect(text(worker)).not.toContain('x.mul(k)')
    const [, address, base] = /simd: new URL\(["'](.*?)["'], (import\.meta\.url|self\.location\.href)\)/.exec(text(worker))!
    expect(base).toBe(format === 'es' ? 'import.meta.url' : 'self.location.href')
    expect(outputs.has(`assets/${address}`)).toBe(true)
    expect([...outputs.keys()].filter((file) => file.includes('unused'))).toEqual([])
  })

  it.each(['es', 'cjs'] as const)('writes the files of server builds (%s), which run', async (format) => {
    const project = await createProject()
    await vite.build({
      ...config(project),
      build: { ssr: 'main.js', rollupOptions: { output: { format, entryFileNames: format === 'es' ? 'main.mjs' : 'main.cjs' } } },
      ssr: { noExternal: true },
    })
    const built = await import(/* @vite-ignore */ pathToFileURL(join(project.root, 'dist', format === 'es' ? 'main.mjs' : 'main.cjs')).href)
    expect(await built.result()).toEqual(expected)
  })

  it('serves code and weights in development', async () => {
    const project = await createProject()
    const { origin } = await serve(project, '/sub/')
    const code = await (await fetch(`${origin}/sub/model.js`)).text()
    const [, address] = /simd: new URL\(\/\* @vite-ignore \*\/ ["'](.*?)["'], .*?import\.meta\.url\)/.exec(code)!
    expect(address).toMatch(/^\/sub\/@tensorscript\//)
    const wasm = await fetch(new URL(address!, `${origin}/sub/model.js`))
    expect(wasm.headers.get('content-type')).toBe('application/wasm')
    expect(WebAssembly.validate(await wasm.arrayBuffer())).toBe(true)
    expect((await fetch(`${origin}/sub/@tensorscript/nothing.wasm`)).headers.get('content-type')).not.toBe('application/wasm')
    const main = await (await fetch(`${origin}/sub/main.js`)).text()
    expect(main).toMatch(/from ["'].*tensorscript\/runtime\.js/)
  })

  it('runs on the server in development, from files', async () => {
    const project = await createProject()
    const { server } = await serve(project)
    const { result } = await server.ssrLoadModule('/main.js')
    expect(await result()).toEqual(expected)
    const { code } = (await server.transformRequest('/model.js', { ssr: true }))!
    expect(readFileSync(fileURLToPath(/simd: ["'](file:.*?)["']/.exec(code)![1]!)).length).toBeGreaterThan(0)
  })

  it('leaves code uncompiled under Vitest, unless told otherwise', async () => {
    const project = await createProject()
    const transformed = async (options: TensorScriptOptions) => {
      const vitest = { name: 'vitest' }
      const server = await vite.createServer({
        ...config(project),
        plugins: [vitest, project.plugin.vite(options) as never],
        server: { ws: false },
      })
      close.push(() => server.close())
      return (await server.transformRequest('/model.js', { ssr: true }))!.code
    }
    expect(await transformed({})).not.toContain('defineProgram')
    expect(await transformed({ enabled: true })).toContain('defineProgram')
  })

  it('compiles again what an edit of a file it was made from changes, and tells the page', async () => {
    const project = await createProject()
    const { server, origin } = await serve(project)
    await (await fetch(`${origin}/main.js`)).text()
    const before = await (await fetch(`${origin}/model.js`)).text()
    const sent: string[] = []
    const { hot } = server.environments.client!
    hot.send = ((payload: { type: string }) => void sent.push(payload.type)) as never
    project.recorded.requests.length = 0
    project.write('helper.js', 'export const helper = (x, k) => x.mul(k).add(1)\n')
    await expect.poll(() => sent, { timeout: 10_000 }).toContain('full-reload')
    const after = await (await fetch(`${origin}/model.js`)).text()
    expect(project.recorded.requests.map(({ name }) => name)).toEqual(['f', 'unused'])
    expect(after.replace(/t=\d+/g, '')).toBe(before)
  })

  it('shows an error at its place, and recovers when the file that has it is mended', async () => {
    const project = await createProject({ ...sources, 'helper.js': 'export const helper = (x) => (' })
    const { server } = await serve(project)
    await server.transformRequest('/main.js')
    const error = await server.transformRequest('/model.js').then(
      () => null,
      (reason) => reason,
    )
    expect(error.message).toContain('S1207')
    expect(error.loc).toMatchObject({ file: join(project.root, 'helper.js'), line: 1 })
    expect(error.frame).toContain('> 1 | export const helper = (x) => (')
    const sent: string[] = []
    server.environments.client!.hot.send = ((payload: { type: string }) => void sent.push(payload.type)) as never
    project.write('helper.js', sources['helper.js']!)
    await expect.poll(() => sent.length, { timeout: 10_000 }).toBeGreaterThan(0)
    expect((await server.transformRequest('/model.js'))!.code).toContain('defineProgram')
  })
})
