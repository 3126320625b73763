/** A short-time Fourier transform: overlapping frames under a Hann window, as products with cosines and sines. */
import { type int, type Tensor, torch } from 'tensorscript'

function hann(length: int): Tensor {
  return torch
    .arange(length, { dtype: 'float32' })
    .mul((2 * Math.PI) / length)
    .cos()
    .mul(-0.5)
    .add(0.5)
}

/** Overlapping frames of a signal, one a row. */
function frames(signal: Tensor, length: int, hop: int): Tensor {
  return signal.unfold(0, length, hop)
}

/** Real and imaginary parts of each frame's spectrum: [2, frames, length / 2 + 1]. */
function transform(signal: Tensor, length: int, hop: int): Tensor {
  const bins = Math.trunc(length / 2) + 1
  const time = torch.arange(length, { dtype: 'float32' }).unsqueeze(1)
  const frequency = torch.arange(bins, { dtype: 'float32' }).unsqueeze(0)
  const phase = time
    .mul(frequency)
    .remainder(length)
    .mul((2 * Math.PI) / length)
  const windowed = frames(signal, length, hop).mul(hann(length))
  return torch.stack([windowed.matmul(phase.cos()), windowed.matmul(phase.sin()).neg()])
}

/** @script */
export function spectrogram(signal: Tensor<'float32', ['T']>): Tensor {
  const spectrum = transform(signal, 16, 4)
  return spectrum.select(0, 0).square().add(spectrum.select(0, 1).square()).sqrt()
}

/** The loudest bin of each frame, and the energy of all: what a caller reads as numbers. */
/** @script */
export function loudest(signal: Tensor<'float32', [64]>): [int[], number] {
  const spectrum = transform(signal, 16, 8)
  const power = spectrum.square().sum(0)
  const bins: int[] = []
  for (const frame of power.unbind(0)) bins.push(frame.argmax().item() as int)
  return [bins, power.sum().item() as number]
}
