/** The kernel of a model that takes the most time, from its profile (profile.ts) in a process of its own. */
import { spawnSync } from 'node:child_process'
import { path } from './compiled.ts'
import type { KernelProfile } from './profile.ts'

export interface SlowestKernel {
  readonly name: string
  readonly calls: number
  /** Of the time of all kernels. */
  readonly share: number
  readonly gflops: number
  /** Of the multiply-add limit of the same run. */
  readonly limitShare: number
  /** GB/s, when it touches each element of its buffers once. */
  readonly gigabytes: number
}

export function slowestKernel(model: string): SlowestKernel {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', path('bench/profile.ts'), model, '--json'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${model}: ${stderr}`)
  const profile = JSON.parse(stdout) as readonly KernelProfile[]
  const kernels = [...new Set(profile.map(({ name }) => name))].map((name) => {
    const calls = profile.filter((call) => call.name === name)
    const time = calls.reduce((sum, call) => sum + call.time, 0)
    const weighted = (value: (call: KernelProfile) => number): number =>
      calls.reduce((sum, call) => sum + value(call) * call.time, 0) / time
    return {
      name,
      calls: calls.length,
      time,
      gflops: weighted(({ gflops }) => gflops),
      limitShare: weighted(({ share }) => share),
      gigabytes: weighted(({ gigabytes }) => gigabytes),
    }
  })
  const total = kernels.reduce((sum, { time }) => sum + time, 0)
  const { time, ...slowest } = kernels.reduce((a, b) => (b.time > a.time ? b : a))
  return { ...slowest, share: time / total }
}
