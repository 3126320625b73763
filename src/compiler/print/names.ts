/** JavaScript names of SSA values: the source's own names where they had one, made unique in the function. */
const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package ' +
    'private protected public return static super switch this throw true try typeof var void while with yield async await eval arguments undefined NaN Infinity ' +
    'Math Array Number String Object Boolean Map Set Error RangeError TypeError console torch F $ $r'
  ).split(' '),
)

export class NameTable {
  private readonly used = new Set<string>(reserved)
  private readonly counts = new Map<string, number>()

  /** `base`, or `base1`, `base2`... `t0`, `t1`... for values without a name. */
  fresh(name: string | null): string {
    const base = sanitize(name)
    let count = this.counts.get(base) ?? 0
    let candidate = base
    if (base === 't') candidate = `t${count++}`
    while (this.used.has(candidate)) candidate = `${base}${/\d$/.test(base) ? '_' : ''}${++count}`
    this.counts.set(base, count)
    this.used.add(candidate)
    return candidate
  }
}

function sanitize(name: string | null): string {
  const base = name?.replace(/[^\w$]/g, '_') ?? ''
  if (base === '') return 't'
  return /^\d/.test(base) ? `_${base}` : base
}
