/** Reads what printType and dimToString print. `symbols` gives declared symbols; any other name is a plain dimension (not negative). */
import type { Dim, SymOp, SymVar } from '../../ops/dim.ts'
import { dimVar, makeDim } from '../../ops/dimMath.ts'
import type { DType } from '../../ops/dtype.ts'
import { tensorTypeNames } from './printType.ts'
import type { TextCursor } from './textCursor.ts'
import type { Type } from './types.ts'

export type SymbolTable = ReadonlyMap<string, SymVar>

const operations: readonly SymOp[] = ['floordiv', 'mod', 'max', 'min']

export function parseDim(cursor: TextCursor, symbols: SymbolTable): Dim {
  const sum = [parseProduct(cursor, symbols)]
  while (cursor.accept('+')) sum.push(parseProduct(cursor, symbols))
  return sum.length === 1 ? sum[0]! : makeDim('add', sum)
}

function parseProduct(cursor: TextCursor, symbols: SymbolTable): Dim {
  const factors = [parseAtom(cursor, symbols)]
  while (cursor.accept('*')) factors.push(parseAtom(cursor, symbols))
  return factors.length === 1 ? factors[0]! : makeDim('mul', factors)
}

function parseAtom(cursor: TextCursor, symbols: SymbolTable): Dim {
  if (cursor.accept('(')) {
    const dim = parseDim(cursor, symbols)
    cursor.expect(')')
    return dim
  }
  const number = cursor.match(/-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/)
  if (number) return Number(number[0])
  const name = cursor.read(/[A-Za-z_$][\w$.]*/, 'a dim')
  const operation = operations.find((op) => op === name)
  if (operation && cursor.accept('('))
    return makeDim(
      operation,
      cursor.list(')', () => parseDim(cursor, symbols)),
    )
  return symbols.get(name) ?? dimVar(name)
}

const dtypesByName: ReadonlyMap<string, DType> = new Map(Object.entries(tensorTypeNames).map(([dtype, name]) => [name, dtype as DType]))

export function parseType(cursor: TextCursor, symbols: SymbolTable): Type {
  let type = parsePrimary(cursor, symbols)
  for (;;) {
    if (cursor.accept('[]')) type = { kind: 'list', element: type }
    else if (cursor.accept('?')) type = { kind: 'optional', element: type }
    else return type
  }
}

function parsePrimary(cursor: TextCursor, symbols: SymbolTable): Type {
  const inner = (): Type => parseType(cursor, symbols)
  if (cursor.accept('(')) return { kind: 'tuple', elements: cursor.list(')', inner) }
  const name = cursor.read(/[A-Za-z_][\w$.]*/, 'a type')
  switch (name) {
    case 'int':
    case 'float':
    case 'bool':
      return { kind: name }
    case 'str':
      return { kind: 'string' }
    case 'NoneType':
      return { kind: 'none' }
    case 'ScalarType':
      return { kind: 'dtype' }
    case 'Device':
      return { kind: 'device' }
    case 'Dict':
    case 'Record': {
      cursor.expect('(')
      const [key, value] = cursor.list(')', inner)
      return { kind: 'dict', form: name === 'Dict' ? 'map' : 'record', key: key!, value: value! }
    }
    case 'Set':
    case 'Future': {
      cursor.expect('(')
      const [element] = cursor.list(')', inner)
      return { kind: name === 'Set' ? 'set' : 'future', element: element! }
    }
    case 'Any':
      return { kind: 'union', members: [], open: true }
    case 'Union':
      cursor.expect('(')
      return { kind: 'union', members: cursor.list(')', inner) }
    case 'Enum': {
      cursor.expect('(')
      const [enumName, ...values] = cursor.list(')', () =>
        cursor.at('"') ? cursor.string() : Number(cursor.read(/-?[\d.e+-]+/, 'an enum value')),
      )
      return { kind: 'enum', name: String(enumName), values }
    }
    case 'Function': {
      cursor.expect('(')
      const [functionName] = cursor.list(')', () => cursor.string())
      return { kind: 'function', name: functionName! }
    }
    default:
  }
  if (name.startsWith('__torch__.')) return { kind: 'class', name: name.slice('__torch__.'.length) }
  if (name === '__torch__') {
    cursor.expect('(')
    const [className] = cursor.list(')', () => cursor.string())
    return { kind: 'class', name: className! }
  }
  return parseTensor(cursor, symbols, name)
}

function parseTensor(cursor: TextCursor, symbols: SymbolTable, name: string): Type {
  const dtype = dtypesByName.get(name)
  if (dtype !== undefined || name === 'Tensor') {
    if (!cursor.accept('(')) return { kind: 'tensor', dtype: dtype ?? null, shape: null }
    return { kind: 'tensor', dtype: dtype ?? null, shape: cursor.list(')', () => parseDim(cursor, symbols)) }
  }
  const unranked = name.endsWith('Tensor') ? dtypesByName.get(name.slice(0, -'Tensor'.length)) : undefined
  return unranked ? { kind: 'tensor', dtype: unranked, shape: null } : cursor.fail(`a type instead of '${name}'`)
}
