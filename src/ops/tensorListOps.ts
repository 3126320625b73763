/**
 * Lists whose length only the run knows: of tensors, joined to one tensor and made from one, and of numbers, made a tensor. Tensor operators of
 * these names take lists that the build knows; shape analysis puts these, which run between segments, in their place where it does not.
 */
import { anything, helper, isInt, isList, type Pattern, type ScalarOp, type ScalarType, signature } from './scalarOp.ts'

const tensor: ScalarType = { kind: 'tensor', dtype: null, shape: null }
const isTensor: Pattern = (type) => type.kind === 'tensor'
const isTensorList: Pattern = (type) => isList(type) && type.kind === 'list' && type.element.kind === 'tensor'
const tensors: ScalarType = { kind: 'list', element: tensor }

export const tensorListOps: readonly ScalarOp[] = [
  { name: 'js::cat', type: signature([isTensorList, isInt], tensor), js: helper('list_cat'), effect: 'read' },
  { name: 'js::stack', type: signature([isTensorList, isInt], tensor), js: helper('list_stack'), effect: 'read' },
  { name: 'js::tensor', type: signature([isList, anything, anything, anything], tensor), js: helper('list_tensor'), effect: 'read' },
  {
    name: 'js::tensor_rows',
    type: signature([isList, anything, anything, anything], tensor),
    js: helper('list_tensor_rows'),
    effect: 'read',
  },
  { name: 'js::unbind', type: signature([isTensor, isInt], tensors), js: helper('list_unbind'), effect: 'throw' },
  { name: 'js::split', type: signature([isTensor, isInt, isInt], tensors), js: helper('list_split'), effect: 'throw' },
  { name: 'js::chunk', type: signature([isTensor, isInt, isInt], tensors), js: helper('list_chunk'), effect: 'throw' },
]

/** The operator of this table that stands for a tensor operator; it takes the same arguments. */
export const listForms: { readonly [operator: string]: ScalarOp['name'] } = {
  'aten::cat': 'js::cat',
  'aten::stack': 'js::stack',
  'aten::tensor': 'js::tensor',
  'aten::unbind': 'js::unbind',
  'aten::split': 'js::split',
  'aten::chunk': 'js::chunk',
}
