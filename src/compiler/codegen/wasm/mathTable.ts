/** The math functions that a module needs, added when first asked for: `exp_f32`, `pow_f32`, `floordiv_i32`... */
import type { LoopUnary } from '../../kernels/loop.ts'
import { variable } from '../../kernels/loopCode.ts'
import { definitionOf } from '../../kernels/math.ts'
import { DoubleCode, type Emit } from './doubleCode.ts'
import { doubleMath } from './doubleMath.ts'
import { ExprEmitter } from './emitExpr.ts'
import type { Variant } from './emitKernel.ts'
import { FunctionBuilder, type ModuleBuilder } from './encoder.ts'
import { op } from './opcodes.ts'

export class MathTable {
  readonly #module: ModuleBuilder
  readonly #variant: Variant
  readonly #indices = new Map<string, number>()

  constructor(module: ModuleBuilder, variant: Variant) {
    this.#module = module
    this.#variant = variant
  }

  /** The index of a function. Throws where there is none: a kernel asked for an operation that its type does not have. */
  function(name: string): number {
    const known = this.#indices.get(name)
    if (known !== undefined) return known
    const definition = name.endsWith('_f32') ? definitionOf(name.slice(0, -4) as LoopUnary) : undefined
    const helper = doubleMath[name]
    if (!definition && !helper) throw new Error(`no function ${name}`)
    const f = new FunctionBuilder(helper ? { params: helper.params, results: [helper.result] } : { params: ['f32'], results: ['f32'] })
    const index = this.#module.addFunction(f)
    this.#indices.set(name, index)
    if (definition) {
      const emitter = new ExprEmitter(f, this, this.#variant)
      emitter.variables.set('argument', 0)
      emitter.inline(definition, variable('argument', 'f32'))
    } else if (helper) {
      const code = new DoubleCode(f, (other) => this.function(other))
      const params = helper.params.map((type, i): Emit => {
        const get: Emit = () => void f.get(i)
        return type === 'f32' ? code.let(() => void f.get(i).op(op.f64_promote_f32)) : get
      })
      helper.body(code, ...params)()
      if (helper.result === 'f32') f.op(op.f32_demote_f64)
    }
    return index
  }
}
