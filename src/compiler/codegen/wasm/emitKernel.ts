/**
 * Loop IR -> the body of one wasm function. Buffer parameters are absolute byte addresses.
 * Strength reduction: at the entry of a loop, every access of its body whose index has terms that the loop leaves alone, or that are linear in its
 * variable, gets a pointer that holds those terms and advances with the loop. Accesses that differ by a constant share the pointer; the
 * constant goes into the instruction. V8 does none of this for wasm.
 */
import type { Element, KernelFunction, LoopExpr, LoopStmt } from '../../kernels/loop.ts'
import { ExprEmitter, valueTypeOf } from './emitExpr.ts'
import { FunctionBuilder, type ValueType } from './encoder.ts'
import { type LinearForm, linearForm, type Term, visitLoopExpr } from './linearForm.ts'
import type { MathTable } from './mathTable.ts'
import { op, simd } from './opcodes.ts'
import { renameLocals } from './renameLocals.ts'

export type Variant = 'simd' | 'relaxed' | 'native'

type ForStmt = LoopStmt & { readonly t: 'for' }

/** Where an access stands inside of the current loops: `pointer + offset + rest`. */
interface AccessState {
  readonly pointer: number
  /** In bytes. */
  readonly offset: number
  /** The offset may go into the instruction, where it does not wrap: neither the pointer nor a term is ever negative. */
  readonly rising: boolean
  readonly rest: readonly Term[]
}

const elementShift: { readonly [E in Element]: number } = { f32: 2, i32: 2, u8: 0 }

export function emitKernel(kernel: KernelFunction, math: MathTable, variant: Variant): FunctionBuilder {
  const params = kernel.params.filter((param) => param.p !== 'shared')
  const types = params.map((param): ValueType => (param.p === 'scalar' ? param.type : 'i32'))
  return new KernelEmitter(kernel, new FunctionBuilder({ params: types, results: [] }), math, variant).emit()
}

class KernelEmitter extends ExprEmitter {
  readonly #kernel: KernelFunction
  readonly #buffers = new Map<string, { readonly local: number; readonly element: Element; readonly below: boolean }>()
  /** Immutable integers that index expressions see through. */
  readonly #definitions = new Map<string, LoopExpr>()
  /** Integers that are never negative. */
  readonly #natural = new Set<string>()
  #states = new Map<string, AccessState>()

  constructor(kernel: KernelFunction, f: FunctionBuilder, math: MathTable, variant: Variant) {
    super(f, math, variant)
    this.#kernel = kernel
    let position = 0
    for (const param of kernel.params) {
      if (param.p === 'shared') continue
      if (param.p === 'buffer') this.#buffers.set(param.name, { local: position, element: param.element, below: param.below === true })
      else {
        this.variables.set(param.name, position)
        if (param.natural) this.#natural.add(param.name)
      }
      position++
    }
  }

  emit(): FunctionBuilder {
    const body = renameLocals(
      this.#kernel.body,
      this.#kernel.params.map(({ name }) => name),
    )
    this.#findDefinitions(body)
    this.#findNatural(body)
    this.#block(body)
    return this.f
  }

  /** Integers whose value is arithmetic of immutable variables without loads. */
  #findDefinitions(body: readonly LoopStmt[]): void {
    const mutable = new Set<string>()
    const visit = (stmts: readonly LoopStmt[]): void => {
      for (const stmt of stmts) {
        if (stmt.t === 'local') mutable.add(stmt.name)
        if (stmt.t === 'let' && stmt.type === 'i32') {
          let plain = true
          visitLoopExpr(stmt.value, (e) => {
            if (
              e.l === 'load' ||
              (e.l === 'var' && (mutable.has(e.name) || e.type !== 'i32')) ||
              (e.l === 'binary' && !['add', 'sub', 'mul', 'shl'].includes(e.fn))
            )
              plain = false
            if (e.l !== 'var' && e.l !== 'const' && e.l !== 'binary') plain = false
          })
          if (plain) this.#definitions.set(stmt.name, stmt.value)
        }
        for (const inner of innerBlocks(stmt)) visit(inner)
      }
    }
    visit(body)
  }

  /** Before anything is emitted: pointers of an outer loop ask for the variables of inner ones. */
  #findNatural(stmts: readonly LoopStmt[]): void {
    for (const stmt of stmts) {
      if (stmt.t === 'for' && this.#isNatural(stmt.start)) this.#natural.add(stmt.name)
      if (stmt.t === 'let' && stmt.type === 'i32' && this.#isNatural(stmt.value)) this.#natural.add(stmt.name)
      for (const inner of innerBlocks(stmt)) this.#findNatural(inner)
    }
  }

  #block(stmts: readonly LoopStmt[]): void {
    for (const stmt of stmts) this.#stmt(stmt)
  }

  #stmt(stmt: LoopStmt): void {
    const { f } = this
    switch (stmt.t) {
      case 'let':
      case 'local': {
        this.expr(stmt.value)
        const local = f.local(valueTypeOf(stmt.type))
        this.variables.set(stmt.name, local)
        f.set(local)
        return
      }
      case 'assign':
        this.expr(stmt.value)
        f.set(this.localOf(stmt.name))
        return
      case 'store':
        this.#store(stmt)
        return
      case 'for':
        this.#for(stmt)
        return
      case 'if':
        this.expr(stmt.condition)
        f.if()
        this.#block(stmt.then)
        if (stmt.else.length > 0) {
          f.else()
          this.#block(stmt.else)
        }
        f.end()
        return
      case 'while':
        f.block().loop()
        this.expr(stmt.condition)
        f.op(op.i32_eqz).branchIf(1)
        this.depth++
        this.#block(stmt.body)
        this.depth--
        f.branch(0).end().end()
        return
      case 'barrier':
        return
      default:
        stmt satisfies never
        return
    }
  }

  #for(stmt: ForStmt): void {
    const { f } = this
    const { start, end, step, body } = stmt
    const known = start.l === 'const' && end.l === 'const' ? Math.ceil((end.value - start.value) / step) : null
    if (known !== null && known <= 0) return
    const counter = f.local('i32')
    this.variables.set(stmt.name, counter)
    this.expr(start)
    f.set(counter)
    if (known === 1) {
      this.#block(body)
      return
    }
    const emitEnd = this.#loopEnd(end)
    if (known === null) {
      f.block().get(counter)
      emitEnd()
      f.op(op.i32_ge_s).branchIf(0)
    }
    const outer = this.#states
    const advances = this.#enterLoop(stmt)
    f.loop()
    this.depth++
    this.#block(body)
    this.depth--
    for (const advance of advances) advance()
    f.get(counter).i32(step).op(op.i32_add).tee(counter)
    emitEnd()
    f.op(op.i32_lt_s).branchIf(0).end()
    if (known === null) f.end()
    this.#states = outer
  }

  /** Pushes the end of a loop: a constant, or a local computed once. */
  #loopEnd(end: LoopExpr): () => void {
    if (end.l === 'const') return () => this.f.i32(end.value)
    const local = this.f.local('i32')
    this.expr(end)
    this.f.set(local)
    return () => this.f.get(local)
  }

  /** Makes the pointers of a loop, its variable standing at the start; the result emits their advance at the end of an iteration. */
  #enterLoop(stmt: ForStmt): (() => void)[] {
    const varying = assignedNames(stmt)
    const inside = new Map(this.#states)
    const pointers = new Map<string, number>()
    const advances: (() => void)[] = []
    const hoist = (buffer: string, form: LinearForm): void => {
      const key = `${buffer}:${form.key}`
      const state = this.#stateOf(buffer, form)
      const invariant: Term[] = []
      const linear: Term[] = []
      const rest: Term[] = []
      for (const term of state.rest) {
        const own = term.atoms.filter((atom) => atom.key === stmt.name).length
        const fixed = term.atoms.every(
          (atom) => atom.key === stmt.name || (!atom.loads && [...atom.names].every((name) => !varying.has(name))),
        )
        if (fixed && own === 0) invariant.push(term)
        else if (fixed && own === 1) linear.push(term)
        else rest.push(term)
      }
      if (invariant.length + linear.length === 0) return
      const shift = elementShift[this.#bufferOf(buffer).element]
      const pointerKey = `${state.pointer}:${shift}:${invariant.map((t) => t.key).join('+')}:${linear.map((t) => t.key).join('+')}`
      let pointer = pointers.get(pointerKey)
      if (pointer === undefined) {
        pointer = this.f.local('i32')
        pointers.set(pointerKey, pointer)
        this.f.get(state.pointer)
        for (const term of [...invariant, ...linear]) this.#addTerm(term, shift)
        this.f.set(pointer)
        if (linear.length > 0) advances.push(this.#advance(pointer, stmt, linear, shift))
      }
      inside.set(key, { ...state, pointer, rest })
    }
    const seen = new Set<string>()
    const access = (buffer: string, index: LoopExpr): void => {
      const form = this.#form(index)
      const key = `${buffer}:${form.key}`
      if (seen.has(key)) return
      seen.add(key)
      hoist(buffer, form)
    }
    visitAccesses(stmt.body, access)
    this.#states = inside
    return advances
  }

  #advance(pointer: number, stmt: ForStmt, linear: readonly Term[], shift: number): () => void {
    const { f } = this
    const constant = linear.filter((term) => term.atoms.length === 1).reduce((sum, term) => sum + term.coefficient, 0) * stmt.step
    const symbolic = linear.filter((term) => term.atoms.length > 1)
    if (symbolic.length === 0)
      return () =>
        f
          .get(pointer)
          .i32(constant << shift)
          .op(op.i32_add)
          .set(pointer)
    const stride = f.local('i32')
    f.i32(constant << shift)
    for (const term of symbolic) {
      const own = term.atoms.findIndex((atom) => atom.key === stmt.name)
      this.#addTerm({ ...term, coefficient: term.coefficient * stmt.step, atoms: term.atoms.filter((_, i) => i !== own) }, shift)
    }
    f.set(stride)
    return () => f.get(pointer).get(stride).op(op.i32_add).set(pointer)
  }

  /** Adds `term << shift` to the i32 on the stack. */
  #addTerm(term: Term, shift: number): void {
    const { f } = this
    term.atoms.forEach((atom, i) => {
      this.expr(atom.expr)
      if (i > 0) f.op(op.i32_mul)
    })
    const factor = term.coefficient * 2 ** shift
    const power = Math.log2(Math.abs(factor))
    if (Number.isInteger(power)) {
      if (power > 0) f.i32(power).op(op.i32_shl)
    } else f.i32(Math.abs(factor)).op(op.i32_mul)
    f.op(factor < 0 ? op.i32_sub : op.i32_add)
  }

  #form(index: LoopExpr): LinearForm {
    return linearForm(index, (name) => this.#definitions.get(name))
  }

  #bufferOf(name: string): { readonly local: number; readonly element: Element; readonly below: boolean } {
    const buffer = this.#buffers.get(name)
    if (!buffer) throw new Error(`kernel ${this.#kernel.name}: no buffer ${name}`)
    return buffer
  }

  #stateOf(buffer: string, form: LinearForm): AccessState {
    const known = this.#states.get(`${buffer}:${form.key}`)
    if (known) return known
    const { local, element, below } = this.#bufferOf(buffer)
    const rising = !below && form.terms.every((term) => term.coefficient > 0 && term.atoms.every((atom) => this.#isNatural(atom.expr)))
    return { pointer: local, offset: form.constant << elementShift[element], rising, rest: form.terms }
  }

  #isNatural(expr: LoopExpr): boolean {
    if (expr.l === 'const') return expr.value >= 0
    if (expr.l === 'var') return this.#natural.has(expr.name)
    if (expr.l !== 'binary') return false
    const [a, b] = [this.#isNatural(expr.a), this.#isNatural(expr.b)]
    if (expr.fn === 'max') return a || b
    return a && b && ['add', 'mul', 'min', 'floordiv', 'div', 'floormod', 'rem', 'shl', 'shr'].includes(expr.fn)
  }

  /** Pushes the address but for the constant that it returns. */
  #address(buffer: string, index: LoopExpr): number {
    const form = this.#form(index)
    const state = this.#stateOf(buffer, form)
    const shift = elementShift[this.#bufferOf(buffer).element]
    this.f.get(state.pointer)
    for (const term of state.rest) this.#addTerm(term, shift)
    if (state.offset >= 0 && (state.rising || state.offset === 0)) return state.offset
    this.f.i32(state.offset).op(op.i32_add)
    return 0
  }

  protected override load(expr: LoopExpr & { readonly l: 'load' }): void {
    const { f } = this
    const { element } = this.#bufferOf(expr.buffer)
    const offset = this.#address(expr.buffer, expr.index)
    if (expr.type === 'f32') f.op(op.f32_load).memory(2, offset)
    else if (expr.type === 'i32') element === 'u8' ? f.op(op.i32_load8_u).memory(0, offset) : f.op(op.i32_load).memory(2, offset)
    else if (element === 'u8')
      f.simd(simd.v128_load32_zero).memory(0, offset).simd(simd.i16x8_extend_low_i8x16_u).simd(simd.i32x4_extend_low_i16x8_u)
    else f.simd(simd.v128_load).memory(2, offset)
  }

  protected override loadSplat(expr: LoopExpr & { readonly l: 'load' }): boolean {
    if (this.#bufferOf(expr.buffer).element === 'u8') return false
    const offset = this.#address(expr.buffer, expr.index)
    this.f.simd(simd.v128_load32_splat).memory(2, offset)
    return true
  }

  #store(stmt: LoopStmt & { readonly t: 'store' }): void {
    const { f } = this
    const { element } = this.#bufferOf(stmt.buffer)
    const { type } = stmt.value
    const offset = this.#address(stmt.buffer, stmt.index)
    this.expr(stmt.value)
    if (type === 'f32') f.op(op.f32_store).memory(2, offset)
    else if (type === 'i32' || type === 'mask')
      element === 'u8' ? f.op(op.i32_store8).memory(0, offset) : f.op(op.i32_store).memory(2, offset)
    else {
      if (type === 'maskx4') this.maskToInts()
      if (element !== 'u8') f.simd(simd.v128_store).memory(2, offset)
      else {
        // The low bytes of the four lanes, side by side.
        const value = f.local('v128')
        f.set(value).get(value).get(value).simd(simd.i8x16_shuffle)
        f.code.bytes([0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        f.simd(simd.v128_store32_lane).memory(0, offset).op(0)
      }
    }
  }
}

function innerBlocks(stmt: LoopStmt): readonly (readonly LoopStmt[])[] {
  if (stmt.t === 'for' || stmt.t === 'while') return [stmt.body]
  return stmt.t === 'if' ? [stmt.then, stmt.else] : []
}

/** Names whose value changes in the loop: its variable and whatever is defined or assigned in the body. */
function assignedNames(loop: ForStmt): ReadonlySet<string> {
  const names = new Set([loop.name])
  const visit = (stmts: readonly LoopStmt[]): void => {
    for (const stmt of stmts) {
      if (stmt.t === 'let' || stmt.t === 'local' || stmt.t === 'assign' || stmt.t === 'for') names.add(stmt.name)
      for (const inner of innerBlocks(stmt)) visit(inner)
    }
  }
  visit(loop.body)
  return names
}

function visitAccesses(stmts: readonly LoopStmt[], visit: (buffer: string, index: LoopExpr) => void): void {
  const loads = (expr: LoopExpr): void => visitLoopExpr(expr, (e) => e.l === 'load' && visit(e.buffer, e.index))
  for (const stmt of stmts) {
    switch (stmt.t) {
      case 'let':
      case 'local':
      case 'assign':
        loads(stmt.value)
        break
      case 'store':
        visit(stmt.buffer, stmt.index)
        loads(stmt.index)
        loads(stmt.value)
        break
      case 'for':
        loads(stmt.start)
        loads(stmt.end)
        break
      case 'if':
      case 'while':
        loads(stmt.condition)
        break
      case 'barrier':
        break
      default:
        stmt satisfies never
    }
    for (const inner of innerBlocks(stmt)) visitAccesses(inner, visit)
  }
}
