/**
 * Runs in the worker: turns a live value into data. Tensors become dtype, shape and bytes; instances become their fields plus the site of
 * their class; an object met twice keeps its id, so that shared submodules and tied weights stay shared. What has no form as data throws
 * `NotData` with the reason; a field of that kind is left out, and the compiler says so if script code reads it.
 */
import type { Evaluated } from '../../compiler/program.ts'
import type { DType, TypedArray } from '../../ops/dtype.ts'

export class NotData extends Error {}

export interface Site {
  readonly file: string
  readonly name: string
}

interface LiveTensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  dataSync(): TypedArray
}

export interface ExtractContext {
  readonly isTensor: (value: object) => value is LiveTensor
  readonly isModule: (value: object) => boolean
  readonly sites: ReadonlyMap<unknown, Site>
  readonly ids: Map<object, number>
  /** One entry an object, so that tied weights are one `Evaluated`. */
  readonly done: Map<object, Evaluated>
  readonly roles: Map<object, 'parameter' | 'buffer'>
}

export function extractValue(value: unknown, context: ExtractContext, path = 'the value'): Evaluated {
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'string':
      return { kind: typeof value, value } as Evaluated
    case 'undefined':
      return { kind: 'null' }
    case 'bigint':
      if (Number.isSafeInteger(Number(value))) return { kind: 'number', value: Number(value) }
      throw new NotData(`${path} is a bigint beyond 2^53`)
    case 'symbol':
      throw new NotData(`${path} is a symbol`)
    default:
  }
  if (value === null) return { kind: 'null' }
  const known = context.done.get(value as object)
  if (known) return known
  const made = extractObject(value as object, context, path)
  context.done.set(value as object, made)
  return made
}

function extractObject(value: object, context: ExtractContext, path: string): Evaluated {
  if (context.isTensor(value)) {
    // A copy: storage may be shared by views, and is transferred away.
    return {
      kind: 'tensor',
      dtype: value.dtype,
      shape: [...value.shape],
      data: value.dataSync().slice(),
      role: context.roles.get(value) ?? 'plain',
    }
  }
  // Before functions: a module is callable, and its constant may be registered like a function.
  if (context.isModule(value)) return extractInstance(value, context, path)
  const site = context.sites.get(value)
  if (site) return { kind: 'function', file: site.file, name: site.name }
  if (typeof value === 'function') throw new NotData(`${path} is a function that is not declared at the top level of a file`)
  if (Array.isArray(value)) {
    return { kind: 'array', elements: value.map((element, i) => extractValue(element, context, `${path}[${i}]`)) }
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return { kind: 'array', elements: Array.from(value as Float32Array, (element) => extractValue(element, context, path)) }
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => {
      if (typeof key !== 'string' && typeof key !== 'number')
        throw new NotData(`${path} is a Map with keys that are neither strings nor numbers`)
      return [key, extractValue(item, context, `${path}.get(${JSON.stringify(key)})`)] as const
    })
    return { kind: 'map', entries }
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) {
    const fields = new Map<string, Evaluated>()
    for (const key of Object.keys(value)) fields.set(key, extractValue((value as Record<string, unknown>)[key], context, `${path}.${key}`))
    return { kind: 'record', fields }
  }
  if (context.sites.has(prototype?.constructor)) return extractInstance(value, context, path)
  throw new NotData(`${path} is a ${prototype?.constructor?.name || 'host object'}, which script code cannot hold`)
}

function extractInstance(value: object, context: ExtractContext, path: string): Evaluated {
  const type = (Object.getPrototypeOf(value) as { constructor: { name: string } }).constructor
  const site = context.sites.get(type)
  if (!site) throw new NotData(`${path} is an instance of ${type.name}, a class that is not declared at the top level of a file`)
  noteRoles(value, context)
  const id = context.ids.get(value) ?? context.ids.size
  context.ids.set(value, id)
  const fields = new Map<string, Evaluated>()
  // Entered before its fields: a cycle of instances must end.
  const made: Evaluated = { kind: 'module', classFile: site.file, className: site.name, id, fields }
  context.done.set(value, made)
  for (const key of Object.keys(value)) {
    try {
      fields.set(key, extractValue((value as Record<string, unknown>)[key], context, `${path}.${key}`))
    } catch (error) {
      if (!(error instanceof NotData)) throw error
    }
  }
  return made
}

/** Which tensors are parameters and which buffers, as the module itself says. */
function noteRoles(value: object, { roles }: ExtractContext): void {
  const { parameters, buffers } = value as { parameters?: unknown; buffers?: unknown }
  for (const [list, role] of [
    [parameters, 'parameter'],
    [buffers, 'buffer'],
  ] as const) {
    if (typeof list === 'function')
      for (const tensor of list.call(value) as Iterable<object>) if (!roles.has(tensor)) roles.set(tensor, role)
  }
}

/** The buffers of all tensors in `values`, to hand over without copying. */
export function transferables(values: readonly (readonly [string, Evaluated])[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const seen = new Set<Evaluated>()
  const visit = (value: Evaluated): void => {
    if (seen.has(value)) return
    seen.add(value)
    if (value.kind === 'tensor') buffers.add(value.data.buffer as ArrayBuffer)
    else if (value.kind === 'array') value.elements.forEach(visit)
    else if (value.kind === 'map') for (const [, item] of value.entries) visit(item)
    else if (value.kind === 'trace')
      for (const recording of [value.recording, ...value.methods.map(([, method]) => method)])
        for (const constant of recording.constants) visit(constant.value)
    else if (value.kind === 'record' || value.kind === 'module') for (const item of value.fields.values()) visit(item)
  }
  for (const [, value] of values) visit(value)
  return [...buffers]
}
