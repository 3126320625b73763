/** Beam search over a small recurrent decoder: classes, records and lists around tensor steps. */
import { type int, nn, type Tensor, torch } from 'tensorscript'

type State = Tensor<'float32', [1, 8]>

interface Hypothesis {
  tokens: int[]
  score: number
  state: State
}

class Decoder extends nn.Module {
  embedding = new nn.Embedding(12, 8)
  fromToken = new nn.Linear(8, 8)
  fromState = new nn.Linear(8, 8)
  output = new nn.Linear(8, 12)

  /** Log-probabilities of the next token, and the state after it. */
  forward(token: int, state: State): [Tensor, State] {
    const embedded = this.embedding.forward(torch.tensor([token], { dtype: 'int64' }))
    const next = this.fromToken.forward(embedded).add(this.fromState.forward(state)).tanh()
    return [this.output.forward(next).mul(3).logSoftmax(-1).squeeze(0), next]
  }
}

const decoder = new Decoder()
const start = 0
const end = 1

function best(hypotheses: Hypothesis[], width: int): Hypothesis[] {
  return hypotheses.toSorted((a, b) => b.score - a.score).slice(0, width)
}

/** @script */
export function beamSearch(state: State, width: int, limit: int): [int[][], number[]] {
  let beam: Hypothesis[] = [{ tokens: [start], score: 0, state }]
  const finished: Hypothesis[] = []
  for (let step = 0; step < limit && beam.length > 0; step++) {
    const extended: Hypothesis[] = []
    for (const hypothesis of beam) {
      const [scores, next] = decoder.forward(hypothesis.tokens.at(-1)!, hypothesis.state)
      const [values, indices] = scores.topk(width)
      for (let i = 0; i < width; i++) {
        const token = indices.select(0, i).item() as int
        const score = hypothesis.score + (values.select(0, i).item() as number)
        extended.push({ tokens: [...hypothesis.tokens, token], score, state: next })
      }
    }
    beam = []
    for (const hypothesis of best(extended, width)) {
      if (hypothesis.tokens.at(-1) === end) finished.push(hypothesis)
      else beam.push(hypothesis)
    }
  }
  const ranked = best([...finished, ...beam], width)
  return [ranked.map((hypothesis) => hypothesis.tokens), ranked.map((hypothesis) => hypothesis.score)]
}
