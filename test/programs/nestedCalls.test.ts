/** Calls within calls of modules: arguments are read once, in order, and lists of what a network keeps (the skips of a U-Net) need no list at run time. */
import { test } from 'vitest'
import { torch } from '../../src/index.ts'
import { agree } from './agree.ts'

test('arguments of a module held by a field are read once', async () => {
  const source = `class Net extends nn.Module {
  a = new nn.Linear(2, 2)
  b: nn.Linear | nn.Identity = new nn.Identity()
  order: string[] = []
  seen(x: Tensor, what: string): Tensor {
    this.order.push(what)
    return x
  }
  forward(x: Tensor<'float32', [1, 2]>): Tensor {
    return this.a(this.b(this.seen(this.a(this.seen(x, 'inner')), 'outer')))
  }
}
export const net = script(new Net())`
  await agree('nested-calls', source, [({ net }) => [net(torch.ones([1, 2])), (net as unknown as { order: string[] }).order]])
})

test('a U-Net pushes what it skips and pops it', async () => {
  const source = `class Block extends nn.Module {
  norm: nn.GroupNorm
  conv: nn.Conv2d
  constructor(from: int, to: int) {
    super()
    this.norm = new nn.GroupNorm(2, from)
    this.conv = new nn.Conv2d(from, to, 3, { padding: 1 })
  }
  forward(x: Tensor, time: Tensor | null = null): Tensor {
    let h = this.conv(F.silu(this.norm(x)))
    if (time !== null) h = h.add(time.unsqueeze(-1).unsqueeze(-1))
    return h
  }
}
class UNet extends nn.Module {
  down = new nn.ModuleList([new Block(2, 4), new Block(4, 8)])
  up = new nn.ModuleList([new Block(12, 4), new Block(6, 2)])
  time = new nn.Linear(1, 4)
  wide = new nn.Linear(4, 8)
  forward(x: Tensor<'float32', ['B', 2, 8, 8]>, t: Tensor<'float32', ['B', 1]>): Tensor {
    const e = this.time(t)
    const times = [e, this.wide(e)]
    const skips: Tensor[] = [x]
    let h = x
    for (const [i, block] of this.down.entries()) {
      h = F.avgPool2d(block(h, times[i]!), 2)
      if (i === 0) skips.push(h)
    }
    for (const block of this.up) h = block(torch.cat([F.interpolate(h, { scaleFactor: 2 }), skips.pop()!], 1))
    return h.mul(0.01).add(1)
  }
}
export const unet = script(new UNet().eval())`
  const image = (n: number) =>
    torch
      .arange(n * 128)
      .to('float32')
      .mul(0.1)
      .sin()
      .reshape([n, 2, 8, 8])
  await agree('nested-unet', source, [
    ({ unet }) => unet(image(1), torch.tensor([[0.5]])),
    ({ unet }) => unet(image(2), torch.tensor([[0.5], [1]])),
  ])
})

test('stacks of numbers and of tensors, with what is left and what is not there', () =>
  agree(
    'nested-stacks',
    `/** @script */
export function numbers(n: int): [int, int[], int | null, int | null] {
  const xs = [n, 2]
  xs.push(n * 3)
  const last = xs.pop()!
  xs.push(last + 1)
  const ys: int[] = []
  ys.push(4)
  const four = ys.pop() ?? null
  const none = ys.pop() ?? null
  return [last, xs, four, none]
}
/** @script */
export function tensors(x: Tensor<'float32', [2]>, n: int): Tensor {
  const stack = [x, x.mul(2)]
  if (n > 0) stack.push(x.mul(3))
  else stack.push(x.mul(4))
  const top = stack.pop()!
  const next = stack.pop()
  return next === undefined ? top : top.sub(next).add(stack[0]!)
}
/** @script */
export function grouped(x: Tensor<'float32', ['B', 'C', 4]>, w: Tensor<'float32', [6]>): Tensor[] {
  const halves = x.reshape([x.shape[0]!, 2, 4 * Math.floor(x.shape[1]! / 2)]).mul(2).reshape(x.shape)
  return [halves.mul(w.reshape([1, 6, 1])), F.groupNorm(x, 2, w, w), F.groupNorm(torch.cat([x, x], 1), 3)]
}`,
    [
      ({ numbers }) => numbers(5),
      ({ tensors }) => [tensors(torch.tensor([1, 2]), 1), tensors(torch.tensor([1, 2]), 0)],
      ({ grouped }) => grouped(torch.arange(48).to('float32').cos().reshape([2, 6, 4]), torch.arange(6).to('float32')),
    ],
  ))
