/** A small CNN that reads handwritten digits, and the two functions of it that the page calls. */
import { F, nn, script, type Tensor } from 'tensorscript'

class DigitNet extends nn.Module {
  conv1 = new nn.Conv2d(1, 16, 3, { padding: 1 })
  bn1 = new nn.BatchNorm2d(16)
  conv2 = new nn.Conv2d(16, 32, 3, { padding: 1 })
  bn2 = new nn.BatchNorm2d(32)
  fc1 = new nn.Linear(32 * 7 * 7, 64)
  dropout = new nn.Dropout(0.3)
  fc2 = new nn.Linear(64, 10)

  forward(x: Tensor<'float32', ['N', 1, 28, 28]>): Tensor {
    x = F.maxPool2d(F.relu(this.bn1(this.conv1(x))), 2)
    x = F.maxPool2d(F.relu(this.bn2(this.conv2(x))), 2)
    x = F.relu(this.fc1(x.flatten(1)))
    return F.logSoftmax(this.fc2(this.dropout(x)), 1)
  }
}

const model = script(new DigitNet().eval(), { weights: new URL('./digits.safetensors', import.meta.url) })

/** The probabilities of the ten digits for one image, shape [10]. */
/** @script */
export function probabilities(pixels: Tensor<'uint8', [28, 28]>): Tensor {
  const x = pixels.to('float32').div(255).reshape([1, 1, 28, 28])
  return model(x).exp().flatten()
}

/** The most likely digit of each image, shape [N]. */
/** @script */
export function classify(images: Tensor<'uint8', ['N', 1, 28, 28]>): Tensor {
  return model(images.to('float32').div(255)).argmax(1)
}
