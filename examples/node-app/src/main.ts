/** Classifies the stored MNIST images one by one, compares the scores of the batch with PyTorch's, and says how fast it was. */
import { ready, tensor } from 'tensorscript'
import { classify, score } from './digits'
import { readSafetensors } from './safetensors'

const { images, labels, logits } = readSafetensors(new URL('../data/digits.expected.safetensors', import.meta.url))
const count = images.shape[0]
const expectedLabels = new BigInt64Array(labels.bytes.buffer)
const expectedLogits = new Float32Array(logits.bytes.buffer)

await ready([classify, score])

const inputs = Array.from({ length: count }, (_, i) =>
  tensor(images.bytes.subarray(i * 784, (i + 1) * 784), { dtype: 'uint8', shape: [28, 28] }),
)
const right = inputs.filter((input, i) => classify(input).item() === Number(expectedLabels[i])).length

const scores = score(tensor(images.bytes, { dtype: 'uint8', shape: [count, 1, 28, 28] })).dataSync()
const difference = expectedLogits.reduce((largest, value, i) => Math.max(largest, Math.abs(value - scores[i])), 0)

/** Images a second over at least half a second of calls, one image a call. */
function measureRate(): number {
  let calls = 0
  const start = performance.now()
  while (performance.now() - start < 500) {
    for (const input of inputs) classify(input)
    calls += count
  }
  return (calls * 1000) / (performance.now() - start)
}

console.log(`accuracy                        ${((100 * right) / count).toFixed(2)}% (${right} of ${count})`)
console.log(`largest difference to PyTorch   ${difference.toExponential(1)}`)
console.log(`speed                           ${Math.round(measureRate()).toLocaleString('en')} images per second, one at a time`)
