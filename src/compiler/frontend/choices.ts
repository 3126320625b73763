/**
 * One of several modules, chosen when the program runs: `this.layers.at(i)`, `this.heads.get(name)`. What is called on it is read once for each
 * module, in the arm of a branch, so the modules may be of different classes as long as the results fit.
 */
import type * as t from '@babel/types'
import { tryScalar } from './builtins.ts'
import { constantInt, constantString } from './constants.ts'
import type { FunctionContext } from './context.ts'
import { emitBranch, noRefinements } from './control.ts'
import type { ChoiceSugar, Sugared } from './sugar.ts'
import { raise } from './throws.ts'
import { types } from './typeRelations.ts'
import { materialize } from './values.ts'

/** `modules[i]`: a module of a list by a position that is not constant. */
export function chooseByIndex(f: FunctionContext, options: readonly Sugared[], index: Sugared, node: t.Node): ChoiceSugar {
  const made = materialize(f, index, node, types.int)
  return {
    kind: 'choice',
    options,
    is: (i) => tryScalar(f, 'aten::eq', [made, constantInt(i)], node)!,
    message: () => text(f, node, 'index ', made, ` is out of range for ${options.length} modules`),
  }
}

/** `modules.at(i)`: a negative position counts from the end. */
export function chooseAt(f: FunctionContext, options: readonly Sugared[], index: Sugared, node: t.Node): ChoiceSugar {
  const direct = chooseByIndex(f, options, index, node)
  const fromEnd = chooseByIndex(f, options, tryScalar(f, 'aten::add', [index, constantInt(options.length)], node)!, node)
  return { ...direct, is: (i) => tryScalar(f, 'aten::__or__', [direct.is(i), fromEnd.is(i)], node)! }
}

/** A module of a dict by a name that is not constant. */
export function chooseByName(f: FunctionContext, record: ReadonlyMap<string, Sugared>, name: Sugared, node: t.Node): ChoiceSugar {
  const names = [...record.keys()]
  const made = materialize(f, name, node, types.string)
  return {
    kind: 'choice',
    options: [...record.values()],
    is: (i) => tryScalar(f, 'aten::eq', [made, constantString(names[i]!)], node)!,
    message: () => text(f, node, "there is no module '", made, "'"),
  }
}

const text = (f: FunctionContext, node: t.Node, before: string, value: Sugared, after: string): Sugared => {
  const shown = tryScalar(f, 'aten::str', [value], node) ?? value
  return tryScalar(f, 'aten::add', [tryScalar(f, 'aten::add', [constantString(before), shown], node)!, constantString(after)], node)!
}

/** Does something with the module that was chosen. */
export function withChoice(f: FunctionContext, choice: ChoiceSugar, node: t.Node, use: (option: Sugared) => Sugared): Sugared {
  const select = (i: number): Sugared => {
    const option = choice.options[i]
    if (!option) {
      raise(f, choice.message(), 'RangeError', node)
      return { kind: 'uninitialized', name: 'module' }
    }
    const test = materialize(f, choice.is(i), node, types.bool)
    const condition = { test, whenTrue: noRefinements, whenFalse: noRefinements }
    return emitBranch(
      f,
      node,
      condition,
      () => use(option),
      () => select(i + 1),
    ).result!
  }
  return select(0)
}
