import { copyFileSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { cryptoReady, openInstallation } from '#platform/crypto'

import { freshDatabase } from './database.ts'
import { anydoor } from './world/command-line.ts'
import { emptyFolder } from './world/restored.ts'

const place = emptyFolder()
beforeAll(cryptoReady)
afterAll(() => place.remove())

let folders = 0
const folder = () => path.join(place.folder, `keys-${(folders += 1)}`)
const installationIn = (keysDir: string) => readFileSync(path.join(keysDir, 'installation.json'), 'utf8')
const modesOf = (keysDir: string) =>
  [keysDir, path.join(keysDir, 'installation.json')].map((name) => (statSync(name).mode & 0o777).toString(8))

const run = (args: readonly string[], keysDir: string, input = '') =>
  anydoor(['keys', ...args], { DATA_DIR: path.join(place.folder, 'data'), KEYS_DIR: keysDir }, input)

async function printed() {
  const keysDir = folder()
  openInstallation(keysDir)
  const { code, said, complained } = await run(['print', '--yes'], keysDir)
  expect([code, complained]).toEqual([0, ''])
  return { keysDir, paper: said }
}

/** The paper with one row told anew. */
const withRow = (paper: string, label: string, change: (words: string[]) => readonly string[]) =>
  paper.replace(new RegExp(`^( *${label}  )(.*)$`, 'm'), (_, head: string, words: string) => {
    const now = change(words.split(' '))
    expect(now.join(' ')).not.toBe(words)
    return `${head}${now.join(' ')}`
  })

test('what was printed comes back byte for byte, with the same rights of the files', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { keysDir, paper } = await printed()
    const back = folder()
    expect(await run(['restore'], back, paper)).toMatchObject({ code: 0, complained: '' })
    expect(installationIn(back)).toBe(installationIn(keysDir))
    expect(modesOf(back)).toEqual(modesOf(keysDir))
    expect(modesOf(back)).toEqual(['700', '600'])
    expect(readdirSync(back)).toEqual(['installation.json'])
    expect(openInstallation(back).made).toBe(false)
  }
})

test('the paper is twelve rows of seven words and a row of six, and says neither key nor folder', async () => {
  const { keysDir, paper } = await printed()
  const rows = [...paper.matchAll(/^ *(\d+|check) {2}([a-z ]+)$/gm)]
  expect(rows.map((row) => (row[2] ?? '').split(' ').length)).toEqual([...Array<number>(12).fill(7), 6])
  const kept = JSON.parse(installationIn(keysDir)) as { pepper: string; sign: string[]; mail: string[] }
  for (const secret of [kept.pepper, ...kept.sign, ...kept.mail, place.folder])
    expect(paper).not.toContain(secret)
})

test('it is read however it is typed: in capitals, by four letters, in another order, with dots', async () => {
  const { keysDir, paper } = await printed()
  const short = paper.replaceAll(/\b[a-z]{5,}\b/g, (word) => (word === 'check' ? word : word.slice(0, 4)))
  const spellings = [
    paper.toUpperCase(),
    short,
    paper.split('\n').toReversed().join('\r\n'),
    paper.replaceAll(/^ *(\d+) {2}/gm, '$1. '),
  ]
  for (const typed of spellings) {
    const back = folder()
    expect(await run(['restore'], back, typed)).toMatchObject({ code: 0, complained: '' })
    expect(installationIn(back)).toBe(installationIn(keysDir))
  }
})

test('a slip is found in its row, and nothing is written', async () => {
  const { paper } = await printed()
  const other = (await printed()).paper
  const rowOf = (text: string, label: string) =>
    text.match(new RegExp(`^ *${label}  (.*)$`, 'm'))?.[1]?.split(' ') ?? []
  const slips: readonly (readonly [string, string])[] = [
    [
      withRow(paper, '4', ([a = '', b = '', ...rest]) => [a, b === 'zoo' ? 'able' : 'zoo', ...rest]),
      'Row 4 is not',
    ],
    [withRow(paper, '7', (words) => words.slice(1)), 'Row 7 is not'],
    [withRow(paper, '2', () => rowOf(paper, '3')), 'Row 2 is not'],
    [withRow(paper, '9', ([, ...rest]) => ['xylophone', ...rest]), 'Row 9 is not'],
    [withRow(paper, '5', () => rowOf(other, '5')), 'The row named check is not'],
    [withRow(paper, 'check', () => rowOf(other, 'check')), 'The row named check is not'],
    [paper.replace(/^check .*\n/m, ''), 'The row named check is missing'],
    [paper.replace(/^ *12 .*\n/m, ''), 'Row 12 is missing'],
    ['', 'Row 1 is missing'],
  ]
  for (const [typed, says] of slips) {
    const back = folder()
    const refused = await run(['restore'], back, typed)
    expect([refused.code, refused.said]).toEqual([2, ''])
    expect(refused.complained).toMatch(new RegExp(`^${says}[^\\n]+Nothing was written\\.\\n$`))
    expect(() => statSync(back)).toThrow('ENOENT')
  }
})

test('keys that are there are never written over, not even damaged ones', async () => {
  const { paper } = await printed()
  const there = await printed()
  const before = installationIn(there.keysDir)
  expect(await run(['restore'], there.keysDir, paper)).toMatchObject({
    code: 2,
    said: '',
    complained: expect.stringContaining('already holds keys'),
  })
  expect(installationIn(there.keysDir)).toBe(before)
  const damaged = folder()
  mkdirSync(damaged)
  writeFileSync(path.join(damaged, 'installation.json'), '{"pepper":')
  expect((await run(['restore'], damaged, paper)).complained).toContain('already holds keys')
  expect(installationIn(damaged)).toBe('{"pepper":')
})

test('keys go to a terminal or, when asked, to a printer; and only when a print would bring them back', async () => {
  const { keysDir } = await printed()
  expect(await run(['print'], keysDir)).toMatchObject({
    code: 2,
    said: '',
    complained: expect.stringContaining('--yes'),
  })
  const missing = await run(['print', '--yes'], folder())
  expect([missing.code, missing.said]).toEqual([2, ''])
  expect(missing.complained).toContain('holds no installation.json')
  const mixed = folder()
  const other = JSON.parse(installationIn((await printed()).keysDir)) as { sign: string[] }
  const kept = JSON.parse(installationIn(keysDir)) as { sign: string[] }
  mkdirSync(mixed)
  const halves = { ...kept, sign: [other.sign[0], kept.sign[1]] }
  writeFileSync(path.join(mixed, 'installation.json'), JSON.stringify(halves))
  const damaged = await run(['print', '--yes'], mixed)
  expect([damaged.code, damaged.said]).toEqual([2, ''])
  expect(damaged.complained).toContain('damaged')
})

test('after KEYS_DIR is lost, the print lets a real database be checked and copied again', async () => {
  const from = await freshDatabase()
  openInstallation(from.keysDir)
  const { said: paper } = await run(['print', '--yes'], from.keysDir)
  const lost = folder()
  const at = (keysDir: string) => ({ DATABASE_URL: from.ownerUrl, KEYS_DIR: keysDir })
  expect((await anydoor(['ledger', 'verify'], at(lost))).code).toBe(2)
  expect((await run(['restore'], lost, paper)).code).toBe(0)
  // The logins belong to the whole run's server: with passwords made anew here, no other test would get in.
  const logins = 'database-logins.json'
  copyFileSync(path.join(from.keysDir, logins), path.join(lost, logins))
  const [data, keyring] = [path.join(place.folder, 'data-copies'), path.join(place.folder, 'key-copies')]
  expect((await anydoor(['backup', data, '--keyring', keyring], at(from.keysDir))).code).toBe(0)
  expect((await anydoor(['ledger', 'verify'], at(lost))).code).toBe(0)
  const to = await freshDatabase()
  const back = { DATABASE_URL: to.ownerUrl, KEYS_DIR: lost }
  expect(await anydoor(['restore', data, '--keyring', keyring], back)).toMatchObject({
    code: 0,
    complained: '',
  })
  await from.close()
  await to.close()
})
