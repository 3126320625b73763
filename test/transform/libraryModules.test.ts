/** The library's modules that the compiler knows as source text are those that `nn` is made of. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { nn } from '../../src/index.ts'
import { libraryClasses, libraryModules } from '../../src/transform/libraryModules.ts'

const folder = fileURLToPath(new URL('../../src/lang/nn', import.meta.url))

it('has every file with a class', () => {
  const withClasses = readdirSync(folder).filter(
    (name) => name !== 'index.ts' && /^export (?:abstract )?class /m.test(readFileSync(`${folder}/${name}`, 'utf8')),
  )
  expect(libraryModules().map(([file]) => file.slice('tensorscript:nn/'.length))).toEqual(withClasses.toSorted())
})

it('has the text of these files', () => {
  for (const [file, code] of libraryModules()) expect(code).toBe(readFileSync(`${folder}/${file.slice('tensorscript:nn/'.length)}`, 'utf8'))
})

it('names every class of nn', () => {
  const classes = Object.keys(nn).filter((name) => /^[A-Z]/.test(name) && !['Module', 'Parameter'].includes(name))
  expect(
    libraryClasses()
      .flatMap(([, names]) => names)
      .toSorted(),
  ).toEqual(expect.arrayContaining(classes.toSorted()))
})
