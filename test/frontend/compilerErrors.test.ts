/** What compiler code throws, as diagnostics: refusals of the passes and backends keep their code and place, everything else is a defect of ours. */
import { expect, test } from 'vitest'
import { CompileError } from '../../src/compiler/diagnostics/diagnostic.ts'
import { operatorNotCompiled } from '../../src/compiler/diagnostics/messages.generated.ts'
import { errorsAt } from '../../src/compiler/errors.ts'
import { VerifyError } from '../../src/compiler/ir/verifyGraph.ts'
import { LoweringError } from '../../src/compiler/kernels/lower/lowerSegment.ts'
import { PassError } from '../../src/compiler/passes/index.ts'
import { torch } from '../../src/index.ts'
import { OperatorError } from '../../src/ops/operator.ts'

const whole = { file: 'main.ts', start: 0, end: 40 }
const at = { file: 'main.ts', line: 1, column: 7, start: 7, end: 9 }
const shown = (error: unknown) => errorsAt(error, whole).map(({ code, kind, message, start, end }) => ({ code, kind, message, start, end }))

test.each([
  [
    'S1204: a pass refuses, at its node',
    new PassError('S1204', "Net has no attribute 'scale' that is known at build time", at),
    { code: 'S1204', kind: 'user error', message: "Net has no attribute 'scale' that is known at build time", start: 7, end: 9 },
  ],
  [
    'S7001: no kernel, at the call',
    new LoweringError(new OperatorError('S7001', 'lstm has no kernel for webgpu'), at),
    { code: 'S7001', kind: 'not supported yet', message: 'lstm has no kernel for webgpu', start: 7, end: 9 },
  ],
  [
    'S7002: the printer refuses, at the call',
    new CompileError(operatorNotCompiled(at, { operator: '`aten::x`' })),
    { code: 'S7002', kind: 'not supported yet', message: '`aten::x` runs uncompiled only', start: 7, end: 9 },
  ],
  [
    'S6001: a broken invariant without a place is of the whole function',
    new VerifyError('%x is used before it is defined', 'fuse', null),
    {
      code: 'S6001',
      kind: 'internal error',
      message: 'the pass fuse broke the program: %x is used before it is defined',
      start: 0,
      end: 40,
    },
  ],
  [
    'S6002: whatever else is thrown',
    new TypeError('x is undefined'),
    { code: 'S6002', kind: 'internal error', message: 'the compiler failed here: x is undefined', start: 0, end: 40 },
  ],
] as const)('%s', (_, error, diagnostic) => {
  expect(shown(error)).toEqual([diagnostic])
})

test('S3008: the uncompiled run refuses a view that strides do not allow', () => {
  expect(() => torch.ones([2, 3]).t().view([6])).toThrow(/^view: shape .* has no view of shape \[6\]; use reshape$/)
})
