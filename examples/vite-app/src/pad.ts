/**
 * The drawing area: pointer, touch and keyboard strokes on a square canvas, and the 28 x 28 image that MNIST's makers would have made
 * of them: the ink scaled into a 20 x 20 box, its centre of mass in the middle.
 */
import { paint, side } from './images'

type Point = readonly [x: number, y: number]

/** Strokes live in a square of this many units, whatever the size on the screen. */
const extent = 280
const penWidth = 24
const boxSide = 20

export class Pad {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #changed: () => void
  #strokes: Point[][] = []
  #picture: Uint8Array<ArrayBuffer> | undefined
  #pointer: number | undefined
  #cursor: Point = [extent / 2, extent / 4]
  #penDown = false
  /** The cursor shows only while it is steered by keys. */
  #keyboard = false

  /** `changed` runs after every change of what `pixels()` gives, at most once a frame. */
  constructor(canvas: HTMLCanvasElement, changed: () => void) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This browser has no 2D canvas.')
    this.#canvas = canvas
    this.#context = context
    this.#changed = oncePerFrame(() => {
      this.#draw()
      changed()
    })
    canvas.addEventListener('pointerdown', (event) => this.#startPointer(event))
    canvas.addEventListener('pointermove', (event) => this.#movePointer(event))
    for (const name of ['pointerup', 'pointercancel'] as const) canvas.addEventListener(name, (event) => this.#endPointer(event))
    canvas.addEventListener('keydown', (event) => this.#key(event))
    canvas.addEventListener('focus', () => {
      this.#keyboard = canvas.matches(':focus-visible')
      this.#draw()
    })
    canvas.addEventListener('blur', () => {
      this.#keyboard = false
      this.#penDown = false
      this.#draw()
    })
    new ResizeObserver(() => this.#draw()).observe(canvas)
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw())
  }

  get empty(): boolean {
    return this.#strokes.length === 0 && this.#picture === undefined
  }

  /** Shows an image in place of strokes. Drawing replaces it. */
  show(pixels: Uint8Array<ArrayBuffer>): void {
    this.#strokes = []
    this.#picture = pixels
    this.#draw()
  }

  undo(): void {
    this.#picture = undefined
    this.#strokes.pop()
    this.#changed()
  }

  clear(): void {
    this.#picture = undefined
    this.#strokes = []
    this.#penDown = false
    this.#changed()
  }

  /** 28 x 28 bytes, 0 is paper and 255 is ink. */
  pixels(): Uint8Array<ArrayBuffer> {
    return this.#picture ?? rasterize(this.#strokes)
  }

  #point(event: PointerEvent): Point {
    const box = this.#canvas.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * extent, ((event.clientY - box.top) / box.height) * extent]
  }

  #begin(point: Point): void {
    this.#picture = undefined
    this.#strokes.push([point])
    this.#changed()
  }

  #extend(points: readonly Point[]): void {
    this.#strokes.at(-1)?.push(...points)
    this.#changed()
  }

  #startPointer(event: PointerEvent): void {
    if (event.button !== 0 || this.#pointer !== undefined) return
    this.#keyboard = false
    this.#canvas.setPointerCapture(event.pointerId)
    this.#pointer = event.pointerId
    this.#penDown = false
    this.#begin(this.#point(event))
  }

  #movePointer(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return
    const events = event.getCoalescedEvents?.() ?? []
    this.#extend((events.length > 0 ? events : [event]).map((each) => this.#point(each)))
  }

  #endPointer(event: PointerEvent): void {
    if (event.pointerId === this.#pointer) this.#pointer = undefined
  }

  #key(event: KeyboardEvent): void {
    const step = event.shiftKey ? 4 : 14
    const moves: Record<string, Point> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }
    const move = moves[event.key]
    if (move || event.key === ' ') this.#keyboard = true
    if (move) {
      const inside = (value: number) => Math.min(extent, Math.max(0, value))
      this.#cursor = [inside(this.#cursor[0] + move[0]), inside(this.#cursor[1] + move[1])]
      if (this.#penDown) this.#extend([this.#cursor])
      else this.#draw()
    } else if (event.key === ' ') {
      this.#penDown = !this.#penDown
      if (this.#penDown) this.#begin(this.#cursor)
      else this.#draw()
    } else if (event.key === 'Delete' || event.key === 'Backspace') this.clear()
    else if (event.key === 'z' && (event.ctrlKey || event.metaKey)) this.undo()
    else return
    event.preventDefault()
  }

  #draw(): void {
    const canvas = this.#canvas
    const context = this.#context
    const size = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio))
    if (canvas.width !== size) canvas.width = canvas.height = size
    context.setTransform(size / extent, 0, 0, size / extent, 0, 0)
    context.clearRect(0, 0, extent, extent)
    const ink = getComputedStyle(canvas).color
    if (this.#picture) {
      const small = document.createElement('canvas')
      paint(small, this.#picture, ink)
      context.imageSmoothingEnabled = false
      context.drawImage(small, 0, 0, extent, extent)
    }
    stroke(context, this.#strokes, ink)
    if (this.#keyboard) this.#drawCursor()
  }

  #drawCursor(): void {
    const context = this.#context
    const [x, y] = this.#cursor
    context.beginPath()
    context.arc(x, y, penWidth / 2, 0, 2 * Math.PI)
    context.lineWidth = 2.5
    context.strokeStyle = getComputedStyle(this.#canvas).getPropertyValue('--accent')
    context.fillStyle = context.strokeStyle
    if (this.#penDown) context.fill()
    else context.stroke()
  }
}

function stroke(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, strokes: readonly Point[][], colour: string): void {
  context.lineWidth = penWidth
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.strokeStyle = colour
  for (const points of strokes) {
    context.beginPath()
    context.moveTo(points[0][0], points[0][1])
    // A stroke of one point is a dot: a line of no visible length.
    if (points.length === 1) context.lineTo(points[0][0], points[0][1] + 0.01)
    for (const [x, y] of points.slice(1)) context.lineTo(x, y)
    context.stroke()
  }
}

function rasterize(strokes: readonly Point[][]): Uint8Array<ArrayBuffer> {
  const points = strokes.flat()
  const pixels = new Uint8Array(side * side)
  if (points.length === 0) return pixels
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, right] = [Math.min(...xs) - penWidth / 2, Math.max(...xs) + penWidth / 2]
  const [top, bottom] = [Math.min(...ys) - penWidth / 2, Math.max(...ys) + penWidth / 2]
  // A dot must not be blown up to a disc that fills the box.
  const scale = boxSide / Math.max(right - left, bottom - top, extent / 4)
  const draw = (centreX: number, centreY: number) => {
    // Four samples a pixel each way: the canvas's own smoothing of thin strokes is too faint for MNIST.
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = side * 4
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) return pixels
    context.setTransform(scale * 4, 0, 0, scale * 4, (side / 2 - centreX * scale) * 4, (side / 2 - centreY * scale) * 4)
    stroke(context, strokes, '#fff')
    const { data } = context.getImageData(0, 0, side * 4, side * 4)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        let sum = 0
        for (let sy = 0; sy < 4; sy++) for (let sx = 0; sx < 4; sx++) sum += data[((y * 4 + sy) * side * 4 + x * 4 + sx) * 4 + 3]
        pixels[y * side + x] = sum / 16
      }
    return pixels
  }
  const centreX = (left + right) / 2
  const centreY = (top + bottom) / 2
  draw(centreX, centreY)
  const [massX, massY] = centreOfMass(pixels)
  return draw(centreX + (massX - side / 2) / scale, centreY + (massY - side / 2) / scale)
}

function centreOfMass(pixels: Uint8Array): Point {
  let mass = 0
  let x = 0
  let y = 0
  pixels.forEach((value, i) => {
    mass += value
    x += value * ((i % side) + 0.5)
    y += value * (Math.floor(i / side) + 0.5)
  })
  return mass === 0 ? [side / 2, side / 2] : [x / mass, y / mass]
}

function oncePerFrame(action: () => void): () => void {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      action()
    })
  }
}
