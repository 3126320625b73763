/**
 * Winograd's minimal filtering F(m, 3): m outputs of a 3-tap filter from m + 2 products, `y = A^T [(G g) * (B^T d)]`, in two dims applied along both.
 * The matrices follow from Toom-Cook multiplication at the given points and infinity (Lavin and Gray, "Fast algorithms for convolutional
 * neural networks", 2015; Blahut, "Fast algorithms for signal processing"). Points decide the rounding error: {0, 1, -1, 1/2, -2} gives
 * F(4, 3) an error of 1.2e-6 (rms), a third of what {0, 1, -1, 2, -2} gives.
 */
export interface WinogradTransform {
  /** Outputs and inputs of a tile along one dim. */
  readonly outputs: number
  readonly inputs: number
  /** outputs x inputs */
  readonly a: readonly (readonly number[])[]
  /** inputs x 3 */
  readonly g: readonly (readonly number[])[]
  /** inputs x inputs */
  readonly b: readonly (readonly number[])[]
}

const taps = 3

export function winogradTransform(outputs: 2 | 4): WinogradTransform {
  const points = outputs === 4 ? [0, 1, -1, 0.5, -2] : [0, 1, -1]
  const inputs = outputs + taps - 1
  const others = (i: number): readonly number[] => points.filter((_, j) => j !== i)
  /** Coefficients of the polynomial with these roots, lowest first, to the length of a row. */
  const fromRoots = (roots: readonly number[]): readonly number[] => {
    const polynomial = roots.reduce<readonly number[]>(
      (p, root) => Array.from({ length: p.length + 1 }, (_, k) => (p[k - 1] ?? 0) - root * (p[k] ?? 0)),
      [1],
    )
    return Array.from({ length: inputs }, (_, k) => polynomial[k] ?? 0)
  }
  const last = (length: number): readonly number[] => Array.from({ length }, (_, k) => (k === length - 1 ? 1 : 0))
  const powers = (point: number, length: number): readonly number[] => Array.from({ length }, (_, k) => point ** k)
  return {
    outputs,
    inputs,
    a: Array.from({ length: outputs }, (_, j) => [...points.map((point) => point ** j), j === outputs - 1 ? 1 : 0]),
    g: [
      ...points.map((point, i) => powers(point, taps).map((p) => p / others(i).reduce((f, other) => f * (point - other), 1))),
      last(taps),
    ],
    b: [...points.map((_, i) => fromRoots(others(i))), fromRoots(points)],
  }
}
