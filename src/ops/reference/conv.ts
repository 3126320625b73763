/** Two-dimensional convolution, output rows accumulated tap by tap in double precision. */
import type { DenseTensor } from '../operator.ts'

export interface ConvolutionOptions {
  readonly stride: readonly [number, number]
  readonly padding: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly groups: number
}

/** input [n, ci, h, w], weight [co, ci / groups, kh, kw], out [n, co, y, x]; all dense row-major. */
export function referenceConvolution(
  input: DenseTensor,
  weight: DenseTensor,
  bias: DenseTensor | null,
  out: DenseTensor,
  options: ConvolutionOptions,
): void {
  const [batch, channels, height, width] = input.shape as [number, number, number, number]
  const [outChannels, perGroup, kernelHeight, kernelWidth] = weight.shape as [number, number, number, number]
  const [, , outHeight, outWidth] = out.shape as [number, number, number, number]
  const [strideY, strideX] = options.stride
  const [padY, padX] = options.padding
  const [dilationY, dilationX] = options.dilation
  const outPerGroup = outChannels / options.groups
  const row = new Float64Array(outWidth)
  for (let n = 0; n < batch; n++) {
    for (let co = 0; co < outChannels; co++) {
      const firstChannel = Math.floor(co / outPerGroup) * perGroup
      for (let y = 0; y < outHeight; y++) {
        row.fill(bias ? (bias.data[co] as number) : 0)
        for (let c = 0; c < perGroup; c++) {
          for (let ky = 0; ky < kernelHeight; ky++) {
            const inY = y * strideY - padY + ky * dilationY
            if (inY < 0 || inY >= height) continue
            const line = ((n * channels + firstChannel + c) * height + inY) * width
            for (let kx = 0; kx < kernelWidth; kx++) {
              const factor = weight.data[((co * perGroup + c) * kernelHeight + ky) * kernelWidth + kx] as number
              const shift = kx * dilationX - padX
              const first = Math.max(0, Math.ceil(-shift / strideX))
              const end = Math.min(outWidth, Math.floor((width - 1 - shift) / strideX) + 1)
              for (let x = first, at = line + first * strideX + shift; x < end; x++, at += strideX)
                row[x] = (row[x] as number) + factor * (input.data[at] as number)
            }
          }
        }
        out.data.set(row, ((n * outChannels + co) * outHeight + y) * outWidth)
      }
    }
  }
}
