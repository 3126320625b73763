/**
 * The random generator behind `rand`, `randn` and initialisation: xoshiro128** seeded through splitmix32, the same sequence on every engine.
 * (Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators, 2021.) Its state is the one piece of global state of the
 * library, as in PyTorch; `manualSeed` sets it. Eager and compiled code draw from it in the same order, so they agree.
 */
class Generator {
  #state = new Uint32Array(4)
  #spare: number | null = null

  constructor(seed: number) {
    this.seed(seed)
  }

  seed(seed: number): void {
    let x = seed >>> 0
    for (let i = 0; i < 4; i++) {
      x = (x + 0x9e3779b9) >>> 0
      let z = x
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      this.#state[i] = z ^ (z >>> 15)
    }
    this.#spare = null
  }

  #next(): number {
    const s = this.#state
    const [a, b] = [s[0] as number, s[1] as number]
    const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k))
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    s[2] = (s[2] as number) ^ a
    s[3] = (s[3] as number) ^ b
    s[1] = b ^ (s[2] as number)
    s[0] = a ^ (s[3] as number)
    s[2] = (s[2] as number) ^ (b << 9)
    s[3] = rotate(s[3] as number, 11)
    return result
  }

  /** In [0, 1), with the 24 bits that a float32 keeps. */
  uniform(): number {
    return (this.#next() >>> 8) / 2 ** 24
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    if (this.#spare !== null) {
      const value = this.#spare
      this.#spare = null
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

export const generator = /*#__PURE__*/ new Generator(0)
