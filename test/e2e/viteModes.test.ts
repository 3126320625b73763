/** Ways of using Vite beyond a page: library mode, module workers, server-side rendering; equal builds; the same app uncompiled. */
import { createServer, type Server } from 'node:http'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, pageState, watchPage } from './support/browser.ts'
import { expectedDigits, images } from './support/mnist.ts'
import { copyExample, createProject, filesBelow, findForbidden, vites } from './support/project.ts'

const count = 8
const expected = expectedDigits.slice(0, count).join(' ')

/** The first images, as text that a module can carry. */
const imagesModule = `export const count = ${count}
export const pixels = Uint8Array.from(atob('${Buffer.from(images.subarray(0, count * 784)).toString('base64')}'), (c) => c.charCodeAt(0))
`
const readModule = `import { ready, tensor } from 'tensorscript'
import { classify } from './digits'
import { count, pixels } from './images'

export async function readDigits() {
  await ready(classify)
  return classify(tensor(pixels, { dtype: 'uint8', shape: [count, 1, 28, 28] })).toArray().join(' ')
}
`
const page = (script: string) => `<!doctype html><html lang="en"><head><link rel="icon" href="data:," /></head>
<body><output></output><script type="module" src="${script}"></script></body></html>`

const showModule = (from: string) => `import { readDigits } from '${from}'
document.querySelector('output').textContent = await readDigits().catch(String)
document.documentElement.dataset.state = 'done'
`

let browser: Browser
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** What the page at `address` shows once it is done, and everything that went wrong. */
async function outputOf(address: string): Promise<[string | null, string[]]> {
  const watched = await watchPage(browser)
  await watched.page.goto(address)
  await pageState(watched.page)
  const text = await watched.page.locator('output').textContent()
  await watched.page.close()
  return [text, watched.problems]
}

/** A server without any knowledge of Vite, as where an app is published. */
async function serveFolder(folder: string): Promise<string> {
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }
  const files = filesBelow(folder)
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html'
    const bytes = files.get(path)
    response.writeHead(bytes ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return `http://127.0.0.1:${address.port}/`
}

describe.each(vites)('%s', (_name, vite) => {
  it('builds a library that a page without a bundler can use', async () => {
    const project = createProject({ 'src/images.ts': imagesModule, 'src/read.ts': readModule })
    const outDir = join(project.root, 'dist')
    await vite.build({
      root: project.root,
      logLevel: 'warn',
      build: { outDir, lib: { entry: 'src/read.ts', formats: ['es'], fileName: () => 'library.js' } },
    })
    expect(findForbidden(outDir)).toEqual([])
    project.write('dist/app.js', showModule('./library.js'))
    project.write('dist/index.html', page('./app.js'))
    expect(await outputOf(await serveFolder(outDir))).toEqual([expected, []])
  })

  it.each(['iife', 'es'] as const)('runs in a module worker built as %s', async (format) => {
    const project = createProject({
      'index.html': page('/src/main.ts'),
      'src/images.ts': imagesModule,
      'src/read.ts': readModule,
      'src/worker.ts': `import { readDigits } from './read'\nreadDigits().then((text) => postMessage(text), (error) => postMessage(String(error)))\n`,
      'src/main.ts': `const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
const done = (text) => {
  document.querySelector('output').textContent = text
  document.documentElement.dataset.state = 'done'
}
worker.onmessage = ({ data }) => done(data)
worker.onerror = (event) => done('error ' + event.message)
`,
    })
    await vite.build({ root: project.root, logLevel: 'warn', worker: { format } })
    expect(findForbidden(join(project.root, 'dist'))).toEqual([])
    expect(await outputOf(await serveFolder(join(project.root, 'dist')))).toEqual([expected, []])
  })

  it('runs in a module worker of the development server', async () => {
    const project = createProject({
      'index.html': page('/src/main.ts'),
      'src/images.ts': imagesModule,
      'src/read.ts': readModule,
      'src/worker.ts': `import { readDigits } from './read'\nreadDigits().then((text) => postMessage(text), (error) => postMessage(String(error)))\n`,
      'src/main.ts': `const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
worker.onmessage = ({ data }) => {
  document.querySelector('output').textContent = data
  document.documentElement.dataset.state = 'done'
}
`,
    })
    const server = await vite.createServer({ root: project.root, logLevel: 'warn', server: { port: 0, host: '127.0.0.1' } })
    closing.push(() => server.close())
    await server.listen()
    expect(await outputOf(server.resolvedUrls?.local[0] ?? '')).toEqual([expected, []])
  })

  it('renders on the server: built, and under the development server', async () => {
    const project = createProject({ 'src/images.ts': imagesModule, 'src/read.ts': readModule })
    await vite.build({ root: project.root, logLevel: 'warn', build: { ssr: 'src/read.ts', outDir: 'server' } })
    expect(findForbidden(join(project.root, 'server'))).toEqual([])
    const built = await import(pathToFileURL(join(project.root, 'server/read.js')).href)
    expect(await built.readDigits()).toBe(expected)

    const server = await vite.createServer({
      root: project.root,
      logLevel: 'warn',
      appType: 'custom',
      server: { middlewareMode: true, ws: false },
    })
    closing.push(() => server.close())
    const loaded = await server.ssrLoadModule('/src/read.ts')
    expect(await loaded.readDigits()).toBe(expected)
  })

  it('leaves nothing of a model that nobody uses', async () => {
    const project = createProject({
      'index.html': page('/src/main.ts'),
      'src/main.ts': `import { classify } from './digits'\nexport { classify }\ndocument.title = 'nothing to see'\n`,
    })
    await vite.build({ root: project.root, logLevel: 'warn' })
    const files = filesBelow(join(project.root, 'dist'))
    const script = [...files].filter(([file]) => file.endsWith('.js')).map(([, bytes]) => bytes.toString())
    expect(script.join('')).toContain('nothing to see')
    expect(script.join('')).not.toContain('WebAssembly')
    expect([...files.keys()].filter((file) => /\.(wasm|safetensors|ir\.json)$/.test(file))).toEqual([])
  })
})

it('builds the same bytes twice', async () => {
  const [, vite] = vites[0] ?? []
  const outputs = []
  for (let i = 0; i < 2; i++) {
    const project = copyExample('vite-app')
    await vite?.build({ root: project.root, logLevel: 'warn' })
    outputs.push([...filesBelow(join(project.root, 'dist'))].map(([file, bytes]) => `${file} ${bytes.toString('base64')}`))
  }
  expect(outputs[1]).toEqual(outputs[0])
  expect(outputs[0]?.length).toBeGreaterThan(5)
})

it('the same app runs uncompiled', async () => {
  const [, vite] = vites[0] ?? []
  const project = createProject({
    'index.html': page('/src/main.ts'),
    'src/images.ts': imagesModule,
    'src/read.ts': readModule,
    'src/main.ts': showModule('./read'),
  })
  project.edit('vite.config.ts', 'tensorscript()', 'tensorscript({ enabled: false })')
  await vite?.build({ root: project.root, logLevel: 'warn' })
  expect(await outputOf(await serveFolder(join(project.root, 'dist')))).toEqual([expected, []])
})
