/** WebGPU in Node for tests: the `webgpu` package, on the machine's GPU or on the software driver that comes with Chromium. */
import { existsSync } from 'node:fs'
import { useWebGPU } from '../../src/cli/webgpu.ts'

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json'

export async function useSwiftShader(): Promise<void> {
  if (existsSync(driver)) process.env.VK_DRIVER_FILES ??= driver
  await useWebGPU()
}
