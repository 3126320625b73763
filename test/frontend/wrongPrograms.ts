/**
 * The 75 wrong programs of the diagnostics reference, D01 to D75: the fixtures that port each (`error.*` refused, the others accepted), the
 * tests that do where a program needs instances, and what is not as the reference asks, with the reason.
 */
export interface WrongProgram {
  readonly fixtures?: readonly string[]
  /** In `test/programs/wrongPrograms.test.ts`. */
  readonly tests?: readonly string[]
  readonly missing?: string
}

export const wrongPrograms: { readonly [id: string]: WrongProgram } = {
  D01: { fixtures: ['error.unknown-name'] },
  D02: {
    fixtures: ['error.assigned-in-one-branch'],
    missing: 'the diagnostic does not show the branch that lacks the assignment, and offers no fix',
  },
  D03: { fixtures: ['error.branch-types'] },
  D04: { fixtures: ['d04-loop-int-to-float', 'error.loop-changes-type'] },
  D05: { fixtures: ['error.operator-argument'] },
  D06: { fixtures: ['error.function-argument'] },
  D07: { fixtures: ['error.missing-argument'] },
  D08: { fixtures: ['error.unknown-option'] },
  D09: { fixtures: ['error.unknown-method'] },
  D10: { fixtures: ['error.d10-unknown-function', 'error.unknown-operator'] },
  D11: { fixtures: ['error.possibly-null-tensor', 'error.possibly-null'] },
  D12: { tests: ['D12'] },
  D13: { fixtures: ['error.result-type'] },
  D14: {
    fixtures: ['error.return-types', 'error.d14-return-types-of-entry'],
    missing: 'a function without a declared result that returns an int or a string is refused wherever it stands, not only as the entry',
  },
  D15: { fixtures: ['error.missing-return'] },
  D16: { fixtures: ['error.untyped-parameter', 'error.d16-untyped-bound'] },
  D17: { fixtures: ['error.d17-number-for-tensor'], tests: ['D17'] },
  D18: { fixtures: ['error.empty-array', 'd18-empty-array', 'd18-evolving-array'] },
  D19: { fixtures: ['error.append-other-type', 'error.element-type'] },
  D20: { fixtures: ['error.d20-map-key'], missing: 'the message names the two types, not `Map.set` and its key' },
  D21: { fixtures: ['error.map-key-tuple'] },
  D22: { fixtures: ['error.unknown-type'] },
  D23: { fixtures: ['d23-function-parameter'] },
  D24: { fixtures: ['d24-arrow'] },
  D25: { fixtures: ['error.try'] },
  D26: { fixtures: ['d26-captured-const', 'error.captured-let'], tests: ['D26'] },
  D27: { fixtures: ['error.host-call', 'error.random'], missing: 'the message names `Date`, not `Date.now()`' },
  D28: { fixtures: ['error.d28-class-field'] },
  D29: { tests: ['D29'] },
  D30: { tests: ['D30'] },
  D31: { tests: ['D31'], missing: '`list[i]` of modules of one class is refused as different classes; `list.at(i)` is accepted' },
  D32: { fixtures: ['d32-break-in-unrolled-loop'] },
  D33: { fixtures: ['error.iterate-a-number'] },
  D34: { fixtures: ['error.unpack-arity'] },
  D35: { fixtures: ['error.unpack-tensor'] },
  D36: { fixtures: ['error.tuple-index'] },
  D37: { fixtures: ['d37-dynamic-tuple-index', 'error.d37-union-misused'] },
  D38: { fixtures: ['error.tuple-assignment'] },
}
