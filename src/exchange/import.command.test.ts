import { expect, test } from 'vitest'
import { givenText } from './given-file.ts'
import { importHelp } from './import-arguments.ts'
import { runImport } from './import.command.ts'

async function run(argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const out: string[] = []
  const errors: string[] = []
  const code = await runImport(argv, {
    withDatabase: async () => {
      throw new Error('no database here\nand more')
    },
    open: async (path) => {
      const text = files[path]
      return text === undefined ? null : givenText(text)
    },
    print: (line) => void out.push(line),
    printError: (line) => void errors.push(line),
  })
  return { code, out, errors }
}

test('help says what it does and how it ends', async () => {
  expect(await run(['--help'])).toEqual({ code: 0, out: [importHelp], errors: [] })
})

test.each([
  [[], 'Name one file.'],
  [['a', 'b'], 'Name one file.'],
  [['--format', 'gopher', 'a'], '--format is auto, tabular, oruk, hsds, csv, '],
  [['--quick', 'a'], 'Unknown option'],
  [['--format', 'postcodes', 'a'], 'a: This is no CSV laid out as the ONS Postcode Directory'],
  [['a'], 'a: No column says what a service is called.'],
  [['b'], 'b: its beginning does not tell what it is.'],
  [['--mapping', 'My List', 'a'], 'My List cannot be read, and no mapping is called so.'],
  [['--save-mapping', 'My List', 'a'], 'A mapping is called by small letters'],
  [['--save-mapping', 'anydoor', 'a'], 'anydoor is the name of the mapping that always exists.'],
  [['--format', 'hsds', '--suggest-mapping', 'a'], 'Mappings belong to --format csv.'],
  [['missing.json'], 'missing.json cannot be read.'],
])('%j cannot run: one line that says why', async (argv, line) => {
  const { code, errors } = await run(argv, { a: 'a,b', b: '\0,\0' })
  expect([code, errors.length]).toEqual([2, 1])
  expect(errors[0]).toContain(line)
  expect(errors[0]).not.toContain('\n')
})

test('a database that fails is one line too, and nothing was changed', async () => {
  const { code, errors } = await run(['a.json'], { 'a.json': '[]' })
  expect(code).toBe(2)
  expect(errors).toEqual(['The database could not take the file, and nothing was changed: no database here'])
})
