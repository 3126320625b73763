/** Two projects: `unit` (everything in-process) and `e2e` (real bundlers and a real browser on the built package). */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

const alias = [
  { find: /^tensorscript$/, replacement: source('index.ts') },
  { find: /^tensorscript\/(runtime|gpu|compiler)$/, replacement: source('$1/index.ts') },
  { find: /^tensorscript\/(\w+)$/, replacement: source('plugin/$1.ts') },
]

export default defineConfig({
  test: {
    reporters: ['default', './scripts/closingLineReporter.ts'],
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', '**/node_modules/**'],
          pool: 'forks',
          execArgv: ['--experimental-wasm-relaxed-simd'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/support/packPackage.ts'],
          fileParallelism: false,
          // After the unit tests: a page's speed cannot be measured while they keep every core busy.
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
