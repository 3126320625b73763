/** The command line as a whole: help, versions, usage errors and exit codes. */
import { describe, expect, test } from 'vitest'
import { runCli } from './runCli.ts'

describe('help', () => {
  test.each([[['--help']], [['-h']], [['help']]])('%j lists the commands', async (args) => {
    const { code, out } = await runCli(args)
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}verify DIR +Run case files/m)
  })

  test.each([[['verify', '--help']], [['help', 'verify']]])('%j explains a command', async (args) => {
    const { code, out } = await runCli(args)
    expect(code).toBe(0)
    expect(out).toContain('Usage: tensorscript verify DIR [options]')
    expect(out).toMatch(/--device eager\|wasm\|webgpu +where/)
  })

  test('without arguments it is shown, as a usage error', async () => {
    const { code, out } = await runCli([])
    expect(code).toBe(2)
    expect(out).toContain('Usage: tensorscript COMMAND')
  })

  test('--version', async () => {
    expect(await runCli(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  })
})

describe('usage errors exit with 2 and name the mistake', () => {
  test.each([
    [['compute'], "there is no command 'compute'"],
    [['verify'], 'DIR is missing'],
    [['verify', 'a', 'b'], "unexpected argument 'b'"],
    [['verify', 'a', '--devise', 'wasm'], "Unknown option '--devise'"],
    [['verify', 'a', '--device', 'gpu'], "--device takes eager, wasm, webgpu, got 'gpu'"],
  ])('%j', async (args, message) => {
    const { code, error } = await runCli(args)
    expect(code).toBe(2)
    expect(error).toContain(message)
  })
})

test('a failure exits with 1', async () => {
  const { code, error } = await runCli(['verify', 'no/such/folder'])
  expect(code).toBe(1)
  expect(error).toContain('no/such/folder')
})
