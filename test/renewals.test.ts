import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { asJob } from '#platform/access'

import type { Person, TestWorld } from './world/agencies.ts'
import { threadNow, threadOf } from './world/referrals.ts'
import { caseWith, send, standing, walkToSend } from './world/sending.ts'
import { newest, type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'
import type { Served } from './world/served.ts'

const weeks26 = 182
/** Without a pack of the place, a permission of a domestic abuse service in the United States lasts thirty days at most. */
const longest = 30

let at: SendingWorld
let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person

beforeAll(async () => {
  at = await sendingWorld('us')
  ;({ world, served, advocate, clinician } = at)
})
afterAll(() => world?.close())

/** Lets a day go by: every time that the database kept lies a day further back. */
async function nextDay(): Promise<void> {
  const moved = {
    'releases.release': ['starts_at', 'ends_at', 'asked_at', 'left_at', 'withdrawn_at'],
    'envelopes.outgoing': ['sent_at', 'ends_at'],
    'envelopes.incoming': ['received_at', 'ends_at'],
    'referrals.thread': ['started_at', 'due_at', 'expected_at'],
    'access.account': ['notified_at'],
  }
  for (const [table, columns] of Object.entries(moved)) {
    const set = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(column)} - interval '1 day'`)
    await sql`update ${sql.table(table)} set ${sql.join(set)}`.execute(world.owner)
  }
}

/** What the jobs login does each minute. */
const jobs = () =>
  asJob(world.pools, (db) =>
    sql`select envelopes.end_expired(), releases.ask_renewals(), releases.sweep_visits()`.execute(db),
  )

/** The last day that the rules leave, as the agency's own days go: at night another begins elsewhere first. */
function latest() {
  const until = Temporal.Now.plainDateISO('America/New_York').add({ days: longest })
  return {
    'until-day': String(until.day),
    'until-month': String(until.month),
    'until-year': String(until.year),
  }
}

/** A referral under a permission as long as the rules leave, and a partner who says: wait, place four, twenty-six weeks. */
async function waiting() {
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToSend(served, advocate, caseId, at.talking, {
    talk: { ...latest(), back: 'decision-and-place' },
  })
  expect((await send(served, advocate, caseId, draft)).status).toBe(303)
  const first = await newest(clinician)
  const { thread_id: threadId } = await world.owner
    .selectFrom('envelopes.incoming')
    .select('thread_id')
    .where('id', '=', first)
    .executeTakeFirstOrThrow()
  const { version } = await threadNow(clinician, threadId)
  const expected = new Date(Date.now() + weeks26 * 86_400_000)
  const said = await served.post(
    `/referrals/${threadId}/wait`,
    {
      place: '4',
      'expected-day': String(expected.getUTCDate()),
      'expected-month': String(expected.getUTCMonth() + 1),
      'expected-year': String(expected.getUTCFullYear()),
      person: 'Kim',
      version: String(version),
    },
    clinician,
  )
  expect(said.status).toBe(303)
  return { caseId, draft, threadId }
}

const work = async () => (await served.get('/work', advocate)).text()
const asked = async () => (await work()).includes('Releases to go through again')
const partnerReads = async (threadId: string) =>
  (await served.get(`/referrals/${threadId}`, clinician)).text()

/** The release that the referral goes on under now. */
async function current(caseId: string): Promise<string> {
  const row = await world.owner
    .selectFrom('releases.release')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', '=', 'signed')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Goes through it again: what a worker presses and ticks is counted. */
async function renew(
  caseId: string,
  releaseId: string,
): Promise<{ readonly posts: number; readonly inputs: number }> {
  const began = await served.post(`/cases/${caseId}/releases/${releaseId}/renew`, { step: 'again' }, advocate)
  const draft = /new\/([0-9a-f-]{36})\/talk/.exec(began.headers.get('location') ?? '')?.[1] ?? ''
  const talk = `/cases/${caseId}/referrals/new/${draft}/talk`
  const page = standing(await (await served.get(talk, advocate)).text())
  const ticks = ['read-out', 'risks', 'other-ways', 'signer-safe']
  const talked = await served.post(talk, { ...page, ...latest(), talked: ticks }, advocate)
  expect(talked.status, await talked.text()).toBe(303)
  const turn = `/cases/${caseId}/releases/${draft}/turn`
  const mine = standing(await (await served.get(turn, advocate)).text())
  const sign = { ...mine, name: 'Rowan Vale', copy: 'no-copy-for-safety', answer: 'sign' }
  expect((await served.post(turn, sign, advocate)).status).toBe(303)
  expect((await send(served, advocate, caseId, draft)).status).toBe(303)
  return { posts: 4, inputs: ticks.length + 3 + 2 }
}

const opens = async (threadId: string) => {
  const rows = await world.owner
    .selectFrom('envelopes.incoming')
    .select('id')
    .where('thread_id', '=', threadId)
    .where('kind', '=', 'request')
    .orderBy('received_at', 'desc')
    .execute()
  const answers = await clinician.act(async (db, actor) => {
    const found = []
    for (const { id } of rows) found.push(await openIncoming(db, actor, id))
    return found
  })
  return answers.filter((answer) => !('refused' in answer)).length
}

/** What both sides keep, whatever ends. */
async function keptByBoth(threadId: string): Promise<void> {
  for (const side of [advocate, clinician]) {
    const row = await threadOf(side, threadId)
    expect(row).toMatchObject({ place: 4, state: 'waiting' })
    expect(row?.expected_at).not.toBeNull()
  }
}

describe('twenty-six weeks of wait under a permission of thirty days', () => {
  test(
    'with renewals: the partner reads on all the way, and no place is lost',
    { timeout: 300_000 },
    async () => {
      const { caseId, threadId } = await waiting()
      let renewals = 0
      let askedFrom: number | null = null
      for (let day = 1, since = 0; day <= weeks26; day += 1) {
        await nextDay()
        await jobs()
        since += 1
        const row = await world.owner
          .selectFrom('releases.release')
          .select('asked_at')
          .where('id', '=', await current(caseId))
          .executeTakeFirstOrThrow()
        if (row.asked_at === null) continue
        askedFrom ??= since
        // A week passes before the worker reaches the person.
        if (since < askedFrom + 7) continue
        expect(await asked()).toBe(true)
        await renew(caseId, await current(caseId))
        expect(await asked()).toBe(false)
        expect(await opens(threadId)).toBe(1)
        renewals += 1
        since = 0
      }
      expect(askedFrom).toBe(longest - 14)
      expect(renewals).toBe(Math.floor(weeks26 / (longest - 14 + 7)))
      await keptByBoth(threadId)
      expect(await opens(threadId)).toBe(1)
      const said = await renew(caseId, await current(caseId))
      expect(said).toEqual({ posts: 4, inputs: 9 })
    },
  )

  test('with one missed: in between place, dates and whom to ring and nothing else; then it goes on', async () => {
    const { caseId, threadId } = await waiting()
    for (let day = 1; day <= longest + 1; day += 1) await nextDay()
    await jobs()
    const gap = await partnerReads(threadId)
    expect(gap).toContain('No longer shared')
    expect(gap).toContain('01632 960001')
    expect(gap).toContain('Place 4 on the list.')
    for (const word of ['Rowan', 'Sleep through', '07700', 'tell it all again'])
      expect(gap).not.toContain(word)
    expect(await opens(threadId)).toBe(0)
    await keptByBoth(threadId)
    expect(await work()).toContain('The place is kept')
    await renew(caseId, await current(caseId))
    expect(await opens(threadId)).toBe(1)
    await keptByBoth(threadId)
    expect(await partnerReads(threadId)).toContain('Rowan')
  })

  test('with none: asked once, one mail that says nothing, and after half a year the place is still there', async () => {
    await sql`delete from jobs.mail`.execute(world.owner)
    const { caseId, draft, threadId } = await waiting()
    for (let day = 1; day <= weeks26; day += 1) {
      await nextDay()
      if (day % 7 === 0 || day === longest - 13) await jobs()
    }
    await jobs()
    expect(await opens(threadId)).toBe(0)
    await keptByBoth(threadId)
    expect(await partnerReads(threadId)).not.toContain('Rowan')
    expect(await asked()).toBe(true)
    const mails = await world.owner.selectFrom('jobs.mail').select('template').execute()
    expect(mails.map((mail) => mail.template).filter((name) => name !== 'something-waits')).toEqual([])
    const { kept } = await storedOf(advocate, caseId, draft)
    expect(kept.release.subject.nameToUse).toBe('Rowan Vale')
  })

  test('not now is an answer: nothing asks any more', async () => {
    const { caseId } = await waiting()
    for (let day = 1; day <= longest - 10; day += 1) await nextDay()
    await jobs()
    const path = `/cases/${caseId}/releases/${await current(caseId)}/renew`
    const before = (await work()).match(/\/renew"/g)?.length ?? 0
    expect((await served.post(path, { step: 'leave' }, advocate)).status).toBe(303)
    expect((await work()).match(/\/renew"/g)?.length ?? 0).toBe(before - 1)
    expect(await (await served.get(path, advocate)).text()).toContain('Nobody is asked about this any more')
  })

  test('it is the case’s worker who is asked, and nobody of another agency', async () => {
    const colleague = await world.join(advocate, 'Colleague', ['worker'])
    const { caseId } = await waiting()
    for (let day = 1; day <= longest - 10; day += 1) await nextDay()
    await jobs()
    expect(await work()).toContain(`/cases/${caseId}/releases`)
    expect(await (await served.get('/work', colleague)).text()).not.toContain('Releases to go through again')
    const page = `/cases/${caseId}/releases/${await current(caseId)}/renew`
    expect((await served.get(page, clinician)).status).toBe(404)
    expect((await served.post(page, { step: 'leave' }, clinician)).status).toBe(404)
  })
})
