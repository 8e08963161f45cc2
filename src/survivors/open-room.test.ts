import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { fixedClock } from '#platform/clock'

import { openRoom } from './open-room.ts'

function opened(file?: string, variables = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'open-room-'))
  if (file !== undefined) writeFileSync(join(dataDir, 'help-lines.json'), file)
  return openRoom({
    variables,
    pack: 'uk',
    dataDir,
    findPath: '/services',
    signInPath: '/sign-in',
    clock: fixedClock('2026-11-22T08:00:00Z'),
  })
}

const owner = { OWNER_NAME: 'Northmere Partnership', OWNER_CONTACT: 'office@example.org' }

test('a first start says what is still to do', () => {
  const { warnings } = opened()
  expect(warnings).toHaveLength(3)
  expect(warnings[0]).toContain('OWNER_NAME')
  expect(warnings[2]).toContain('england-24h')
})

test('what was checked in time is not asked for again', () => {
  const ids = ['england-24h', 'scotland-24h', 'wales-24h', 'northern-ireland-24h', 'men', 'lgbt', 'children']
  const checked = Object.fromEntries(ids.map((id) => [id, '2026-11-01']))
  const { warnings } = opened(JSON.stringify({ checked, removed: ['listening'] }), owner)
  expect(warnings).toEqual([])
})

test('a broken file is left aside and said so, in one line', () => {
  for (const broken of ['not json', '{"checked":{"men":"yesterday"}}', '[]']) {
    const { warnings } = opened(broken, owner)
    expect(warnings[0]).toMatch(/help-lines\.json was left aside/)
    expect(warnings).toHaveLength(2)
  }
})
