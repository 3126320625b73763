/**
 * The plugin in real bundlers: the built app runs in Node and gives the program's result, from files emitted beside it; what is unused is
 * neither in the code nor among the files; a second build gives the same bytes.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rspack } from '@rspack/core'
import { build as esbuild } from 'esbuild'
import { rolldown } from 'rolldown'
import { rollup } from 'rollup'
import { build as vite8 } from 'vite'
import { build as vite7 } from 'vite7'
import { describe, expect, it } from 'vitest'
import webpack from 'webpack'
import type { TensorScriptOptions } from '../../src/plugin/index.ts'
import { createProject, expected, type Project } from './project.ts'

type Build = (project: Project, options: TensorScriptOptions) => Promise<{ readonly log: string }>

/** Rollup alone resolves no packages; users have a plugin for that. */
const resolvePackage = (root: string) => ({
  name: 'resolve-package',
  resolveId: (id: string) =>
    id.startsWith('tensorscript') ? join(root, 'node_modules/tensorscript', id.endsWith('/runtime') ? 'runtime.js' : 'index.js') : null,
})

const viteConfig = (project: Project, options: TensorScriptOptions, lines: string[]) => {
  const log = (message: string): void => void lines.push(message)
  const logger = { info: log, warn: log, warnOnce: log, error: log, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false }
  return {
    root: project.root,
    configFile: false as const,
    customLogger: logger,
    plugins: [project.plugin.vite(options) as never],
    build: { minify: false, lib: { entry: join(project.root, 'main.js'), formats: ['es' as const], fileName: 'main' } },
  }
}

/** webpack and Rspack take the same configuration. */
const webpackLike = async (run: typeof webpack, plugin: unknown, project: Project) => {
  const compiler = run({
    mode: 'production',
    context: project.root,
    entry: './main.js',
    target: 'node20',
    devtool: false,
    output: { path: join(project.root, 'dist'), filename: 'main.js', library: { type: 'module' }, module: true, chunkFormat: 'module' },
    experiments: { outputModule: true },
    plugins: [plugin as never],
    infrastructureLogging: { level: 'none' },
  } as never)
  const stats = await new Promise<import('webpack').Stats>((done, fail) =>
    compiler!.run((error, result) => (error ? fail(error) : done(result!))),
  )
  await new Promise((done) => compiler!.close(done))
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true, errorDetails: true }))
  return { log: stats.toString({ all: false, logging: 'info', loggingDebug: false }) }
}

const bundlers: Readonly<Record<string, Build>> = {
  async rollup(project, options) {
    const lines: string[] = []
    const bundle = await rollup({
      input: join(project.root, 'main.js'),
      plugins: [project.plugin.rollup(options), resolvePackage(project.root)],
      logLevel: 'info',
      onLog: (_level, { message }) => lines.push(message),
    })
    await bundle.write({ dir: join(project.root, 'dist'), format: 'es' })
    await bundle.close()
    return { log: lines.join('\n') }
  },
  async rolldown(project, options) {
    const lines: string[] = []
    const bundle = await rolldown({
      input: join(project.root, 'main.js'),
      cwd: project.root,
      platform: 'node',
      plugins: [project.plugin.rolldown(options)],
      logLevel: 'info',
      onLog: (_level, { message }) => lines.push(message),
    })
    await bundle.write({ dir: join(project.root, 'dist'), format: 'esm' })
    await bundle.close()
    return { log: lines.join('\n') }
  },
  async 'vite 8'(project, options) {
    const lines: string[] = []
    await vite8(viteConfig(project, options, lines))
    return { log: lines.join('\n') }
  },
  async 'vite 7'(project, options) {
    const lines: string[] = []
    await vite7(viteConfig(project, options, lines) as never)
    return { log: lines.join('\n') }
  },
  async esbuild(project, options) {
    await esbuild({
      entryPoints: [join(project.root, 'main.js')],
      outdir: join(project.root, 'dist'),
      absWorkingDir: project.root,
      bundle: true,
      format: 'esm',
      platform: 'node',
      plugins: [project.plugin.esbuild(options)],
      logLevel: 'silent',
    })
    return { log: '' }
  },
  webpack: (project, options) => webpackLike(webpack, project.plugin.webpack(options), project),
  rspack: (project, options) => webpackLike(rspack as never, project.plugin.rspack(options), project),
}

/** Runs the built module in a fresh process. */
function runBuilt(project: Project): unknown {
  const code = `const { result } = await import(${JSON.stringify(pathToFileURL(join(project.root, 'dist/main.js')).href)}); console.log(JSON.stringify(await result()))`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return JSON.parse(stdout)
}

const scripts = (project: Project): string =>
  [...project.outputs()].flatMap(([name, bytes]) => (name.endsWith('.js') ? [new TextDecoder().decode(bytes)] : [])).join('\n')

describe.each(Object.entries(bundlers))('%s', (name, build) => {
  it('emits files beside the app, which runs with them', async () => {
    const project = await createProject()
    await build(project, { inlineLimit: 0 })
    expect(runBuilt(project)).toEqual(expected)
    const files = [...project.outputs().keys()]
    expect(files.some((file) => file.endsWith('.wasm'))).toBe(true)
    expect(files.some((file) => file.endsWith('.safetensors'))).toBe(true)
    expect(scripts(project)).not.toContain('x.mul(k)')
  })

  it('inlines small programs', async () => {
    const project = await createProject()
    await build(project, { inspect: false })
    expect(runBuilt(project)).toEqual(expected)
    expect([...project.outputs().keys()].filter((file) => !/\.(?:js|mjs|html|map)$/.test(file))).toEqual([])
  })

  it('leaves out what is unused', async () => {
    const project = await createProject()
    await build(project, { inlineLimit: 0 })
    expect(project.recorded.requests.map(({ name: program }) => program).toSorted()).toEqual(['f', 'unused'])
    expect(scripts(project)).not.toContain('"unused"')
    expect([...project.outputs().keys()].filter((file) => file.includes('unused'))).toEqual([])
  })

  it('gives the same bytes twice, compiling nothing the second time', async () => {
    const project = await createProject()
    await build(project, { inlineLimit: 0 })
    const first = project.outputs()
    project.recorded.requests.length = 0
    await build(project, { inlineLimit: 0 })
    expect(project.outputs()).toEqual(first)
    expect(project.recorded.requests).toEqual([])
  })

  it('fails with the code, the place and the frame of every problem', async () => {
    const project = await createProject()
    project.write(
      'model.js',
      `export const limit = 1\nexport const f = {\n  inner() {\n    'use script'\n  },\n}\n/** @script */\nexport const g = 5\n`,
    )
    const error = await build(project, {}).then(
      () => null,
      (reason: Error & { frame?: string }) => `${reason.message}\n${reason.frame ?? ''}`,
    )
    expect(error).toContain('S1205')
    expect(error).toMatch(/model\.js(?::7| \(7)/)
    expect(error).toContain('7 | /** @script */')
    expect(error).toContain("4 |     'use script'")
  })

  if (name !== 'esbuild') {
    it('prints the report', async () => {
      const project = await createProject()
      const { log } = await build(project, { report: { json: 'report.json' } })
      expect(log).toMatch(/program\s+segments\s+kernels/)
      expect(JSON.parse(new TextDecoder().decode(project.outputs().get('report.json'))).programs).toHaveLength(2)
    })

    it('fails when a budget is exceeded', async () => {
      const project = await createProject()
      await expect(build(project, { budgets: { f: { weightBytes: 8 } } })).rejects.toThrow(/f: weightBytes 16 B exceeds the budget of 8 B/)
    })
  }
})
