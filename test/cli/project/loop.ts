import { type int, type Tensor, torch } from 'tensorscript'

/** The loop-and-if program of TorchScript's documentation.
 * @script
 */
export function foo(len: int): Tensor {
  let rv = torch.zeros([3, 4])
  for (let i = 0; i < len; i++) {
    if (i < 10) {
      rv = rv.sub(1)
    } else {
      rv = rv.add(1)
    }
  }
  return rv
}
