/** The reader against files written by hand, by our writer and by PyTorch; and every kind of damage. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { writeSafetensors } from '../../src/compiler/artifact/safetensors.ts'
import { writeWeights } from '../../src/compiler/artifact/weights.ts'
import { decodeEntry, readSafetensors, SafetensorsError } from '../../src/runtime/safetensors.ts'

function file(header: unknown, data: ArrayLike<number> = []): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + data.length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 8)
  bytes.set(data, 8 + text.length)
  return bytes
}

const decode = (bytes: Uint8Array, name: string) => decodeEntry(readSafetensors(bytes).tensors.get(name)!)

describe('reading', () => {
  test('gives dtype, shape and elements of every stored type', () => {
    const bytes = file(
      {
        __metadata__: { made: 'by hand' },
        half: { dtype: 'F16', shape: [3], data_offsets: [0, 6] },
        brain: { dtype: 'BF16', shape: [1], data_offsets: [6, 8] },
        long: { dtype: 'I64', shape: [2], data_offsets: [8, 24] },
        flag: { dtype: 'BOOL', shape: [2], data_offsets: [24, 26] },
        byte: { dtype: 'I8', shape: [], data_offsets: [26, 27] },
      },
      [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x80, 0x3f, 5, 0, 0, 0, 0, 0, 0, 0, 254, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0xff],
    )
    expect(readSafetensors(bytes).metadata).toEqual({ made: 'by hand' })
    expect(decode(bytes, 'half')).toEqual({ dtype: 'float32', shape: [3], data: Float32Array.of(1, -2, 2 ** -24) })
    expect(decode(bytes, 'brain').data).toEqual(Float32Array.of(1))
    expect(decode(bytes, 'long')).toEqual({ dtype: 'int64', shape: [2], data: Int32Array.of(5, -2) })
    expect(decode(bytes, 'flag')).toEqual({ dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) })
    expect(decode(bytes, 'byte')).toEqual({ dtype: 'int32', shape: [], data: Int32Array.of(-1) })
  })

  test('reads unaligned floats', () => {
    const value = new Uint8Array(Float32Array.of(1.5, -2).buffer)
    for (let pad = 0; pad < 4; pad++) {
      const bytes = file(`${JSON.stringify({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } })}${' '.repeat(pad)}`, value)
      expect(decode(bytes, 'x').data).toEqual(Float32Array.of(1.5, -2))
    }
  })

  test('reads what PyTorch wrote', () => {
    // torch.manual_seed(0); BatchNorm1d(3) and Linear(2, 3) by safetensors.torch.save_file.
    const bytes = readFileSync(new URL('../data/safetensors/torch.safetensors', import.meta.url))
    expect([...decode(bytes, 'fc.weight').data.slice(0, 3)]).toEqual([-0.005293981172144413, 0.37932288646698, -0.5819807648658752])
    expect(decode(bytes, 'fc.weight').shape).toEqual([3, 2])
    expect(decode(bytes, 'bn.num_batches_tracked')).toEqual({ dtype: 'int64', shape: [], data: Int32Array.of(0) })
    expect(decode(bytes, 'half').data).toEqual(Float32Array.of(1.5, -0.25))
    expect(decode(bytes, 'empty')).toMatchObject({ shape: [0, 4] })
    expect(readSafetensors(bytes).metadata).toEqual({ format: 'pt' })
  })
})

describe('refusing', () => {
  const x = (offsets: number[], shape = [2]) => ({ dtype: 'F32', shape, data_offsets: offsets })
  test.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(3), '3 bytes are too few'],
    ['an HTML page', new TextEncoder().encode('<!doctype html><title>404</title>'), 'HTML page'],
    ['a file cut in its header', file({ x: x([0, 8]) }, Array(8)).subarray(0, 20), 'truncated'],
    ['a file cut in its data', file({ x: x([0, 8]) }, Array(7)), "tensor 'x' ends at byte 8"],
    ['bytes after the data', file({ x: x([0, 8]) }, Array(9)), 'describes 8 bytes'],
    ['a header that is not JSON', file('not json'), 'not JSON'],
    ['a length that does not fit the shape', file({ x: x([0, 4]) }, Array(4)), 'needs 8 bytes but its offsets give 4'],
    ['overlapping tensors', file({ x: x([0, 8]), y: x([4, 12]) }, Array(12)), "tensor 'y' overlaps"],
    ['a hole', file({ x: x([4, 12]) }, Array(12)), "4 bytes before tensor 'x'"],
    ['an unknown dtype', file({ x: { dtype: 'C64', shape: [1], data_offsets: [0, 8] } }, Array(8)), 'dtype C64'],
    ['negative sizes', file({ x: x([0, 8], [-2]) }, Array(8)), "tensor 'x' needs dtype"],
  ])('%s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'net.safetensors')).toThrow(SafetensorsError)
    expect(() => readSafetensors(bytes, 'net.safetensors')).toThrow(message)
  })

  test('64-bit integers that do not fit int64 storage', () => {
    const bytes = file({ n: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, new Uint8Array(BigInt64Array.of(2n ** 31n).buffer))
    expect(() => decode(bytes, 'n')).toThrow("tensor 'n': 2147483648 does not fit")
  })
})

describe('writing', () => {
  const tensors = [
    { name: 'b', dtype: 'float32', shape: [3], data: Float32Array.of(1, 2, 3) },
    { name: 'a', dtype: 'int64', shape: [2], data: Int32Array.of(-1, 7) },
    { name: 'm', dtype: 'bool', shape: [1, 1], data: Uint8Array.of(1) },
  ] as const

  test('and reading is the identity, and deterministic', () => {
    const { bytes } = writeSafetensors(tensors, { z: '1', a: '2' })
    expect(writeSafetensors(tensors, { a: '2', z: '1' }).bytes).toEqual(bytes)
    for (const { name, ...rest } of tensors) expect(decode(bytes, name)).toEqual(rest)
  })

  test('aligns weights as kernels read them, and stamps them with their content', () => {
    const weights = writeWeights(tensors)
    expect([...weights.offsets]).toEqual([
      ['b', 0],
      ['a', 64],
      ['m', 128],
    ])
    expect(weights.dataBytes).toBe(129)
    expect((weights.bytes.length - weights.dataBytes) % 64).toBe(0)
    const read = readSafetensors(weights.bytes)
    expect(read.metadata['tensorscript.hash']).toBe(weights.hash)
    expect(decodeEntry(read.tensors.get('a')!).data).toEqual(Int32Array.of(-1, 7))
    const changed = [{ ...tensors[0], data: Float32Array.of(1, 2, 4) }, ...tensors.slice(1)]
    expect(writeWeights(changed).hash).not.toBe(weights.hash)
    expect(writeWeights(tensors.map((t) => ({ ...t, name: `${t.name}2` }))).hash).not.toBe(weights.hash)
  })

  test('refuses a name twice and a shape that does not fit', () => {
    expect(() => writeSafetensors([tensors[0], tensors[0]])).toThrow("'b' is taken")
    expect(() => writeSafetensors([{ ...tensors[0], shape: [4] }])).toThrow('has 3 elements')
  })
})
