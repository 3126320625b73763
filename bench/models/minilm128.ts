// A sentence encoder of all-MiniLM-L6-v2's shape: 6 layers, width 384, 12 heads, FFN 1536, mean pooling.
import { F, nn, script, type Tensor, torch } from 'tensorscript'

class EncoderLayer extends nn.Module {
  readonly heads: number
  readonly headDim: number
  q: nn.Linear
  k: nn.Linear
  v: nn.Linear
  o: nn.Linear
  ln1: nn.LayerNorm
  ln2: nn.LayerNorm
  up: nn.Linear
  down: nn.Linear

  constructor(d: number, heads: number, ff: number) {
    super()
    this.heads = heads
    this.headDim = d / heads
    this.q = new nn.Linear(d, d)
    this.k = new nn.Linear(d, d)
    this.v = new nn.Linear(d, d)
    this.o = new nn.Linear(d, d)
    this.ln1 = new nn.LayerNorm(d, { eps: 1e-12 })
    this.ln2 = new nn.LayerNorm(d, { eps: 1e-12 })
    this.up = new nn.Linear(d, ff)
    this.down = new nn.Linear(ff, d)
  }

  split(x: Tensor): Tensor {
    return x.view([x.shape[0]!, x.shape[1]!, this.heads, this.headDim]).transpose(1, 2)
  }

  forward(x: Tensor): Tensor {
    const q = this.split(this.q(x))
    const k = this.split(this.k(x))
    const v = this.split(this.v(x))
    let a = torch.softmax(q.matmul(k.transpose(-2, -1)).div(Math.sqrt(this.headDim)), -1).matmul(v)
    a = a.transpose(1, 2).reshape([x.shape[0]!, x.shape[1]!, -1])
    x = this.ln1(x.add(this.o(a)))
    return this.ln2(x.add(this.down(F.gelu(this.up(x)))))
  }
}

class Encoder extends nn.Module {
  word = new nn.Embedding(30522, 384)
  pos = new nn.Embedding(512, 384)
  ln = new nn.LayerNorm(384, { eps: 1e-12 })
  layers = new nn.ModuleList(Array.from({ length: 6 }, () => new EncoderLayer(384, 12, 1536)))

  forward(ids: Tensor<'int64', ['N', 128]>): Tensor {
    let x = this.ln(this.word(ids).add(this.pos.weight.narrow(0, 0, ids.shape[1]!)))
    for (const layer of this.layers) x = layer(x)
    return F.normalize(x.mean(1), { dim: -1 })
  }
}

export const model = script(new Encoder(), { weights: new URL('../.cache/minilm128.safetensors', import.meta.url) })
