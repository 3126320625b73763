/** Times of several contestants in one interleaved run: each gets a few milliseconds in turn, so that all see the same load of the machine. */

export interface Contestant {
  readonly name: string
  /** Calls for about `milliseconds` and gives the mean time of a call in milliseconds. */
  readonly sample: (milliseconds: number) => Promise<number>
}

export interface Times {
  /** Milliseconds a call. */
  readonly median: number
  readonly best: number
  readonly samples: number
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

/** At least three rounds, then as many as `seconds` allow; the first is thrown away. */
export async function interleave(contestants: readonly Contestant[], seconds: number): Promise<Map<string, Times>> {
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]))
  for (const { sample } of contestants) await sample(100)
  const end = performance.now() + seconds * 1000
  for (let round = 0; round < 3 || performance.now() < end; round++) {
    for (const { name, sample } of contestants) times.get(name)!.push(await sample(5))
  }
  return new Map([...times].map(([name, all]) => [name, { median: median(all), best: Math.min(...all), samples: all.length }]))
}

/** The mean time of a call, over `budget` milliseconds and at least one call. */
export async function sampleCall(call: () => unknown, budget: number): Promise<number> {
  const start = performance.now()
  let calls = 0
  do {
    const result = call()
    if (result instanceof Promise) await result
    calls++
  } while (performance.now() - start < budget)
  return (performance.now() - start) / calls
}
