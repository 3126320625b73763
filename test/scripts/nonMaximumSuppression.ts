/** Non-maximum suppression, as `torchvision.ops.nms` defines it: boxes by falling score, those that overlap a kept one too much dropped. */
import { type float, type int, type Tensor, torch } from 'tensorscript'

function area(boxes: Tensor): Tensor {
  const width = boxes.select(1, 2).sub(boxes.select(1, 0))
  const height = boxes.select(1, 3).sub(boxes.select(1, 1))
  return width.mul(height)
}

/** Intersection over union of each box with each. */
function overlaps(boxes: Tensor): Tensor {
  const corner = boxes.unsqueeze(0)
  const other = boxes.unsqueeze(1)
  const topLeft = torch.maximum(other.narrow(2, 0, 2), corner.narrow(2, 0, 2))
  const bottomRight = torch.minimum(other.narrow(2, 2, 2), corner.narrow(2, 2, 2))
  const inside = bottomRight.sub(topLeft).clamp(0).prod(2)
  const areas = area(boxes)
  return inside.div(areas.unsqueeze(0).add(areas.unsqueeze(1)).sub(inside))
}

/** @script */
export function nonMaximumSuppression(boxes: Tensor<'float32', ['N', 4]>, scores: Tensor<'float32', ['N']>, threshold: float): int[] {
  const order = scores.argsort(0, true)
  const iou = overlaps(boxes)
  const kept: int[] = []
  for (let i = 0; i < order.shape[0]!; i++) {
    const candidate = order.select(0, i).item() as int
    let free = true
    for (const box of kept) {
      if ((iou.select(0, candidate).select(0, box).item() as number) > threshold) {
        free = false
        break
      }
    }
    if (free) kept.push(candidate)
  }
  return kept
}
