/**
 * Evaluated values as parts of a program: literals become constants, tensors program constants with a content hash, module instances
 * classes of their own (name, fields, methods compiled on demand).
 */
import type * as t from '@babel/types'
import { hashContent } from '../artifact/hash.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { ClassInfo, ConstantId, ConstantValue } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import type { Evaluated, EvaluatedModule } from '../program.ts'
import { constantBool, constantNull, constantNumber, constantString } from './constants.ts'
import { type FunctionContext, fail, type ModuleClass, type ProgramContext } from './context.ts'
import { constructDict } from './dicts.ts'
import { moduleScope } from './moduleScope.ts'
import { recordField } from './records.ts'
import { becomeTyped, stateOf } from './state.ts'
import type { ScriptValue, Sugared } from './sugar.ts'
import { types } from './typeRelations.ts'
import { value } from './values.ts'

/** A captured value, where it is used. */
export function evaluatedSugar(f: FunctionContext, evaluated: Evaluated, name: string, node: t.Node): Sugared {
  switch (evaluated.kind) {
    case 'number':
      return constantNumber(evaluated.value)
    case 'boolean':
      return constantBool(evaluated.value)
    case 'string':
      return constantString(evaluated.value)
    case 'null':
      return constantNull
    case 'array': {
      const elements = evaluated.elements.map((element, i) => evaluatedSugar(f, element, `${name}.${i}`, node))
      return { kind: 'array', elements }
    }
    case 'tensor': {
      const id = addTensor(f.program, evaluated, name)
      const type: Type = { kind: 'tensor', dtype: evaluated.dtype, shape: evaluated.shape }
      return value(f.emitter.constant({ kind: 'tensor', id }, type, f.range(node)), type, f.range(node))
    }
    case 'module': {
      const type: Type = { kind: 'class', name: moduleClass(f.program, evaluated).name }
      const range = f.range(node)
      return value(f.emitter.op('prim::Module', [], type, range, { attributes: { name: { kind: 'name', value: type.name } } }), type, range)
    }
    case 'function': {
      const entry = moduleScope(f.program, evaluated.file)?.names.get(evaluated.name)
      if (entry?.kind === 'function') return { kind: 'function', file: evaluated.file, name: evaluated.name, node: entry.node }
      if (entry?.kind === 'class') return { kind: 'class', file: evaluated.file, name: evaluated.name, node: entry.node }
      return fail(messages.capturedHostValue(f.span(node), { name, reason: 'its source is not available to the compiler' }))
    }
    case 'record':
      return {
        kind: 'object',
        fields: new Map([...evaluated.fields].map(([key, field]) => [key, evaluatedSugar(f, field, `${name}.${key}`, node)])),
      }
    case 'map': {
      const pairs = evaluated.entries.map(([key, entry], i): readonly [Sugared, Sugared] => [
        typeof key === 'number' ? constantNumber(key) : constantString(key),
        evaluatedSugar(f, entry, `${name}.${i}`, node),
      ])
      const made = constructDict(f, 'map', pairs, null, node)
      f.captured.add(made.id)
      return made
    }
    case 'trace':
      return { kind: 'traced', name, recording: evaluated.recording }
    default:
      return evaluated satisfies never
  }
}

export function addTensor(program: ProgramContext, tensor: Extract<Evaluated, { kind: 'tensor' }>, name: string): ConstantId {
  const { dtype, shape, data } = tensor
  const id = hashContent(dtype, shape.join(','), new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) as ConstantId
  if (!program.constants.has(id)) program.constants.set(id, { id, name, dtype, shape, data })
  return id
}

/** The class of one instance. Fields are registered at once, submodules with them; the same object met twice is one class. */
export function moduleClass(program: ProgramContext, instance: EvaluatedModule, path = ''): ModuleClass {
  for (const known of program.moduleClasses.values()) if (known.instance.id === instance.id) return known
  const name = program.uniqueName(instance.className)
  const made: ModuleClass = { name, instance }
  program.moduleClasses.set(name, made)
  const attributes = new Map<
    string,
    { readonly type: Type; readonly constant: ConstantValue | null; readonly isParameter: boolean; readonly isBuffer: boolean }
  >()
  const info: ClassInfo = { name, attributes, methods: new Map() }
  program.classes.set(name, info)
  const add = (field: string, evaluated: Evaluated): void => {
    const key = path === '' ? field : `${path}.${field}`
    const plain = { isParameter: false, isBuffer: false }
    switch (evaluated.kind) {
      case 'tensor': {
        const type: Type = { kind: 'tensor', dtype: evaluated.dtype, shape: evaluated.shape }
        const id = addTensor(program, evaluated, key)
        attributes.set(field, {
          type,
          constant: { kind: 'tensor', id },
          isParameter: evaluated.role === 'parameter',
          isBuffer: evaluated.role === 'buffer',
        })
        break
      }
      case 'module':
        attributes.set(field, { type: { kind: 'class', name: moduleClass(program, evaluated, key).name }, constant: null, ...plain })
        break
      case 'number':
        attributes.set(field, numberAttribute(evaluated.value))
        break
      case 'boolean':
        attributes.set(field, { type: types.bool, constant: { kind: 'bool', value: evaluated.value }, ...plain })
        break
      case 'string':
        attributes.set(field, { type: types.string, constant: { kind: 'string', value: evaluated.value }, ...plain })
        break
      case 'null':
        attributes.set(field, { type: types.none, constant: { kind: 'none' }, ...plain })
        break
      case 'array':
        evaluated.elements.forEach((element, i) => {
          add(`${field}.${i}`, element)
        })
        break
      case 'record':
        for (const [inner, element] of evaluated.fields) add(`${field}.${inner}`, element)
        break
      case 'map':
      case 'function':
      case 'trace':
        break
      default:
        evaluated satisfies never
    }
  }
  for (const [field, evaluated] of instance.fields) add(field, evaluated)
  return made
}

function numberAttribute(known: number) {
  const kind = Number.isSafeInteger(known) ? 'int' : 'float'
  return { type: { kind } as Type, constant: { kind, value: known } as ConstantValue, isParameter: false, isBuffer: false }
}

/** `this.field`: constants in place, tensors and submodules as prim::GetAttr. Null when the instance has no such field. */
export function fieldSugar(f: FunctionContext, self: ScriptValue, field: string, node: t.Node): Sugared | null {
  const info = self.type.kind === 'class' ? f.program.moduleClasses.get(self.type.name) : undefined
  const evaluated = info?.instance.fields.get(field)
  if (!info || evaluated === undefined) return null
  becomeTyped(f, self, field)
  const state = stateOf(f, self, field, node)
  if (state) return recordField(f, state, field, node)
  return fieldValue(f, self, field, evaluated, node)
}

function fieldValue(f: FunctionContext, self: ScriptValue, path: string, evaluated: Evaluated, node: t.Node): Sugared {
  switch (evaluated.kind) {
    case 'tensor':
    case 'module': {
      const info = self.type.kind === 'class' ? f.program.classes.get(self.type.name) : undefined
      const type = info!.attributes.get(path)!.type
      const range = f.range(node)
      const id = f.emitter.op('prim::GetAttr', [self.id], type, range, { attributes: { name: { kind: 'name', value: path } } })
      f.emitter.rename(id, path.replace(/.*\./, ''))
      if (evaluated.kind === 'tensor') f.roots.set(id, { kind: 'field', object: self, field: path.replace(/\..*/, '') })
      return value(id, type, range)
    }
    case 'array':
      if (evaluated.elements.some((element) => element.kind === 'module' || element.kind === 'tensor')) {
        return {
          kind: 'sequence',
          length: evaluated.elements.length,
          text: path,
          element: (i) => fieldValue(f, self, `${path}.${i}`, evaluated.elements[i]!, node),
        }
      }
      return { kind: 'array', elements: evaluated.elements.map((element, i) => fieldValue(f, self, `${path}.${i}`, element, node)) }
    case 'record':
      return {
        kind: 'object',
        fields: new Map([...evaluated.fields].map(([key, field]) => [key, fieldValue(f, self, `${path}.${key}`, field, node)])),
      }
    case 'number':
    case 'boolean':
    case 'string':
    case 'null':
    case 'map':
    case 'function':
    case 'trace':
      return evaluatedSugar(f, evaluated, path, node)
    default:
      return evaluated satisfies never
  }
}
