/** A module hook for Node: `import text from './file.ts?raw'` is the file as a string, as Vite, Vitest and the build have it. */
import { readFileSync } from 'node:fs'

export async function load(url, context, next) {
  if (!url.endsWith('?raw')) return next(url, context)
  return {
    format: 'module',
    shortCircuit: true,
    source: `export default ${JSON.stringify(readFileSync(new URL(url.slice(0, -4)), 'utf8'))}`,
  }
}
