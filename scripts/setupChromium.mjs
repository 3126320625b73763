/**
 * Makes sure that a Chromium is there for the browser tests: one that is installed already, else Playwright's own download,
 * else the system's package manager. Prints its path; exits 1 with what was tried when there is none.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { findChromium } from './chromium.mjs'

const tried = []

function attempt(command, args, timeoutMinutes) {
  tried.push([command, ...args].join(' '))
  console.log(`$ ${tried.at(-1)}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', timeout: timeoutMinutes * 60_000 })
  return status === 0
}

function installFromPlaywright() {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  const downloaded = attempt(process.execPath, [cli, 'install', '--no-shell', 'chromium'], 5)
  if (downloaded && findChromium() === undefined) attempt(process.execPath, [cli, 'install-deps', 'chromium'], 10)
}

function installFromPackages() {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const run = (...args) => attempt([...sudo, ...args][0], [...sudo, ...args].slice(1), 10)
  return run('apt-get', 'update') && run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium', 'libvulkan1')
}

if (findChromium() === undefined) installFromPlaywright()
if (findChromium() === undefined && process.platform === 'linux') installFromPackages()
const path = findChromium()
if (path === undefined) {
  console.error(`No Chromium to test with. Set CHROME_PATH to one. Tried:\n${tried.map((line) => `  ${line}`).join('\n')}`)
  process.exit(1)
}
console.log(`Chromium: ${path}`)
