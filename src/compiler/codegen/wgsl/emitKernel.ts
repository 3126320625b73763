/**
 * Loop IR -> WGSL: one KernelFunction becomes one compute entry point with its own bindings.
 * Buffers are storage arrays in binding order (u8 elements are widened to u32 on the device), scalars follow as fields of one uniform struct,
 * each after the element offset of every buffer. `bind`ed loops become the grid: workgroup loops read workgroup_id, thread loops local_invocation_id
 * (their constant extent is the workgroup size).
 */
import type { Element, KernelFunction, LoopBinary, LoopExpr, LoopStmt, LoopType, LoopUnary } from '../../kernels/loop.ts'
import { variable } from '../../kernels/loopCode.ts'
import type { MathDefinition } from '../../kernels/math.ts'

export interface WgslKernel {
  readonly entry: string
  readonly text: string
  /** Names of prelude helpers the text calls. */
  readonly helpers: ReadonlySet<string>
}

const wgslType: { readonly [T in LoopType]: string } = {
  f32: 'f32',
  i32: 'i32',
  f32x4: 'vec4<f32>',
  i32x4: 'vec4<i32>',
  mask: 'bool',
  maskx4: 'vec4<bool>',
}
const storageType: { readonly [E in Element]: string } = { f32: 'f32', i32: 'i32', u8: 'u32' }

/** Functions that WGSL has under this name with results as good as ours. */
const builtinUnary: { readonly [F in LoopUnary]?: string } = {
  abs: 'abs',
  floor: 'floor',
  ceil: 'ceil',
  trunc: 'trunc',
  nearest: 'round',
  sqrt: 'sqrt',
  rsqrt: 'inverseSqrt',
}

/** Functions of the prelude. */
const helperUnary: { readonly [F in LoopUnary]?: string } = {
  exp: 'ts_exp',
  exp2: 'ts_exp2',
  log: 'ts_log',
  log2: 'ts_log2',
  sin: 'ts_sin',
  cos: 'ts_cos',
  tan: 'ts_tan',
  tanh: 'ts_tanh',
  sigmoid: 'ts_sigmoid',
  log1p: 'ts_log1p',
  expm1: 'ts_expm1',
  asin: 'ts_asin',
  acos: 'ts_acos',
  atan: 'ts_atan',
  sinh: 'ts_sinh',
  cosh: 'ts_cosh',
  acosh: 'ts_acosh',
  asinh: 'ts_asinh',
  atanh: 'ts_atanh',
  erf: 'ts_erf',
  erfc: 'ts_erfc',
  erfinv: 'ts_erfinv',
  lgamma: 'ts_lgamma',
  digamma: 'ts_digamma',
}

const operator: { readonly [F in LoopBinary]?: string } = { add: '+', sub: '-', mul: '*', div: '/', rem: '%', and: '&', or: '|', xor: '^' }
const comparison = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' } as const

/** Locals and scalars: a trailing underscore keeps them clear of WGSL's many reserved words. */
const local = (name: string): string => `${name}_`

const isVector = (type: LoopType): boolean => type.endsWith('x4')
const isFloat = (type: LoopType): boolean => type === 'f32' || type === 'f32x4'

export function emitKernel(kernel: KernelFunction, entry: string): WgslKernel {
  const emitter = new Emitter(kernel, entry)
  return { entry, text: emitter.emit(), helpers: emitter.helpers }
}

/** A definition of kernels/math.ts as a function of f32. NaN passes: what min and max make of it is up to the driver. */
export function emitMathFunction(name: string, definition: MathDefinition): Omit<WgslKernel, 'entry'> {
  const emitter = new Emitter({ name, params: [], body: [] }, name)
  return { text: emitter.mathFunction(definition), helpers: emitter.helpers }
}

class Emitter {
  readonly helpers = new Set<string>()
  readonly #kernel: KernelFunction
  readonly #entry: string
  readonly #elements = new Map<string, Element>()
  readonly #shared = new Set<string>()
  readonly #size = { x: 1, y: 1, z: 1 }

  constructor(kernel: KernelFunction, entry: string) {
    this.#kernel = kernel
    this.#entry = entry
  }

  emit(): string {
    const { params, body } = this.#kernel
    const bindings: string[] = []
    const fields: string[] = []
    const shared: string[] = []
    for (const param of params) {
      if (param.p === 'shared') {
        this.#shared.add(param.name)
        this.#elements.set(param.name, param.element)
        shared.push(`var<workgroup> ${this.#global(param.name)}: array<${storageType[param.element]}, ${param.length}>;`)
      } else if (param.p === 'buffer') {
        this.#elements.set(param.name, param.element)
        const access = param.access === 'read' ? 'read' : 'read_write'
        bindings.push(
          `@group(0) @binding(${bindings.length}) var<storage, ${access}> ${this.#global(param.name)}: array<${storageType[param.element]}>;`,
        )
        fields.push(`${this.#offset(param.name)}: i32`)
      } else {
        fields.push(`${local(param.name)}: ${wgslType[param.type]}`)
      }
    }
    bindings.push(`struct ${this.#entry}_params { ${fields.join(', ')} }`)
    bindings.push(`@group(0) @binding(${bindings.length - 1}) var<uniform> ${this.#global('p')}: ${this.#entry}_params;`)
    const scalars = params.flatMap((param) =>
      param.p === 'scalar' ? [`  let ${local(param.name)} = ${this.#global('p')}.${local(param.name)};`] : [],
    )
    const statements = body.map((stmt) => this.#stmt(stmt, '  '))
    const { x, y, z } = this.#size
    return [
      ...bindings,
      ...shared,
      `@compute @workgroup_size(${x}, ${y}, ${z})`,
      `fn ${this.#entry}(@builtin(workgroup_id) group_: vec3<u32>, @builtin(local_invocation_id) thread_: vec3<u32>) {`,
      // Named once, so that the automatic layout keeps every binding.
      ...params.flatMap((param) => (param.p === 'buffer' ? [`  _ = &${this.#global(param.name)};`] : [])),
      `  _ = ${this.#global('p')};`,
      ...scalars,
      ...statements,
      '}\n',
    ].join('\n')
  }

  mathFunction(definition: MathDefinition): string {
    const lines: string[] = []
    const result = definition(variable('x', 'f32'), (hint, value) => {
      const name = `${hint}${lines.length}`
      lines.push(`  let ${local(name)} = ${this.#expr(value)};`)
      return variable(name, value.type)
    })
    const given = this.#expr(result)
    const guard = `  if (${this.#use('ts_isnan')}(x_)) { return x_; }`
    return [`fn ${this.#entry}(x_: f32) -> f32 {`, guard, ...lines, `  return ${given};`, '}'].join('\n')
  }

  #global(name: string): string {
    return `${this.#entry}_${name}`
  }

  #offset(name: string): string {
    return `offset_${name}`
  }

  #use(helper: string): string {
    this.helpers.add(helper)
    return helper
  }

  #index(buffer: string, index: LoopExpr, lane = 0): string {
    const at = this.#expr(index)
    const moved = lane === 0 ? at : `${at} + ${lane}`
    return this.#shared.has(buffer)
      ? `${this.#global(buffer)}[${moved}]`
      : `${this.#global(buffer)}[${this.#global('p')}.${this.#offset(buffer)} + ${moved}]`
  }

  #stmt(stmt: LoopStmt, indent: string): string {
    const block = (body: readonly LoopStmt[]) => body.map((inner) => `${this.#stmt(inner, `${indent}  `)}\n`).join('')
    switch (stmt.t) {
      case 'let':
        return `${indent}let ${local(stmt.name)} = ${this.#expr(stmt.value)};`
      case 'local':
        return `${indent}var ${local(stmt.name)}: ${wgslType[stmt.type]} = ${this.#expr(stmt.value)};`
      case 'assign':
        return `${indent}${local(stmt.name)} = ${this.#expr(stmt.value)};`
      case 'store':
        return this.#store(stmt, indent)
      case 'if':
        return `${indent}if (${this.#expr(stmt.condition)}) {\n${block(stmt.then)}${indent}}${stmt.else.length > 0 ? ` else {\n${block(stmt.else)}${indent}}` : ''}`
      case 'while':
        return `${indent}while (${this.#expr(stmt.condition)}) {\n${block(stmt.body)}${indent}}`
      case 'barrier':
        return `${indent}workgroupBarrier();`
      case 'for':
        return stmt.bind
          ? this.#bound(stmt, indent, block)
          : `${indent}for (var ${local(stmt.name)} = ${this.#expr(stmt.start)}; ${local(stmt.name)} < ${this.#expr(stmt.end)}; ${local(stmt.name)} += ${stmt.step}) {\n${block(stmt.body)}${indent}}`
      default:
        return stmt satisfies never
    }
  }

  /** A grid loop: its variable comes from a builtin. Thread loops have a constant extent; workgroup loops are dispatched to fit. */
  #bound(stmt: LoopStmt & { t: 'for' }, indent: string, block: (body: readonly LoopStmt[]) => string): string {
    const [level, axis] = stmt.bind!.split('.') as ['workgroup' | 'thread', 'x' | 'y' | 'z']
    if (level === 'thread') {
      if (stmt.start.l !== 'const' || stmt.end.l !== 'const')
        throw new Error(`thread loop ${stmt.name} of ${this.#kernel.name} needs constant bounds`)
      this.#size[axis] = Math.max(this.#size[axis], Math.ceil((stmt.end.value - stmt.start.value) / stmt.step))
    }
    const id = level === 'thread' ? `thread_.${axis}` : `group_.${axis}`
    const value = `${this.#expr(stmt.start)} + i32(${id}) * ${stmt.step}`
    return `${indent}{\n${indent}  let ${local(stmt.name)} = ${value};\n${block(stmt.body)}${indent}}`
  }

  #store(stmt: LoopStmt & { t: 'store' }, indent: string): string {
    const element = this.#elements.get(stmt.buffer)!
    const cast = (value: string) => (element === 'u8' ? `u32(${value}) & 255u` : value)
    if (!isVector(stmt.value.type)) return `${indent}${this.#index(stmt.buffer, stmt.index)} = ${cast(this.#stored(stmt.value))};`
    const lanes = [0, 1, 2, 3].map((lane) => `${indent}  ${this.#index(stmt.buffer, stmt.index, lane)} = ${cast(`stored[${lane}]`)};`)
    return `${indent}{\n${indent}  let stored = ${this.#expr(stmt.value)};\n${lanes.join('\n')}\n${indent}}`
  }

  #stored(value: LoopExpr): string {
    return value.type === 'mask' ? `select(0, 1, ${this.#expr(value)})` : this.#expr(value)
  }

  #expr(expr: LoopExpr): string {
    switch (expr.l) {
      case 'const':
        return this.#constant(expr.type, expr.value)
      case 'var':
        return local(expr.name)
      case 'load':
        return this.#load(expr)
      case 'splat':
        return `${wgslType[expr.type]}(${this.#expr(expr.a)})`
      case 'unary':
        return this.#unary(expr.fn, expr.type, expr.a)
      case 'binary':
        return this.#binary(expr.fn, expr.type, expr.a, expr.b)
      case 'compare':
        return `(${this.#expr(expr.a)} ${comparison[expr.fn]} ${this.#expr(expr.b)})`
      case 'select':
        return `select(${this.#expr(expr.b)}, ${this.#expr(expr.a)}, ${this.#expr(expr.condition)})`
      case 'fma':
        return `fma(${this.#expr(expr.a)}, ${this.#expr(expr.b)}, ${this.#expr(expr.c)})`
      case 'convert':
        return this.#convert(expr.type, expr.a)
      case 'lane':
        return `${this.#expr(expr.a)}[${expr.lane}]`
      case 'shuffle':
        return `${wgslType[expr.type]}(${expr.lanes.map((lane) => `${this.#expr(lane < 4 ? expr.a : expr.b)}[${lane & 3}]`).join(', ')})`
      case 'vector':
        return `${wgslType[expr.type]}(${expr.lanes.map((lane) => this.#expr(lane)).join(', ')})`
      case 'bitcast':
        return `bitcast<${wgslType[expr.type]}>(${this.#expr(expr.a)})`
      default:
        return expr satisfies never
    }
  }

  #constant(type: 'f32' | 'i32', value: number): string {
    if (type === 'i32') return value === -2147483648 ? 'i32(-2147483647 - 1)' : value < 0 ? `i32(${value})` : `${value}i`
    if (Number.isNaN(value)) return `${this.#use('ts_nan')}()`
    if (!Number.isFinite(value)) return value > 0 ? `${this.#use('ts_inf')}()` : `(-${this.#use('ts_inf')}())`
    return value < 0 || Object.is(value, -0)
      ? `(${Object.is(value, -0) ? '-0.0' : Math.fround(value)}f)`.replace('-0.0f', '-0.0')
      : `${Math.fround(value)}f`
  }

  #load(expr: LoopExpr & { l: 'load' }): string {
    const element = this.#elements.get(expr.buffer)!
    const one = (lane: number) => {
      const text = this.#index(expr.buffer, expr.index, lane)
      return element === 'u8' ? `i32(${text})` : text
    }
    return isVector(expr.type) ? `${wgslType[expr.type]}(${[0, 1, 2, 3].map(one).join(', ')})` : one(0)
  }

  /** Applies a scalar helper to each lane. */
  #lanes(type: LoopType, name: string, operands: readonly LoopExpr[]): string {
    const texts = operands.map((operand) => this.#expr(operand))
    if (!isVector(type)) return `${name}(${texts.join(', ')})`
    return `${wgslType[type]}(${[0, 1, 2, 3].map((lane) => `${name}(${texts.map((text) => `${text}[${lane}]`).join(', ')})`).join(', ')})`
  }

  #unary(fn: LoopUnary, type: LoopType, a: LoopExpr): string {
    if (fn === 'neg') return `(-${this.#expr(a)})`
    if (fn === 'not') return `(!${this.#expr(a)})`
    if (fn === 'bitnot') return `(~${this.#expr(a)})`
    if (fn === 'log10') return `(${this.#unary('log2', type, a)} * ${wgslType[type]}(0.30102999566f))`
    const builtin = builtinUnary[fn]
    if (builtin) return `${builtin}(${this.#expr(a)})`
    const helper = helperUnary[fn]
    if (helper) return this.#lanes(type, this.#use(helper), [a])
    throw new Error(`${fn} has no WGSL form (kernel ${this.#kernel.name})`)
  }

  #binary(fn: LoopBinary, type: LoopType, a: LoopExpr, b: LoopExpr): string {
    if (type === 'mask' || type === 'maskx4') {
      const symbol = fn === 'and' || fn === 'min' || fn === 'mul' ? '&' : fn === 'or' || fn === 'max' || fn === 'add' ? '|' : '!='
      return `(${this.#expr(a)} ${symbol} ${this.#expr(b)})`
    }
    const symbol = operator[fn]
    if (symbol) return `(${this.#expr(a)} ${symbol} ${this.#expr(b)})`
    const float = isFloat(type)
    switch (fn) {
      case 'shl':
      case 'shr': {
        const amount = isVector(type) ? 'vec4<u32>' : 'u32'
        return `(${this.#expr(a)} ${fn === 'shl' ? '<<' : '>>'} ${amount}(${this.#expr(b)}))`
      }
      case 'min':
      case 'max':
        return float ? this.#lanes(type, this.#use(`ts_${fn}`), [a, b]) : `${fn}(${this.#expr(a)}, ${this.#expr(b)})`
      case 'pmin':
      case 'pmax':
        return `${fn.slice(1)}(${this.#expr(a)}, ${this.#expr(b)})`
      case 'pow':
        return this.#lanes(type, this.#use(float ? 'ts_pow' : 'ts_powi'), [a, b])
      case 'fmod':
        return float ? this.#lanes(type, this.#use('ts_fmod'), [a, b]) : `(${this.#expr(a)} % ${this.#expr(b)})`
      case 'floordiv':
        return float ? `floor(${this.#expr(a)} / ${this.#expr(b)})` : this.#lanes(type, this.#use('ts_floordiv'), [a, b])
      case 'floormod':
        if (!float) return this.#lanes(type, this.#use('ts_floormod'), [a, b])
        return `(${this.#expr(a)} - floor(${this.#expr(a)} / ${this.#expr(b)}) * ${this.#expr(b)})`
      case 'atan2':
        return this.#lanes(type, this.#use('ts_atan2'), [a, b])
      default:
        throw new Error(`${fn} has no WGSL form (kernel ${this.#kernel.name})`)
    }
  }

  #convert(type: LoopType, a: LoopExpr): string {
    const from = a.type
    const text = this.#expr(a)
    const vector = isVector(type)
    if (type === 'mask' || type === 'maskx4') return from === 'mask' || from === 'maskx4' ? text : `(${text} != ${wgslType[from]}(0))`
    if (from === 'mask' || from === 'maskx4') {
      const zero = isFloat(type) ? '0.0f' : '0i'
      const one = isFloat(type) ? '1.0f' : '1i'
      return vector ? `select(${wgslType[type]}(${zero}), ${wgslType[type]}(${one}), ${text})` : `select(${zero}, ${one}, ${text})`
    }
    return `${wgslType[type]}(${text})`
  }
}
