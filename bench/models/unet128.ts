// A small segmentation U-Net: 128 x 128 RGB in, one mask out.
import { F, nn, script, type Tensor, torch } from 'tensorscript'

function block(i: number, o: number) {
  return new nn.Sequential(
    new nn.Conv2d(i, o, 3, { padding: 1 }),
    new nn.BatchNorm2d(o),
    new nn.ReLU(),
    new nn.Conv2d(o, o, 3, { padding: 1 }),
    new nn.BatchNorm2d(o),
    new nn.ReLU(),
  )
}

class UNet extends nn.Module {
  d = new nn.ModuleList([block(3, 16), block(16, 32), block(32, 64), block(64, 128)])
  u = new nn.ModuleList([new nn.ConvTranspose2d(128, 64, 2, 2), new nn.ConvTranspose2d(64, 32, 2, 2), new nn.ConvTranspose2d(32, 16, 2, 2)])
  m = new nn.ModuleList([block(128, 64), block(64, 32), block(32, 16)])
  out = new nn.Conv2d(16, 1, 1)

  forward(x: Tensor<'float32', ['N', 3, 128, 128]>): Tensor {
    const skips: Tensor[] = []
    for (const [i, block] of this.d.entries()) {
      x = block(x)
      if (i < 3) {
        skips.push(x)
        x = F.maxPool2d(x, 2)
      }
    }
    for (const [i, up] of this.u.entries()) {
      x = this.m[i]!(torch.cat([up(x), skips[2 - i]!], 1))
    }
    return torch.sigmoid(this.out(x))
  }
}

export const model = script(new UNet(), { weights: new URL('../.cache/unet128.safetensors', import.meta.url) })
