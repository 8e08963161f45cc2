import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory } from '#directory'
import { createWords } from '#platform/i18n'
import { queueOf } from '../../src/directory/queue.store.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'

let world: TestWorld
let editor: Person
const american = createWords([])({ pack: 'us' })

beforeAll(async () => {
  world = await testWorld()
  editor = await world.found(
    'Alder County Advocacy',
    'domestic-abuse',
    ['agency-administrator', 'directory-editor'],
    'us',
  )
  const alder = readFileSync(new URL('../../src/demo/us-county.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute((db) => importDirectory(db, alder))
})
afterAll(() => world?.close())

test('a day that waits is the same day west of Greenwich', async () => {
  await sql`update directory.service set assured_on = '2026-03-01'`.execute(world.owner)
  const { items } = await editor.act((db, actor) => queueOf(db, actor, 1))
  const days = items.filter((each) => each.kind === 'nobody').map((each) => american.date(each.since ?? ''))
  expect(new Set(days)).toEqual(new Set(['March 1, 2026']))
})

test('a moment that waits is still a moment', async () => {
  await world.owner
    .transaction()
    .execute((db) =>
      importDirectory(db, JSON.stringify([{ id: 'h', name: 'Harbour Refuge', status: 'active' }])),
    )
  const { items } = await editor.act((db, actor) => queueOf(db, actor, 1))
  expect(items.find((each) => each.kind === 'held')?.since).toMatch(/T\d\d:/)
})
