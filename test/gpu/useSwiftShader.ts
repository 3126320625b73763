/**
 * WebGPU in Node for tests: the `webgpu` package, on the driver that VK_DRIVER_FILES names, else on the software driver that lies beside Chromium, so that
 * results do not depend on the machine's GPU. Without a driver, whatever Dawn finds.
 */
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findChromium } from '../../scripts/chromium.mjs'
import { useWebGPU } from '../../src/cli/webgpu.ts'

export async function useSwiftShader(): Promise<void> {
  process.env.VK_DRIVER_FILES ??= findDriver()
  await useWebGPU()
}

/** Distributions put a wrapper on the path and the browser's files under /usr/lib. */
function findDriver(): string | undefined {
  const browser = findChromium()
  const folders = [...(browser === undefined ? [] : [dirname(realpathSync(browser))]), '/usr/lib/chromium', '/usr/lib/chromium-browser']
  return folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find((path) => existsSync(path))
}
