import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { mailWords, waitingMail } from '#platform/mail'
import type { Person } from '../world/agencies.ts'
import { inventedServices } from './feed-source.ts'
import { at, look, takeAll, useFollowing } from './following.ts'

useFollowing()

let second: Person
beforeEach(async () => {
  second ??= await at.world.join(at.editor, 'Rowan Ash', ['directory-editor'])
  await sql`delete from jobs.mail`.execute(at.world.owner)
  await sql`update access.account set notified_at = null`.execute(at.world.owner)
})

/** The minute's work; gives whom it tells, and forgets the mails. */
async function told(): Promise<readonly string[]> {
  await sql`select jobs.notify_waiting()`.execute(at.world.pools.jobs)
  const mails = await waitingMail(at.world.pools, at.world.installation)
  await sql`delete from jobs.mail`.execute(at.world.owner)
  for (const mail of mails) expect([mail.template, mail.link]).toEqual(['something-waits', undefined])
  return mails.map((mail) => mail.to).toSorted()
}

/** So much later, for whoever was told. */
const later = (interval: string) =>
  sql`update access.account set notified_at = notified_at - ${interval}::interval`.execute(at.world.owner)
const keptBy = (accountId: string | null) =>
  sql`update exchange.feed set keeper_id = ${accountId}::uuid`.execute(at.world.owner)
const both = () => [at.editor.login, second.login].toSorted()

test('when a state waits for review its keeper gets one mail that says nothing, and none while all is well', async () => {
  await keptBy(second.accountId)
  expect(await told()).toEqual([])
  expect(await look()).toBe(null)
  expect(await told()).toEqual([second.login])
  expect(await told()).toEqual([])
  await later('5 hours')
  // The same state is not told again: only a new one is.
  await sql`update exchange.arrival set came_at = came_at - interval '6 hours'`.execute(at.world.owner)
  expect(await told()).toEqual([])
  for (const words of [mailWords.uk.mail.subject, mailWords.uk.mail['something-waits'], mailWords.us])
    expect(JSON.stringify(words)).not.toMatch(/feed|director|source|service|broke|council/i)
  await takeAll()
  await look()
  expect(await told()).toEqual([])
})

test('without a keeper every directory editor of the agency is told, and nobody else', async () => {
  const worker = await at.world.join(at.editor, 'Alex Reed', ['worker'])
  const elsewhere = await at.world.found('Elsewhere', 'partnership', [
    'agency-administrator',
    'directory-editor',
  ])
  await look()
  const whom = await told()
  expect(whom).toEqual(both())
  expect(whom).not.toContain(worker.login)
  expect(whom).not.toContain(elsewhere.login)
})

test('a keeper who has left is no keeper: the others are told', async () => {
  await keptBy('00000000-0000-4000-8000-000000000000')
  await look()
  expect(await told()).toEqual(both())
})

test('a source that shrinks or says something else is told at once', async () => {
  await keptBy(second.accountId)
  await look()
  await takeAll()
  for (const [mood, trouble] of [
    [{ services: inventedServices(3) }, 'shrunk'],
    [{ garbage: true }, 'not-the-format'],
  ] as const) {
    at.source.turn(mood)
    expect(await look()).toBe(trouble)
    expect(await told()).toEqual([second.login])
    await look()
    await later('5 hours')
    // Told of once, however long it lasts.
    await sql`update exchange.feed set trouble_since = trouble_since - interval '6 hours'`.execute(
      at.world.owner,
    )
    expect(await told()).toEqual([])
    at.source.turn({ services: inventedServices(10), garbage: false })
    expect(await look()).toBe(null)
    await sql`update access.account set notified_at = null`.execute(at.world.owner)
    expect(await told()).toEqual([])
  }
})

test('an answer that fails is told only when it has failed again after an hour', async () => {
  await keptBy(second.accountId)
  await look()
  await takeAll()
  at.source.turn({ status: 500 })
  expect(await look()).toBe('http-error')
  expect(await told()).toEqual([])
  await look()
  expect(await told()).toEqual([])
  await sql`update exchange.feed set trouble_since = trouble_since - interval '61 minutes'`.execute(
    at.world.owner,
  )
  expect(await told()).toEqual([second.login])
})

test('several feeds are one mail, at most one in four hours; a stopped feed is not told', async () => {
  await sql`insert into exchange.feed (party_id, name, address, made_by, trouble, trouble_since, next_at)
    values (${at.editor.partyId}, 'Another', 'https://example.org/a', ${at.editor.accountId}, 'shrunk', now(), now() + interval '1 day')`.execute(
    at.world.owner,
  )
  await look()
  expect(await told()).toEqual(both())
  await later('3 hours')
  await sql`update exchange.arrival set came_at = clock_timestamp()`.execute(at.world.owner)
  expect(await told()).toEqual([])
  await later('2 hours')
  expect(await told()).toEqual(both())
  await later('5 hours')
  await sql`update exchange.arrival set came_at = clock_timestamp()`.execute(at.world.owner)
  await sql`update exchange.feed set state = 'stopped'`.execute(at.world.owner)
  expect(await told()).toEqual([])
})
