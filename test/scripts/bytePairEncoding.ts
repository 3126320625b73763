/** A byte-pair-encoding tokenizer: merges are learned from a text, words are split with them, and ids come back as text. */
import type { int } from 'tensorscript'

/** Every two neighbours that are `left` and `right` become one. */
function merge(symbols: string[], left: string, right: string): string[] {
  const out: string[] = []
  let i = 0
  while (i < symbols.length) {
    if (i + 1 < symbols.length && symbols[i]! === left && symbols[i + 1]! === right) {
      out.push(left + right)
      i += 2
    } else {
      out.push(symbols[i]!)
      i++
    }
  }
  return out
}

/** The pairs to merge, most frequent first; of equals the one that was seen first. */
/** @script */
export function learn(text: string, count: int): string[] {
  const words = new Map<string, int>()
  for (const word of text.split(' ')) words.set(word, (words.get(word) ?? 0) + 1)
  const split = new Map<string, string[]>()
  for (const word of words.keys()) split.set(word, word.split(''))
  const merges: string[] = []
  while (merges.length < count) {
    const pairs = new Map<string, int>()
    for (const [word, times] of words) {
      const symbols = split.get(word)!
      for (let i = 0; i + 1 < symbols.length; i++) {
        const pair = `${symbols[i]} ${symbols[i + 1]}`
        pairs.set(pair, (pairs.get(pair) ?? 0) + times)
      }
    }
    let most = 1
    let chosen: string | null = null
    for (const [pair, times] of pairs) {
      if (times > most) {
        most = times
        chosen = pair
      }
    }
    if (chosen === null) break
    const [left, right] = chosen.split(' ')
    for (const word of words.keys()) split.set(word, merge(split.get(word)!, left!, right!))
    merges.push(chosen)
  }
  return merges
}

/** The merge of lowest rank first, until none applies. */
function encodeWord(word: string, ranks: Map<string, int>): string[] {
  let symbols = word.split('')
  while (symbols.length > 1) {
    let lowest = ranks.size
    let at = -1
    for (let i = 0; i + 1 < symbols.length; i++) {
      const rank = ranks.get(`${symbols[i]} ${symbols[i + 1]}`)
      if (rank !== undefined && rank < lowest) {
        lowest = rank
        at = i
      }
    }
    if (at < 0) break
    symbols = merge(symbols, symbols[at]!, symbols[at + 1]!)
  }
  return symbols
}

/** @script */
export function encode(text: string, merges: string[]): [int[], string[]] {
  const ranks = new Map<string, int>()
  for (let i = 0; i < merges.length; i++) ranks.set(merges[i]!, i)
  const vocabulary = new Map<string, int>()
  const ids: int[] = []
  for (const word of text.split(' ')) {
    for (const symbol of encodeWord(word, ranks)) {
      if (!vocabulary.has(symbol)) vocabulary.set(symbol, vocabulary.size)
      ids.push(vocabulary.get(symbol)!)
    }
  }
  return [ids, [...vocabulary.keys()]]
}
