import { nodeResolve } from '@rollup/plugin-node-resolve'
import esbuild from 'rollup-plugin-esbuild'
import tensorscript from 'tensorscript/rollup'

export default {
  input: 'src/main.ts',
  output: { dir: 'dist', format: 'esm' },
  plugins: [tensorscript(), nodeResolve({ extensions: ['.ts', '.js'] }), esbuild({ target: 'es2022', minify: true })],
}
