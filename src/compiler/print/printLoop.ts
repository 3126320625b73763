/**
 * prim::Loop as `for` or `while`. Carried values are `let` variables that are assigned together at the end of a turn; a branch at that end
 * assigns them in its arms, and the arm after which the loop does not go on leaves it with `break`. A branch before it that decides it takes its
 * arms into its own, so that `break` and `return` in a loop print as what they were.
 */
import { precedence } from '../../ops/scalarOp.ts'
import type { Block, Node, SourceRange, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { type Assignment, assignTogether } from './assignTogether.ts'
import { atom, type Expression, negate, variable } from './expression.ts'
import type { GraphUses } from './graphUses.ts'
import type { NameTable } from './names.ts'
import type { TextBuilder } from './textBuilder.ts'

/** What a loop needs of the printer of the function that it stands in. */
export interface LoopSite {
  readonly text: TextBuilder
  readonly names: NameTable
  readonly uses: GraphUses
  readonly uninitialized: Set<ValueId>
  readonly dialect: { annotate(type: Type): string }
  typeOf(id: ValueId): Type
  nameOf(id: ValueId): string | null
  use(id: ValueId): Expression
  /** The text of a value that is printed already. */
  known(id: ValueId): Expression | undefined
  bind(id: ValueId, text: Expression): void
  within(block: Block, body: () => void): void
  block(block: Block): void
  /** Prints a branch as one expression, if it is one. */
  conditional(node: Node): boolean
}

/** What a turn leaves: whether the loop goes on, and the carried values with their variables. */
interface Turn {
  readonly going: { readonly name: string; readonly value: ValueId } | null
  readonly carried: readonly Carried[]
}

interface Carried {
  readonly name: string
  readonly value: ValueId
  /** What the variable is known to hold while the turn runs. */
  readonly held: string
}

export function printLoop(site: LoopSite, node: Node): void {
  const { text, names, uses } = site
  const body = node.blocks[0]!
  const [tripId, startId, ...initials] = node.inputs as readonly [ValueId, ValueId, ...ValueId[]]
  const [iterationId, ...params] = body.params as readonly [ValueId, ...ValueId[]]
  const [conditionId, ...finals] = body.returns as readonly [ValueId, ...ValueId[]]
  const trip = site.use(tripId)
  const carried = params.map((id, i) => {
    if (!uses.has(id) && !uses.has(node.outputs[i]!)) return null
    const name = names.fresh(site.nameOf(id) ?? site.nameOf(node.outputs[i]!))
    const initial = site.uninitialized.has(initials[i]!) ? '' : ` = ${site.use(initials[i]!).text}`
    text.line(`let ${name}${site.dialect.annotate(site.typeOf(id))}${initial}`, node.range)
    const held = isFalseInside(site, node, i) ? atom('false') : variable(name)
    site.bind(id, held)
    return { name, held: held.text }
  })
  const counted = !/^\d+$/.test(trip.text) || Number(trip.text) < 2 ** 53 - 1
  const alwaysTrue = site.use(startId).text === 'true' && constantBool(site, body, conditionId) === true
  const index = counted || uses.has(iterationId) ? names.fresh(site.nameOf(iterationId) ?? 'i') : null
  if (index) site.bind(iterationId, variable(index))
  const going = alwaysTrue ? null : names.fresh('going')
  if (going) text.line(`let ${going} = ${site.use(startId).text}`, node.range)
  const bound = counted ? hoisted(site, trip, node.range) : null
  const test = [going, bound && `${index} < ${bound}`].filter(Boolean).join(' && ')
  const head = index ? `for (let ${index} = 0; ${test}; ${index}++) {` : `while (${test || 'true'}) {`
  const turn: Turn = {
    going: going === null ? null : { name: going, value: conditionId },
    carried: finals.flatMap((value, i) => (carried[i] ? [{ ...carried[i], value }] : [])),
  }
  text.nest(head, '}', () => site.within(body, () => printTurn(site, body, turn)), node.range)
  node.outputs.forEach((id, i) => {
    if (carried[i]) site.bind(id, variable(carried[i].name))
  })
}

/** A block at the end of a turn. */
function printTurn(site: LoopSite, block: Block, turn: Turn): void {
  const work = block.nodes.filter((node) => node.kind !== 'prim::Constant')
  const last = work.at(-1)
  const decided = last ? decides(site, work.at(-2), last) : null
  if (!last || !endsTurn(site, last, turn, decided?.by.outputs ?? [])) {
    site.block(block)
    assign(site, turn)
    return
  }
  site.block({ ...block, nodes: block.nodes.filter((node) => node !== last && node !== decided?.by) })
  if (decided)
    printArms(site, decided.by, (arm) =>
      printDecided(site, decided.by, arm, last, last.blocks[decided.first === (arm === 0) ? 0 : 1]!, turn),
    )
  else if (site.conditional(last)) assign(site, turn)
  else printArms(site, last, (arm) => printArm(site, last, last.blocks[arm]!, turn))
}

/** The branch before another that decides it: each of its arms gives a constant for the condition. `first`: what the arm of true gives. */
function decides(site: LoopSite, before: Node | undefined, branch: Node): { readonly by: Node; readonly first: boolean } | null {
  if (before?.kind !== 'prim::If') return null
  const output = before.outputs.indexOf(branch.inputs[0]!)
  if (output < 0) return null
  const [first, second] = before.blocks.map((block) => constantBool(site, block, block.returns[output]!))
  return typeof first === 'boolean' && typeof second === 'boolean' && first !== second ? { by: before, first } : null
}

/** An arm of a branch that decides the last one of a turn: the arm of that follows at once, so that nothing is tested twice. */
function printDecided(site: LoopSite, by: Node, arm: number, last: Node, then: Block, turn: Turn): void {
  const block = by.blocks[arm]!
  site.within(block, () => {
    site.block(block)
    for (const [i, id] of by.outputs.entries()) {
      const value = block.returns[i]!
      if (site.uninitialized.has(value)) site.uninitialized.add(id)
      else site.uninitialized.delete(id)
      site.bind(id, named(site, id, site.use(value), by.range))
    }
    printArm(site, last, then, turn)
  })
}

/** An arm of the last branch of a turn. */
function printArm(site: LoopSite, node: Node, block: Block, { going, carried }: Turn): void {
  const inArm = <T extends { readonly value: ValueId }>(left: T): T => {
    const output = node.outputs.indexOf(left.value)
    return output < 0 ? left : { ...left, value: block.returns[output]! }
  }
  site.within(block, () => printTurn(site, block, { going: going && inArm(going), carried: carried.map(inArm) }))
}

/** Whether a branch is for nothing but what the turn leaves, and little else, but `decided`, would have to be assigned in both of its arms. */
function endsTurn({ uses }: LoopSite, node: Node, { going, carried }: Turn, decided: readonly ValueId[]): boolean {
  if (node.kind !== 'prim::If') return false
  const left = [...(going ? [going] : []), ...carried].map(({ value }) => value)
  const used = node.outputs.filter((id) => uses.has(id))
  const others = left.filter((id) => !used.includes(id) && !decided.includes(id))
  return others.length <= used.length && used.every((id) => uses.count(id) === left.filter((value) => value === id).length)
}

function printArms(site: LoopSite, node: Node, print: (arm: number) => void): void {
  const { text } = site
  const condition = site.use(node.inputs[0]!)
  const start = text.length
  text.line(`if (${condition.text}) {`, node.range)
  const inside = text.length
  text.indented(() => print(0))
  if (text.length === inside) {
    text.cut(start)
    text.line(`if (${negate(condition).text}) {`, node.range)
    text.indented(() => print(1))
    text.line('}')
    return
  }
  const end = text.length
  text.line('} else {')
  const otherwise = text.length
  text.indented(() => print(1))
  if (text.length === otherwise) text.cut(end)
  text.line('}')
}

function assign(site: LoopSite, { going, carried }: Turn): void {
  const assignments: Assignment[] = carried
    .filter(({ value, held }) => !site.uninitialized.has(value) && site.use(value).text !== held)
    .map(({ name, value }) => ({ target: name, value: site.use(value), range: site.uses.ranges.get(value) }))
  const next = going && site.use(going.value)
  if (next && next.text !== 'true' && next.text !== 'false') assignments.push({ target: going.name, value: next })
  assignTogether(assignments, site.text, site.names)
  if (next?.text === 'false') site.text.line('break')
}

/** The constant that a block gives for a value, known before the block is printed. */
function constantBool(site: LoopSite, block: Block, id: ValueId): boolean | null {
  const definition = block.nodes.find((node) => node.outputs.includes(id))
  if (definition) return definition.attributes.value?.kind === 'bool' ? definition.attributes.value.value : null
  const text = site.known(id)?.text
  return text === 'true' || text === 'false' ? text === 'true' : null
}

/** Whether a carried flag is false in every turn: it starts so, and the loop ends when it becomes true. */
function isFalseInside(site: LoopSite, loop: Node, carried: number): boolean {
  const body = loop.blocks[0]!
  const initial = loop.inputs[2 + carried]!
  if (site.uninitialized.has(initial) || site.use(initial).text !== 'false') return false
  const [condition, ...finals] = body.returns as readonly [ValueId, ...ValueId[]]
  const decides = body.nodes.find((node) => node.outputs.includes(condition))
  if (decides?.kind !== 'prim::If' || decides.inputs[0] !== finals[carried]) return false
  const [whenTrue] = decides.blocks as readonly [Block, Block]
  return constantBool(site, whenTrue, whenTrue.returns[decides.outputs.indexOf(condition)]!) === false
}

/** A trip count is read once, before the loop. */
function hoisted({ names, text }: LoopSite, trip: Expression, range: SourceRange): string {
  if (trip.precedence === precedence.primary) return trip.text
  const name = names.fresh('count')
  text.line(`const ${name} = ${trip.text}`, range)
  return name
}

/** A variable or a literal as it is, anything else under a name. */
function named(site: LoopSite, id: ValueId, value: Expression, range: SourceRange): Expression {
  if (/^([\w$]+|-?[\d.]+)$/.test(value.text)) return value
  const name = site.names.fresh(site.nameOf(id))
  site.text.line(`const ${name}${site.dialect.annotate(site.typeOf(id))} = ${value.text}`, range)
  return variable(name)
}
