/**
 * Writes safetensors files. Same tensors, same bytes: the header is printed in a fixed form, data follows in the order given.
 * With `align`, every tensor starts at a multiple of that many bytes within the data and the data within the file; as the format
 * allows no holes, the gaps are filled with small uint8 tensors named `__padding__.N`.
 */
import type { DType, TypedArray } from '../../ops/dtype.ts'

export interface NamedTensor {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: TypedArray
}

export interface WrittenSafetensors {
  readonly bytes: Uint8Array
  /** Where each tensor lies, in bytes from the start of the data (not of the file). */
  readonly offsets: ReadonlyMap<string, number>
  /** Where the data starts in the file, and its length. */
  readonly dataStart: number
  readonly dataBytes: number
}

const storedName: { readonly [D in DType]: string } = { float32: 'F32', int64: 'I64', int32: 'I32', uint8: 'U8', bool: 'BOOL' }

/**
 * `int64` tensors are written as the format's I64, 8 bytes an element, unless `int64As32` is set: then as I32, the storage that kernels
 * read in place (the weights of a compiled program).
 */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
  options: { readonly align?: number; readonly int64As32?: boolean } = {},
): WrittenSafetensors {
  const align = options.align ?? 1
  const header: Record<string, unknown> = {}
  if (Object.keys(metadata).length > 0)
    header.__metadata__ = Object.fromEntries(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)))
  const pieces: { readonly offset: number; readonly bytes: Uint8Array }[] = []
  const offsets = new Map<string, number>()
  let end = 0
  let paddings = 0
  for (const { name, dtype, shape, data } of tensors) {
    if (name === '__metadata__' || name in header) throw new Error(`safetensors: the name '${name}' is taken`)
    const count = shape.reduce((product, dim) => product * dim, 1)
    if (count !== data.length) throw new Error(`safetensors: tensor '${name}' of shape [${shape.join(', ')}] has ${data.length} elements`)
    const padding = (align - (end % align)) % align
    if (padding > 0) {
      header[`__padding__.${paddings++}`] = { dtype: 'U8', shape: [padding], data_offsets: [end, end + padding] }
      end += padding
    }
    const bytes = dtype === 'int64' && !options.int64As32 ? widen(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const stored = dtype === 'int64' && options.int64As32 ? 'I32' : storedName[dtype]
    header[name] = { dtype: stored, shape: [...shape], data_offsets: [end, end + bytes.length] }
    pieces.push({ offset: end, bytes })
    offsets.set(name, end)
    end += bytes.length
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  // The format asks for 8-byte alignment of the data; spaces at the end of the header are allowed for that.
  const dataAlign = Math.max(align, 8)
  const dataStart = Math.ceil((8 + text.length) / dataAlign) * dataAlign
  const file = new Uint8Array(dataStart + end)
  new DataView(file.buffer).setUint32(0, dataStart - 8, true)
  file.fill(0x20, 8, dataStart)
  file.set(text, 8)
  for (const { offset, bytes } of pieces) file.set(bytes, dataStart + offset)
  return { bytes: file, offsets, dataStart, dataBytes: end }
}

function widen(data: TypedArray): Uint8Array {
  return new Uint8Array(BigInt64Array.from(data as Int32Array, (value) => BigInt(value)).buffer)
}
