import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { applyForbiddingRules, importDirectory } from '#directory'
import { readConfig } from '#platform/config'
import { openPool, type Pool } from '#platform/db'
import { runMigrate } from '../../src/migrate.command.ts'
import { freshDatabase, type FreshDatabase } from '../database.ts'

let database: FreshDatabase
let owner: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 2)
})
afterAll(async () => {
  await owner.destroy()
  await database.close()
})

/** A domestic abuse service that reads alcohol and drugs, as one could save it before a rule closed that. */
beforeEach(async () => {
  const condition = JSON.stringify({ substance: ['none'], age: { min: 192 } })
  await owner.transaction().execute(async (db) => {
    await importDirectory(
      db,
      JSON.stringify([
        {
          id: 'f-1',
          name: 'Advice',
          alternate_name: 'F1',
          status: 'active',
          description: '',
          organization: {
            id: 'f-o',
            name: 'Advice',
            description: '',
          },
        },
      ]),
    )
    await sql`update directory.organization set sector = 'domestic-abuse', pack = 'uk' where lower(source_id) = 'f-o'`.execute(
      db,
    )
    await sql`update directory.service set needs = '{talk}' where lower(source_id) = 'f-1'`.execute(db)
    await sql`delete from directory.threshold`.execute(db)
    await sql`insert into directory.threshold (service_id, position, condition, sentence, source, owner, soft)
      select id, 1, ${condition}::jsonb, 'Adults who do not drink', '', '', false from directory.service`.execute(
      db,
    )
  })
})

async function read() {
  const { rows } = await sql<{ rule: string | null; closed: string[]; accepts: unknown }>`
    select t.forbidden_rule as rule, t.forbidden_facets as closed, s.matching::jsonb -> 'accepts' as accepts
    from directory.threshold t join directory.service s on s.id = t.service_id`.execute(owner)
  return rows[0]
}

const forget = () => sql`update directory.derived set digest = 'an older file'`.execute(owner)

test('a rule that came later reaches a clause that was stored before it, and matching at once', async () => {
  await forget()
  expect(await applyForbiddingRules(owner)).toBe(1)
  expect(await read()).toEqual({
    rule: 'advocacy-never-asks-substance',
    closed: ['substance'],
    accepts: [{ age: { min: 192 } }],
  })
})

test('while the file is the same nothing is looked at, so that a start stays quick', async () => {
  await applyForbiddingRules(owner)
  await sql`update directory.threshold set forbidden_rule = null, forbidden_facets = '{}'`.execute(owner)
  expect(await applyForbiddingRules(owner)).toBe(0)
  expect((await read())?.rule).toBeNull()
})

test('a rule that is gone opens again what it closed', async () => {
  await sql`update directory.threshold set condition = '{"age": {"min": 192}}', forbidden_rule = 'an-old-rule',
    forbidden_facets = '{age}'`.execute(owner)
  await forget()
  expect(await applyForbiddingRules(owner)).toBe(1)
  expect(await read()).toEqual({ rule: null, closed: [], accepts: [{ age: { min: 192 } }] })
})

test('bringing the database to its newest shape does it', async () => {
  await forget()
  const config = readConfig(
    { DATABASE_URL: database.ownerUrl, KEYS_DIR: database.keysDir, DATA_DIR: `${database.keysDir}-data` },
    '/',
  )
  if ('refused' in config) throw new Error(config.message)
  expect(await runMigrate(config)).toBe(0)
  expect((await read())?.closed).toEqual(['substance'])
})
