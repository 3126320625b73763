/** Loop IR through the WGSL generator on a device. */
import { beforeAll, describe, expect, it } from 'vitest'
import { emitKernel } from '../../src/compiler/codegen/wgsl/emitKernel.ts'
import { preludeFor } from '../../src/compiler/codegen/wgsl/prelude.ts'
import type { KernelFunction, LoopExpr } from '../../src/compiler/kernels/loop.ts'
import { GpuProgram, getDevice, readBuffer } from '../../src/gpu/index.ts'
import { useSwiftShader } from './useSwiftShader.ts'

const i = (value: number): LoopExpr => ({ l: 'const', type: 'i32', value })
const v = (name: string): LoopExpr => ({ l: 'var', type: 'i32', name })

/** y[i] = erf(x[i]) * scale, 64 threads a workgroup. */
const scaledErf: KernelFunction = {
  name: 'scaled_erf',
  params: [
    { p: 'buffer', name: 'x', element: 'f32', access: 'read' },
    { p: 'buffer', name: 'y', element: 'f32', access: 'write' },
    { p: 'scalar', name: 'n', type: 'i32' },
    { p: 'scalar', name: 'scale', type: 'f32' },
  ],
  body: [
    {
      t: 'for',
      name: 'g',
      start: i(0),
      end: v('n'),
      step: 64,
      bind: 'workgroup.x',
      body: [
        {
          t: 'for',
          name: 't',
          start: i(0),
          end: i(64),
          step: 1,
          bind: 'thread.x',
          body: [
            { t: 'let', name: 'at', type: 'i32', value: { l: 'binary', type: 'i32', fn: 'add', a: v('g'), b: v('t') } },
            {
              t: 'if',
              condition: { l: 'compare', type: 'mask', fn: 'lt', a: v('at'), b: v('n') },
              else: [],
              then: [
                {
                  t: 'store',
                  buffer: 'y',
                  index: v('at'),
                  value: {
                    l: 'binary',
                    type: 'f32',
                    fn: 'mul',
                    a: { l: 'unary', type: 'f32', fn: 'erf', a: { l: 'load', type: 'f32', buffer: 'x', index: v('at') } },
                    b: { l: 'var', type: 'f32', name: 'scale' },
                  },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
}

describe('GpuProgram', () => {
  beforeAll(useSwiftShader)

  it('runs a kernel made from loop IR and reads its result back', async () => {
    const device = await getDevice()
    const { text, helpers } = emitKernel(scaledErf, 'k0')
    const program = await GpuProgram.create(
      device,
      preludeFor(helpers) + text,
      {
        kernels: [{ entry: 'k0', scalars: 'if', writes: [false, true] }],
        weights: [],
        segments: [
          (n) => ({
            slots: [n! * 4, n! * 4],
            inputs: [0],
            outputs: [1],
            calls: [{ kernel: 0, grid: [Math.ceil(n! / 64), 1, 1], buffers: [0, 1], offsets: [0, 0], scalars: [n!, 2] }],
          }),
        ],
      },
      new Uint8Array(0),
    )
    const x = Float32Array.from({ length: 100 }, (_, k) => k / 25 - 2)
    const [y] = program.run(0, [x], [100])
    const result = await readBuffer(device, y!, 'f32', 100)
    // scipy.special.erf at -2, 0 and 1.
    expect(result[0]! / 2).toBeCloseTo(-0.9953222650189527, 6)
    expect(result[50]).toBe(0)
    expect(result[75]! / 2).toBeCloseTo(0.8427007929497149, 6)
  })
})
