import { afterAll, beforeAll, expect, test } from 'vitest'

import { importDirectory, importPathways, systemFile } from '#directory'
import { readSystem } from '#engine/space'
import { readFileSync } from 'node:fs'

import { type TestWorld, testWorld } from '../world/agencies.ts'

let world: TestWorld

beforeAll(async () => {
  world = await testWorld()
  const text = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  const report = await world.owner.transaction().execute((db) => importDirectory(db, text, { dryRun: false }))
  if ('refused' in report) throw new Error(report.refused)
})
afterAll(() => world.close())

test('the live directory exports as a system file that the engine reads, with its pathways', async () => {
  const before = await world.owner.transaction().execute((db) => systemFile(db, 'uk'))
  const [first, second] = before.agencies as readonly { readonly id: string; readonly label: string }[]
  if (first === undefined || second === undefined) throw new Error('two agencies are needed')
  const file = JSON.stringify([
    { from: first.id, to: second.label, kind: 'warm', when: [{ age: { max: 215 } }], replyDueDays: 5 },
    { from: first.label.toUpperCase(), to: second.id, kind: 'referral' },
    { from: first.id, to: first.id, kind: 'warm' },
    { from: 'Nobody', to: second.id, kind: 'warm' },
    { from: first.id, to: second.id, kind: 'by owl' },
    { from: first.id, to: second.id, kind: 'warm', when: [{ height: ['tall'] }] },
  ])
  const report = await world.owner.transaction().execute((db) => importPathways(db, file))
  expect(report).toMatchObject({ imported: 2 })
  expect('refused' in report ? [] : report.rejected.map((one) => one.rule)).toEqual([
    'to-itself',
    'unknown-organisation',
    'shape',
    'condition',
  ])
  const again = await world.owner.transaction().execute((db) => importPathways(db, file))
  expect(again).toMatchObject({ imported: 2 })
  const after = await world.owner.transaction().execute((db) => systemFile(db, 'uk'))
  expect(after.pathways).toHaveLength(2)
  const read = readSystem(after)
  expect(read.ok).toBe(true)
  if (read.ok) expect(read.value.pathways).toHaveLength(2)
})

test('a file that is no list is refused in one line', async () => {
  const report = await world.owner.transaction().execute((db) => importPathways(db, '{"from": 1}'))
  expect(report).toEqual({ refused: expect.stringContaining('JSON list') })
})
