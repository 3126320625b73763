/** The page: loads the network, reads what is drawn, and reads the test images once. */
import { ready, tensor } from 'tensorscript'
import { classify, probabilities } from './digits'
import { showGallery } from './gallery'
import { fetchImages, imageAt, type LabelledImages, paint, side } from './images'
import { Pad } from './pad'
import { element, formatTime, showCallTime, showProbabilities } from './result'

const read = (pixels: Uint8Array<ArrayBuffer>) => probabilities(tensor(pixels, { dtype: 'uint8', shape: [side, side] })).dataSync()

/** The mean over some milliseconds of calls: browsers round the clock to a tenth of a millisecond or worse. */
function meanTime(call: () => void, milliseconds: number): number {
  const start = performance.now()
  let calls = 0
  do {
    call()
    calls += 1
  } while (performance.now() - start < milliseconds)
  return (performance.now() - start) / calls
}

const pad = new Pad(element<HTMLCanvasElement>('pad'), update)

function update(): void {
  const pixels = pad.pixels()
  paint(element<HTMLCanvasElement>('seen'), pixels)
  element('pad-hint').hidden = !pad.empty
  showProbabilities(pad.empty ? null : read(pixels))
  showCallTime(meanTime(() => read(pixels), 4))
}

function choose(images: LabelledImages, index: number): void {
  pad.show(imageAt(images, index))
  update()
}

function readImages(images: LabelledImages): void {
  const batch = tensor(images.pixels, { dtype: 'uint8', shape: [images.count, 1, side, side] })
  const start = performance.now()
  const predictions = classify(batch).dataSync()
  const time = performance.now() - start
  showGallery(images, predictions, (index) => choose(images, index))
  const right = images.labels.filter((label, i) => predictions[i] === label).length
  element('gallery-summary').textContent =
    `${right} of ${images.count} images of the MNIST test set read right, all in one call of ${formatTime(time)}. Choose one to look at it closely.`
}

element('undo').addEventListener('click', () => pad.undo())
element('clear').addEventListener('click', () => pad.clear())

try {
  const [images] = await Promise.all([fetchImages(), ready([probabilities, classify])])
  choose(images, 0)
  performance.mark('first-prediction')
  readImages(images)
  document.documentElement.dataset.state = 'ready'
} catch (error) {
  document.documentElement.dataset.state = 'failed'
  element('confidence').textContent = error instanceof Error ? error.message : String(error)
  throw error
}
