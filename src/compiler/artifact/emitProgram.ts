/**
 * JavaScript of compiled programs. `emitProgram` gives the expression that stands for one in a module; its free names are `$r`, the
 * namespace of 'tensorscript/runtime', and what `address` printed. The expression is free of side effects, so that bundlers drop
 * programs nobody imports. `emitModule` puts programs into a module of their own, with a source map to the user's lines.
 */
import { addMapping, GenMapping, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping'
import { partsOf } from '../joinPrograms.ts'
import type { CompiledForGpu, CompiledProgram } from '../program.ts'
import { type ProgramFile, programFiles } from './programFiles.ts'
import { shareWeights } from './shareWeights.ts'

export interface EmitOptions {
  /** Programs whose code and weights together have at most this many bytes carry them in their JavaScript, and need no `ready`. */
  readonly inlineLimit: number
  /** A JavaScript expression, evaluated when the program loads, for the address of an emitted file. */
  address(file: ProgramFile): string
  /** A JavaScript expression for a name of the program's own module; by default that name. */
  readonly host?: (name: string) => string
  /** A JavaScript expression for a promise of the namespace of 'tensorscript/gpu'; by default an import of it. */
  readonly gpu?: string
}

export interface EmittedProgram {
  readonly code: string
  /** What must be emitted beside it. */
  readonly files: readonly ProgramFile[]
  /** Positions in `code` that stand for source positions, ascending. */
  readonly mappings: CompiledProgram['mappings']
}

export function emitProgram(program: CompiledProgram, options: EmitOptions): EmittedProgram {
  const files: ProgramFile[] = []
  const mappings: CompiledProgram['mappings'][number][] = []
  const { methods, state } = program
  let code = state === null ? '' : '/*#__PURE__*/ (($s) => $r.defineState('
  const add = (part: CompiledProgram): void => {
    const emitted = emitEntry(part, options)
    files.push(...emitted.files)
    mappings.push(...emitted.mappings.map((mapping) => ({ ...mapping, offset: mapping.offset + code.length })))
    code += emitted.code
  }
  if (methods) code += '/*#__PURE__*/ $r.defineModule('
  add(program)
  if (methods) {
    code += ', {'
    for (const method of methods) {
      code += `\n  ${method.name.slice(program.name.length + 1)}: `
      add(method)
      code += ','
    }
    code += '\n})'
  }
  if (state !== null) code += `, ${state.self === null ? '{}' : `$s.${state.self}`}))(${state.text})`
  return { code, files, mappings }
}

function emitEntry(program: CompiledProgram, options: EmitOptions): EmittedProgram {
  const all = programFiles(program)
  const runtimeFiles = all.filter((file) => file.role !== 'ir')
  const inline = runtimeFiles.reduce((sum, file) => sum + file.bytes.length, 0) <= options.inlineLimit
  const addressOf = (file: ProgramFile): string => (inline && file.role !== 'ir' ? JSON.stringify(dataUrl(file)) : options.address(file))
  // Written once, as it may be the code itself.
  const twice = all.find((file) => file.native)
  const assets = all.flatMap((file) => {
    if (file === twice) return [`${file.role}: $c`, 'native: $r.nativeCode($c)']
    return `${file.role}: ${file.role === 'native' ? `$r.nativeCode(${addressOf(file)})` : addressOf(file)}`
  })
  if (runtimeFiles.length > 0) {
    const sizes = (['simd', 'relaxed', 'weights', 'native'] as const).map(
      (role) => all.find((file) => file.role === role || (role === 'native' && file.native))?.bytes.length ?? 0,
    )
    assets.push(`sizes: [${sizes.join(', ')}]`)
  }
  const head = `/*#__PURE__*/ $r.defineProgram(${JSON.stringify(program.manifest)}, (${twice ? `$c = ${addressOf(twice)}` : ''}) => ({ ${assets.join(', ')} }), ($) => (`
  const [open, close] = program.hosts.length > 0 ? ['(($h) => ', `)(${hostText(program.hosts, options.host)})`] : ['', '']
  const { gpu } = program
  const asynchronous = gpu?.asynchronous ? `, ($) => (${open}${gpu.asynchronous}${close})` : ''
  return {
    code: `${head}${open}${program.javascript}${close})${gpu ? `, ${gpuText(gpu, options.gpu)}` : ''}${asynchronous})`,
    files: inline ? all.filter((file) => file.role === 'ir') : all,
    mappings: program.mappings.map((mapping) => ({ ...mapping, offset: mapping.offset + head.length + open.length })),
  }
}

/** Read when they are used: the program stands above the declarations of its module. */
const hostText = (names: readonly string[], host = (name: string): string => name): string =>
  `{ ${names.map((name) => `get ${name}() { return ${host(name)} }`).join(', ')} }`

/** The GPU's own runtime is a chunk of its own, loaded when a program is asked for on a device. */
const gpuText = ({ manifest, weightsHash, weightBytes }: CompiledForGpu, namespace = 'import("tensorscript/gpu")'): string =>
  `() => ${namespace}.then((gpu) => gpu.deviceLoader(${manifest}, ${JSON.stringify(weightsHash)}, ${weightBytes}))`

export interface ModuleOptions extends EmitOptions {
  /** The file name in the source map. */
  readonly file?: string
  /** Specifier of the runtime. */
  readonly runtime?: string
  /** How a source file is called in the source map, and its text. */
  readonly source?: (file: string) => { readonly name: string; readonly code: string | null }
}

export interface EmittedModule {
  readonly code: string
  /** A source map, version 3, as JSON text. */
  readonly map: string
  readonly files: readonly ProgramFile[]
}

/** A module that exports each program under its name; equal files of several programs are emitted once. */
export function emitModule(programs: readonly CompiledProgram[], options: ModuleOptions): EmittedModule {
  const map = new GenMapping({ file: options.file ?? null })
  const files = new Map<string, ProgramFile>()
  let code = `import * as $r from ${JSON.stringify(options.runtime ?? 'tensorscript/runtime')}\n`
  for (const program of shareWeights(programs)) {
    const hosts = partsOf(program).flatMap((part) => part.hosts)
    if (hosts.length > 0)
      throw new Error(
        `${program.name} calls ${hosts.join(', ')} of its own module, which a module apart does not have: build it with the plugin`,
      )
    const emitted = emitProgram(program, { ...options, address: (file) => options.address(files.get(fileKey(file)) ?? file) })
    for (const file of emitted.files) if (!files.has(fileKey(file))) files.set(fileKey(file), file)
    code += '\nexport '
    code += program.name === 'default' ? 'default ' : `const ${program.name} = `
    const start = code.length
    code += `${emitted.code}\n`
    addMappings(map, code, emitted.mappings, start, options)
  }
  return { code, map: JSON.stringify(toEncodedMap(map)), files: [...files.values()] }
}

/** Weights are named after the program that came first; the hash in the name says whether they are equal. */
const fileKey = (file: ProgramFile): string =>
  file.role === 'weights' || file.role === 'gpuWeights' ? file.name.slice(file.name.lastIndexOf('-')) : file.name

function addMappings(map: GenMapping, code: string, mappings: CompiledProgram['mappings'], start: number, options: ModuleOptions): void {
  let line = code.slice(0, start).split('\n').length
  let lineStart = code.lastIndexOf('\n', start - 1) + 1
  for (const mapping of mappings) {
    const offset = start + mapping.offset
    for (let next = code.indexOf('\n', lineStart); next !== -1 && next < offset; next = code.indexOf('\n', lineStart)) {
      line++
      lineStart = next + 1
    }
    const source = options.source?.(mapping.file) ?? { name: mapping.file, code: null }
    addMapping(map, {
      generated: { line, column: offset - lineStart },
      source: source.name,
      original: { line: mapping.line, column: mapping.column },
    })
    setSourceContent(map, source.name, source.code)
  }
}

function dataUrl(file: ProgramFile): string {
  const type = file.role === 'weights' ? 'application/octet-stream' : 'application/wasm'
  return `data:${type};base64,${Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length).toString('base64')}`
}
