/** The strip of test images: what the network reads on each, its mistakes marked, each a button that shows it in the drawing area. */
import { imageAt, type LabelledImages, paint } from './images'
import { element } from './result'

export function showGallery(images: LabelledImages, predictions: ArrayLike<number>, choose: (index: number) => void): void {
  const canvases: HTMLCanvasElement[] = []
  const items = images.labels.map((label, index) => {
    const prediction = predictions[index]
    const wrong = prediction !== label
    const canvas = Object.assign(document.createElement('canvas'), { width: 28, height: 28 })
    canvas.ariaHidden = 'true'
    canvases.push(canvas)
    const caption = Object.assign(document.createElement('span'), { textContent: wrong ? `${prediction}, is ${label}` : `${prediction}` })
    const button = Object.assign(document.createElement('button'), { type: 'button', className: wrong ? 'wrong' : '' })
    button.ariaLabel = wrong ? `Image ${index + 1}: a ${label}, read as ${prediction}` : `Image ${index + 1}: a ${label}, read right`
    button.append(canvas, caption)
    button.addEventListener('click', () => choose(index))
    const item = document.createElement('li')
    item.append(button)
    item.dataset.wrong = String(wrong)
    return item
  })
  element('strip').replaceChildren(...items)
  const repaint = () => {
    for (const [index, canvas] of canvases.entries()) paint(canvas, imageAt(images, index))
  }
  repaint()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint)

  const onlyWrong = element<HTMLInputElement>('only-wrong')
  const filter = () => element('strip').classList.toggle('only-wrong', onlyWrong.checked)
  onlyWrong.addEventListener('change', filter)
  filter()
}
