/** Numbers, lists and optionals of emitted code: Python's results where the language has them, an error where it traps. */
import { describe, expect, test } from 'vitest'
import * as $r from '../../src/runtime/index.ts'

test.each([
  // a, b, and a // b, a % b as Python prints them
  [7, 2, 3, 1],
  [-7, 2, -4, 1],
  [7, -2, -4, -1],
  [-7, -2, 3, -1],
  [6, -3, -2, 0],
  [7.5, 2, 3, 1.5],
  [-0.5, 2, -1, 1.5],
])('floordiv, mod and divmod of %d and %d are %d and %d', (a, b, quotient, rest) => {
  expect($r.floordiv(a, b)).toBe(quotient)
  expect($r.mod(a, b) + 0).toBe(rest)
  expect($r.divmod(a, b).map((x) => x + 0)).toEqual([quotient, rest])
})

test('halves round to the even neighbour', () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 2.4, -2.6].map((x) => $r.roundHalfEven(x) + 0)).toEqual([0, 2, 2, 0, -2, -2, 2, -3])
})

test.each([
  [0, 5, 2, [0, 2, 4]],
  [5, 0, -2, [5, 3, 1]],
  [3, 3, 1, []],
  [3, 0, 1, []],
])('range(%d, %d, %d)', (start, stop, step, values) => {
  expect($r.range(start, stop, step)).toEqual(values)
  expect($r.rangeLength(start, stop, step)).toBe(values.length)
})

test('lists, tuples and strings are read and written where they have elements', () => {
  const list = [1, 2, 3]
  expect($r.item(list, 2)).toBe(3)
  expect($r.item('abc', 1)).toBe('b')
  expect($r.itemAt(list, -1)).toBe(3)
  expect($r.itemAt(list, 0)).toBe(1)
  $r.setItem(list, 0, 9)
  expect([$r.shift(list), $r.pop(list), list]).toEqual([9, 3, [2]])
  expect($r.unpack(list, 1)).toBe(list)
  expect($r.unwrap(0)).toBe(0)
  expect($r.truth($r.tensor([true]))).toBe(true)
  expect($r.truth($r.tensor(0))).toBe(false)
})

describe('traps', () => {
  test.each<[string, () => unknown, string]>([
    ['division by zero', () => $r.floordiv(1, 0), 'floordiv by zero'],
    ['remainder by zero', () => $r.mod(1, 0), 'mod by zero'],
    ['a range without step', () => $r.range(0, 1, 0), 'range: step by zero'],
    ['an index past the end', () => $r.item([1], 3), 'list index 3 out of range for length 1'],
    ['a negative index', () => $r.item([1], -1), 'list index -1 out of range for length 1'],
    ['at before the start', () => $r.itemAt([1], -2), 'list index -2 out of range for length 1'],
    ['at past the end', () => $r.itemAt([1], 1), 'list index 1 out of range'],
    ['an index that is no number', () => $r.item([1], Number.NaN), 'list index NaN out of range'],
    ['a write past the end', () => $r.setItem([1], 1, 2), 'list index 1 out of range'],
    ['another number of values', () => $r.unpack([1], 2), 'list index 1 out of range for length 1'],
    ['a tensor for a number', () => $r.checkScalar($r.tensor(1), 'n', 'float'), 'got a Tensor; write x.item()'],
    ['null', () => $r.unwrap(null), 'a value that was unwrapped with ! is null'],
    ['a condition of two elements', () => $r.truth($r.tensor([1, 2])), 'one element'],
    ['a guard', () => $r.guard(false, 'N is 3'), 'N is 3'],
    ['an int that is not whole', () => $r.checkScalar(1.5, 'n', 'int'), "parameter 'n' must be an int, got 1.5"],
    ['a string for a number', () => $r.checkScalar('1', 'n', 'float'), "parameter 'n' must be a float, got string"],
    ['a missing boolean', () => $r.checkScalar(undefined, 'b', 'bool'), "parameter 'b' must be a bool, got undefined"],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message)
  })

  test('an empty array gives null where JavaScript gives undefined', () => {
    expect([$r.pop([]), $r.shift([])]).toEqual([null, null])
  })
})
