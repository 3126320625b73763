// torchvision's ResNet-18, with its state-dict keys.
import { F, nn, script, type Tensor } from 'tensorscript'

class BasicBlock extends nn.Module {
  conv1: nn.Conv2d
  bn1: nn.BatchNorm2d
  conv2: nn.Conv2d
  bn2: nn.BatchNorm2d
  downsample: nn.Sequential | null

  constructor(inplanes: number, planes: number, stride: number) {
    super()
    this.conv1 = new nn.Conv2d(inplanes, planes, 3, { stride, padding: 1, bias: false })
    this.bn1 = new nn.BatchNorm2d(planes)
    this.conv2 = new nn.Conv2d(planes, planes, 3, { padding: 1, bias: false })
    this.bn2 = new nn.BatchNorm2d(planes)
    this.downsample =
      stride === 1 ? null : new nn.Sequential(new nn.Conv2d(inplanes, planes, 1, { stride, bias: false }), new nn.BatchNorm2d(planes))
  }

  forward(x: Tensor): Tensor {
    const y = this.bn2(this.conv2(F.relu(this.bn1(this.conv1(x)))))
    return F.relu(y.add(this.downsample === null ? x : this.downsample(x)))
  }
}

const layer = (inplanes: number, planes: number, stride: number) =>
  new nn.Sequential(new BasicBlock(inplanes, planes, stride), new BasicBlock(planes, planes, 1))

class ResNet18 extends nn.Module {
  conv1 = new nn.Conv2d(3, 64, 7, { stride: 2, padding: 3, bias: false })
  bn1 = new nn.BatchNorm2d(64)
  layer1 = layer(64, 64, 1)
  layer2 = layer(64, 128, 2)
  layer3 = layer(128, 256, 2)
  layer4 = layer(256, 512, 2)
  fc = new nn.Linear(512, 1000)

  forward(x: Tensor<'float32', ['N', 3, 224, 224]>): Tensor {
    x = F.maxPool2d(F.relu(this.bn1(this.conv1(x))), 3, 2, 1)
    x = this.layer4(this.layer3(this.layer2(this.layer1(x))))
    return this.fc(F.adaptiveAvgPool2d(x, 1).flatten(1))
  }
}

export const model = script(new ResNet18(), { weights: new URL('../.cache/resnet18.safetensors', import.meta.url) })
