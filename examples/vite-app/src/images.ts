/** The first 256 images of the MNIST test set with their labels, from a .safetensors file. */
export const side = 28

export interface LabelledImages {
  readonly count: number
  readonly pixels: Uint8Array<ArrayBuffer>
  readonly labels: readonly number[]
}

/** The pixels of image `index`: 28 x 28 bytes, 0 is paper and 255 is ink. */
export function imageAt(images: LabelledImages, index: number): Uint8Array<ArrayBuffer> {
  return images.pixels.subarray(index * side * side, (index + 1) * side * side)
}

/** A .safetensors file is 8 bytes header length, a JSON header, and the tensors' bytes. */
export async function fetchImages(): Promise<LabelledImages> {
  const response = await fetch(new URL('./mnist.safetensors', import.meta.url))
  if (!response.ok) throw new Error(`The test images could not be loaded: ${response.status} ${response.statusText}`)
  const file = await response.arrayBuffer()
  const headerLength = Number(new DataView(file).getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, headerLength)))
  const bytesOf = (name: string) => {
    const [start, end] = header[name].data_offsets
    return file.slice(8 + headerLength + start, 8 + headerLength + end)
  }
  const labels = Array.from(new BigInt64Array(bytesOf('labels')), Number)
  return { count: labels.length, pixels: new Uint8Array(bytesOf('images')), labels }
}

/** Draws an image into a 28 x 28 canvas: ink in `colour` (the canvas's own text colour), paper transparent. */
export function paint(canvas: HTMLCanvasElement, pixels: Uint8Array, colour = getComputedStyle(canvas).color): void {
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (!context) return
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  const image = context.createImageData(side, side)
  for (let i = 0; i < side * side; i++) image.data.set([red, green, blue, pixels[i]], i * 4)
  context.putImageData(image, 0, 0)
}
