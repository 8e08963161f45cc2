import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { fillEverything, type FilledWorld } from './world/filled.ts'

let filled: FilledWorld
let web: pg.Client

beforeAll(async () => {
  filled = await fillEverything()
  web = new pg.Client({ connectionString: filled.world.database.urlFor('web') })
  await web.connect()
})
afterAll(async () => {
  await web.end()
  await filled.world.close()
})

/** The cases whose cards the database hands to a search by somebody, or to nobody. */
async function casesFor(begin: string | null, row: Uint8Array | null): Promise<readonly string[]> {
  await web.query('begin')
  if (begin !== null) await web.query(begin, [row, 'test'])
  const cards = await web.query<{ case_id: string }>('select case_id from people.cards_to_search()')
  await web.query('rollback')
  return [...new Set(cards.rows.map((card) => card.case_id))]
}

async function casesOf(partyId: string): Promise<readonly string[]> {
  const rows = await filled.world.owner
    .selectFrom('people.case')
    .select('id')
    .where('party_id', '=', partyId)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

const asMember = 'select * from access.begin($1, null, $2)'
const asBearer = 'select * from access.begin_bearer($1, $2)'

test('a search reads the cards of the asker’s own cases, and of no other', async () => {
  const { a, b, closedCase } = filled
  expect((await casesFor(asMember, a.row)).toSorted()).toEqual(await casesOf(a.partyId))
  expect((await casesFor(asMember, b.row)).toSorted()).toEqual(await casesOf(b.partyId))
  expect(await casesFor(asMember, a.row)).toContain(closedCase)
})

test('a colleague whom a case is closed for, a guest and nobody read none of it', async () => {
  const { excluded, closedCase, guest } = filled
  expect(await casesFor(asMember, excluded.row)).not.toContain(closedCase)
  expect(await casesFor(asBearer, guest.row)).toEqual([])
  expect(await casesFor(null, null)).toEqual([])
})
