/** Where `verify` runs case functions: the eager library, or compiled for a device. */
import type { TensorData } from '../../runtime/safetensors.ts'

/** A tensor, a scalar, or undefined for a parameter left to its default. */
export type Argument = TensorData | number | boolean | undefined

export interface LoadedFile {
  /** Calls a function with its arguments in order; undefined where the case stores none. @throws whatever the function or its compilation does. */
  call(name: string, inputs: readonly Argument[]): Promise<unknown>
}

export interface Device {
  /** @throws when the file as a whole cannot be used. */
  load(source: string): Promise<LoadedFile>
  close(): Promise<void>
}
