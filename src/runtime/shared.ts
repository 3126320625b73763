/** Tensors that several names hold: the program writes to them in place. */
import { Tensor } from './tensor.ts'

/** A tensor that nothing else shares. */
export const own = (value: Tensor): Tensor => new Tensor(value.dtype, value.shape, value.dataSync().slice())

/** Replaces the contents of `target`, which may be a view, by those of a tensor of the same dtype and shape. */
export function assign(target: Tensor, value: Tensor): void {
  const data = value.dataSync()
  const { storage, shape, strides, offset } = target
  if (target.isContiguous()) {
    storage.set(data, offset)
    return
  }
  let at = 0
  const write = (axis: number, to: number): void => {
    if (axis === shape.length) storage[to] = data[at++]!
    else for (let i = 0; i < shape[axis]!; i++) write(axis + 1, to + i * strides[axis]!)
  }
  write(0, offset)
}

/** Waits until the values of a tensor, or of those in an array, are at the host, and gives it back. */
export async function read<T>(value: T): Promise<T> {
  if (Array.isArray(value)) await Promise.all(value.map(read))
  else if (value instanceof Tensor) await value.data()
  return value
}
