import tensorscript from 'tensorscript/vite'

export default { plugins: [tensorscript()] }
