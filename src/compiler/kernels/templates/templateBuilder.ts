/** Collects the parameters of a template kernel while its body is written: buffers by operand, symbolic dims as scalars. */
import type { Dim, SymOp } from '../../../ops/dim.ts'
import { dimMul, isConst } from '../../../ops/dimMath.ts'
import { storageOf } from '../../../ops/dtype.ts'
import type { KernelArg, KernelCall, LoopBinary, LoopExpr, LoopParam, LoopStmt, Scalar } from '../loop.ts'
import { add, binary, compare, convert, forLoop, i32, load, mul, store, variable } from '../loopCode.ts'
import type { Access } from '../stage.ts'

const dimBinary: { readonly [O in SymOp]: LoopBinary } = {
  add: 'add',
  mul: 'mul',
  floordiv: 'floordiv',
  mod: 'floormod',
  max: 'max',
  min: 'min',
}

/** A dense operand: how its elements are read and written at a flat position. */
export interface Operand {
  readonly type: Scalar
  read(position: LoopExpr): LoopExpr
  write(position: LoopExpr, value: LoopExpr): LoopStmt
}

export class TemplateBuilder {
  private readonly params = new Map<string, { readonly param: LoopParam; readonly arg: KernelArg }>()

  operand(name: string, access: Access, mode: 'read' | 'write' | 'readwrite'): Operand {
    const element = storageOf[access.dtype]
    this.params.set(name, { param: { p: 'buffer', name, element, access: mode }, arg: { buffer: access.buffer, offset: access.offset } })
    const type = element === 'f32' ? 'f32' : 'i32'
    // A truth value is stored as 0 or 1, whatever arithmetic made it.
    const stored = (value: LoopExpr): LoopExpr => (access.dtype === 'bool' ? convert('i32', compare('ne', value, 0)) : value)
    return { type, read: (position) => load(type, name, position), write: (position, value) => store(name, position, stored(value)) }
  }

  dim(dim: Dim): LoopExpr {
    if (isConst(dim)) return i32(dim)
    if (dim.op !== 'var') return dim.args.map((arg) => this.dim(arg)).reduce((a, b) => binary(dimBinary[dim.op], a, b))
    const name = `dim_${dim.name.replaceAll(/\W/g, '_')}`
    this.params.set(name, { param: { p: 'scalar', name, type: 'i32' }, arg: { scalar: dim, type: 'i32' } })
    return variable(name, 'i32')
  }

  /** Every row of [outer, size, inner]: `body` gets the position of the row's first element as a function of the size, and the step between elements. */
  eachRow(access: Access, body: (first: (size: LoopExpr) => LoopExpr, step: LoopExpr) => readonly LoopStmt[]): LoopStmt {
    const [outer, , inner] = access.shape as [Dim, Dim, Dim]
    const step = this.dim(inner)
    const first = (size: LoopExpr): LoopExpr => add(mul(mul(variable('outer', 'i32'), size), step), variable('inner', 'i32'))
    return forLoop('outer', i32(0), this.dim(outer), 1, [forLoop('inner', i32(0), step, 1, body(first, step))])
  }

  call(name: string, body: readonly LoopStmt[], work: readonly Dim[]): KernelCall {
    const entries = [...this.params.values()]
    return {
      kernel: { name, params: entries.map(({ param }) => param), body },
      args: entries.map(({ arg }) => arg),
      flops: work.reduce<Dim>((product, dim) => dimMul(product, dim), 1),
    }
  }
}
