/** The answer, the ten bars and the time of a call. */
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })

export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no #${id}`)
  return found as T
}

const bars = Array.from({ length: 10 }, (_, digit) => {
  const item = document.createElement('li')
  const label = Object.assign(document.createElement('span'), { className: 'digit', textContent: String(digit) })
  const track = Object.assign(document.createElement('span'), { className: 'track' })
  const fill = Object.assign(document.createElement('span'), { className: 'fill' })
  const value = Object.assign(document.createElement('span'), { className: 'value', textContent: percent.format(0) })
  track.append(fill)
  item.append(label, track, value)
  element('bars').append(item)
  return { item, fill, value }
})

let speaking: ReturnType<typeof setTimeout> | undefined

/** Null when nothing is drawn. */
export function showProbabilities(probabilities: ArrayLike<number> | null): void {
  const values = Array.from(bars, (_, digit) => probabilities?.[digit] ?? 0)
  const best = values.indexOf(Math.max(...values))
  bars.forEach(({ item, fill, value }, digit) => {
    fill.style.scale = `${values[digit].toFixed(4)} 1`
    value.textContent = percent.format(values[digit])
    item.classList.toggle('best', probabilities !== null && digit === best)
  })
  const answer = element('answer')
  answer.textContent = probabilities ? String(best) : '–'
  answer.dataset.digit = probabilities ? String(best) : ''
  element('confidence').textContent = probabilities ? `${percent.format(values[best])} sure` : 'Draw a digit'
  // Screen readers hear the answer once the hand rests, not at every move.
  clearTimeout(speaking)
  speaking = setTimeout(() => {
    element('spoken').textContent = probabilities ? `Reads ${best}, ${percent.format(values[best])} sure` : ''
  }, 600)
}

export function formatTime(milliseconds: number): string {
  return milliseconds < 1 ? `${Math.round(milliseconds * 1000)} µs` : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`
}

export function showCallTime(milliseconds: number): void {
  element('call-time').textContent = formatTime(milliseconds)
}
