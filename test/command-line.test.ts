import path from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { freshDatabase } from './database.ts'
import { anydoor as runLine } from './world/command-line.ts'
import { emptyFolder } from './world/restored.ts'

const place = emptyFolder()
afterAll(() => place.remove())

const anydoor = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runLine(args, { DATA_DIR: path.join(place.folder, 'data'), ...env })

test('every command is listed, and says more with --help', async () => {
  const all = await anydoor(['--help'])
  const names = [...all.said.matchAll(/^ {2}([a-z]+) {2}/gm)].map((match) => match[1] ?? '')
  expect(names).toEqual(
    expect.arrayContaining([
      'start',
      'serve',
      'migrate',
      'import',
      'check',
      'match',
      'ledger',
      'backup',
      'restore',
      'keys',
      'recover',
    ]),
  )
  for (const name of names) {
    const help = await anydoor([name, '--help'])
    expect([name, help.code, help.complained]).toEqual([name, 0, ''])
    expect(help.said).toMatch(new RegExp(`^anydoor ${name}\\b`))
    expect(help.said.endsWith('\n')).toBe(true)
  }
})

test.each([
  [['dance']],
  [['import']],
  [['import', '/nowhere.json']],
  [['check']],
  [['check', '/nowhere.json']],
  [['match', '/nowhere.json']],
  [['ledger']],
  [['ledger', 'verify', '--head']],
  [['backup']],
  [['backup', 'one', 'two']],
  [['backup', '--what']],
  [['restore']],
  [['recover']],
  [['recover', 'a-key-as-an-argument']],
  [['recover', '--words', 'only two']],
  [['recover', '--login', 'nobody', '--name', 'Kim']],
  [['keys']],
  [['keys', 'dance']],
  [['keys', 'print', '--what']],
  [['restore', '/nowhere']],
  [['restore', '/nowhere', '--keyring', '/nowhere']],
])('%j cannot run: one line says why, and 2', async (args) => {
  const refused = await anydoor(args)
  expect([refused.code, refused.said]).toEqual([2, ''])
  expect(refused.complained).toMatch(/^[^\n]{10,}\n$/)
})

test('a wrong setting is told before anything is opened', async () => {
  expect(await anydoor(['backup', 'dir'], { PORT: 'http' })).toMatchObject({
    code: 2,
    complained: 'PORT must be a whole number from 0 to 65535.\n',
  })
})

test('data and keyring go out and come back through the command line, and the ledger is checked on the way', async () => {
  const { openInstallation, cryptoReady } = await import('#platform/crypto')
  await cryptoReady()
  const [from, to] = [await freshDatabase(), await freshDatabase()]
  openInstallation(from.keysDir)
  const [data, keys] = [path.join(place.folder, 'data-copies'), path.join(place.folder, 'key-copies')]
  const source = { DATABASE_URL: from.ownerUrl, KEYS_DIR: from.keysDir }
  const made = await anydoor(['backup', data, '--keyring', keys, '--json'], source)
  expect([made.code, (JSON.parse(made.said) as unknown[]).length]).toEqual([0, 2])
  expect((await anydoor(['restore', data], { ...source, DATABASE_URL: to.ownerUrl })).complained).toContain(
    '--keyring',
  )
  const back = await anydoor(['restore', data, '--keyring', keys], { ...source, DATABASE_URL: to.ownerUrl })
  expect([back.code, back.complained]).toEqual([0, ''])
  expect(back.said).toContain('They were not part of it.')
  expect(back.said).toContain('The ledger is consistent with itself.')
  const elsewhere = await anydoor(['backup', data], {
    ...source,
    KEYS_DIR: path.join(place.folder, 'no-keys'),
  })
  expect([elsewhere.code, elsewhere.complained]).toEqual([2, expect.stringContaining('installation.json')])
  await from.close()
  await to.close()
})
