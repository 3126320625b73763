/** `import text from './file.ts?raw'`: the file as a string. */
declare module '*?raw' {
  const text: string
  export default text
}
