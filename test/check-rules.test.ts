import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { lawPackOf, lawPacks, ruleTables } from '#releases'
import { strictestFaults } from '../src/releases/law-check.rules.ts'
import { runCheckRules } from '../src/cli-check-rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'rules-'))
let out = ''
let wrong = ''
afterAll(() => rmSync(folder, { recursive: true }))

beforeEach(() => {
  out = ''
  wrong = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    wrong += String(text)
    return true
  })
  return () => vi.restoreAllMocks()
})

const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

test('the tables of the program hold', () => {
  expect(runCheckRules(['--rules'])).toBe(0)
  expect(out).toContain('Rules us')
  expect(out).not.toContain('BROKEN')
})

test('a bad row is found and printed with its combination and the rows that answer there', () => {
  const table = structuredClone(ruleTables.us)
  const rows = table.rows.map((row) => (row.id === 'us-29' ? { ...row, outcome: 'A' as const } : row))
  const path = file('bad.json', JSON.stringify({ ...table, rows }))
  expect(runCheckRules(['--rules', path])).toBe(1)
  expect(out).toMatch(/BROKEN {2}A programme for people causing harm learns nothing/)
  expect(out).toMatch(/from DVA to BIP, record R\d+, ground REL/)
  expect(out).toMatch(/answer: \w+, by us-29/)
})

test('the same as JSON, one object a table', () => {
  expect(runCheckRules(['--rules', '--json'])).toBe(0)
  const [uk, us, ...laws] = JSON.parse(out)
  expect(laws.map((each: { pack: string }) => each.pack)).toContain('us-wa')
  expect([uk.table, us.table, us.holds]).toEqual(['uk', 'us', true])
  expect(BigInt(us.combinations)).toBeGreaterThan(10n ** 12n)
})

test('the law of every place holds, and says how much of it is answered', () => {
  expect(runCheckRules(['--rules'])).toBe(0)
  for (const { id } of lawPacks()) expect(out).toContain(`Law ${id}, version ${id}-`)
  expect(out).toContain('Law us-ct, version us-ct-2026-11-27: 2 of 22 questions answered')
  expect(strictestFaults()).toEqual([])
})

test('a planted bad row of a pack is found and named, whatever is wrong with it', () => {
  const wa = lawPackOf('us', 'us-wa')
  const planted = (id: string, value: unknown, change: object = {}) => ({
    ...wa,
    fields: { ...wa?.fields, [id]: { ...wa?.fields['release-cap-days'], value, ...change } },
  })
  const plants = [
    [planted('spoken-agreement', true), 'us-wa:spoken-agreement would take spoken words for a release'],
    [planted('sharing-without-agreement', 'layered-test'), 'us-wa:sharing-without-agreement would share'],
    [planted('release-cap-days', 900), 'us-wa:release-cap-days cannot be acted on'],
    [planted('release-cap-days', 7), 'us-wa:release-default-days is 30 days'],
    [planted('injury-report', true, { source: 'hearsay' }), 'us-wa:injury-report names the source hearsay'],
    [planted('mandated-reporters', ['CLOWN']), 'us-wa:mandated-reporters cannot be acted on'],
    [planted('no-such-question', true), 'us-wa:no-such-question is asked nowhere'],
  ] as const
  for (const [pack, says] of plants) {
    out = ''
    expect(runCheckRules(['--rules', file('bad-pack.json', JSON.stringify(pack))])).toBe(1)
    expect(out).toContain(`BAD     ${says}`)
  }
  const { 'report-to': _left, ...fields } = wa?.fields ?? {}
  out = ''
  expect(runCheckRules(['--rules', file('less.json', JSON.stringify({ ...wa, fields }))])).toBe(0)
  expect(out).toContain('LEFT    report-to')
  expect(runCheckRules(['--rules', file('no-pack.json', '{"fields":{}}')])).toBe(2)
  expect(wrong).toContain('is no pack')
})

test('a file that is no rule table is refused in one line that says what to do', () => {
  expect(runCheckRules(['--rules', file('no.json', '{"id":"us"}')])).toBe(2)
  expect(runCheckRules(['--rules', join(folder, 'missing.json')])).toBe(2)
  expect(wrong.trim().split('\n')).toHaveLength(2)
  expect(wrong).toContain('is no rule table')
})
