/**
 * Hangs every operator whose home is Tensor on the prototype of the runtime's Tensor class, and the members that are no operators:
 * indexing, sizes, iteration, and the error that names the method to write instead of an operator.
 */

import { eagerOps } from '../eager/execute.ts'
import { type IndexItem, planIndexing } from '../ops/indexing.ts'
import { OperatorError } from '../ops/operator.ts'
import { apiEntries } from '../ops/registry.ts'
import { Tensor, tensor } from '../runtime/tensor.ts'
import { callApi, isOptions } from './dispatch.ts'
import type { Index } from './indexTypes.ts'
import { Slice } from './slice.ts'

function indexItem(item: Index): IndexItem<Tensor> {
  if (item === null) return { kind: 'none' }
  if (item === '...') return { kind: 'ellipsis' }
  if (typeof item === 'number') return { kind: 'int', value: item }
  if (item instanceof Slice) return { kind: 'slice', start: item.start, end: item.stop, step: item.step }
  if (item instanceof Tensor)
    return { kind: 'tensor', value: item, consumes: item.dtype === 'bool' || item.dtype === 'uint8' ? item.ndim : 1 }
  if (Array.isArray(item)) return { kind: 'tensor', value: tensor(item, { dtype: 'int64' }), consumes: 1 }
  throw new OperatorError('S2103', `index: an index must be an int, slice(...), null, '...' or a tensor, not ${String(item)}`)
}

/** The view part of an indexing, and the index tensors that remain. */
function viewed(self: Tensor, items: readonly Index[]): { readonly view: Tensor; readonly tensors: readonly (Tensor | null)[] | null } {
  const { steps, tensors } = planIndexing(items.map(indexItem), self.ndim)
  const view = steps.reduce((x, step) => {
    switch (step.op) {
      case 'aten::select':
        return eagerOps.call(step.op, [x, step.dim, step.index])
      case 'aten::slice':
        return eagerOps.call(step.op, [x, step.dim, step.start, step.end, step.step])
      case 'aten::unsqueeze':
        return eagerOps.call(step.op, [x, step.dim])
      default:
        return step satisfies never
    }
  }, self)
  return { view, tensors }
}

function index(this: Tensor, items: readonly Index[]): Tensor {
  if (!Array.isArray(items)) throw new OperatorError('S2103', 'index: takes one array of indices: x.index([0, slice(1, 3)])')
  const { view, tensors } = viewed(this, items)
  return tensors ? eagerOps.call('aten::index', [view, tensors]) : view === this ? eagerOps.call('aten::alias', [view]) : view
}

function valuesFor(self: Tensor, value: Tensor | number | boolean): Tensor {
  return value instanceof Tensor ? value : eagerOps.call('aten::full', [[], value], { dtype: self.dtype })
}

function indexPutInPlace(
  this: Tensor,
  items: readonly Index[],
  value: Tensor | number | boolean,
  options: boolean | { readonly accumulate?: boolean } = {},
): Tensor {
  const accumulate = isOptions(options) ? (options.accumulate ?? false) : options === true
  const { view, tensors } = viewed(this, items)
  const values = valuesFor(this, value)
  if (tensors) eagerOps.call('aten::index_put_', [view, tensors, values, accumulate])
  else if (accumulate) eagerOps.call('aten::add_', [view, values])
  else eagerOps.call('aten::copy_', [view, values])
  return this
}

function indexPut(
  this: Tensor,
  items: readonly Index[],
  value: Tensor | number | boolean,
  options: boolean | { readonly accumulate?: boolean } = {},
): Tensor {
  return indexPutInPlace.call(eagerOps.call('aten::clone', [this]), items, value, options)
}

const operatorsOf: { readonly [hint: string]: string } = {
  default: 'x.add(y) for x + y, x.eq(y) for x == y',
  number: 'x.sub(y), x.mul(y), x.div(y), x.neg(), x.lt(y)... or x.item() for a number',
  string: 'x.toArray() or x.item()',
}

const members: { readonly [name: string]: PropertyDescriptor } = {
  index: { value: index },
  indexPut_: { value: indexPutInPlace },
  indexPut: { value: indexPut },
  at: {
    value(this: Tensor, position: number): Tensor {
      return eagerOps.call('aten::select', [this, 0, position])
    },
  },
  size: {
    value(this: Tensor, dim?: number): number | readonly number[] {
      if (dim === undefined) return this.shape
      const size = this.shape.at(dim)
      if (size === undefined) throw new OperatorError('S3004', `size: dim ${dim} is out of range for a tensor of ${this.ndim} dims`)
      return size
    },
  },
  T: {
    get(this: Tensor): Tensor {
      return eagerOps.call('aten::permute', [this, this.shape.map((_, i) => this.ndim - 1 - i)])
    },
  },
  mT: {
    get(this: Tensor): Tensor {
      return eagerOps.call('aten::mT', [this])
    },
  },
  length: {
    get(this: Tensor): number {
      const size = this.shape[0]
      if (size === undefined) throw new OperatorError('S3004', 'length: a 0-dim tensor has no length')
      return size
    },
  },
  toString: {
    value(this: Tensor): string {
      const head = `tensor(shape [${this.shape.join(', ')}], ${this.dtype}`
      return this.numel() > 100 ? `${head})` : `${head}, ${JSON.stringify(this.toArray())})`
    },
  },
}

/** Done once, when the library is imported. */
export function installMethods(): void {
  for (const entry of apiEntries) {
    if (entry.home !== 'Tensor' || entry.name in members || Object.hasOwn(Tensor.prototype, entry.name)) continue
    Object.defineProperty(Tensor.prototype, entry.name, {
      configurable: true,
      writable: true,
      value(this: Tensor, ...args: readonly unknown[]) {
        return callApi(entry, [this, ...args])
      },
    })
  }
  for (const [name, descriptor] of Object.entries(members))
    Object.defineProperty(Tensor.prototype, name, { configurable: true, ...descriptor })
  Object.defineProperty(Tensor.prototype, Symbol.iterator, {
    configurable: true,
    value: function* (this: Tensor): Generator<Tensor> {
      for (let i = 0; i < (this as unknown as { length: number }).length; i++) yield eagerOps.call('aten::select', [this, 0, i])
    },
  })
  Object.defineProperty(Tensor.prototype, Symbol.toPrimitive, {
    configurable: true,
    value(hint: string): never {
      throw new TypeError(
        `JavaScript operators do not work on tensors in code that is not compiled; write ${operatorsOf[hint] ?? operatorsOf.default}`,
      )
    },
  })
}
