import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type BackLevel, openIncoming } from '#envelopes'
import { openFile, SafeContact, saveContact } from '#people'
import { endThread } from '#referrals'

import { Outcome, Unreached } from '../src/referrals/letter.ts'
import type { TryResult } from '../src/referrals/thread.ts'
import { keepTry, reachOf } from '../src/referrals/tries.actions.ts'
import { sayUnreached } from '../src/referrals/unreached.actions.ts'
import type { Person } from './world/agencies.ts'
import { sendReferral, threadNow, threadOf } from './world/referrals.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let ash: Person
let dora: Person

beforeAll(async () => {
  at = await sendingWorld()
  ash = await at.world.join(at.advocate, 'Ash Reed', ['worker', 'lead'])
  dora = await at.world.join(at.clinician, 'Dora Marsh', ['worker'])
})
afterAll(() => at?.world.close())

const contact = SafeContact.parse({
  nothingAtAll: false,
  ways: [
    {
      id: 'phone',
      channel: 'call',
      value: '07700 900321',
      whoElseSees: 'nobody',
      zone: 'Europe/London',
      whenever: true,
      safe: [],
      unsafe: [{ days: [], date: '2026-11-20', from: '00:00', to: '00:00' }],
      voicemail: 'neutral',
    },
    {
      id: 'text',
      channel: 'text',
      value: '07700 900321',
      whoElseSees: 'yes',
      zone: 'Europe/London',
      whenever: true,
      safe: [],
      unsafe: [],
    },
  ],
  nameSafeToSay: null,
  verifiedAt: new Date().toISOString(),
  verifiedBy: 'Ash Reed',
})

/** A referral that the clinic has accepted, out of a case in which safe contact was asked. */
async function accepted(state = 'accepted') {
  const sent = await sendReferral(ash, dora)
  await ash.act(async (db, actor) => {
    const file = await openFile(db, actor, sent.caseId)
    const saved = await saveContact(
      db,
      actor,
      { caseId: sent.caseId, version: file?.sheets.contact.version ?? 0 },
      contact,
    )
    if ('refused' in saved) throw new Error(saved.refused)
  })
  await sql`update referrals.thread set state = ${state} where id = ${sent.threadId}::uuid`.execute(
    at.world.owner,
  )
  return sent
}

const tryNow = (threadId: string, came: TryResult = 'no-answer', wayId = 'phone', when = new Date()) =>
  ash.act(async (db, actor) => keepTry(db, actor, await threadNow(ash, threadId), { wayId, came, when }))
const unreached = (threadId: string) =>
  ash.act(async (db, actor) => sayUnreached(db, actor, await threadNow(ash, threadId), ['another-way']))
const stateOf = async (who: Person, threadId: string) => (await threadOf(who, threadId))?.state

test.each(['to', 'from'])('that somebody was not reached ends nothing, whoever says so (%s)', async (end) => {
  const { threadId } = await accepted()
  const path = `/referrals/${threadId}/end`
  const shown = await (await at.served.get(path, dora)).text()
  expect(shown).not.toContain('value="not-reached"')
  expect(shown).toContain(`href="/referrals/${threadId}/tries"`)
  const version = String((await threadNow(dora, threadId)).version)
  const form = { version, outcome: 'not-reached', told: 'all', words: 'Canary words' }
  const answer = await at.served.post(path, form, end === 'to' ? dora : ash)
  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(text).toContain('Not being reached has not ended it.')
  expect(text).toContain('Canary words')
  expect([await stateOf(ash, threadId), await stateOf(dora, threadId)]).toEqual(['accepted', 'accepted'])
})

describe('a try to reach the person', () => {
  test('is kept sealed, with no name and no words, and the other side learns nothing of it', async () => {
    const { threadId } = await accepted()
    const before = await threadOf(dora, threadId)
    expect(await tryNow(threadId, 'neutral-message')).toMatchObject({ tries: [{ channel: 'call' }] })
    expect(await threadOf(dora, threadId)).toEqual(before)
    const { rows } = await sql<{ kind: string }>`
      select kind from referrals.event where thread_id = ${threadId}::uuid`.execute(at.world.owner)
    expect(rows.map((row) => row.kind)).not.toContain('tried')
    const reach = await ash.act((db, actor) => reachOf(db, actor, threadId))
    expect(Object.keys(reach?.tries[0] ?? {}).toSorted()).toEqual(['at', 'by', 'came', 'channel'])
  })

  test('is written down only where safe contact let it be', async () => {
    const { threadId } = await accepted()
    const unsafe = new Date('2026-11-20T11:00:00Z')
    expect(await tryNow(threadId, 'no-answer', 'phone', unsafe)).toMatchObject({
      refused: 'not-safe',
      key: 'people.contact.rule.contact-unsafe-time',
    })
    expect(await tryNow(threadId, 'no-answer', 'text')).toMatchObject({
      refused: 'not-safe',
      key: 'people.contact.rule.contact-seen-by-others',
    })
    expect(await tryNow(threadId, 'neutral-message', 'text')).toEqual({ refused: 'not-on-this-way' })
    expect(await tryNow(threadId, 'no-answer', 'none')).toEqual({ refused: 'no-way' })
    expect((await ash.act((db, actor) => reachOf(db, actor, threadId)))?.tries).toEqual([])
  })

  test('on the page: what was typed stays, the rule says why, and the way there is one that is safe', async () => {
    const { threadId } = await accepted()
    const path = `/referrals/${threadId}/tries`
    const shown = await (await at.served.get(path, ash)).text()
    expect(shown).toContain('Safe now.')
    const version = String((await threadNow(ash, threadId)).version)
    const refused = await at.served.post(path, { version, way: 'text', came: 'no-answer', time: '' }, ash)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('Not written down as a try')
    const done = await at.served.post(path, { version, way: 'phone', came: 'no-answer', time: '' }, ash)
    expect(done.status).toBe(303)
    const again = await at.served.post(path, { version, way: 'phone', came: 'no-answer', time: '' }, ash)
    expect(await again.text()).toContain('Somebody else changed this in the meantime')
    expect((await at.served.get(path, at.clinician)).status).toBe(200)
    expect((await at.served.get(`/referrals/${threadId}x/tries`, ash)).status).toBe(404)
  })
})

describe('not reached for now', () => {
  test('only after as many tries as the agency set; then it is a state with ways on, and the other side hears of it', async () => {
    const { threadId } = await accepted()
    for (const _nth of [1, 2]) await tryNow(threadId)
    expect(await unreached(threadId)).toEqual({ refused: 'too-few-tries' })
    await tryNow(threadId, 'somebody-else')
    expect(await unreached(threadId)).toMatchObject({ state: 'unreached', reached: 'delivered' })
    expect([await stateOf(ash, threadId), await stateOf(dora, threadId)]).toEqual(['unreached', 'unreached'])
    const heard = await dora.act(async (db, actor) => {
      const row = await db
        .selectFrom('envelopes.incoming')
        .select('id')
        .where('party_id', '=', actor.partyId)
        .where('thread_id', '=', threadId)
        .where('kind', '=', 'unreached')
        .executeTakeFirstOrThrow()
      const opened = await openIncoming(db, actor, row.id)
      return 'refused' in opened ? null : opened.body
    })
    expect(Unreached.parse(heard)).toEqual({ about: 'unreached', tries: 3, helps: ['another-way'] })
    const page = await (await at.served.get(`/referrals/${threadId}`, ash)).text()
    for (const way of [
      'Look for another way that is safe',
      'Try at another time that is safe',
      'Agree an introduction again',
    ])
      expect(page).toContain(way)
  })

  test('never ends by itself, however much time goes by', async () => {
    const { threadId } = await accepted()
    for (const _nth of [1, 2, 3]) await tryNow(threadId)
    await unreached(threadId)
    await sql`update referrals.thread set started_at = started_at - interval '400 days', due_at = now() - interval '390 days'
      where id = ${threadId}::uuid`.execute(at.world.owner)
    for (const job of [
      'jobs.notify_waiting()',
      'diary.remind()',
      'referrals.sweep()',
      'envelopes.end_expired()',
    ])
      await sql`select ${sql.raw(job)}`.execute(at.world.pools.jobs)
    expect([await stateOf(ash, threadId), await stateOf(dora, threadId)]).toEqual(['unreached', 'unreached'])
  })

  test('is not said after somebody was reached again', async () => {
    const { threadId } = await accepted()
    for (const came of ['no-answer', 'no-answer', 'no-answer', 'reached'] as const)
      await tryNow(threadId, came)
    expect(await unreached(threadId)).toEqual({ refused: 'too-few-tries' })
  })

  test('that they did not come to a session is no try, and makes nobody unreached', async () => {
    const { threadId } = await accepted('started')
    await sql`insert into referrals.event (party_id, thread_id, kind)
      select ${ash.partyId}::uuid, ${threadId}::uuid, 'session' from generate_series(1, 9)`.execute(
      at.world.owner,
    )
    expect(await unreached(threadId)).toEqual({ refused: 'too-few-tries' })
    expect(await stateOf(ash, threadId)).toBe('started')
  })
})

test('the times agreed with a partner and the number of tries are the agency’s own to set', async () => {
  const partner = at.clinician.partyId
  const path = `/referrals/answers/${partner}`
  const post = (fields: Record<string, string>, who = ash) => at.served.post(path, fields, who)
  expect((await post({ 'referral-now': 'soon' })).status).toBe(422)
  expect((await post({ 'referral-now': '0' })).status).toBe(422)
  expect((await post({ 'referral-now': '6', 'ask-today': '2' })).status).toBe(303)
  expect((await post({ 'referral-now': '6' }, dora)).status).toBe(404)
  const { rows } =
    await sql`select kind, level, hours from referrals.reply_time where party_id = ${ash.partyId}::uuid
    order by kind`.execute(at.world.owner)
  expect(rows).toEqual([
    { kind: 'ask', level: 'today', hours: 2 },
    { kind: 'referral', level: 'now', hours: 6 },
  ])
  expect(await (await at.served.get('/referrals/answers', ash)).text()).toContain('Other times were agreed')
  expect((await at.served.get(`/referrals/answers/${crypto.randomUUID()}`, ash)).status).toBe(404)
  expect((await at.served.post('/referrals/answers', { lead: 'every', tries: '21' }, ash)).status).toBe(422)
  expect((await at.served.post('/referrals/answers', { lead: dora.accountId, tries: '2' }, ash)).status).toBe(
    422,
  )
  expect((await at.served.post('/referrals/answers', { lead: ash.accountId, tries: '2' }, ash)).status).toBe(
    303,
  )
  const reach = await ash.act(async (db, actor) => reachOf(db, actor, (await accepted()).threadId))
  expect(reach?.enough).toBe(2)
})

describe('what may be heard of how it ended', () => {
  async function ended(told: 'all' | 'ended' | 'nothing', comesBack: BackLevel = 'outcome') {
    const { threadId } = await sendReferral(ash, dora, comesBack)
    await sql`update referrals.thread set state = 'met' where id = ${threadId}::uuid`.execute(at.world.owner)
    const done = await dora.act(async (db, actor) =>
      endThread(
        db,
        actor,
        await threadNow(dora, threadId),
        { outcome: 'partly', words: 'canary: it helped a little' },
        told,
      ),
    )
    const heard = await ash.act(async (db, actor) => {
      const [row] = await db
        .selectFrom('envelopes.incoming')
        .select('id')
        .where('party_id', '=', actor.partyId)
        .where('thread_id', '=', threadId)
        .where('kind', '=', 'outcome')
        .execute()
      const opened = row === undefined ? null : await openIncoming(db, actor, row.id)
      return opened === null || 'refused' in opened ? null : Outcome.parse(opened.body)
    })
    const page = await (await at.served.get(`/referrals/${threadId}`, dora)).text()
    return { done, heard, state: (await threadOf(ash, threadId))?.state, page }
  }

  test('all of it, where the person wants that and the permission lets it', async () => {
    const { heard, state } = await ended('all')
    expect([heard?.outcome, heard?.words, state]).toEqual(['partly', 'canary: it helped a little', 'ended'])
  })

  test('only that it has ended: no word of how, and it is kept here', async () => {
    const { heard, state, page } = await ended('ended')
    expect([heard?.outcome, heard?.words, state]).toEqual([null, '', 'ended'])
    expect(page).toContain('canary: it helped a little')
  })

  test('nothing: no envelope goes, the other side stands where it stood, and it is kept here', async () => {
    const { done, heard, state, page } = await ended('nothing')
    expect([done, heard, state]).toEqual([expect.objectContaining({ reached: 'own' }), null, 'met'])
    expect(page).toContain('canary: it helped a little')
  })

  test('never more than the permission lets, whatever is asked for', async () => {
    const { heard, state } = await ended('all', 'first-contact')
    expect([heard, state]).toEqual([null, 'met'])
  })
})
