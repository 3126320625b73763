/** README's first command: the library built, the Vite example installed, built and served. */
import { spawn } from 'node:child_process'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, pageState, watchPage } from './support/browser.ts'
import { expectedDigits, labels } from './support/mnist.ts'
import { repository } from './support/project.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('npm run demo prints the address of the working app', async () => {
  const demo = spawn('npm', ['run', 'demo', '--', '--port', '0', '--host', '127.0.0.1'], {
    cwd: repository,
    detached: true,
    shell: process.platform === 'win32',
    env: { ...process.env, NO_COLOR: '1' },
  })
  try {
    let printed = ''
    const address = await new Promise<string>((resolve, reject) => {
      demo.on('exit', (code) => reject(new Error(`The demo ended with ${code}:\n${printed}`)))
      const read = (chunk: Buffer) => {
        printed += chunk
        const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(printed)
        if (found) resolve(found[0])
      }
      demo.stdout.on('data', read)
      demo.stderr.on('data', read)
    })
    const { page, problems } = await watchPage(browser)
    await page.goto(address)
    expect([await pageState(page), problems]).toEqual(['ready', []])
    const right = expectedDigits.filter((digit, image) => digit === labels[image]).length
    expect(await page.locator('#gallery-summary').textContent()).toContain(`${right} of ${labels.length} images`)
  } finally {
    demo.removeAllListeners('exit')
    // npm, the script and the server are one process group.
    if (demo.pid !== undefined && demo.exitCode === null) process.kill(process.platform === 'win32' ? demo.pid : -demo.pid)
  }
})
