// One decode step of a six-layer GPT (width 768, 12 heads) over a key-value cache: the memory-bound case.
import { F, nn, script, type Tensor, torch } from 'tensorscript'

const width = 768
const heads = 12
const headDim = 64
const depth = 6

const list = (make: () => nn.Module) => new nn.ModuleList(Array.from({ length: depth }, make))

class Decoder extends nn.Module {
  tok = new nn.Embedding(50257, width)
  ln1 = list(() => new nn.LayerNorm(width))
  qkv = list(() => new nn.Linear(width, 3 * width))
  proj = list(() => new nn.Linear(width, width))
  ln2 = list(() => new nn.LayerNorm(width))
  up = list(() => new nn.Linear(width, 4 * width))
  down = list(() => new nn.Linear(4 * width, width))
  lnf = new nn.LayerNorm(width)
  head = new nn.Linear(width, 50257, { bias: false })

  forward(ids: Tensor<'int64', [1, 1]>, kv: Tensor<'float32', [6, 2, 12, 'T', 64]>): [Tensor, Tensor] {
    let x = this.tok(ids)
    const cache: Tensor[] = []
    for (const [i, qkv] of this.qkv.entries()) {
      const [q, newK, newV] = qkv(this.ln1[i]!(x)).view([1, 1, 3, heads, headDim]).permute([2, 0, 3, 1, 4]).unbind(0) as [
        Tensor,
        Tensor,
        Tensor,
      ]
      const past = kv.select(0, i)
      const k = torch.cat([past.select(0, 0).unsqueeze(0), newK], 2)
      const v = torch.cat([past.select(0, 1).unsqueeze(0), newV], 2)
      cache.push(torch.stack([k.select(0, 0), v.select(0, 0)]))
      const a = torch.softmax(q.matmul(k.transpose(-2, -1)).div(Math.sqrt(headDim)), -1).matmul(v)
      x = x.add(this.proj[i]!(a.transpose(1, 2).reshape([1, 1, -1])))
      x = x.add(this.down[i]!(F.gelu(this.up[i]!(this.ln2[i]!(x)), { approximate: 'tanh' })))
    }
    return [this.head(this.lnf(x)), torch.stack(cache)]
  }
}

export const model = script(new Decoder(), { weights: new URL('../.cache/gptstep.safetensors', import.meta.url) })
