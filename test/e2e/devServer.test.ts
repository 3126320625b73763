/** `vite dev`: an edit of the model reaches the page, an error in it shows in the overlay and leaves when it is mended. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, pageState, watchPage } from './support/browser.ts'
import { expectedDigits, expectedProbabilities } from './support/mnist.ts'
import { copyExample, type Project, vites } from './support/project.ts'

let browser: Browser
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const shownProbability = (page: Page, digit: number) => page.locator('#bars .value').nth(digit).textContent()

const overlay = (page: Page) => page.locator('vite-error-overlay')

describe.each(vites)('%s', (_name, vite) => {
  async function serve(project: Project) {
    const server = await vite.createServer({ root: project.root, logLevel: 'silent', server: { port: 0, host: '127.0.0.1' } })
    closing.push(() => server.close())
    await server.listen()
    const watched = await watchPage(browser)
    closing.push(() => watched.page.close())
    await watched.page.goto(server.resolvedUrls?.local[0] ?? '')
    return watched
  }

  it('serves the app without a failed request, and an edit of the model changes what the page shows', async () => {
    const project = copyExample('vite-app')
    const { page, problems } = await serve(project)
    expect([await pageState(page), problems]).toEqual(['ready', []])
    expect(await page.locator('#answer').textContent()).toBe(String(expectedDigits[0]))
    expect(Number.parseFloat((await shownProbability(page, 7)) ?? '')).toBeCloseTo((expectedProbabilities[7] ?? 0) * 100, 0)

    project.edit('src/digits.ts', 'return model(x).exp().flatten()', 'return model(x).exp().flatten().mul(0.25)')
    await expect.poll(() => shownProbability(page, 7), { timeout: 60_000 }).toMatch(/^25\s?%$/)
    expect(problems).toEqual([])
  })

  it('shows an error of the model with its code, place and code frame, and recovers', async () => {
    const project = copyExample('vite-app')
    const { page } = await serve(project)
    await pageState(page)

    project.edit('src/digits.ts', 'this.bn1(this.conv1(x))', 'this.bn1(this.conv7(x))')
    await overlay(page).waitFor({ state: 'attached', timeout: 60_000 })
    const shown = await overlay(page).evaluate((element) => element.shadowRoot?.textContent ?? '')
    const line =
      project
        .read('src/digits.ts')
        .split('\n')
        .findIndex((text) => text.includes('conv7')) + 1
    expect(shown).toMatch(/S\d{4}/)
    expect(shown).toContain('conv7')
    expect(shown).toContain(`digits.ts:${line}:`)
    expect(shown).toMatch(/\^/)

    project.edit('src/digits.ts', 'this.bn1(this.conv7(x))', 'this.bn1(this.conv1(x))')
    await expect.poll(() => overlay(page).count(), { timeout: 60_000 }).toBe(0)
    expect(await pageState(page)).toBe('ready')
    expect(await page.locator('#answer').textContent()).toBe(String(expectedDigits[0]))
  })
})
