/**
 * Reads safetensors files (https://huggingface.co/docs/safetensors): 8 bytes of header length, a JSON header, tensor data without holes.
 * Everything a damaged or foreign file can get wrong is refused with the tensor's name. Data is little-endian, as on every engine.
 * Shared by the eager library, the build and the command line; compiled programs do not carry it.
 */
import type { DType, TypedArray } from '../ops/dtype.ts'

/** One tensor as it lies in the file. */
export interface SafetensorsEntry {
  readonly name: string
  /** The format's own name: F32, I64, BOOL, BF16... */
  readonly storedDtype: string
  readonly shape: readonly number[]
  /** Bytes of the tensor: a view of the file. */
  readonly bytes: Uint8Array
}

export interface SafetensorsFile {
  /** By name, in the order of the data. */
  readonly tensors: ReadonlyMap<string, SafetensorsEntry>
  readonly metadata: Readonly<Record<string, string>>
}

/** A tensor in one of our dtypes. */
export interface TensorData {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: TypedArray
}

export class SafetensorsError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SafetensorsError'
  }
}

const itemBytes: Readonly<Record<string, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
}

/** The format's own limit. */
const maxHeaderBytes = 100_000_000

/**
 * Parses a whole file. `source` names it in errors.
 * @throws SafetensorsError when the file is truncated, too long, or its header does not describe its data.
 */
export function readSafetensors(file: ArrayBuffer | Uint8Array, source = 'safetensors data'): SafetensorsFile {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file)
  const header = parseHeader(bytes, source)
  const data = bytes.subarray(header.dataStart)
  const metadata: Record<string, string> = {}
  const entries: (SafetensorsEntry & { readonly begin: number; readonly end: number })[] = []
  for (const [name, value] of Object.entries(header.json)) {
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries(asRecord(value, source, name))) metadata[key] = String(text)
    } else {
      entries.push(parseEntry(name, asRecord(value, source, name), data, source))
    }
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let end = 0
  for (const entry of entries) {
    if (entry.begin < end)
      throw new SafetensorsError(`${source}: tensor '${entry.name}' overlaps the one before it (begins at ${entry.begin}, expected ${end})`)
    if (entry.begin > end)
      throw new SafetensorsError(`${source}: ${entry.begin - end} bytes before tensor '${entry.name}' belong to no tensor`)
    end = entry.end
  }
  if (data.length !== end) {
    throw new SafetensorsError(
      `${source}: the header describes ${end} bytes of tensor data but the file has ${data.length}: it is truncated or damaged`,
    )
  }
  return {
    metadata,
    tensors: new Map(entries.map(({ name, storedDtype, shape, bytes }) => [name, { name, storedDtype, shape, bytes }])),
  }
}

/** Our dtype for a stored one; half and double floats become float32, small integers int32. */
export function dtypeOfStored(stored: string): DType {
  switch (stored) {
    case 'F64':
    case 'F32':
    case 'F16':
    case 'BF16':
      return 'float32'
    case 'I64':
    case 'U64':
    case 'U32':
      return 'int64'
    case 'I32':
    case 'I16':
    case 'I8':
    case 'U16':
      return 'int32'
    case 'U8':
      return 'uint8'
    case 'BOOL':
      return 'bool'
  }
  throw new SafetensorsError(`dtype ${stored} is not supported`)
}

/**
 * The elements of an entry in our storage: a view of the file where type and alignment allow, else a copy.
 * @throws SafetensorsError when a 64-bit integer does not fit the 32-bit storage of int64.
 */
export function decodeEntry(entry: SafetensorsEntry): TensorData {
  const dtype = dtypeOfStored(entry.storedDtype)
  return { dtype, shape: entry.shape, data: decodeBytes(entry) }
}

function decodeBytes(entry: SafetensorsEntry): TypedArray {
  const { bytes, storedDtype } = entry
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = bytes.byteLength / (itemBytes[storedDtype] as number)
  switch (storedDtype) {
    case 'F32': {
      const [buffer, offset] = aligned(bytes)
      return new Float32Array(buffer, offset, count)
    }
    case 'I32': {
      const [buffer, offset] = aligned(bytes)
      return new Int32Array(buffer, offset, count)
    }
    case 'U8':
    case 'BOOL':
      return bytes
    case 'F64':
      return Float32Array.from({ length: count }, (_, i) => view.getFloat64(i * 8, true))
    case 'F16':
      return Float32Array.from({ length: count }, (_, i) => halfToNumber(view.getUint16(i * 2, true)))
    case 'BF16': {
      const bits = Uint32Array.from({ length: count }, (_, i) => view.getUint16(i * 2, true) << 16)
      return new Float32Array(bits.buffer)
    }
    case 'I16':
      return Int32Array.from({ length: count }, (_, i) => view.getInt16(i * 2, true))
    case 'U16':
      return Int32Array.from({ length: count }, (_, i) => view.getUint16(i * 2, true))
    case 'I8':
      return Int32Array.from({ length: count }, (_, i) => view.getInt8(i))
    case 'U32':
      return Int32Array.from({ length: count }, (_, i) => checkInt32(BigInt(view.getUint32(i * 4, true)), entry.name))
    case 'I64':
      return decodeInt64(view, count, entry.name)
    default:
      return Int32Array.from({ length: count }, (_, i) => checkInt32(view.getBigUint64(i * 8, true), entry.name))
  }
}

/** A value fits when the high word only repeats the sign of the low one. */
function decodeInt64(view: DataView, count: number, name: string): Int32Array {
  const result = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const low = view.getInt32(i * 8, true)
    if (view.getInt32(i * 8 + 4, true) !== low >> 31) checkInt32(view.getBigInt64(i * 8, true), name)
    result[i] = low
  }
  return result
}

function checkInt32(value: bigint, name: string): number {
  if (BigInt.asIntN(32, value) !== value) throw new SafetensorsError(`tensor '${name}': ${value} does not fit the 32-bit storage of int64`)
  return Number(value)
}

function aligned(bytes: Uint8Array): [ArrayBufferLike, number] {
  return bytes.byteOffset % 4 === 0 ? [bytes.buffer, bytes.byteOffset] : [bytes.slice().buffer, 0]
}

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function parseHeader(bytes: Uint8Array, source: string): { readonly json: Record<string, unknown>; readonly dataStart: number } {
  if (bytes.length < 8) throw new SafetensorsError(`${source}: ${bytes.length} bytes are too few for a safetensors file`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32
  // '<!do' and '<htm': a server answered with a page instead of the file.
  if (bytes[0] === 0x3c) throw new SafetensorsError(`${source}: this is an HTML page, not a safetensors file (is the address right?)`)
  if (length > maxHeaderBytes)
    throw new SafetensorsError(`${source}: this is not a safetensors file (its header would have ${length} bytes)`)
  if (8 + length > bytes.length)
    throw new SafetensorsError(`${source}: truncated: the header has ${length} bytes, the file ${bytes.length}`)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)))
  } catch (error) {
    throw new SafetensorsError(`${source}: this is not a safetensors file (its header is not JSON: ${(error as Error).message})`)
  }
  return { json: asRecord(json, source, 'header'), dataStart: 8 + length }
}

function parseEntry(name: string, entry: Record<string, unknown>, data: Uint8Array, source: string) {
  const { dtype, shape, data_offsets: offsets } = entry
  if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    throw new SafetensorsError(`${source}: tensor '${name}' needs dtype, shape and data_offsets`)
  }
  const size = itemBytes[dtype]
  if (size === undefined) throw new SafetensorsError(`${source}: tensor '${name}' has dtype ${dtype}, which is not supported`)
  const [begin, end] = offsets as [number, number]
  const expected = shape.reduce((product, dim) => product * dim, size)
  if (end - begin !== expected) {
    throw new SafetensorsError(
      `${source}: tensor '${name}' of ${dtype} [${shape.join(', ')}] needs ${expected} bytes but its offsets give ${end - begin}`,
    )
  }
  if (end > data.length) {
    throw new SafetensorsError(
      `${source}: tensor '${name}' ends at byte ${end} of the data but the file has only ${data.length}: it is truncated or damaged`,
    )
  }
  return { name, storedDtype: dtype, shape, bytes: data.subarray(begin, end), begin, end }
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}

function asRecord(value: unknown, source: string, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SafetensorsError(`${source}: '${name}' in the header is not an object`)
  return value as Record<string, unknown>
}
