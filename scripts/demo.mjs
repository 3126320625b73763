/** The main job in one command: builds the library, installs and builds examples/vite-app, serves it and prints the address. */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './buildIfStale.mjs'

const app = fileURLToPath(new URL('../examples/vite-app', import.meta.url))
const options = { cwd: app, stdio: 'inherit', shell: process.platform === 'win32' }

buildIfStale()
for (const args of [['ci'], ['run', 'build']]) {
  const { status } = spawnSync('npm', args, options)
  if (status !== 0) process.exit(status ?? 1)
}
const server = spawn('npm', ['run', 'preview', '--', ...process.argv.slice(2)], options)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 0))
