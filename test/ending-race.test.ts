import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { withdrawRelease } from '#envelopes'
import { eraseCase } from '#people'
import { caseKey } from '#platform/access'
import { endExpired } from '#platform/jobs'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type Sent, sendOne } from './world/crossing.ts'

let world: TestWorld
let advocate: Person
let clinician: Person
let superuser: pg.Client
let watcher: pg.Client

beforeAll(async () => {
  world = await testWorld()
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(advocate, clinician)
  superuser = new pg.Client({ connectionString: world.database.superUrl })
  await superuser.connect()
  // What goes on is read once in a transaction, so it is watched from outside of one.
  watcher = new pg.Client({ connectionString: world.database.superUrl })
  await watcher.connect()
})
afterAll(async () => {
  await superuser?.end()
  await watcher?.end()
  await world?.close()
})

async function erase({ caseId }: Sent): Promise<unknown> {
  return advocate.act((db, actor) => eraseCase(db, actor, caseId))
}

async function takeBack({ caseId, releaseId }: Sent): Promise<unknown> {
  return advocate.act(async (db, actor) => {
    const of = await caseKey(db, actor, caseId)
    return of === null ? null : withdrawRelease(db, actor, { id: releaseId, of }, 'spoken')
  })
}

/** Until so many sessions wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await watcher.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if ((rows[0]?.n ?? 0) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test.each([
  ['erasing', erase],
  ['taking back', takeBack],
])(
  '%s and the job that ends what time has ended wait for each other, and both are done',
  async (_what, act) => {
    const sent = await sendOne(advocate, clinician, { name: 'Ash' })
    await superuser.query(
      `update envelopes.incoming set ends_at = clock_timestamp() - interval '1 minute' where id = $1`,
      [sent.envelopeId],
    )
    // The job is held between the copy and its key, and whoever acts comes meanwhile.
    await superuser.query('begin')
    await superuser.query('select from envelopes.outgoing where id = $1 for update', [sent.envelopeId])
    const job = endExpired(world.pools)
    await untilWaiting(1)
    const acted = act(sent)
    await untilWaiting(2)
    await superuser.query('commit')
    const [ended, done] = await Promise.allSettled([job, acted])
    expect([ended.status, done.status]).toEqual(['fulfilled', 'fulfilled'])
    const { rowCount } = await superuser.query(
      'select from keyring.envelope_wrap where envelope_id = $1 and party_id = $2',
      [sent.envelopeId, clinician.partyId],
    )
    expect(rowCount).toBe(0)
  },
)
