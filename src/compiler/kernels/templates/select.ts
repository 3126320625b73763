/**
 * std::nth_element, std::sort and std::partial_sort of libstdc++ as loop IR over the positions of one row: what PyTorch's CPU topk runs, whose order
 * of equal elements is part of its results. ops/reference/topk.ts is the same in TypeScript, and says where the algorithms come from.
 * `RowOrder` reads and writes the positions; `before` compares the elements that two positions stand for.
 */
import type { LoopExpr, LoopStmt } from '../loop.ts'
import { add, assign, binary, compare, i32, letStmt, localStmt, mul, sub, variable } from '../loopCode.ts'

export interface RowOrder {
  read(index: LoopExpr): LoopExpr
  write(index: LoopExpr, position: LoopExpr): LoopStmt
  /** A mask: the element at position `a` goes before the one at `b`. */
  before(a: LoopExpr, b: LoopExpr): LoopExpr
}

type Statements = readonly LoopStmt[]

const v = (name: string): LoopExpr => variable(name, 'i32')
const ifStmt = (condition: LoopExpr, then: Statements, otherwise: Statements = []): LoopStmt => ({
  t: 'if',
  condition,
  then,
  else: otherwise,
})
const whileStmt = (condition: LoopExpr, body: Statements): LoopStmt => ({ t: 'while', condition, body })
const half = (a: LoopExpr): LoopExpr => binary('shr', a, 1)
const lessThan = (a: LoopExpr, b: LoopExpr | number): LoopExpr => compare('lt', a, b)
const greater = (a: LoopExpr, b: LoopExpr | number): LoopExpr => compare('gt', a, b)

/** Statements that sort and select; each use of one is expanded in place, with names of its own. */
export class Selection {
  private readonly order: RowOrder
  private names = 0

  constructor(order: RowOrder) {
    this.order = order
  }

  private fresh(hint: string): string {
    return `${hint}_${this.names++}`
  }

  private less(i: LoopExpr, j: LoopExpr): LoopExpr {
    return this.order.before(this.order.read(i), this.order.read(j))
  }

  private swap(i: LoopExpr, j: LoopExpr): Statements {
    const kept = this.fresh('kept')
    return [letStmt(kept, this.order.read(i)), this.order.write(i, this.order.read(j)), this.order.write(j, v(kept))]
  }

  /** The element that belongs at `nth` in [0, end), smaller ones before it. */
  nthElement(nth: LoopExpr, end: LoopExpr): Statements {
    const [from, last, depth] = [this.fresh('from'), this.fresh('last'), this.fresh('depth')]
    const partition = this.partition(v(from), v(last))
    return [
      localStmt(from, i32(0)),
      localStmt(last, end),
      ...this.depthLimit(depth, end),
      whileStmt(greater(sub(v(last), v(from)), 3), [
        ifStmt(
          compare('eq', v(depth), 0),
          [...this.heapSelect(v(from), add(nth, 1), v(last)), ...this.swap(v(from), nth), assign(last, v(from))],
          [
            assign(depth, sub(v(depth), 1)),
            ...partition.statements,
            ifStmt(compare('le', v(partition.cut), nth), [assign(from, v(partition.cut))], [assign(last, v(partition.cut))]),
          ],
        ),
      ]),
      ...this.insertionSort(v(from), v(last)),
    ]
  }

  /** Introsort of [0, end). `stack`: index of free ints behind the positions. */
  sort(end: LoopExpr, stack: LoopExpr): Statements {
    const [first, last, depth, top, guarded, i] = ['first', 'last', 'depth', 'top', 'guarded', 'i'].map((hint) => this.fresh(hint)) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const partition = this.partition(v(first), v(last))
    const slot = (offset: number): LoopExpr => add(add(stack, mul(v(top), 3)), offset)
    // What the recursion would do next, after the right part: the left one. The order of the parts does not change the result.
    const push = [
      this.order.write(slot(0), v(first)),
      this.order.write(slot(1), v(partition.cut)),
      this.order.write(slot(2), v(depth)),
      assign(top, add(v(top), 1)),
    ]
    const pop = [
      assign(top, sub(v(top), 1)),
      assign(first, this.order.read(slot(0))),
      assign(last, this.order.read(slot(1))),
      assign(depth, this.order.read(slot(2))),
    ]
    return [
      localStmt(first, i32(0)),
      localStmt(last, end),
      ...this.depthLimit(depth, end),
      localStmt(top, i32(1)),
      this.order.write(stack, i32(0)),
      this.order.write(add(stack, 1), i32(0)),
      this.order.write(add(stack, 2), i32(0)),
      whileStmt(greater(v(top), 0), [
        whileStmt(greater(sub(v(last), v(first)), 16), [
          ifStmt(
            compare('eq', v(depth), 0),
            [...this.partialSort(v(first), v(last), v(last)), assign(last, v(first))],
            [assign(depth, sub(v(depth), 1)), ...partition.statements, ...push, assign(first, v(partition.cut))],
          ),
        ]),
        ...pop,
      ]),
      letStmt(guarded, binary('min', end, 16)),
      ...this.insertionSort(i32(0), v(guarded)),
      localStmt(i, v(guarded)),
      whileStmt(lessThan(v(i), end), [...this.insert(v(i)), assign(i, add(v(i), 1))]),
    ]
  }

  /** The first `middle - first` elements of [first, last) in order. */
  partialSort(first: LoopExpr, middle: LoopExpr, last: LoopExpr): Statements {
    const end = this.fresh('end')
    return [
      ...this.heapSelect(first, middle, last),
      localStmt(end, middle),
      whileStmt(greater(sub(v(end), first), 1), [assign(end, sub(v(end), 1)), ...this.popHeap(first, v(end), v(end))]),
    ]
  }

  /** 2 * floor(log2(length)), 0 for lengths below 1. */
  private depthLimit(name: string, length: LoopExpr): Statements {
    const rest = this.fresh('rest')
    return [
      localStmt(name, i32(0)),
      localStmt(rest, length),
      whileStmt(greater(v(rest), 1), [assign(rest, half(v(rest))), assign(name, add(v(name), 2))]),
    ]
  }

  /** The median of three becomes the pivot at `first`; the rest is parted around it at `cut`. */
  private partition(first: LoopExpr, end: LoopExpr): { readonly cut: string; readonly statements: Statements } {
    const [cut, high, a, b, c, chosen] = ['cut', 'high', 'a', 'b', 'c', 'chosen'].map((hint) => this.fresh(hint)) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const choose = (name: string): Statements => [assign(chosen, v(name))]
    const open = this.fresh('open')
    return {
      cut,
      statements: [
        letStmt(a, add(first, 1)),
        letStmt(b, add(first, half(sub(end, first)))),
        letStmt(c, sub(end, 1)),
        localStmt(chosen, v(a)),
        ifStmt(
          this.less(v(a), v(b)),
          [ifStmt(this.less(v(b), v(c)), choose(b), [ifStmt(this.less(v(a), v(c)), choose(c), choose(a))])],
          [ifStmt(this.less(v(a), v(c)), choose(a), [ifStmt(this.less(v(b), v(c)), choose(c), choose(b))])],
        ),
        ...this.swap(first, v(chosen)),
        localStmt(cut, add(first, 1)),
        localStmt(high, end),
        localStmt(open, i32(1)),
        whileStmt(compare('ne', v(open), 0), [
          whileStmt(this.less(v(cut), first), [assign(cut, add(v(cut), 1))]),
          assign(high, sub(v(high), 1)),
          whileStmt(this.less(first, v(high)), [assign(high, sub(v(high), 1))]),
          ifStmt(compare('ge', v(cut), v(high)), [assign(open, i32(0))], [...this.swap(v(cut), v(high)), assign(cut, add(v(cut), 1))]),
        ]),
      ],
    }
  }

  private insertionSort(first: LoopExpr, last: LoopExpr): Statements {
    const [i, item, hole] = [this.fresh('i'), this.fresh('item'), this.fresh('hole')]
    return [
      localStmt(i, add(first, 1)),
      whileStmt(lessThan(v(i), last), [
        ifStmt(
          this.less(v(i), first),
          [
            letStmt(item, this.order.read(v(i))),
            localStmt(hole, v(i)),
            whileStmt(greater(v(hole), first), [
              this.order.write(v(hole), this.order.read(sub(v(hole), 1))),
              assign(hole, sub(v(hole), 1)),
            ]),
            this.order.write(first, v(item)),
          ],
          this.insert(v(i)),
        ),
        assign(i, add(v(i), 1)),
      ]),
    ]
  }

  /** Moves an element down to its place; one before it is not larger. */
  private insert(position: LoopExpr): Statements {
    const [item, hole] = [this.fresh('item'), this.fresh('hole')]
    return [
      letStmt(item, this.order.read(position)),
      localStmt(hole, position),
      whileStmt(this.order.before(v(item), this.order.read(sub(v(hole), 1))), [
        this.order.write(v(hole), this.order.read(sub(v(hole), 1))),
        assign(hole, sub(v(hole), 1)),
      ]),
      this.order.write(v(hole), v(item)),
    ]
  }

  private heapSelect(first: LoopExpr, middle: LoopExpr, last: LoopExpr): Statements {
    const [length, parent, i] = [this.fresh('length'), this.fresh('parent'), this.fresh('i')]
    return [
      letStmt(length, sub(middle, first)),
      localStmt(parent, half(sub(v(length), 2))),
      whileStmt(compare('ge', v(parent), 0), [
        ...this.adjustHeap(first, v(parent), v(length), this.order.read(add(first, v(parent)))),
        assign(parent, sub(v(parent), 1)),
      ]),
      localStmt(i, middle),
      whileStmt(lessThan(v(i), last), [ifStmt(this.less(v(i), first), this.popHeap(first, middle, v(i))), assign(i, add(v(i), 1))]),
    ]
  }

  private popHeap(first: LoopExpr, last: LoopExpr, result: LoopExpr): Statements {
    const item = this.fresh('item')
    return [
      letStmt(item, this.order.read(result)),
      this.order.write(result, this.order.read(first)),
      ...this.adjustHeap(first, i32(0), sub(last, first), v(item)),
    ]
  }

  private adjustHeap(first: LoopExpr, start: LoopExpr, length: LoopExpr, given: LoopExpr): Statements {
    const [item, hole, child, parent, rising] = ['item', 'hole', 'child', 'parent', 'rising'].map((hint) => this.fresh(hint)) as [
      string,
      string,
      string,
      string,
      string,
    ]
    const at = (index: LoopExpr): LoopExpr => add(first, index)
    return [
      letStmt(item, given),
      localStmt(hole, start),
      localStmt(child, start),
      whileStmt(lessThan(v(child), half(sub(length, 1))), [
        assign(child, mul(add(v(child), 1), 2)),
        ifStmt(this.less(at(v(child)), at(sub(v(child), 1))), [assign(child, sub(v(child), 1))]),
        this.order.write(at(v(hole)), this.order.read(at(v(child)))),
        assign(hole, v(child)),
      ]),
      ifStmt(binary('and', compare('eq', binary('and', length, 1), 0), compare('eq', v(child), half(sub(length, 2)))), [
        assign(child, mul(add(v(child), 1), 2)),
        this.order.write(at(v(hole)), this.order.read(at(sub(v(child), 1)))),
        assign(hole, sub(v(child), 1)),
      ]),
      localStmt(rising, i32(1)),
      whileStmt(compare('ne', v(rising), 0), [
        assign(rising, i32(0)),
        ifStmt(greater(v(hole), start), [
          letStmt(parent, half(sub(v(hole), 1))),
          ifStmt(this.order.before(this.order.read(at(v(parent))), v(item)), [
            this.order.write(at(v(hole)), this.order.read(at(v(parent)))),
            assign(hole, v(parent)),
            assign(rising, i32(1)),
          ]),
        ]),
      ]),
      this.order.write(at(v(hole)), v(item)),
    ]
  }
}
