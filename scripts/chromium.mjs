/** Where Chromium is, and how it must be started in containers. Shared by the setup script and the browser tests. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const systemPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Playwright's build needs shared libraries that a bare Linux lacks: a browser that cannot start is none. */
function starts(path) {
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 60_000 }).status === 0
}

/** CHROME_PATH, then Playwright's own download, then the system's browser; undefined when there is none. */
export function findChromium() {
  const { CHROME_PATH, PATH = '' } = process.env
  if (CHROME_PATH) {
    if (!isExecutable(CHROME_PATH)) throw new Error(`CHROME_PATH is ${CHROME_PATH}, which is not an executable file`)
    return CHROME_PATH
  }
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [chromium.executablePath(), ...onPath, ...systemPaths].find((path) => path !== '' && isExecutable(path) && starts(path))
}

/** Headless, without sandbox (root in a container), silent on the network: the tests count every request. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
