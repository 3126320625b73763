// torchvision's MobileNetV2, with its state-dict keys.
import { F, nn, script, type Tensor } from 'tensorscript'

const convBnRelu6 = (i: number, o: number, kernel: number, stride: number, groups: number) =>
  new nn.Sequential(
    new nn.Conv2d(i, o, kernel, { stride, padding: (kernel - 1) / 2, groups, bias: false }),
    new nn.BatchNorm2d(o),
    new nn.ReLU6(),
  )

class InvertedResidual extends nn.Module {
  conv: nn.Sequential
  readonly residual: boolean

  constructor(inp: number, oup: number, stride: number, expand: number) {
    super()
    const hidden = inp * expand
    const layers: nn.Module[] = expand === 1 ? [] : [convBnRelu6(inp, hidden, 1, 1, 1)]
    layers.push(convBnRelu6(hidden, hidden, 3, stride, hidden))
    layers.push(new nn.Conv2d(hidden, oup, 1, { bias: false }))
    layers.push(new nn.BatchNorm2d(oup))
    this.conv = new nn.Sequential(...layers)
    this.residual = stride === 1 && inp === oup
  }

  forward(x: Tensor): Tensor {
    return this.residual ? x.add(this.conv(x)) : this.conv(x)
  }
}

/** [expansion, channels, repeats, first stride] of each stage. */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const

function features(): nn.Sequential {
  const layers: nn.Module[] = [convBnRelu6(3, 32, 3, 2, 1)]
  let channels = 32
  for (const [expand, out, repeats, first] of stages) {
    for (let i = 0; i < repeats; i++) {
      layers.push(new InvertedResidual(channels, out, i === 0 ? first : 1, expand))
      channels = out
    }
  }
  layers.push(convBnRelu6(channels, 1280, 1, 1, 1))
  return new nn.Sequential(...layers)
}

class MobileNetV2 extends nn.Module {
  features = features()
  classifier = new nn.Sequential(new nn.Dropout(0.2), new nn.Linear(1280, 1000))

  forward(x: Tensor<'float32', ['N', 3, 224, 224]>): Tensor {
    x = this.features(x)
    return this.classifier(F.adaptiveAvgPool2d(x, [1, 1]).flatten(1))
  }
}

export const model = script(new MobileNetV2(), { weights: new URL('../.cache/mobilenet_v2.safetensors', import.meta.url) })
