/** A headless Chromium, and pages that remember everything that went wrong. */
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../scripts/chromium.mjs'

export function launchBrowser(): Promise<Browser> {
  return launch(chromiumArgs)
}

/** With WebGPU on Chromium's own software driver, whatever the machine has. */
export function launchGpuBrowser(): Promise<Browser> {
  return launch([
    ...chromiumArgs.filter((argument) => argument !== '--disable-gpu'),
    '--enable-unsafe-webgpu',
    '--enable-features=Vulkan',
    '--use-webgpu-adapter=swiftshader',
  ])
}

function launch(args: string[]): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium: run `node scripts/setupChromium.mjs`, or set CHROME_PATH.')
  return chromium.launch({ executablePath, args })
}

export interface WatchedPage {
  readonly page: Page
  /** Failed requests, answers that are no success, console errors, uncaught exceptions. */
  readonly problems: string[]
  /** Path of every request, in order. */
  readonly requests: string[]
}

export async function watchPage(browser: Browser): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 950 } })
  const problems: string[] = []
  const requests: string[] = []
  page.on('request', (request) => requests.push(new URL(request.url()).pathname))
  page.on('requestfailed', (request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`))
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.url()}: ${response.status()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(String(error)))
  return { page, problems, requests }
}

/** Waits until the page has set `<html data-state>`, and gives it. */
export async function pageState(page: Page): Promise<string | undefined> {
  await page.waitForSelector('html[data-state]', { state: 'attached', timeout: 60_000 })
  return page.evaluate(() => document.documentElement.dataset.state)
}
