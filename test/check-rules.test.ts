import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { ruleTables } from '#releases'
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
  const [uk, us] = JSON.parse(out)
  expect([uk.table, us.table, us.holds]).toEqual(['uk', 'us', true])
  expect(BigInt(us.combinations)).toBeGreaterThan(10n ** 12n)
})

test('a file that is no rule table is refused in one line that says what to do', () => {
  expect(runCheckRules(['--rules', file('no.json', '{"id":"us"}')])).toBe(2)
  expect(runCheckRules(['--rules', join(folder, 'missing.json')])).toBe(2)
  expect(wrong.trim().split('\n')).toHaveLength(2)
  expect(wrong).toContain('is no rule table')
})
