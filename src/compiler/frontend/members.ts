/** `a.b` and `a[i]`: namespaces, tensors, arrays, strings, modules. Calls of methods are in calls.ts. */
import type * as t from '@babel/types'
import { isDType } from '../../ops/args.ts'
import { findByApi } from '../../ops/registry.ts'
import * as messages from '../diagnostics/messages.generated.ts'
import type { Type } from '../ir/types.ts'
import { mathConstants, tryScalar } from './builtins.ts'
import { fieldSugar } from './capture.ts'
import { chooseByIndex } from './choices.ts'
import { constant, constantInt, constantNumber, constantString } from './constants.ts'
import { recordOf, sequenceOf } from './containers.ts'
import { type FunctionContext, fail } from './context.ts'
import { readEntry } from './dicts.ts'
import { declaresMethod, isExact, isOfClasses, withExactClass } from './dispatch.ts'
import { memberName } from './enums.ts'
import { emitExpression } from './expressions.ts'
import { misspelt, rewrite } from './fixes.ts'
import { callGetter, findMethod } from './methods.ts'
import { libraryName, resolveExport } from './moduleScope.ts'
import { isNarrowed } from './narrowedFields.ts'
import { objectClass, staticMember } from './objects.ts'
import { callOperator, namesOf } from './operatorCalls.ts'
import { emitOptionalChain } from './optionalChain.ts'
import { fieldsOf, recordField } from './records.ts'
import type { Namespace, ScriptValue, Sugared } from './sugar.ts'
import { listOf, types, unionOf } from './typeRelations.ts'
import { constantOf, describe, emit, materialize, typeOf } from './values.ts'

/** `a.b`, `a[i]`; `read` is the object where that was read already. */
export function emitMember(f: FunctionContext, node: t.MemberExpression | t.OptionalMemberExpression, read?: Sugared): Sugared {
  const chain = node.type === 'OptionalMemberExpression' ? emitOptionalChain(f, node) : null
  if (chain) return chain
  if (node.object.type === 'Super') return fail(messages.unsupportedExpression(f.span(node), { what: '`super` outside a call' }))
  const object = read ?? emitExpression(f, node.object)
  if (node.computed) return emitSubscript(f, object, node.property as t.Expression, node)
  if (node.property.type !== 'Identifier') return fail(messages.unsupportedExpression(f.span(node), { what: 'a private name' }))
  const made = property(f, object, node.property.name, node)
  const type = typeOf(made)
  if (type?.kind !== 'optional' || !isNarrowed(f, node)) return made
  return emit(f, 'aten::_unwrap_optional', [materialize(f, made, node)], type.element, node)
}

export function property(
  f: FunctionContext,
  object: Sugared,
  name: string,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  switch (object.kind) {
    case 'namespace':
      return namespaceMember(f, object.name, name, node)
    case 'enum': {
      const member = object.members.get(name)
      if (member === undefined) return noProperty(f, object, name, node, object.members.keys())
      return typeof member === 'string' ? constantString(member) : constantNumber(member)
    }
    case 'object':
      return object.fields.get(name) ?? noProperty(f, object, name, node, object.fields.keys())
    case 'array':
    case 'sequence':
      if (name === 'length') return constantInt(object.kind === 'array' ? object.elements.length : object.length)
      return noProperty(f, object, name, node, ['length'])
    case 'class':
      return staticMember(f, object, name, node) ?? noProperty(f, object, name, node, [])
    case 'value':
      return valueProperty(f, object, name, node)
    default: {
      const type = typeOf(object)
      if (type?.kind === 'string' && name === 'length') return tryScalar(f, 'aten::len', [object], node)!
      if (type?.kind === 'none') return fail(messages.possiblyNull(f.span(node.object), { text: f.shortText(node.object) }))
      if (['poison', 'uninitialized', 'conflict', 'void'].includes(object.kind)) materialize(f, object, node.object)
      return noProperty(f, object, name, node, [])
    }
  }
}

export function noProperty(
  f: FunctionContext,
  object: Sugared,
  name: string,
  node: t.MemberExpression | t.OptionalMemberExpression,
  candidates: Iterable<string>,
): never {
  const { hint, extra } = misspelt(name, candidates, node.property)
  return fail(messages.noSuchProperty(f.span(node.property), { type: describe(object), name, ...hint }, extra))
}

const tensorProperties = ['shape', 'ndim', 'dtype', 'device', 'T', 'mT', 'H', 'length']

function valueProperty(
  f: FunctionContext,
  object: ScriptValue,
  name: string,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  switch (object.type.kind) {
    case 'tensor':
      return tensorProperty(f, object, name, node)
    case 'list':
    case 'string':
      if (name === 'length') return tryScalar(f, 'aten::len', [object], node)!
      return noProperty(f, object, name, node, ['length'])
    case 'dict':
      if (object.type.form === 'record') return readEntry(f, object, constantString(name), node)
      if (name === 'size') return tryScalar(f, 'aten::len', [object], node)!
      return noProperty(f, object, name, node, ['size'])
    case 'set':
      if (name === 'size') return tryScalar(f, 'aten::len', [object], node)!
      return noProperty(f, object, name, node, ['size'])
    case 'tuple':
      if (name === 'length') return constantInt(object.type.elements.length)
      return noProperty(f, object, name, node, ['length'])
    case 'optional':
      return fail(messages.possiblyNull(f.span(node.object), { text: f.shortText(node.object) }))
    case 'union':
      return unionField(f, object, object.type.members, name, node)
    case 'class': {
      const field = recordField(f, object, name, node)
      if (field) return field
      const record = fieldsOf(f.program, object.type)
      if (record && !objectClass(f.program, object.type)) return noProperty(f, object, name, node, record.keys())
      return moduleProperty(f, object, name, node)
    }
    default:
      return noProperty(f, object, name, node, [])
  }
}

/** A field that every member of a union of records has. */
function unionField(
  f: FunctionContext,
  object: ScriptValue,
  members: readonly Type[],
  name: string,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  const found = members.flatMap((member) => fieldsOf(f.program, member)?.get(name) ?? [])
  if (found.length < members.length && isOfClasses(f, object))
    return withExactClass(f, object, node, null, (one) => valueProperty(f, one, name, node))
  if (found.length < members.length) {
    const common = [...(fieldsOf(f.program, members[0]!)?.keys() ?? [])].filter((field) =>
      members.every((member) => fieldsOf(f.program, member)?.has(field)),
    )
    return noProperty(f, object, name, node, common)
  }
  const type = unionOf(found)
  const attributes = { name: { kind: 'name', value: name } } as const
  const range = f.range(node)
  return { kind: 'value', id: f.emitter.op('prim::GetAttr', [object.id], type, range, { attributes }), type, range }
}

function moduleProperty(
  f: FunctionContext,
  object: ScriptValue,
  name: string,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  const children = name === 'length' ? sequenceOf(f, object, node.object) : null
  if (children) return constantInt(children.length)
  const field = fieldSugar(f, object, name, node)
  if (field) return field
  const getter = callGetter(f, object, name, node)
  if (getter) return getter
  if (!isExact(f, object) && declaresMethod(f, object.type, name))
    return fail(
      messages.unsupportedExpression(f.span(node), {
        what: `the method \`${name}\` of one of several classes as a value`,
        hint: 'write a function that calls it',
      }),
    )
  const method = findMethod(f, object, name, node)
  if (method) return { kind: 'closure', name, node: method.node, scope: f.scope, file: method.file, self: object }
  const module = object.type.kind === 'class' ? f.program.moduleClasses.get(object.type.name) : undefined
  const fields = (module?.instance.fields ?? fieldsOf(f.program, object.type))?.keys() ?? []
  return noProperty(f, object, name, node, fields)
}

function tensorProperty(
  f: FunctionContext,
  tensor: ScriptValue,
  name: string,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  switch (name) {
    case 'shape':
      return emit(f, 'aten::size', [tensor], listOf(types.int), node)
    case 'ndim':
      return emit(f, 'aten::dim', [tensor], types.int, node)
    case 'dtype':
      return emit(f, 'prim::dtype', [tensor], types.dtype, node)
    case 'device':
      return emit(f, 'prim::device', [tensor], types.device, node)
    case 'T':
      return findByApi('Tensor', 't') ? callOperator(f, 'aten::numpy_T', [tensor], node) : unknown()
    case 'mT':
      return callOperator(f, 'aten::transpose', [tensor, constantInt(-2), constantInt(-1)], node)
    default:
      return unknown()
  }
  function unknown(): never {
    const { hint, extra } = misspelt(name, [...tensorProperties, ...namesOf('Tensor')], node.property)
    return fail(messages.noSuchProperty(f.span(node.property), { type: 'Tensor', name, ...hint }, extra))
  }
}

function namespaceMember(
  f: FunctionContext,
  namespace: Namespace,
  name: string,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  switch (namespace) {
    case 'torch':
      if (name === 'nn') return { kind: 'namespace', name: 'nn' }
      if (name === 'manualSeed') return { kind: 'builtin', name }
      if (name === 'linalg' || name === 'special') return { kind: 'namespace', name: `torch.${name}` }
      if (isDType(name)) return constant({ kind: 'dtype', value: name })
      if (name === 'long') return constant({ kind: 'dtype', value: 'int64' })
      if (name === 'float') return constant({ kind: 'dtype', value: 'float32' })
      return { kind: 'operator', home: 'torch', name }
    case 'F':
      return { kind: 'operator', home: 'F', name }
    case 'nn':
      if (name === 'functional') return { kind: 'namespace', name: 'F' }
      return libraryClass(f, name, node) ?? fail(messages.unknownName(f.span(node.property), { name: `nn.${name}` }))
    case 'torch.linalg':
    case 'torch.special':
      return { kind: 'operator', home: namespace === 'torch.linalg' ? 'linalg' : 'special', name }
    case 'Math':
      if (Object.hasOwn(mathConstants, name)) return constant({ kind: 'float', value: mathConstants[name]! })
      return { kind: 'builtin', name: `Math.${name}` }
    case 'Number': {
      const known: { readonly [name: string]: number } = {
        MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
        MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
        EPSILON: Number.EPSILON,
        MAX_VALUE: Number.MAX_VALUE,
        MIN_VALUE: Number.MIN_VALUE,
      }
      if (Object.hasOwn(known, name)) return constantNumber(known[name]!)
      if (name === 'POSITIVE_INFINITY') return constant({ kind: 'float', value: Infinity })
      if (name === 'NEGATIVE_INFINITY') return constant({ kind: 'float', value: -Infinity })
      if (name === 'NaN') return constant({ kind: 'float', value: NaN })
      return { kind: 'builtin', name: `Number.${name}` }
    }
    case 'library':
      return libraryName(name) ?? fail(messages.unknownName(f.span(node.property), { name }))
    case 'console':
    case 'Array':
    case 'String':
    case 'Object':
      return { kind: 'builtin', name: `${namespace}.${name}` }
    default:
      return namespace satisfies never
  }
}

/** `nn.Linear` as a class: only modules that evaluation met have source here. */
export function libraryClass(f: FunctionContext, name: string, node: t.Node): Sugared | null {
  for (const file of f.program.request.modules.keys()) {
    if (!file.startsWith('tensorscript:')) continue
    const found = resolveExport(f, file, name, node)
    if (found?.kind === 'class') return found
  }
  return null
}

/** `a[i]`. */
export function emitSubscript(
  f: FunctionContext,
  object: Sugared,
  indexNode: t.Expression,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  const index = emitExpression(f, indexNode)
  return subscript(f, object, index, indexNode, node)
}

export function subscript(
  f: FunctionContext,
  object: Sugared,
  index: Sugared,
  indexNode: t.Node,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  const known = constantOf(index)
  const indexType = typeOf(index)
  if (['poison', 'uninitialized', 'conflict', 'void'].includes(object.kind)) materialize(f, object, node.object)
  const children = object.kind === 'sequence' ? null : sequenceOf(f, object, node.object)
  if (children) return subscript(f, children, index, indexNode, node)
  const record = typeof known === 'string' ? recordOf(f, object, node.object) : null
  if (record) return record.get(known as string) ?? noProperty(f, object, known as string, node, record.keys())
  if (object.kind === 'enum' && typeof known !== 'string') return memberName(f, object, index, node)
  const type = typeOf(object)
  if (object.kind === 'object' && typeof known === 'string')
    return object.fields.get(known) ?? noProperty(f, object, known, node, object.fields.keys())
  if (type?.kind === 'tensor') {
    if (indexType?.kind === 'int') return shapeAware(f, object, index, node)
    if (indexType?.kind === 'tensor') return callOperator(f, 'aten::index', [object, { kind: 'array', elements: [index] }], node)
    return fail(
      messages.notAssignable(f.span(indexNode), {
        source: describe(index),
        target: 'int',
        where: ' as an index',
        hint: 'write `x.index([...])` for slices and masks',
      }),
    )
  }
  if (type?.kind === 'optional') return fail(messages.possiblyNull(f.span(node.object), { text: f.shortText(node.object) }))
  if (object.kind === 'value' && type?.kind === 'dict' && type.form === 'record') return readEntry(f, object, index, node)
  if (indexType?.kind !== 'int')
    return fail(messages.notAssignable(f.span(indexNode), { source: describe(index), target: 'int', where: ' as an index' }))
  if (typeof known === 'number' && known < 0)
    return fail(
      messages.negativeIndex(
        f.span(node),
        { text: f.shortText(node.object), index: known },
        rewrite(node, `${f.text(node.object)}.at(${known})`),
      ),
    )
  if (object.kind === 'array' || object.kind === 'sequence') return staticElement(f, object, index, node)
  if (object.kind === 'value' && type?.kind === 'tuple') return tupleElement(f, object, type.elements, index, node)
  if (object.kind === 'value') {
    const size = sizeElement(f, object, index, node)
    if (size) return size
  }
  return (
    tryScalar(f, 'aten::__getitem__', [object, index], node) ??
    fail(messages.noSuchProperty(f.span(node), { type: describe(object), name: f.shortText(indexNode) }))
  )
}

const shapeAware = (f: FunctionContext, tensor: Sugared, index: Sugared, node: t.Node): Sugared =>
  callOperator(f, 'aten::select', [tensor, constantInt(0), index], node)

/** `x.shape[1]` is aten::size(x, 1): the whole shape is not needed for one of its dims. */
function sizeElement(f: FunctionContext, list: ScriptValue, index: Sugared, node: t.Node): Sugared | null {
  const definition = f.emitter.definitions.get(list.id)
  const known = constantOf(index)
  if (definition?.kind !== 'aten::size' || definition.inputs.length !== 1 || typeof known !== 'number') return null
  const block = f.emitter.block.nodes
  if (block.at(-1) === definition) block.pop()
  const tensor = { kind: 'value', id: definition.inputs[0]!, type: f.emitter.facts.get(definition.inputs[0]!) ?? types.tensor } as const
  return emit(f, 'aten::size', [tensor, materialize(f, index, node)], types.int, node)
}

function staticElement(
  f: FunctionContext,
  object: Extract<Sugared, { kind: 'array' | 'sequence' }>,
  index: Sugared,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  const known = constantOf(index)
  const length = object.kind === 'array' ? object.elements.length : object.length
  if (typeof known === 'number') {
    if (known >= length) return fail(messages.tupleIndex(f.span(node.property), { index: known, type: describe(object), length }))
    return object.kind === 'array' ? object.elements[known]! : object.element(known)
  }
  if (object.kind === 'array')
    return (
      tryScalar(f, 'aten::__getitem__', [materialize(f, object, node.object), index], node) ??
      fail(messages.constantNeeded(f.span(node.property), { what: 'this index' }))
    )
  const modules = Array.from({ length }, (_, i) => object.element(i))
  const classOf = (module: Sugared): string =>
    (module.kind === 'value' && module.type.kind === 'class' && f.program.moduleClasses.get(module.type.name)?.instance.className) ||
    describe(module)
  const classes = new Set(modules.map(classOf))
  if (classes.size === 1) return chooseByIndex(f, modules, index, node)
  return fail(messages.dynamicModuleIndex(f.span(node.property), { classes: [...classes].join(', ') }))
}

function tupleElement(
  f: FunctionContext,
  tuple: ScriptValue,
  elements: readonly Type[],
  index: Sugared,
  node: t.MemberExpression | t.OptionalMemberExpression,
): Sugared {
  const known = constantOf(index)
  if (typeof known !== 'number')
    return (
      tryScalar(f, 'aten::__getitem__', [tuple, index], node) ??
      fail(messages.constantNeeded(f.span(node.property), { what: 'the index of a tuple whose elements differ in type' }))
    )
  if (known >= elements.length)
    return fail(messages.tupleIndex(f.span(node.property), { index: known, type: describe(tuple), length: elements.length }))
  return emit(f, 'prim::TupleIndex', [tuple, materialize(f, constantInt(known), node)], elements[known]!, node)
}
