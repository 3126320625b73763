/**
 * Abstract interpretation of a graph: dtype and symbolic shape of every tensor, and what is known of scalars and lists.
 * Straight-line code is evaluated through the operators' shape rules; `prim::If` joins its arms (an arm that a known condition rules out
 * is not looked at); `prim::Loop` is iterated to a fixpoint in which dims that change become symbols of their own. An int, float or
 * bool that is not known is a symbol. Elements of lists that change are typed flow-insensitively, one type a set of aliases.
 * The graph is not changed; `propagateShapes` rewrites it from the result.
 */
import type { SymVar } from '../../../ops/dim.ts'
import { dimCeilDiv, dimEqual, dimMax, dimVar, symbolsOf, symVar } from '../../../ops/dimMath.ts'
import { type Operator, OperatorError, type TensorMeta } from '../../../ops/operator.ts'
import type { GraphBuilder } from '../../ir/builder.ts'
import { constantOf } from '../../ir/builder.ts'
import type { Attribute, Block, Graph, Node, NodeId, Program, ValueId } from '../../ir/graph.ts'
import { bindNode, type Fact, hasTensor, isDimFact, isTensorValue, operatorOf, tensorFact, tensorTypeOf } from '../../ir/operatorCall.ts'
import { symbolsOfGraph } from '../../ir/printGraph.ts'
import { eraseShapes, typeEqual } from '../../ir/typeEqual.ts'
import type { Type } from '../../ir/types.ts'
import { PassError } from '../pass.ts'
import { settleAbsent } from './absentValues.ts'
import { listFormOf, listFormType, tensorOfListType } from './dynamicLists.ts'
import { factEqual, mentions } from './factEqual.ts'
import { frozenLists } from './frozenLists.ts'
import { type Guard, guardSizes, inferContext } from './guards.ts'
import { anyDim, forgetSymbols, isAnyDim, joinTypes, mapDims } from './joinTypes.ts'
import { ListTypes } from './listTypes.ts'
import { fieldPlace, makesAllObjects } from './recordFields.ts'
import { scalarFact } from './scalarFacts.ts'
import { checkStored, keptType } from './stateFields.ts'

/** Fixpoints climb a short lattice (a dim is kept or widened, once each); more rounds than this is a bug. */
const maxRounds = 50

export class ShapeAnalysis {
  readonly types = new Map<ValueId, Type>()
  readonly facts = new Map<ValueId, Fact>()
  /** The arm that a known condition takes. */
  readonly liveArm = new Map<NodeId, 0 | 1>()
  readonly guards = new Map<NodeId, readonly Guard[]>()
  /** Tensors behind an operator's list result, in order. */
  readonly parts = new Map<NodeId, readonly ValueId[]>()
  /** Nodes that become an operator of the host, as the length of a list is not known. */
  readonly listForms = new Map<NodeId, Node['kind']>()

  private readonly graph: Graph
  private readonly program: Program
  private readonly builder: GraphBuilder
  private readonly frozen: ReadonlySet<ValueId>
  private readonly usedNames: Set<string>
  private readonly symbols = new Map<string, SymVar>()
  /** Symbols that are bound, innermost block last. */
  private scopes: Set<string>[] = []
  /** The scope in which a value was defined. */
  private readonly home = new Map<ValueId, Set<string>>()
  /** Iteration numbers of loops: never negative. */
  private readonly indices = new Set<ValueId>()
  /** Values that stand for a path that is not taken (prim::Uninitialized, an element before any is stored): they join with anything. */
  private readonly absent = new Set<ValueId>()
  /** What reads from a container that holds nothing yet waits for a later round; when no round can tell more, it is looked at as it is. */
  private waited = false
  private mayNotWait = false
  private readonly lists: ListTypes
  private readonly madeHere: boolean

  constructor(program: Program, graph: Graph, builder: GraphBuilder) {
    this.program = program
    this.graph = graph
    this.builder = builder
    this.frozen = frozenLists(graph)
    this.usedNames = new Set(['max', 'min', 'mod', 'floordiv', ...symbolsOfGraph(graph).keys()])
    this.lists = new ListTypes(graph)
    this.madeHere = makesAllObjects(graph)
  }

  run(): void {
    for (let round = 0; ; round++) {
      if (round > maxRounds) throw new Error('types of list elements do not settle')
      this.lists.changed = false
      this.waited = false
      this.scopes = [new Set()]
      for (const param of this.graph.block.params) this.defineParameter(param, this.graph.values.get(param)!.type)
      this.visitNodes(this.graph.block)
      if (this.lists.changed) continue
      if (!this.waited) break
      this.mayNotWait = true
    }
    settleAbsent(this.graph.block, this.types, this.absent, this.liveArm)
  }

  /** Elements of a list are of one declared type, each with sizes of its own. */
  private defineParameter(param: ValueId, type: Type): void {
    this.define(param, type)
    if (type.kind === 'list' && hasTensor(type)) this.lists.join(param, type.element)
  }

  typeOf(id: ValueId): Type {
    return this.types.get(id) ?? this.builder.typeOf(id)
  }

  /** What is known of a value; unknown ints, floats and bools are symbols. */
  factOf(id: ValueId): Fact | undefined {
    const known = this.facts.get(id)
    if (known !== undefined) return known
    const type = this.typeOf(id)
    if (type.kind === 'tensor') return tensorFact(type, id) ?? undefined
    if (type.kind === 'none') return null
    return type.kind === 'int' || type.kind === 'float' || type.kind === 'bool' ? this.scalarSymbol(id, type.kind) : undefined
  }

  /** The symbol that stands for an unknown scalar. */
  scalarSymbol(id: ValueId, type: 'int' | 'float' | 'bool'): SymVar {
    const bounds = this.indices.has(id) ? { min: 0 } : {}
    const symbol = this.symbol(`${id}`, this.builder.info(id).name, (name) => symVar(name, type, bounds))
    this.home.get(id)?.add(symbol.name)
    return symbol
  }

  private visitNodes(block: Block): void {
    for (const node of block.nodes) {
      try {
        this.visit(node)
      } catch (error) {
        throw error instanceof OperatorError ? new PassError(error.code, error.message, node.range) : error
      }
    }
  }

  private visit(node: Node): void {
    if (node.kind === 'prim::If') this.visitIf(node)
    else if (node.kind === 'prim::Loop') this.visitLoop(node)
    else if (!this.waits(node)) {
      const operator = operatorOf(node, (id) => this.typeOf(id))
      if (this.visitListForm(node)) return
      if (!operator) this.visitPlain(node)
      else if (operator.implementation.kind === 'meta') this.visitMeta(node, operator)
      else this.visitOperator(node, operator)
    }
  }

  /** Whether an operand is not there yet: then neither are the results, and nothing is stored. */
  private waits(node: Node): boolean {
    const waits = !this.mayNotWait && node.kind !== 'prim::Uninitialized' && node.inputs.some((id) => this.absent.has(id))
    for (const output of node.outputs)
      if (waits) this.expect(output)
      else this.setAbsent(output, false)
    return waits
  }

  private setAbsent(id: ValueId, absent: boolean): void {
    if (absent) this.absent.add(id)
    else this.absent.delete(id)
  }

  /** A value that a later round may know. */
  private expect(id: ValueId): void {
    this.define(id, this.builder.typeOf(id))
    this.absent.add(id)
  }

  /** `cat` or `tensor` of a list of unknown contents, `unbind` of a dim of unknown size. */
  private visitListForm(node: Node): boolean {
    this.listForms.delete(node.id)
    const [first] = node.inputs
    if (first === undefined || node.outputs.length !== 1) return false
    const type = this.typeOf(first)
    const form = listFormOf(node, type)
    if (form === null) return false
    const dim = this.factOf(node.inputs.at(-1)!)
    if (node.kind !== form && (type.kind === 'list' ? this.factOf(first) !== undefined : this.countKnown(node, type, dim))) return false
    const result = form.startsWith('js::tensor')
      ? tensorOfListType(type, this.factOf(node.inputs[1]!))
      : listFormType(form, type.kind === 'list' ? this.listType(first) : type, dim)
    if (result === null) return false
    this.listForms.set(node.id, form)
    this.define(node.outputs[0]!, result)
    return true
  }

  /** Whether the shape rule of `unbind`, `split` or `chunk` can tell how many tensors there are. */
  private countKnown(node: Node, tensor: Type, dim: Fact | undefined): boolean {
    if (tensor.kind !== 'tensor' || tensor.shape === null || typeof dim !== 'number') return true
    const size = tensor.shape.at(dim)
    const per = node.kind === 'aten::unbind' ? 1 : this.factOf(node.inputs[1]!)
    if (size === undefined || typeof size === 'number' || Array.isArray(per)) return typeof per === 'number' || Array.isArray(per)
    if (!isDimFact(per)) return true
    return typeof dimMax(1, dimCeilDiv(size, node.kind === 'aten::chunk' ? dimMax(1, dimCeilDiv(size, per)) : per)) === 'number'
  }

  private visitOperator(node: Node, operator: Operator): void {
    const args = bindNode(
      node,
      operator,
      (id) => this.factOf(id),
      (id) => this.builder.info(id).name,
    )
    const guards: Guard[] = []
    const results = operator.infer(
      args,
      inferContext(guards, (hint, index) => this.dimension(`node ${node.id}/${index}`, hint)),
    )
    for (const { shape } of results) guardSizes(operator.name, shape, guards)
    this.guards.set(
      node.id,
      operator.implementation.kind === 'decompose' ? guards.filter((guard) => this.isOutside(guard, results)) : guards,
    )
    const [first] = node.outputs
    if (node.outputs.length === 1 && this.builder.typeOf(first!).kind === 'list') {
      // How many there are depends on data: the rule tells what each is like.
      if (operator.implementation.kind === 'host') {
        this.define(first!, {
          kind: 'list',
          element: mapDims(tensorTypeOf(results[0]!), (dim) => (typeof dim === 'number' ? dim : anyDim)),
        })
        return
      }
      const parts = this.partsOf(node, results.length)
      parts.forEach((part, i) => {
        this.define(part, tensorTypeOf(results[i]!))
      })
      this.define(first!, {
        kind: 'list',
        element: results
          .map(tensorTypeOf)
          .reduce<Type>((a, b) => joinTypes(a, b, a), tensorTypeOf(results[0] ?? { dtype: 'float32', shape: [] })),
      })
      this.know(
        first!,
        parts.map((part) => tensorFact(this.typeOf(part), part)!),
      )
      return
    }
    if (results.length < node.outputs.length)
      throw new Error(`${operator.name} infers ${results.length} results, the node has ${node.outputs.length}`)
    node.outputs.forEach((output, i) => {
      this.define(output, tensorTypeOf(results[i] as TensorMeta))
    })
  }

  /** Sizes that a decomposition finds on its way (how many elements a mask selects) are checked where it does. */
  private isOutside({ a, b }: Guard, results: readonly TensorMeta[]): boolean {
    const given = new Set(symbolsOf(...results.flatMap(({ shape }) => shape)).map(({ name }) => name))
    return symbolsOf(a, b).every(({ name }) => given.has(name) || this.inScope(name))
  }

  private visitMeta(node: Node, operator: Operator): void {
    this.visitPlain(node)
    if (operator.implementation.kind !== 'meta') return
    const args = bindNode(
      node,
      operator,
      (id) => this.factOf(id),
      (id) => this.builder.info(id).name,
    )
    this.know(node.outputs[0]!, operator.implementation.value(args))
  }

  /** Everything that is no tensor operator: constants, scalars, containers, unwrapping. */
  private visitPlain(node: Node): void {
    const [first, second] = node.inputs
    const output = node.outputs[0]
    switch (node.kind) {
      case 'prim::Constant': {
        const value = constantOf(node)
        if (value.kind === 'tensor') {
          const tensor = this.program.constants.get(value.id)
          if (!tensor) throw new Error(`no data for constant ${value.id}`)
          this.define(output!, { kind: 'tensor', dtype: tensor.dtype, shape: tensor.shape })
          return
        }
        break
      }
      case 'prim::Uninitialized':
        this.absent.add(output!)
        break
      case 'prim::dtype': {
        const type = this.typeOf(first!)
        this.define(output!, { kind: 'dtype' })
        if (type.kind === 'tensor' && type.dtype !== null) this.know(output!, type.dtype)
        return
      }
      case 'prim::TupleConstruct':
        this.define(output!, { kind: 'tuple', elements: node.inputs.map((id) => this.typeOf(id)) })
        break
      case 'prim::TupleUnpack':
      case 'prim::ListUnpack':
        this.visitUnpack(node)
        return
      case 'prim::TupleIndex': {
        const tuple = this.typeOf(first!)
        const index = this.facts.get(second!)
        this.define(output!, (tuple.kind === 'tuple' && typeof index === 'number' && tuple.elements[index]) || this.builder.typeOf(output!))
        break
      }
      case 'js::own':
      case 'js::reread':
      case 'prim::unchecked_cast':
      case 'prim::unchecked_unwrap_optional':
      case 'aten::_unwrap_optional':
      case 'prim::Symbol': {
        const type = this.typeOf(first!)
        this.define(
          output!,
          type.kind === 'optional' && node.kind !== 'prim::Symbol'
            ? type.element
            : type.kind === 'union' || type.kind === 'class' || tellsType(node, type, this.builder.typeOf(output!))
              ? this.builder.typeOf(output!)
              : type,
        )
        const fact = this.facts.get(first!)
        if (fact !== undefined) this.know(output!, fact)
        return
      }
      case 'prim::CreateObject': {
        const { names } = node.attributes
        for (const [i, id] of node.inputs.entries())
          if (names?.kind === 'names') this.storeField(this.builder.typeOf(output!), { kind: 'name', value: names.value[i]! }, id)
        break
      }
      case 'prim::SetAttr':
        checkStored(keptType(this.program, this.builder.typeOf(first!), node) ?? this.typeOf(second!), this.typeOf(second!), node)
        this.storeField(this.builder.typeOf(first!), node.attributes.name, second!)
        return
      case 'prim::GetAttr': {
        const kept = keptType(this.program, this.builder.typeOf(first!), node)
        if (kept) {
          this.define(output!, kept)
          return
        }
        const place = this.madeHere ? fieldPlace(this.builder.typeOf(first!), node.attributes.name) : null
        const known = place === null ? undefined : this.lists.fieldOf(place, this.builder.typeOf(output!))
        if (known) this.define(output!, known)
        else if (place !== null && this.mayWait(this.builder.typeOf(output!))) this.expect(output!)
        else this.defineDeclared(node)
        return
      }
      case 'prim::ListConstruct':
        if (hasTensor(this.builder.typeOf(output!))) {
          for (const id of node.inputs) this.lists.join(output!, this.typeOf(id))
          this.define(output!, this.listType(output!))
        }
        if (this.frozen.has(output!)) break
        this.defineDeclared(node)
        return
      case 'prim::DictConstruct': {
        const values = node.inputs.filter((_, i) => i % 2 === 1)
        if (hasTensor(this.builder.typeOf(output!))) for (const id of values) this.lists.join(output!, this.typeOf(id))
        this.define(output!, this.listType(output!))
        return
      }
      case 'aten::append':
      case 'js::add':
      case 'js::unshift':
        if (hasTensor(this.builder.typeOf(first!))) this.lists.join(first!, this.typeOf(second!))
        return
      case 'aten::_set_item':
        if (hasTensor(this.builder.typeOf(first!))) this.lists.join(first!, this.typeOf(node.inputs[2]!))
        return
      default:
        if (output !== undefined && node.outputs.length === 1 && this.visitListRead(node)) return
    }
    this.defineDeclared(node)
    const types = node.inputs.map((id) => this.typeOf(id))
    if (output !== undefined && node.outputs.length === 1) {
      const construct = node.kind === 'prim::ListConstruct' || node.kind === 'prim::TupleConstruct'
      const facts = node.inputs.map((id) => (construct || this.typeOf(id).kind === 'int' ? this.factOf(id) : this.knownFact(id)))
      const fact = scalarFact(node, facts, types)
      // An element that is known is that tensor, whatever the others are like.
      if (isTensorValue(fact)) this.define(output, tensorTypeOf(fact))
      if (fact !== undefined) this.know(output, fact)
      // What an earlier round of an enclosing loop knew no longer holds.
      else this.facts.delete(output)
    }
  }

  /** Like factOf, without making symbols for floats and bools, of which nothing can be derived. */
  private knownFact(id: ValueId): Fact | undefined {
    const type = this.typeOf(id)
    return type.kind === 'float' || type.kind === 'bool' ? this.facts.get(id) : this.factOf(id)
  }

  /** What is read from a container of tensors has the type that all its elements share. True: there is none yet. */
  private visitListRead(node: Node): boolean {
    const list = node.inputs[0]
    const output = node.outputs[0]!
    const declared = this.builder.typeOf(output)
    if (list === undefined || !hasTensor(declared)) return false
    const type = this.listType(list)
    const element = type.kind === 'dict' ? type.value : type.kind === 'list' || type.kind === 'set' ? type.element : null
    if (element && this.lists.elementOf(list) === undefined && this.mayWait(element)) {
      this.expect(output)
      return true
    }
    if (type.kind === 'dict') this.define(output, this.readDict(node, type, declared))
    else if (type.kind === 'list' || type.kind === 'set') {
      if (declared.kind === 'tensor') this.define(output, type.element)
      // `pop`: null when there is none.
      else if (declared.kind === 'optional' && type.element.kind === 'tensor')
        this.define(output, { kind: 'optional', element: type.element })
      else if (declared.kind === 'list' || declared.kind === 'set') this.define(output, { ...declared, element: type.element })
    }
    return false
  }

  /** Whether a container's declared type says too little of what it holds, so that a store to come has to tell. */
  private mayWait(held: Type): boolean {
    const type = held.kind === 'optional' ? held.element : held
    if (this.mayNotWait || type.kind !== 'tensor' || type.dtype !== null) return false
    this.waited = true
    return true
  }

  private readDict(node: Node, dict: Extract<Type, { kind: 'dict' }>, declared: Type): Type {
    switch (node.kind) {
      case 'js::get':
        return dict.value.kind === 'optional' ? dict.value : { kind: 'optional', element: dict.value }
      case 'aten::values':
        return { kind: 'list', element: dict.value }
      case 'aten::items':
      case 'js::walk':
        return { kind: 'list', element: { kind: 'tuple', elements: [dict.key, dict.value] } }
      case 'aten::dict':
        return dict
      default:
        return declared
    }
  }

  private storeField(object: Type, name: Attribute | undefined, stored: ValueId): void {
    const place = fieldPlace(object, name)
    if (place !== null) this.lists.joinField(place, this.typeOf(stored))
  }

  private listType(list: ValueId): Type {
    return this.lists.holding(this.typeOf(list), list)
  }

  private visitUnpack(node: Node): void {
    const container = this.typeOf(node.inputs[0]!)
    const fact = this.facts.get(node.inputs[0]!)
    node.outputs.forEach((output, i) => {
      const part = Array.isArray(fact) ? (fact[i] as Fact | undefined) : undefined
      const type = container.kind === 'tuple' ? container.elements[i] : container.kind === 'list' ? container.element : undefined
      this.define(output, isTensorValue(part) ? tensorTypeOf(part) : (type ?? this.builder.typeOf(output)))
      if (part !== undefined && !isTensorValue(part)) this.know(output, part)
    })
  }

  private visitIf(node: Node): void {
    const condition = this.facts.get(node.inputs[0]!)
    if (typeof condition === 'boolean') {
      const arm = condition ? 0 : 1
      this.liveArm.set(node.id, arm)
      const block = node.blocks[arm]!
      this.visitNodes(block)
      node.outputs.forEach((output, i) => {
        this.define(output, this.typeOf(block.returns[i]!))
        // The output is the arm's value: what stands for one stands for the other.
        const fact = this.factOf(block.returns[i]!)
        if (fact !== undefined && !isTensorValue(fact)) this.know(output, fact)
        this.setAbsent(output, this.absent.has(block.returns[i]!))
      })
      return
    }
    // An earlier round of an enclosing loop may have thought it knew.
    this.liveArm.delete(node.id)
    const arms = node.blocks.map((block) => {
      this.scopes.push(new Set())
      this.visitNodes(block)
      const inner = this.scopes.pop()!
      return { block, inner }
    })
    node.outputs.forEach((output, i) => {
      const present = arms.filter(({ block }) => !this.absent.has(block.returns[i]!))
      this.setAbsent(output, present.length === 0)
      if (present.length === 1) {
        const { block, inner } = present[0]!
        const id = block.returns[i]!
        this.define(
          output,
          forgetSymbols(this.typeOf(id), (symbol) => !inner.has(symbol)),
        )
        const fact = this.outerFact(id, inner)
        if (fact !== undefined) this.know(output, fact)
        return
      }
      const [a, b] = arms.map(({ block, inner }) => forgetSymbols(this.typeOf(block.returns[i]!), (symbol) => !inner.has(symbol))) as [
        Type,
        Type,
      ]
      this.define(output, joinTypes(a, b, eraseShapes(this.builder.typeOf(output))))
      const [x, y] = arms.map(({ block, inner }) => this.outerFact(block.returns[i]!, inner))
      if (x !== undefined && y !== undefined && factEqual(x, y)) this.know(output, x)
    })
  }

  private visitLoop(node: Node): void {
    const block = node.blocks[0]!
    const [iteration, ...params] = block.params as [ValueId, ...ValueId[]]
    const initial = node.inputs.slice(2)
    this.indices.add(iteration)
    for (const [i, param] of params.entries()) {
      this.types.set(param, this.typeOf(initial[i]!))
      this.copyFact(initial[i]!, param)
      this.setAbsent(param, this.absent.has(initial[i]!))
    }
    let inner = new Set<string>()
    for (let round = 0; ; round++) {
      if (round > maxRounds) throw new Error('shapes of a loop do not settle')
      this.scopes.push(new Set())
      this.define(iteration, { kind: 'int' })
      for (const param of params) this.define(param, this.typeOf(param), true)
      this.visitNodes(block)
      inner = this.scopes.pop()!
      let changed = false
      for (const [i, param] of params.entries()) {
        const returned = block.returns[i + 1]!
        if (this.absent.has(returned)) continue
        if (this.absent.has(param)) {
          // The first value that reaches the head decides.
          this.absent.delete(param)
          this.types.set(
            param,
            this.named(
              param,
              forgetSymbols(this.typeOf(returned), (symbol) => !inner.has(symbol)),
            ),
          )
          changed = true
          continue
        }
        const before = this.typeOf(param)
        const declared = eraseShapes(this.builder.typeOf(param))
        const joined = this.named(param, joinTypes(before, mapBack(this.typeOf(returned), before, inner), declared))
        if (!typeEqual(before, joined)) {
          changed = true
          this.types.set(param, joined)
        }
        const fact = this.facts.get(param)
        if (fact !== undefined && !isTensorValue(fact)) {
          const after = this.facts.get(returned)
          if (after === undefined || !factEqual(fact, after)) {
            changed = true
            this.facts.delete(param)
          }
        }
      }
      if (!changed) break
    }
    node.outputs.forEach((output, i) => {
      this.define(
        output,
        forgetSymbols(this.typeOf(params[i]!), (symbol) => !inner.has(symbol)),
      )
      const fact = this.outerFact(params[i]!, inner)
      if (fact !== undefined) this.know(output, fact)
      else this.facts.delete(output)
      this.setAbsent(output, this.absent.has(params[i]!))
    })
  }

  /**
   * Sets a value's type in the current scope. Wildcards on tensors become symbols of the value; symbols that are not bound yet are bound
   * by the value's own plain dims (a declared parameter, a size known only at run time), other dims that mention them are forgotten.
   */
  private define(id: ValueId, type: Type, keepFact = false): void {
    if (!keepFact) this.facts.delete(id)
    const scope = this.scopes[this.scopes.length - 1]!
    this.home.set(id, scope)
    const own = this.symbols.get(`${id}`)
    if (own) scope.add(own.name)
    if (type.kind === 'tensor')
      for (const dim of type.shape ?? [])
        if (typeof dim === 'object' && dim.op === 'var' && !isAnyDim(dim) && !this.inScope(dim.name)) scope.add(dim.name)
    const isParam = this.graph.block.params.includes(id)
    const named = this.named(id, isParam && type.kind !== 'tensor' ? type : forgetSymbols(type, (symbol) => this.inScope(symbol)))
    this.types.set(id, named)
    if (named.kind === 'tensor')
      for (const symbol of symbolsOf(...(named.shape ?? []))) if (!this.inScope(symbol.name)) scope.add(symbol.name)
  }

  private inScope(symbol: string): boolean {
    return this.scopes.some((scope) => scope.has(symbol))
  }

  private named(id: ValueId, type: Type): Type {
    if (type.kind !== 'tensor') return type
    return mapDims(type, (dim, axis) => (isAnyDim(dim) ? this.dimension(`${id}/${axis}`, null) : dim))
  }

  private defineDeclared(node: Node): void {
    for (const output of node.outputs)
      if (!this.types.has(output) || !hasTensor(this.builder.typeOf(output))) this.define(output, this.builder.typeOf(output))
  }

  /** Contents of a list that may change are never known. */
  private know(id: ValueId, fact: Fact): void {
    if (!Array.isArray(fact) || this.typeOf(id).kind !== 'list' || this.frozen.has(id)) this.facts.set(id, fact)
  }

  private copyFact(from: ValueId, to: ValueId): void {
    const fact = this.facts.get(from)
    if (fact === undefined || isTensorValue(fact)) this.facts.delete(to)
    else this.facts.set(to, fact)
  }

  /** A fact as it is outside of a block that it leaves. */
  private outerFact(id: ValueId, inner: ReadonlySet<string>): Fact | undefined {
    const fact = this.facts.get(id)
    return fact === undefined || mentions(fact, inner) ? undefined : fact
  }

  private dimension(key: string, hint: string | null): SymVar {
    return this.symbol(key, hint, (name) => dimVar(name))
  }

  /** The symbol of a key, made at the first demand; keys are stable over the rounds of a fixpoint. */
  private symbol(key: string, hint: string | null, make: (name: string) => SymVar): SymVar {
    const known = this.symbols.get(key)
    if (known) return known
    const base = hint === null ? null : hint.replace(/(\.\d+)+$/, '').replace(/[^\w$]/g, '_')
    let name = base ?? 's0'
    for (let i = 1; this.usedNames.has(name); i++) name = base === null ? `s${i}` : `${base}_${i}`
    this.usedNames.add(name)
    const symbol = make(name)
    this.symbols.set(key, symbol)
    return symbol
  }

  private partsOf(node: Node, count: number): readonly ValueId[] {
    const known = this.parts.get(node.id)
    if (known && known.length === count) return known
    const parts = Array.from({ length: count }, () => this.builder.value({ kind: 'tensor', dtype: null, shape: null }))
    this.parts.set(node.id, parts)
    return parts
  }
}

/** A returned type seen from the loop's head: where it has a symbol made inside the body, only equality with the head's own dim counts. */
function mapBack(returned: Type, head: Type, inner: ReadonlySet<string>): Type {
  if (returned.kind === 'tensor' && head.kind === 'tensor' && returned.shape !== null && head.shape?.length === returned.shape.length) {
    const before = head.shape
    return {
      ...returned,
      shape: returned.shape.map((dim, i) => (dimEqual(dim, before[i]!) || symbolsOf(dim).every((s) => !inner.has(s.name)) ? dim : anyDim)),
    }
  }
  return forgetSymbols(returned, (symbol) => !inner.has(symbol))
}

/**
 * A cast that says more than its operand's type: in an arm that is dead after inlining (the argument is known to be a number, and the arm is the
 * one for strings), and of an array of ints that is to hold floats.
 */
function tellsType(cast: Node, actual: Type, declared: Type): boolean {
  if (cast.kind !== 'prim::unchecked_cast' || declared.kind === 'optional' || declared.kind === 'union') return false
  if (['list', 'set', 'dict'].includes(declared.kind) && actual.kind === declared.kind && !hasTensor(declared)) return true
  const numbers = ['int', 'float']
  return actual.kind !== declared.kind && !(numbers.includes(actual.kind) && numbers.includes(declared.kind))
}
