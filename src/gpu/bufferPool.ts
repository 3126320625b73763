/**
 * Buffers that nobody holds any more, for results and reads to come: making one costs a device more than a small segment. The queue runs in order, so what
 * was submitted for the holder before is done before the next one's work.
 */

/** Newest last. */
const free = new WeakMap<GPUDevice, GPUBuffer[]>()
/** Buffers kept a device; the oldest is destroyed first. */
const keep = 16

const roundUp = (bytes: number): number => Math.max(16, Math.ceil(bytes / 4) * 4)

/** A buffer of at least so many bytes; its contents are anything. */
export function takeBuffer(device: GPUDevice, bytes: number, usage: number): GPUBuffer {
  const size = roundUp(bytes)
  const known = free.get(device) ?? []
  const at = known.findLastIndex((buffer) => buffer.size === size && buffer.usage === usage)
  return at < 0 ? device.createBuffer({ size, usage }) : known.splice(at, 1)[0]!
}

/** The buffer is no longer used by whoever took it. */
export function giveBuffer(device: GPUDevice, buffer: GPUBuffer): void {
  const known = free.get(device) ?? []
  free.set(device, known)
  if (known.push(buffer) > keep) known.shift()!.destroy()
}
