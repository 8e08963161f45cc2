import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { tablesOf } from './fences-catalogue.ts'
import { askingChecks, catalogueChecks, type Fences } from './fences-checks.ts'
import { fillEverything } from './world/filled.ts'

let fences: Fences
let web: pg.Client

beforeAll(async () => {
  const filled = await fillEverything()
  const owner = await connected(filled.world.database.ownerUrl)
  web = await connected(filled.world.database.urlFor('web'))
  fences = {
    filled,
    owner,
    tables: await tablesOf(owner),
    as: (row, work) => begun('select * from access.begin($1, null, $2)', row, work),
    asBearer: (row, work) => begun('select * from access.begin_bearer($1, $2)', row, work),
  }
})
afterAll(async () => {
  await fences.owner.end()
  await web.end()
  await fences.filled.world.close()
})

describe('the catalogue', () => {
  test.each(Object.entries(catalogueChecks))('%s', async (_name, check) => {
    expect(await check(fences)).toEqual([])
  })
})

describe('three parties, an excluded member, a guest, nobody', () => {
  test.each(Object.entries(askingChecks))('%s', async (_name, check) => {
    expect(await check(fences)).toEqual([])
  })

  test('pooled connections carry nobody over, errors in between included', async () => {
    const { a, b, world } = fences.filled
    const rounds = process.env['ANYDOOR_PROVE'] === undefined ? 300 : 100_000
    let seed = 20261122
    const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648)
    const client = await connected(world.database.urlFor('web'))
    for (let round = 0; round < rounds; round += 1) {
      const who = [a, b, null][next() % 3] ?? null
      await client.query('begin')
      if (who !== null) await client.query('select * from access.begin($1, null, $2)', [who.row, 'test'])
      if (next() % 4 === 0) await client.query('select 1 / 0').catch(() => undefined)
      else {
        const seen = await client.query('select distinct party_id from people."case"')
        expect(seen.rows.map((row) => row.party_id)).toEqual(who === null ? [] : [who.partyId])
      }
      await client.query(next() % 2 === 0 ? 'commit' : 'rollback')
    }
    await client.end()
  })
})

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** Runs SQL as the real web login, exactly as the program begins its transactions, and rolls back. */
async function begun<T>(
  opener: string,
  row: Uint8Array | null,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  await web.query('begin')
  try {
    if (row !== null) expect((await web.query(opener, [row, 'test'])).rowCount).toBe(1)
    return await work(web)
  } finally {
    await web.query('rollback')
  }
}
