/**
 * The k largest or smallest elements of each row, in the very order of PyTorch's CPU kernel where values are equal: it runs libstdc++'s
 * std::nth_element and std::sort (introselect, introsort) or, for small k, std::partial_sort (a heap), none of which is stable.
 * Algorithms: Musser, Introspective Sorting and Selection Algorithms, 1997.
 */
import type { DenseTensor } from '../operator.ts'

/** Positions of one row, compared by `before`. Ranges are [first, last). */
class Range {
  readonly items: Int32Array
  readonly #before: (a: number, b: number) => boolean

  constructor(length: number, before: (a: number, b: number) => boolean) {
    this.items = Int32Array.from({ length }, (_, i) => i)
    this.#before = before
  }

  #at(i: number): number {
    return this.items[i] as number
  }

  #less(i: number, j: number): boolean {
    return this.#before(this.#at(i), this.#at(j))
  }

  #swap(i: number, j: number): void {
    const item = this.#at(i)
    this.items[i] = this.#at(j)
    this.items[j] = item
  }

  nthElement(first: number, nth: number, end: number): void {
    let [from, last, depth] = [first, end, depthLimit(end - first)]
    while (last - from > 3) {
      if (depth-- === 0) {
        this.#heapSelect(from, nth + 1, last)
        this.#swap(from, nth)
        return
      }
      const cut = this.#partition(from, last)
      if (cut <= nth) from = cut
      else last = cut
    }
    this.#insertionSort(from, last)
  }

  sort(first: number, last: number): void {
    if (first === last) return
    this.#introsort(first, last, depthLimit(last - first))
    const guarded = Math.min(last, first + 16)
    this.#insertionSort(first, guarded)
    for (let i = guarded; i < last; i++) this.#insert(i)
  }

  partialSort(first: number, middle: number, last: number): void {
    this.#heapSelect(first, middle, last)
    for (let end = middle; end - first > 1; ) {
      end--
      this.#popHeap(first, end, end)
    }
  }

  #introsort(first: number, end: number, limit: number): void {
    let [last, depth] = [end, limit]
    while (last - first > 16) {
      if (depth-- === 0) {
        this.partialSort(first, last, last)
        return
      }
      const cut = this.#partition(first, last)
      this.#introsort(cut, last, depth)
      last = cut
    }
  }

  /** The median of three becomes the pivot at `first`; the rest is partitioned around it. */
  #partition(first: number, end: number): number {
    const [a, b, c] = [first + 1, first + Math.floor((end - first) / 2), end - 1]
    if (this.#less(a, b)) this.#swap(first, this.#less(b, c) ? b : this.#less(a, c) ? c : a)
    else this.#swap(first, this.#less(a, c) ? a : this.#less(b, c) ? c : b)
    let low = first + 1
    let high = end
    for (;;) {
      while (this.#less(low, first)) low++
      high--
      while (this.#less(first, high)) high--
      if (low >= high) return low
      this.#swap(low, high)
      low++
    }
  }

  #insertionSort(first: number, last: number): void {
    for (let i = first + 1; i < last; i++) {
      if (!this.#less(i, first)) this.#insert(i)
      else {
        const item = this.#at(i)
        this.items.copyWithin(first + 1, first, i)
        this.items[first] = item
      }
    }
  }

  /** Moves the element down to its place; there is one before it that is not larger. */
  #insert(position: number): void {
    const item = this.#at(position)
    let i = position
    for (; this.#before(item, this.#at(i - 1)); i--) this.items[i] = this.#at(i - 1)
    this.items[i] = item
  }

  #heapSelect(first: number, middle: number, last: number): void {
    const length = middle - first
    for (let parent = Math.floor((length - 2) / 2); parent >= 0; parent--) this.#adjustHeap(first, parent, length, this.#at(first + parent))
    for (let i = middle; i < last; i++) if (this.#less(i, first)) this.#popHeap(first, middle, i)
  }

  #popHeap(first: number, last: number, result: number): void {
    const item = this.#at(result)
    this.items[result] = this.#at(first)
    this.#adjustHeap(first, 0, last - first, item)
  }

  #adjustHeap(first: number, start: number, length: number, item: number): void {
    let hole = start
    let child = start
    while (child < Math.floor((length - 1) / 2)) {
      child = 2 * (child + 1)
      if (this.#less(first + child, first + child - 1)) child--
      this.items[first + hole] = this.#at(first + child)
      hole = child
    }
    if (length % 2 === 0 && child === Math.floor((length - 2) / 2)) {
      child = 2 * (child + 1)
      this.items[first + hole] = this.#at(first + child - 1)
      hole = child - 1
    }
    for (
      let parent = Math.floor((hole - 1) / 2);
      hole > start && this.#before(this.#at(first + parent), item);
      parent = Math.floor((hole - 1) / 2)
    ) {
      this.items[first + hole] = this.#at(first + parent)
      hole = parent
    }
    this.items[first + hole] = item
  }
}

/** Twice the binary logarithm. */
const depthLimit = (length: number): number => (length < 1 ? 0 : 2 * Math.floor(Math.log2(length)))

export function referenceTopk(
  self: DenseTensor,
  dim: number,
  k: number,
  largest: boolean,
  sorted: boolean,
  values: DenseTensor,
  indices: DenseTensor,
): void {
  const size = self.shape[dim] ?? 1
  const inner = self.shape.slice(dim + 1).reduce((a, b) => a * b, 1)
  const outer = self.shape.slice(0, dim).reduce((a, b) => a * b, 1)
  if (k === 0) return
  for (let row = 0; row < outer * inner; row++) {
    const start = Math.floor(row / inner) * size * inner + (row % inner)
    const target = Math.floor(row / inner) * k * inner + (row % inner)
    const at = (i: number): number => self.data[start + i * inner] as number
    // NaN is the largest value.
    const before = largest
      ? (a: number, b: number) => (Number.isNaN(at(a)) && !Number.isNaN(at(b))) || at(a) > at(b)
      : (a: number, b: number) => (!Number.isNaN(at(a)) && Number.isNaN(at(b))) || at(a) < at(b)
    const range = new Range(size, before)
    if (k * 64 <= size) range.partialSort(0, k, size)
    else {
      range.nthElement(0, k - 1, size)
      if (sorted) range.sort(0, k - 1)
    }
    for (let i = 0; i < k; i++) {
      const position = range.items[i] as number
      values.data[target + i * inner] = at(position)
      indices.data[target + i * inner] = position
    }
  }
}
