/** Images of any size: resampling where height and width are symbols, as where they are known. */
import { test } from 'vitest'
import { torch } from '../../src/index.ts'
import { agree } from './agree.ts'

const image = (h: number, w: number) =>
  torch
    .arange(2 * h * w)
    .to('float32')
    .mul(0.37)
    .sin()
    .reshape([1, 2, h, w])

test('interpolate to a fixed size, by factors, and to the size of another tensor', () =>
  agree(
    'any-size-interpolate',
    `type Image = Tensor<'float32', [1, 2, 'H', 'W']>
/** @script */
export function fixed(x: Image): Tensor[] {
  return [
    F.interpolate(x, { size: [3, 5] }),
    F.interpolate(x, { size: [3, 5], mode: 'nearest-exact' }),
    F.interpolate(x, { size: [3, 5], mode: 'bilinear' }),
    F.interpolate(x, { size: [3, 1], mode: 'bilinear', alignCorners: true }),
    F.interpolate(x, { size: [4, 6], mode: 'bicubic', alignCorners: true }),
    F.interpolate(x, { size: [4, 6], mode: 'bicubic' }),
  ]
}
/** @script */
export function scaled(x: Image): Tensor[] {
  return [
    F.interpolate(x, { scaleFactor: 2 }),
    F.interpolate(x, { scaleFactor: [1.5, 0.5], mode: 'bilinear' }),
    F.interpolate(x, { scaleFactor: 1.75, mode: 'bilinear', recomputeScaleFactor: true }),
    F.interpolate(x, { scaleFactor: 2, mode: 'bilinear', alignCorners: true }),
  ]
}
/** @script */
export function like(x: Image, y: Tensor<'float32', [1, 2, 'P', 'Q']>): Tensor {
  return F.interpolate(x, { size: [y.shape[2]!, y.shape[3]!], mode: 'bilinear', alignCorners: true }).add(y)
}
/** @script */
export function preprocess(pixels: Tensor<'uint8', ['H', 'W', 4]>): Tensor {
  const mean = torch.tensor([0.485, 0.456, 0.406]).view([3, 1, 1])
  const std = torch.tensor([0.229, 0.224, 0.225]).view([3, 1, 1])
  const x = pixels.slice(2, 0, 3).permute([2, 0, 1]).to('float32').div(255)
  return F.interpolate(x.sub(mean).div(std).unsqueeze(0), { size: [4, 4], mode: 'bilinear', alignCorners: false })
}`,
    [
      ({ fixed }) => [...fixed(image(7, 4)), ...fixed(image(1, 9))],
      ({ scaled }) => [...scaled(image(4, 6)), ...scaled(image(5, 3))],
      ({ like }) => [like(image(3, 3), image(5, 1)), like(image(2, 6), image(1, 7))],
      ({ preprocess }) =>
        preprocess(
          torch
            .arange(4 * 6 * 4)
            .reshape([4, 6, 4])
            .to('uint8'),
        ),
    ],
  ))

test('grid_sample of an image of any size', () =>
  agree(
    'any-size-grid',
    `/** @script */
export function sampled(x: Tensor<'float32', [1, 2, 'H', 'W']>, grid: Tensor<'float32', [1, 'P', 'Q', 2]>): Tensor[] {
  return [
    F.gridSample(x, grid, { alignCorners: true }),
    F.gridSample(x, grid, { mode: 'nearest', paddingMode: 'border', alignCorners: false }),
    F.gridSample(x, grid, { mode: 'bicubic', paddingMode: 'reflection', alignCorners: false }),
    F.gridSample(x, grid, { paddingMode: 'reflection', alignCorners: true }),
  ]
}`,
    [
      ({ sampled }) => sampled(image(5, 3), image(2, 4).mul(1.6).permute([0, 2, 3, 1])),
      ({ sampled }) => sampled(image(1, 4), image(3, 2).mul(2).permute([0, 2, 3, 1])),
    ],
  ))
