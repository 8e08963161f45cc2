import { randomUUID } from 'node:crypto'

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

/** One more copy as it stands, with its key, under the same case and permission. */
async function oneMore(of: string): Promise<string> {
  const id = randomUUID()
  for (const [table, column] of [
    ['envelopes.outgoing', 'id'],
    ['envelopes.incoming', 'id'],
    ['keyring.envelope_wrap', 'envelope_id'],
  ] as const)
    await superuser.query(
      `insert into ${table} select (jsonb_populate_record(x, jsonb_build_object('${column}', $2::text))).* from ${table} x where x.${column} = $1`,
      [of, id],
    )
  return id
}

/** Its time is over; the job meets copies in the order in which this was said. */
async function over(id: string): Promise<void> {
  await superuser.query(
    `update envelopes.incoming set ends_at = clock_timestamp() - interval '1 minute' where id = $1`,
    [id],
  )
}

/** Keeps everybody else from a copy's key until the end of the transaction. */
async function hold(id: string): Promise<void> {
  await superuser.query('begin')
  await superuser.query('select from keyring.envelope_wrap where envelope_id = $1 for update', [id])
}

async function bothAreDone(acts: readonly Promise<unknown>[], ids: readonly string[]): Promise<void> {
  await superuser.query('commit')
  const done = await Promise.allSettled(acts)
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  const { rowCount } = await superuser.query(
    'select from keyring.envelope_wrap where envelope_id = any ($1) and party_id = $2',
    [ids, clinician.partyId],
  )
  expect(rowCount).toBe(0)
}

test('erasing and the job that ends what time has ended wait for each other, and both are done', async () => {
  const other = await sendOne(advocate, clinician, { name: 'Ash' })
  const sent = await sendOne(advocate, clinician, { name: 'Rowan' })
  await over(other.envelopeId)
  await over(sent.envelopeId)
  // The job has both copies and waits for the key of the first; whoever erases has the key of the second and waits for its copy.
  await hold(other.envelopeId)
  const job = endExpired(world.pools)
  await untilWaiting(1)
  const erased = erase(sent)
  await untilWaiting(2)
  await bothAreDone([job, erased], [sent.envelopeId])
})

test('taking back and the job that ends what time has ended wait for each other, and both are done', async () => {
  const sent = await sendOne(advocate, clinician, { name: 'Hazel' })
  const [first, second] = [sent.envelopeId, await oneMore(sent.envelopeId)].toSorted() as [string, string]
  await over(second)
  await over(first)
  // Whoever takes back has the first copy and waits for its key; the job has the second copy and waits for the first.
  await hold(first)
  const taken = takeBack(sent)
  await untilWaiting(1)
  const job = endExpired(world.pools)
  await untilWaiting(2)
  await bothAreDone([job, taken], [first, second])
})
