/**
 * prim::Loop as `for` or `while`. Carried values are `let` variables that are assigned together at the end of a turn; a branch at that end
 * assigns them in its arms, and the arm after which the loop does not go on leaves it with `break`.
 */
import { precedence } from '../../ops/scalarOp.ts'
import type { Block, Node, SourceRange, ValueId } from '../ir/graph.ts'
import type { Type } from '../ir/types.ts'
import { type Assignment, assignTogether } from './assignTogether.ts'
import { type Expression, negate } from './expression.ts'
import type { GraphUses } from './graphUses.ts'
import type { NameTable } from './names.ts'
import type { TextBuilder } from './textBuilder.ts'

/** What a loop needs of the printer of the function that it stands in. */
export interface LoopSite {
  readonly text: TextBuilder
  readonly names: NameTable
  readonly uses: GraphUses
  readonly uninitialized: ReadonlySet<ValueId>
  readonly dialect: { annotate(type: Type): string }
  typeOf(id: ValueId): Type
  nameOf(id: ValueId): string | null
  use(id: ValueId): Expression
  bind(id: ValueId, name: string): void
  within(block: Block, body: () => void): void
  block(block: Block): void
  /** Prints a branch as one expression, if it is one. */
  conditional(node: Node): boolean
}

/** What a turn leaves: whether the loop goes on, and the carried values with their variables. */
interface Turn {
  readonly going: { readonly name: string; readonly value: ValueId } | null
  readonly carried: readonly { readonly name: string; readonly value: ValueId }[]
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
    site.bind(id, name)
    return name
  })
  const counted = !/^\d+$/.test(trip.text) || Number(trip.text) < 2 ** 53 - 1
  const alwaysTrue = site.use(startId).text === 'true' && isTrue(site, body, conditionId)
  const index = counted || uses.has(iterationId) ? names.fresh(site.nameOf(iterationId) ?? 'i') : null
  if (index) site.bind(iterationId, index)
  const going = alwaysTrue ? null : names.fresh('going')
  if (going) text.line(`let ${going} = ${site.use(startId).text}`, node.range)
  const bound = counted ? hoisted(site, trip, node.range) : null
  const test = [going, bound && `${index} < ${bound}`].filter(Boolean).join(' && ')
  const head = index ? `for (let ${index} = 0; ${test}; ${index}++) {` : `while (${test || 'true'}) {`
  const turn: Turn = {
    going: going === null ? null : { name: going, value: conditionId },
    carried: finals.flatMap((value, i) => (carried[i] ? [{ name: carried[i], value }] : [])),
  }
  text.nest(head, '}', () => site.within(body, () => printTurn(site, body, turn)), node.range)
  node.outputs.forEach((id, i) => {
    if (carried[i]) site.bind(id, carried[i])
  })
}

/** A block at the end of a turn. */
function printTurn(site: LoopSite, block: Block, turn: Turn): void {
  const at = block.nodes.findLastIndex((node) => node.kind !== 'prim::Constant')
  const last = block.nodes[at]
  if (!last || !endsTurn(site, last, turn)) {
    site.block(block)
    assign(site, turn)
    return
  }
  site.block({ ...block, nodes: block.nodes.filter((node) => node !== last) })
  if (site.conditional(last)) assign(site, turn)
  else printArms(site, last, turn)
}

/** Whether a branch is for nothing but what the turn leaves, and little else would have to be assigned in both of its arms. */
function endsTurn({ uses }: LoopSite, node: Node, { going, carried }: Turn): boolean {
  if (node.kind !== 'prim::If') return false
  const left = [...(going ? [going] : []), ...carried].map(({ value }) => value)
  const used = node.outputs.filter((id) => uses.has(id))
  const others = left.filter((id) => !used.includes(id))
  return others.length <= used.length && used.every((id) => uses.count(id) === left.filter((value) => value === id).length)
}

function printArms(site: LoopSite, node: Node, { going, carried }: Turn): void {
  const { text } = site
  const arm = (block: Block) => (): void => {
    const inArm = <T extends { readonly value: ValueId }>(left: T): T => {
      const output = node.outputs.indexOf(left.value)
      return output < 0 ? left : { ...left, value: block.returns[output]! }
    }
    site.within(block, () => printTurn(site, block, { going: going && inArm(going), carried: carried.map(inArm) }))
  }
  const condition = site.use(node.inputs[0]!)
  const [whenTrue, whenFalse] = node.blocks.map(arm) as [() => void, () => void]
  const start = text.length
  text.line(`if (${condition.text}) {`, node.range)
  const inside = text.length
  text.indented(whenTrue)
  if (text.length === inside) {
    text.cut(start)
    text.line(`if (${negate(condition).text}) {`, node.range)
    text.indented(whenFalse)
    text.line('}')
    return
  }
  const end = text.length
  text.line('} else {')
  const otherwise = text.length
  text.indented(whenFalse)
  if (text.length === otherwise) text.cut(end)
  text.line('}')
}

function assign(site: LoopSite, { going, carried }: Turn): void {
  const assignments: Assignment[] = carried
    .filter(({ value }) => !site.uninitialized.has(value))
    .map(({ name, value }) => ({ target: name, value: site.use(value) }))
  const leaves = going !== null && site.use(going.value).text === 'false'
  if (going && !leaves && site.use(going.value).text !== 'true') assignments.push({ target: going.name, value: site.use(going.value) })
  assignTogether(
    assignments.filter(({ target, value }) => target !== value.text),
    site.text,
    site.names,
  )
  if (leaves) site.text.line('break')
}

/** Whether a value that a body gives is the constant true, known before the body is printed. */
function isTrue(site: LoopSite, body: Block, id: ValueId): boolean {
  const definition = body.nodes.find((node) => node.outputs.includes(id))
  if (definition === undefined) return site.use(id).text === 'true'
  return definition.kind === 'prim::Constant' && definition.attributes.value?.kind === 'bool' && definition.attributes.value.value
}

/** A trip count is read once, before the loop. */
function hoisted({ names, text }: LoopSite, trip: Expression, range: SourceRange): string {
  if (trip.precedence === precedence.primary) return trip.text
  const name = names.fresh('count')
  text.line(`const ${name} = ${trip.text}`, range)
  return name
}
