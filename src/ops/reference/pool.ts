/** Two-dimensional pooling of a dense tensor [..., h, w]. */
import type { DenseTensor } from '../operator.ts'

interface Window {
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly dilation: readonly number[]
}

/** `average`: what a sum is divided by; null: not divided. Taps outside are skipped; NaN wins a maximum. */
export function referencePool(
  input: DenseTensor,
  out: DenseTensor,
  { kernel, stride, padding, dilation }: Window,
  combiner: 'max' | 'sum',
  average: { readonly includePad: boolean; readonly override: number | null } | null,
): void {
  const [height, width] = input.shape.slice(-2) as [number, number]
  const [outHeight, outWidth] = out.shape.slice(-2) as [number, number]
  const planes = input.shape.slice(0, -2).reduce((a, b) => a * b, 1)
  const [kernelY, kernelX] = kernel as [number, number]
  const [padY, padX] = padding as [number, number]
  let at = 0
  for (let plane = 0; plane < planes; plane++) {
    const base = plane * height * width
    for (let y = 0; y < outHeight; y++) {
      const startY = y * (stride[0] as number) - padY
      for (let x = 0; x < outWidth; x++) {
        const startX = x * (stride[1] as number) - padX
        let value = combiner === 'max' ? Number.NEGATIVE_INFINITY : 0
        let count = 0
        for (let ky = 0; ky < kernelY; ky++) {
          const inY = startY + ky * (dilation[0] as number)
          if (inY < 0 || inY >= height) continue
          for (let kx = 0; kx < kernelX; kx++) {
            const inX = startX + kx * (dilation[1] as number)
            if (inX < 0 || inX >= width) continue
            const element = input.data[base + inY * width + inX] as number
            value = combiner === 'max' ? Math.max(value, element) : value + element
            count++
          }
        }
        if (average) {
          const padded = (Math.min(startY + kernelY, height + padY) - startY) * (Math.min(startX + kernelX, width + padX) - startX)
          value /= average.override ?? (average.includePad ? padded : count)
        }
        out.data[at++] = value
      }
    }
  }
}
