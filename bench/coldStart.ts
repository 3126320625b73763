/**
 * From importing an app to its first result, in fresh processes: read, compile and link the code, read the weights, prepare them, call.
 * The start of Node itself is not part of it.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { path } from './compiled.ts'
import { median } from './measure.ts'
import { zoo } from './models/zoo.ts'
import { writeApp } from './shipped.ts'

const flags = Number.parseInt(process.versions.node, 10) < 22 ? ['--experimental-wasm-relaxed-simd'] : []

/** Milliseconds, the median of `processes`. The model must be compiled. */
export async function coldStart(model: string, processes = 9): Promise<number> {
  const folder = path('bench/.cache/inputs')
  mkdirSync(folder, { recursive: true })
  const inputs = zoo[model]!().map(({ dtype, shape, data }, i) => {
    const file = `${folder}/${model}.${i}.bin`
    writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    return { dtype, shape, file }
  })
  const entry = `${folder}/${model}.mjs`
  writeFileSync(
    entry,
    `import { readFileSync } from 'node:fs'
const inputs = ${JSON.stringify(inputs)}.map(({ dtype, shape, file }) => {
  const { buffer } = new Uint8Array(readFileSync(file))
  return [dtype === 'float32' ? new Float32Array(buffer) : new Int32Array(buffer), { dtype, shape }]
})
const start = performance.now()
const { model, tensor } = await import(${JSON.stringify(await writeApp(model))})
const [result] = [model(...inputs.map(([data, options]) => tensor(data, options)))].flat()
result.dataSync()
console.log(performance.now() - start)
`,
  )
  const times = Array.from({ length: processes }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, entry], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${model}: ${stderr}`)
    return Number(stdout)
  })
  return median(times)
}
