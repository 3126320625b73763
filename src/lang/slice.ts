/** `slice(start, stop, step)`: a range of one dim, as in PyTorch's C++ API. */
export class Slice {
  readonly start: number | null
  readonly stop: number | null
  readonly step: number

  constructor(start: number | null, stop: number | null, step: number) {
    this.start = start
    this.stop = stop
    this.step = step
  }
}

/** `slice(1, 3)` is `1:3`, `slice(2)` is `2:`, `slice(null, 3)` is `:3`, `slice(null, null, 2)` is `::2`. */
export const slice = (start: number | null = null, stop: number | null = null, step: number | null = 1): Slice =>
  new Slice(start, stop, step ?? 1)
