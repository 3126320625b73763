/** `warm` enters every kernel and changes nothing; afterwards they do their work. */
import { expect, test } from 'vitest'
import { emitModule } from '../../src/compiler/codegen/wasm/index.ts'
import type { KernelFunction, ScheduledSegment } from '../../src/compiler/kernels/loop.ts'
import { forLoop, i32, load, mul, store, variable } from '../../src/compiler/kernels/loopCode.ts'
import { variants } from './runKernel.ts'

const length = 64
const doubled: KernelFunction = {
  name: 'doubled',
  params: [
    { p: 'buffer', name: 'x', element: 'f32', access: 'readwrite' },
    { p: 'scalar', name: 'factor', type: 'f32' },
    { p: 'scalar', name: 'unit', type: 'i32' },
  ],
  body: [
    forLoop('i', i32(0), i32(length), 4, [
      store(
        'x',
        variable('i', 'i32'),
        mul(load('f32x4', 'x', variable('i', 'i32')), { l: 'splat', type: 'f32x4', a: variable('factor', 'f32') }),
      ),
    ]),
  ],
}

test.each(variants)('%s', (variant) => {
  const buffers = [{ id: 0, name: 'x', dtype: 'float32' as const, size: length, role: 'temporary' as const }]
  const scheduled: ScheduledSegment = {
    segment: { name: 'run', buffers, inputs: [], outputs: [], scalars: [], stages: [] },
    buffers: [],
    calls: [
      {
        kernel: doubled,
        args: [
          { buffer: 0, offset: 0 },
          { scalar: 2, type: 'f32' },
        ],
        repeat: 3,
        flops: 0,
      },
    ],
  }
  const bytes = emitModule([scheduled], [{ arenaBytes: length * 4, offsets: new Map([[0, 0]]) }], { variant, warm: true })
  const memory = new WebAssembly.Memory({ initial: 1 })
  const values = new Float32Array(memory.buffer, 0, length).fill(1)
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), { env: { memory } })
  const [warm, run] = [exports.warm as () => void, exports.run as (arena: number, weights: number) => void]
  warm()
  expect(new Set(values)).toEqual(new Set([1]))
  run(0, 0)
  expect(new Set(values)).toEqual(new Set([8]))
  warm()
  expect(new Set(values)).toEqual(new Set([8]))
})
