/**
 * Bundles the user's modules for evaluation: their wanted names, exported or not, become thunks of one entry. Settings arrive as data
 * (aliases, conditions, defines), never as plugin objects. Every module keeps its own `import.meta.url`, classes and functions register
 * where they were defined, style sheets and images become their addresses. Packages stay outside unless they are written for this library.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ClassDeclaration } from '@babel/types'
import MagicString from 'magic-string'
import { type Plugin, rolldown } from 'rolldown'
import { analyzeModule, initializerOf, isPackage, type ModuleAnalysis, unwrap } from '../analyze.ts'
import { findScripts, isScriptIfTracing, isScriptReference, isTrace, packageDecorators } from '../find.ts'
import { parseSource } from '../parse.ts'
import { inputsSuffix, optionsKey, scriptedKey, siteKey, valuesExport } from './protocol.ts'

export interface Alias {
  readonly find: string | RegExp
  readonly replacement: string
}

export interface BundleSettings {
  readonly root: string
  readonly alias: readonly Alias[]
  readonly conditions: readonly string[]
  readonly define: Readonly<Record<string, string>>
}

export interface EvaluationBundle {
  readonly code: string
  readonly map: string
  /** Every file that went in. */
  readonly files: readonly string[]
}

const entryId = '\0tensorscript:evaluate'
const wantedPrefix = '$tensorscript_'
const assetPattern =
  /\.(?:css|less|s[ac]ss|styl(?:us)?|svg|png|jpe?g|gif|webp|avif|ico|wasm|woff2?|ttf|otf|mp[34]|webm|ogg|wav|html|vue|svelte|safetensors)$/
const scriptPattern = /\.[cm]?[jt]sx?$/

export async function bundleModules(
  names: ReadonlyMap<string, readonly string[]>,
  overrides: ReadonlyMap<string, string>,
  library: string,
  settings: BundleSettings,
): Promise<EvaluationBundle> {
  const files = new Set<string>()
  const bundle = await rolldown({
    input: entryId,
    cwd: settings.root,
    platform: 'node',
    // Paths and class-field semantics of the user's project.
    tsconfig: true,
    logLevel: 'silent',
    resolve: {
      conditionNames: ['import', ...settings.conditions, 'node', 'module', 'default'],
      extensionAlias: { '.js': ['.ts', '.tsx', '.js'], '.mjs': ['.mts', '.mjs'] },
    },
    transform: { define: { ...settings.define } },
    plugins: [entryPlugin(names), resolvePlugin(library, settings), sourcePlugin(names, overrides, files)],
  })
  try {
    const { output } = await bundle.generate({ format: 'esm', sourcemap: true, codeSplitting: false, minify: false })
    const [chunk] = output
    return { code: chunk.code, map: chunk.map ? chunk.map.toString() : '{}', files: [...files].sort() }
  } finally {
    await bundle.close()
  }
}

function entryPlugin(names: ReadonlyMap<string, readonly string[]>): Plugin {
  return {
    name: 'tensorscript:entry',
    resolveId: (id) => (id === entryId ? id : null),
    load(id) {
      if (id !== entryId) return null
      const imports: string[] = []
      const thunks: string[] = []
      for (const [file, wanted] of names) {
        const namespace = `m${imports.length}`
        imports.push(`import * as ${namespace} from ${JSON.stringify(file)}`)
        for (const name of wanted) {
          const key = `${file}#${name}`
          const value = name.endsWith(inputsSuffix)
            ? `globalThis[Symbol.for(${JSON.stringify(optionsKey)})].get(${JSON.stringify(key.slice(0, -inputsSuffix.length))}).inputs`
            : `${namespace}.${wantedExport(name)}`
          thunks.push(`  ${JSON.stringify(key)}: () => ${value},`)
        }
      }
      return `${imports.join('\n')}\nexport const ${valuesExport} = {\n${thunks.join('\n')}\n}\n`
    },
  }
}

const wantedExport = (name: string): string => (name === '*default*' ? 'default' : `${wantedPrefix}${name}`)

function resolvePlugin(library: string, { alias }: BundleSettings): Plugin {
  return {
    name: 'tensorscript:resolve',
    async resolveId(id, importer) {
      if (id === entryId || id.startsWith('\0')) return null
      if (isPackage(id)) return { id: library, external: true }
      const aliased = applyAlias(id, alias)
      const resolved = await this.resolve(aliased, importer === entryId ? undefined : importer, { skipSelf: true })
      if (!resolved) {
        // Generated modules of other plugins: run only if evaluation really uses them.
        if (/^virtual:|^~|\?/.test(aliased)) return { id: `\0tensorscript:missing:${aliased}`, moduleSideEffects: false }
        return null
      }
      if (
        resolved.external ||
        !resolved.id.includes('/node_modules/') ||
        importer?.includes('/node_modules/') ||
        !scriptPattern.test(resolved.id)
      )
        return resolved
      return usesLibrary(resolved.id) ? resolved : { id: pathToFileURL(resolved.id).href, external: true }
    },
    load(id) {
      if (id.startsWith('\0tensorscript:missing:'))
        return `throw new Error(${JSON.stringify(`${id.slice(22)} is made by another plugin and is not there when modules are evaluated`)})\nexport default null`
      return null
    },
  }
}

export function applyAlias(id: string, alias: readonly Alias[]): string {
  for (const { find, replacement } of alias) {
    if (typeof find === 'string' ? id === find || id.startsWith(find.endsWith('/') ? find : `${find}/`) : find.test(id))
      return id.replace(find, replacement)
  }
  return id
}

/** Is the package this file belongs to written for the library? Then its classes are compiled from source, so they must be in the bundle. */
function usesLibrary(file: string): boolean {
  let folder = dirname(file)
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return 'tensorscript' in { ...manifest.dependencies, ...manifest.peerDependencies }
  } catch {
    return false
  }
}

function sourcePlugin(names: ReadonlyMap<string, readonly string[]>, overrides: ReadonlyMap<string, string>, files: Set<string>): Plugin {
  return {
    name: 'tensorscript:source',
    load(id) {
      if (id.startsWith('\0')) return null
      const [path, query] = id.split('?') as [string, string | undefined]
      files.add(path)
      if (query === 'raw') return `export default ${JSON.stringify(readFileSync(path, 'utf8'))}`
      if (query !== undefined || assetPattern.test(path))
        return { code: `export default ${JSON.stringify(pathToFileURL(path).href)}`, moduleType: 'js' }
      return overrides.get(path) ?? null
    },
    transform(code, id) {
      if (id.startsWith('\0') || !scriptPattern.test(id)) return null
      const wanted = names.get(id) ?? []
      const usesMeta = code.includes('import.meta')
      const declares = /\b(?:class|function)\b|=>/.test(code) && !id.includes('/node_modules/.') // generated caches declare nothing of the user's
      if (wanted.length === 0 && !usesMeta && !declares) return null
      const text = new MagicString(code)
      if (usesMeta) keepMeta(text, code, id)
      const module = analyzeModule(id, parseSource(id, code))
      for (const { name, options } of wanted.some((item) => item.endsWith(inputsSuffix)) ? findScripts(module).entries : []) {
        if (!options) continue
        // Seen by the worker under the name of the constant, before the library sees them.
        text.appendRight(
          options.start!,
          `((o) => (globalThis[Symbol.for(${JSON.stringify(optionsKey)})].set(${JSON.stringify(`${id}#${name}`)}, o), o))(`,
        )
        text.appendLeft(options.end!, ')')
      }
      for (const { kind, node } of module.items) {
        // Node has no decorators; those of the package only mark.
        if (kind === 'class') for (const { start, end } of packageDecorators(module, node as ClassDeclaration)) text.remove(start!, end!)
      }
      wrapScripts(text, module)
      const extra = [...sites(module), ...exportsOf(module, wanted)]
      if (extra.length > 0) text.append(`\n;${extra.join('\n')}\n`)
      return { code: text.toString(), map: text.generateMap({ hires: true, source: id, includeContent: true }) }
    },
  }
}

/** `import.meta.url` and its relatives keep naming the source file. Only code positions matter; a string that contains the words is rare and harmless. */
function keepMeta(text: MagicString, code: string, file: string): void {
  const values: Record<string, string> = { url: pathToFileURL(file).href, filename: file, dirname: dirname(file) }
  for (const match of code.matchAll(/\bimport\.meta\.(url|filename|dirname)\b/g)) {
    text.update(match.index, match.index + match[0].length, JSON.stringify(values[match[1]!]))
  }
}

/** Script functions as a trace sees them: one call, under the name they have here. */
function wrapScripts(text: MagicString, module: ModuleAnalysis): void {
  const wrapper = `globalThis[Symbol.for(${JSON.stringify(scriptedKey)})]`
  const entries = findScripts(module).entries.filter(
    ({ spelling, kind }) => kind === 'function' || (kind === 'call' && spelling === 'call'),
  )
  const functions = new Map(entries.map(({ name, item }) => [name, item]))
  for (const item of module.items) {
    const value = initializerOf(item)
    const inner = value && value.type !== 'FunctionDeclaration' && value.type !== 'ClassDeclaration' ? unwrap(value) : value
    if (inner?.type === 'CallExpression' && isScriptIfTracing(module, inner.callee)) functions.set(item.names[0]!, item)
  }
  for (const [name, item] of functions) {
    const value = initializerOf(item)
    const place = `${JSON.stringify(module.file)}, ${JSON.stringify(name)}`
    const isTraced = value?.type === 'CallExpression' && isTrace(module, value.callee)
    if (!value || name === '*default*' || isTraced) continue
    if (value.type === 'FunctionDeclaration') text.append(`\n;${name} = ${wrapper}(${name}, ${place});`)
    else text.prependLeft(value.start!, `${wrapper}(`).appendRight(value.end!, `, ${place})`)
  }
}

function* sites(module: ModuleAnalysis): Generator<string> {
  const { file, items } = module
  for (const { kind, names, node } of items) {
    if (kind !== 'class' && kind !== 'function' && kind !== 'variable') continue
    if ((node as { declare?: boolean }).declare || (node as { body?: unknown }).body === null) continue
    const value = node.type === 'VariableDeclarator' ? node.init : node
    const isScript =
      value?.type === 'CallExpression' && (isScriptReference(module, value.callee) || isScriptIfTracing(module, value.callee))
    if (!value || !(isScript || /Function|Class/.test(value.type))) continue
    for (const name of names)
      if (name !== '*default*')
        yield `globalThis[Symbol.for(${JSON.stringify(siteKey)})]?.(${name}, ${JSON.stringify(file)}, ${JSON.stringify(name)});`
  }
}

function* exportsOf({ bindings }: ModuleAnalysis, wanted: readonly string[]): Generator<string> {
  for (const name of wanted) if (name !== '*default*' && bindings.has(name)) yield `export { ${name} as ${wantedExport(name)} };`
}
