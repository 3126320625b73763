/** nn.Module and script, uncompiled. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { F, nn, ready, script, type Tensor, tensor, torch } from '../../src/index.ts'
import { decodeEntry, readSafetensors } from '../../src/runtime/safetensors.ts'

const data = (name: string) => new URL(`../data/${name}`, import.meta.url)

class DigitNet extends nn.Module {
  conv1 = new nn.Conv2d(1, 16, 3, { padding: 1 })
  bn1 = new nn.BatchNorm2d(16)
  conv2 = new nn.Conv2d(16, 32, 3, { padding: 1 })
  bn2 = new nn.BatchNorm2d(32)
  fc1 = new nn.Linear(32 * 7 * 7, 64)
  dropout = new nn.Dropout(0.3)
  fc2 = new nn.Linear(64, 10)

  forward(x: Tensor<'float32', ['N', 1, 28, 28]>): Tensor {
    let y = F.maxPool2d(F.relu(this.bn1(this.conv1(x))), 2)
    y = F.maxPool2d(F.relu(this.bn2(this.conv2(y))), 2)
    return F.logSoftmax(this.fc2(this.dropout(F.relu(this.fc1(y.flatten(1))))), 1)
  }
}

function expectedTensor(name: string): Tensor {
  const entry = readSafetensors(readFileSync(fileURLToPath(data('digits.expected.safetensors')))).tensors.get(name)
  const { dtype, shape, data: values } = decodeEntry(entry!)
  return tensor(values, { dtype, shape })
}

describe('the digits network', () => {
  it("gives PyTorch's logits with PyTorch's weights", () => {
    const model = script(new DigitNet(), { weights: data('digits.safetensors') })
    const images = expectedTensor('images').slice(0, 0, 16)
    const logits = model(images.to('float32').div(255))
    const difference = logits
      .sub(expectedTensor('logits').slice(0, 0, 16))
      .abs()
      .max()
      .item()
    expect(difference).toBeLessThan(1e-4)
    expect(logits.argmax(1).toArray()).toEqual(expectedTensor('labels').slice(0, 0, 16).toArray())
  })

  it('is ready without loading anything', async () => {
    const model = script(new DigitNet(), { weights: data('digits.safetensors') })
    await expect(ready(model)).resolves.toBeUndefined()
    await expect(model.async(torch.zeros([1, 1, 28, 28]))).resolves.toMatchObject({ shape: [1, 10] })
  })
})

describe('state dicts', () => {
  it("have PyTorch's keys", () => {
    expect([...new nn.BatchNorm2d(3).stateDict().keys()]).toEqual(['weight', 'bias', 'running_mean', 'running_var'])
    const net = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU(), new nn.ModuleDict({ outLayer: new nn.Linear(3, 1, { bias: false }) }))
    expect([...net.stateDict().keys()]).toEqual(['0.weight', '0.bias', '2.out_layer.weight'])
    expect([...net.namedParameters()].length).toBe(3)
  })

  it('load what fits, and say all that does not', () => {
    const [a, b] = [new nn.Linear(2, 3), new nn.Linear(2, 3)]
    b.loadStateDict(a.stateDict())
    expect(b.weight.toArray()).toEqual(a.weight.toArray())
    expect(b.weight).toBeInstanceOf(nn.Parameter)
    a.weight.zero_()
    expect(b.weight.toArray()).not.toEqual(a.weight.toArray())
    expect(() => b.loadStateDict({ weight: torch.ones([3, 3]), extra: torch.ones([1]) })).toThrow(
      'size mismatch for weight: the state dict has shape [3, 3], the module [3, 2]\n  missing keys: bias\n  unexpected keys: extra',
    )
    expect(b.loadStateDict({ bias: torch.ones([3]), extra: torch.ones([1]) }, { strict: false })).toEqual({
      missingKeys: ['weight'],
      unexpectedKeys: ['extra'],
    })
    expect(b.bias?.toArray()).toEqual([1, 1, 1])
  })

  it('complain about a missing file', () => {
    expect(() => script(new nn.Linear(1, 1), { weights: data('absent.safetensors') })).toThrow('ENOENT')
  })
})

describe('modules', () => {
  it('are callable, and are instances of their class', () => {
    const relu = new nn.ReLU()
    expect(relu).toBeInstanceOf(nn.ReLU)
    expect(relu).toBeInstanceOf(nn.Module)
    expect(relu(tensor([-1, 2])).toArray()).toEqual([0, 2])
    expect(Object.keys(new nn.Linear(1, 2))).toEqual(['training', 'inFeatures', 'outFeatures', 'weight', 'bias'])
  })

  it('start in eval mode; train() reaches all submodules', () => {
    const net = new nn.Sequential(new nn.Dropout(0.5), new nn.BatchNorm1d(2))
    expect(net.training).toBe(false)
    net.train()
    expect([...net.modules()].map((module) => module.training)).toEqual([true, true, true])
    const norm = net[1] as InstanceType<typeof nn.BatchNorm1d>
    norm(
      tensor([
        [1, 2],
        [3, 6],
      ]),
    )
    // PyTorch: momentum 0.1 towards the mean [2, 4] and the unbiased variance [2, 8].
    expect(norm.runningMean?.toArray()).toEqual([0.2, 0.4].map(Math.fround))
    expect((norm.runningVar!.toArray() as number[]).map((x) => x.toFixed(4))).toEqual(['1.1000', '1.7000'])
  })

  it('check their arguments by name', () => {
    expect(() => new nn.Linear(2, 3, { baias: true } as never)).toThrow("nn.Linear: unknown option 'baias' (did you mean 'bias'?)")
    expect(() => new nn.Conv2d(3, 4, 3, { groups: 2 })).toThrow('multiples of groups 2')
  })

  it('pad unevenly for padding same, and by the other modes', () => {
    const conv = new nn.Conv2d(1, 1, 2, { padding: 'same' })
    expect(conv(torch.ones([1, 1, 5, 5])).shape).toEqual([1, 1, 5, 5])
    const reflect = new nn.Conv1d(1, 1, 3, { padding: 1, paddingMode: 'reflect', bias: false })
    reflect.weight.fill_(1)
    expect(reflect(tensor([[[1, 2, 3]]])).toArray()).toEqual([[[5, 6, 7]]])
  })

  it('initialise within the bounds of PyTorch', () => {
    const { weight, bias } = new nn.Linear(16, 8)
    expect(weight.abs().max().item()).toBeLessThanOrEqual(0.25)
    expect(bias?.abs().max().item()).toBeLessThanOrEqual(0.25)
    expect(weight.abs().max().item()).toBeGreaterThan(0.15)
  })

  it('lists walk through modules', () => {
    const list = new nn.ModuleList([new nn.ReLU(), new nn.Tanh()])
    expect(list.length).toBe(2)
    expect(list.at(-1)).toBeInstanceOf(nn.Tanh)
    expect([...list].map((module) => module.constructor.name)).toEqual(['ReLU', 'Tanh'])
    expect(() => list(tensor([1]))).toThrow('nn.ModuleList has no forward')
  })
})

describe('script', () => {
  it('gives functions and classes back unchanged', async () => {
    const double = (x: Tensor): Tensor => x.mul(2)
    const scripted = script(double)
    expect(scripted).toBe(double)
    expect(scripted(tensor([1.5])).item()).toBe(3)
    await expect(scripted.graph).rejects.toThrow('runs uncompiled')
    expect(() => script(5 as never)).toThrow('needs a function or an nn.Module')
    class Net extends nn.Module {
      forward(x: Tensor): Tensor {
        return x
      }
    }
    expect(script(Net, { kind: 'class', name: 'Net' } as ClassDecoratorContext)).toBe(Net)
  })
})
