/**
 * The plugin, one implementation for every bundler (unplugin). It transforms modules before anything else sees them, takes diagnostics to
 * the bundler's own errors and warnings, and leaves to `address*.ts` how a bundler emits files and to `vite*.ts` what only Vite has.
 */
import { createUnplugin, type UnpluginFactory, type UnpluginInstance } from 'unplugin'
import type { Compile } from '../transform/compileScripts.ts'
import { markerPattern } from '../transform/find.ts'
import { addressing, type NativeContext } from './addressing.ts'
import { esbuildAssets } from './esbuildAssets.ts'
import { moduleHost } from './host.ts'
import { bundlerMessage, renderAll } from './messages.ts'
import { resolveOptions, type TensorScriptOptions } from './options.ts'
import { finishBundle, logReport } from './outputs.ts'
import { createSession, type Session } from './session.ts'
import { viteHooks } from './viteHooks.ts'

export type { Budget, FilterPattern, TensorScriptOptions } from './options.ts'

export const pluginName = 'tensorscript'

/** `compile` is replaced in tests of the plugin alone. */
export const createFactory =
  (compile?: Compile): UnpluginFactory<TensorScriptOptions | undefined, false> =>
  (userOptions, meta) => {
    const session = createSession(resolveOptions(userOptions), process.cwd(), compile)
    return pluginOf(session, meta.framework)
  }

/** `isWorker`: the instance that Vite uses for the bundles of workers; the main instance reports for it. */
export function pluginOf(
  session: Session,
  framework: string,
  isWorker = false,
): ReturnType<UnpluginFactory<TensorScriptOptions | undefined, false>> {
  const { options } = session
  const emitted = new Map<string, string>()
  const finish = finishBundle(session, emitted, isWorker)
  return {
    name: pluginName,
    enforce: 'pre',
    buildStart: () => emitted.clear(),
    transform: {
      filter: {
        id: { include: [...options.include], exclude: [...options.exclude, /^\0/] },
        code: markerPattern,
      },
      async handler(code, id) {
        const native = this as unknown as NativeContext
        // Parts of single-file components keep their query: it says what language they are.
        const file = /[?&]lang\.[jt]sx?\b/.test(id) ? id : id.replace(/[?#].*$/, '')
        const result = await session.transform(
          code,
          file,
          moduleHost(session, native, framework),
          addressing(session, native, framework, emitted, isWorker),
        )
        if (!result) return null
        if ('watchFiles' in result) {
          for (const watched of result.watchFiles) this.addWatchFile(watched)
          const errors = result.diagnostics.filter(({ severity }) => severity === 'error')
          const { root } = session.settings
          if (errors.length > 0) {
            const message = bundlerMessage(errors, file, code, root)
            // esbuild and webpack print the message only.
            const whole = ['vite', 'rollup', 'rolldown', 'unloader'].includes(framework)
            if (whole) this.error(message)
            else throw Object.assign(new Error(renderAll(errors, file, code, root)), { stack: '' })
          }
          for (const warning of result.diagnostics) this.warn(bundlerMessage([warning], file, code, root))
        }
        return result.code === null ? null : { code: result.code, map: result.map as never }
      },
    },
    vite: { ...(finish as object), ...(isWorker ? {} : viteHooks(session)) },
    rollup: finish,
    rolldown: finish as never,
    webpack: (compiler) => logReport(session, compiler),
    rspack: (compiler) => logReport(session, compiler),
    esbuild: { setup: (build) => esbuildAssets(session, build) },
  }
}

const unplugin: UnpluginInstance<TensorScriptOptions | undefined, false> = /*#__PURE__*/ createUnplugin(createFactory())
export default unplugin
