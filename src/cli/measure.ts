/** Interleaved timing: the subjects take turns in short batches, so that a change of the machine's speed meets all of them alike. */
export interface Timing {
  /** Milliseconds a call. */
  readonly median: number
  readonly best: number
  readonly calls: number
}

/** Each subject runs for about `duration` milliseconds, after a tenth of that to warm up. */
export async function measure(subjects: readonly (() => unknown)[], duration: number): Promise<Timing[]> {
  // A batch is long against the clock's resolution, and short enough for many turns.
  const batches = subjects.map((subject) => Math.max(1, Math.round(5 / timePerCall(subject, duration / 10))))
  const samples = subjects.map((): number[] => [])
  for (let spent = 0; spent < duration * subjects.length; ) {
    for (const [i, subject] of subjects.entries()) {
      const count = batches[i] as number
      const start = performance.now()
      for (let call = 0; call < count; call++) subject()
      const time = performance.now() - start
      spent += time
      samples[i]?.push(time / count)
    }
    // Lets finalizers and timers run between turns, not within one.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return samples.map((times, i) => {
    const sorted = [...times].sort((a, b) => a - b)
    return { median: sorted[sorted.length >> 1] as number, best: sorted[0] as number, calls: sorted.length * (batches[i] as number) }
  })
}

function timePerCall(subject: () => unknown, duration: number): number {
  const start = performance.now()
  let calls = 0
  let time = 0
  do {
    subject()
    calls++
    time = performance.now() - start
  } while (time < duration)
  return time / calls
}
