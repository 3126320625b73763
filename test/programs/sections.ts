/** All programs, by section of the set. */
import { breakContinue } from './breakContinue.ts'
import { classes } from './classes.ts'
import { controlFlow } from './controlFlow.ts'
import { dicts } from './dicts.ts'
import { earlyReturn } from './earlyReturn.ts'
import { exceptions } from './exceptions.ts'
import { escapeHatches, functions, resources } from './functions.ts'
import { indexing } from './indexing.ts'
import { lists } from './lists.ts'
import { loops } from './loops.ts'
import { containers, interfaces, modules } from './modules.ts'
import { numbers } from './numbers.ts'
import { optional } from './optional.ts'
import type { Program } from './program.ts'
import { strings } from './strings.ts'
import { tracing } from './tracing.ts'
import { tuples } from './tuples.ts'
import { forks, freezing, inspection, misc, optimiser } from './whole.ts'

export const sections: { readonly [section: string]: readonly Program[] } = {
  'control flow': controlFlow,
  loops,
  'break and continue': breakContinue,
  'early return': earlyReturn,
  exceptions,
  'optional values': optional,
  lists,
  dicts,
  tracing,
  tuples,
  strings,
  numbers,
  indexing,
  classes,
  modules,
  'module containers': containers,
  interfaces,
  functions,
  resources,
  'escape hatches': escapeHatches,
  'fork and wait': forks,
  freezing,
  inspection,
  'optimiser passes': optimiser,
  'other types': misc,
}
