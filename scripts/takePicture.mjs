/** Takes the pictures of the README: the Vite example with a drawn digit, light and dark. Build the example first. */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { preview } from 'vite'
import { chromiumArgs, findChromium } from './chromium.mjs'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))

/** A hand-drawn three, in fractions of the drawing area. */
const strokes = [
  [0.33, 0.27],
  [0.42, 0.19],
  [0.55, 0.18],
  [0.65, 0.25],
  [0.65, 0.36],
  [0.57, 0.44],
  [0.46, 0.48],
  [0.58, 0.51],
  [0.68, 0.6],
  [0.68, 0.72],
  [0.58, 0.81],
  [0.44, 0.82],
  [0.32, 0.75],
]

const server = await preview({ root: path('../examples/vite-app'), preview: { port: 0 } })
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs })
for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({ viewport: { width: 1080, height: 1080 }, deviceScaleFactor: 1.5, colorScheme })
  await page.goto(server.resolvedUrls.local[0])
  await page.waitForSelector('html[data-state=ready]', { state: 'attached' })
  const box = await page.locator('#pad').boundingBox()
  const point = ([x, y]) => [box.x + x * box.width, box.y + y * box.height]
  await page.mouse.move(...point(strokes[0]))
  await page.mouse.down()
  for (const stroke of strokes) await page.mouse.move(...point(stroke), { steps: 4 })
  await page.mouse.up()
  await page.mouse.move(0, 0)
  await page.waitForTimeout(700)
  await page.screenshot({ path: path(`../docs/vite-app-${colorScheme}.png`), fullPage: true })
}
await browser.close()
await server.close()
