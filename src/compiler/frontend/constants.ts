/** Constants as sugared values. A leaf: tables of the frontend are made of these while its modules, which import each other, are loaded. */
import type { ConstantSugar } from './sugar.ts'

export const constant = (value: ConstantSugar['value']): ConstantSugar => ({ kind: 'constant', value })
export const constantInt = (value: number): ConstantSugar => constant({ kind: 'int', value })
export const constantBool = (value: boolean): ConstantSugar => constant({ kind: 'bool', value })
export const constantString = (value: string): ConstantSugar => constant({ kind: 'string', value })
export const constantNull: ConstantSugar = constant({ kind: 'none' })
/** An integer is an int however it is spelled. */
export const constantNumber = (value: number): ConstantSugar =>
  constant({ kind: Number.isSafeInteger(value) && !Object.is(value, -0) ? 'int' : 'float', value })
