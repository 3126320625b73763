/** Rows 223 to 242: random numbers, devices, dtypes, asynchrony. */
import { program, type Rows, refused, runs, vector, x3 } from '../evidence.ts'

export const devices: Rows = {
  223: [program('Y04')],
  224: [program('OP02')],
  225: [runs("export function f(n: int): Tensor { return torch.zeros([n], { dtype: 'int64' }) }", ({ f }) => f(2))],
  226: [program('Y04')],
  227: [refused('S2110', "export function f(n: int): Tensor { torch.setDefaultDtype('float64'); return torch.zeros([n]) }")],
  228: [program('Y02')],
  229: [program('N10')],
  230: [
    runs(`export function f(x: ${vector}): boolean { return x.isFloatingPoint() }`, ({ f }) => f(x3())),
    refused('S2110', `export function f(x: ${vector}): Tensor { return x.to(torch.promoteTypes('int64', 'float32')) }`),
  ],
  231: [refused('S2013', `export function f(x: ${vector}): Tensor { x.backward(); return x }`)],
  232: [refused('S2110', `export function f(x: ${vector}): Tensor { torch.autocast('cpu'); return x }`)],
  233: [runs('export function f(n: int): Tensor { return torch.zeros([n], { requiresGrad: true }) }', ({ f }) => f(2))],
  234: [refused('S2013', `export function f(x: ${vector}): Tensor { if (torch.backends.cudnn.enabled) return x; return x.neg() }`)],
  235: [program('A01')],
  236: [program('A01')],
  237: [program('A02')],
  238: [program('A02')],
  239: [program('A05')],
  240: [refused('S2010', `export function f(x: ${vector}): Tensor { return rpcAsync('worker', x) }`)],
  241: [program('A01')],
  242: [refused('S2110', 'export function f(n: int): int { torch.setNumInteropThreads(n); return n }')],
}
