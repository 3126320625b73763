/**
 * Tensors that several names hold (an argument, an element of an array): they keep one object of the run, and writes go to it.
 * `functionaliseMutation` places these: `js::own` makes the object, `js::assign_` replaces its contents, `js::reread` is what it
 * holds from then on.
 */
import { helper, none, type Pattern, precedence, type ScalarOp, type ScalarType, signature } from './scalarOp.ts'

const tensor: ScalarType = { kind: 'tensor', dtype: null, shape: null }
const isTensor: Pattern = (type) => type.kind === 'tensor'

export const sharedTensorOps: readonly ScalarOp[] = [
  { name: 'js::own', type: signature([isTensor], tensor), js: helper('own'), effect: 'write' },
  { name: 'js::assign_', type: signature([isTensor, isTensor], none), js: helper('assign'), effect: 'write' },
  {
    name: 'js::reread',
    type: signature([isTensor], tensor),
    js: { form: 'custom', precedence: precedence.postfix, print: ([object]) => object! },
    effect: 'read',
  },
]
