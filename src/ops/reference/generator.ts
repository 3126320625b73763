/** The random generator lives with the runtime, as compiled programs draw from it too. */
export { generator } from '../../runtime/generator.ts'
