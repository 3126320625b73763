/** Lookup tables. */
import { Module, type Parameter } from '../module.ts'
import { F, type Tensor } from '../torch.ts'
import { moduleArguments } from './arguments.ts'
import { normal } from './init.ts'

/** Rows of a table: indices [...] to vectors [..., embeddingDim]. */
export class Embedding extends Module {
  readonly numEmbeddings: number
  readonly embeddingDim: number
  readonly paddingIdx: number | null
  weight: Parameter

  constructor(numEmbeddings: number, embeddingDim: number, options?: { readonly paddingIdx?: number | null })
  constructor(...args: readonly unknown[]) {
    super()
    const options = moduleArguments<{ numEmbeddings: number; embeddingDim: number; paddingIdx: number | null }>(
      'Embedding(int num_embeddings, int embedding_dim, int? padding_idx=None) -> Tensor',
      args,
    )
    this.numEmbeddings = options.numEmbeddings
    this.embeddingDim = options.embeddingDim
    this.paddingIdx = options.paddingIdx
    this.weight = normal([options.numEmbeddings, options.embeddingDim])
    if (options.paddingIdx !== null) this.weight.select(0, options.paddingIdx).zero_()
  }

  forward(input: Tensor): Tensor {
    return F.embedding(input, this.weight, this.paddingIdx)
  }
}
