/**
 * A template kernel while its body is written: operands that are dense, read and written at positions. Rows (`each`) are independent:
 * wasm loops over them, on the GPU each has a thread, and a part of the scratch buffer to itself.
 */
import type { Dim } from '../../../ops/dim.ts'
import { dimMul, dimProduct } from '../../../ops/dimMath.ts'
import { storageOf } from '../../../ops/dtype.ts'
import { eachPoint } from '../grid.ts'
import type { KernelCall, LoopExpr, LoopStmt, Scalar } from '../loop.ts'
import { add, binary, compare, convert, forLoop, i32, letStmt, mul, variable } from '../loopCode.ts'
import { KernelBuilder } from '../schedules/kernelBuilder.ts'
import type { Access } from '../stage.ts'

/** A dense operand: how its elements are read and written at a flat position. */
export interface Operand {
  readonly type: Scalar
  read(position: LoopExpr): LoopExpr
  write(position: LoopExpr, value: LoopExpr): LoopStmt
}

export class TemplateBuilder {
  /** Rows run as threads of a grid. */
  readonly parallel: boolean
  private grid: readonly [Dim, Dim, Dim] | undefined
  private readonly kernel = new KernelBuilder()

  constructor(parallel: boolean) {
    this.parallel = parallel
  }

  operand(access: Access): Operand {
    // Truth values are numbers here: stored as 0 or 1, whatever arithmetic made them.
    const isBool = access.dtype === 'bool'
    const bytes: Access = isBool ? { ...access, dtype: 'uint8' } : access
    const stored = (value: LoopExpr): LoopExpr => (isBool ? convert('i32', compare('ne', value, 0)) : value)
    return {
      type: storageOf[access.dtype] === 'f32' ? 'f32' : 'i32',
      read: (position) => this.kernel.load(bytes, position),
      write: (position, value) => this.kernel.store(bytes, position, stored(value)),
    }
  }

  dim(dim: Dim): LoopExpr {
    return this.kernel.dim(dim)
  }

  /** A buffer that each row needs for itself. */
  scratch(access: Access): Operand {
    const whole = this.operand(access)
    if (!this.parallel) return whole
    const own = (position: LoopExpr): LoopExpr => add(mul(variable('point', 'i32'), this.dim(dimProduct(access.shape))), position)
    return { ...whole, read: (position) => whole.read(own(position)), write: (position, value) => whole.write(own(position), value) }
  }

  /** Every row of [outer, size, inner]: `body` gets the position of the row's first element as a function of the size, and the step between elements. */
  eachRow(access: Access, body: (first: (size: LoopExpr) => LoopExpr, step: LoopExpr) => readonly LoopStmt[]): readonly LoopStmt[] {
    const [outer, , inner] = access.shape as [Dim, Dim, Dim]
    const step = this.dim(inner)
    const first = (size: LoopExpr): LoopExpr => add(mul(mul(variable('outer', 'i32'), size), step), variable('inner', 'i32'))
    return this.each(['outer', 'inner'], [outer, inner], body(first, step))
  }

  /** `body` for all values of the variables, one independent of the other. Once in a kernel. */
  each(names: readonly string[], extents: readonly Dim[], body: readonly LoopStmt[]): readonly LoopStmt[] {
    if (!this.parallel)
      return names.reduceRight<readonly LoopStmt[]>((nested, name, i) => [forLoop(name, i32(0), this.dim(extents[i]!), 1, nested)], body)
    const total = dimProduct(extents)
    let rest = variable('point', 'i32')
    const indices: LoopStmt[] = []
    for (let i = names.length - 1; i >= 0; i--) {
      const [name, extent] = [names[i]!, extents[i]!]
      // An axis without elements: nothing runs, and WGSL refuses to divide by a constant zero.
      if (extent === 0 || extent === 1) indices.push(letStmt(name, i32(0)))
      else if (extents.slice(0, i).every((outer) => outer === 1)) indices.push(letStmt(name, rest))
      else {
        indices.push(letStmt(name, binary('rem', rest, this.dim(extent))), letStmt(`${name}_rest`, binary('div', rest, this.dim(extent))))
        rest = variable(`${name}_rest`, 'i32')
      }
    }
    const made = eachPoint('point', total, this.dim(total), [...indices, ...body])
    this.grid = made.grid
    return made.body
  }

  call(name: string, body: readonly LoopStmt[], work: readonly Dim[]): KernelCall {
    const flops = work.reduce<Dim>((product, dim) => dimMul(product, dim), 1)
    return { ...this.kernel.finish(name, body, flops), ...(this.grid ? { grid: this.grid } : {}) }
  }
}
