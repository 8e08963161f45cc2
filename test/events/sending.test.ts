import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { askQuestion } from '#referrals'

import { postEvent } from '../../src/events/post.ts'
import {
  rotateSecret,
  sendOneAgain,
  sendTest,
  turnEvents,
  versionOf,
} from '../../src/events/receiver.actions.ts'
import { receiverOf } from '../../src/events/receiver.store.ts'
import { sendEvents } from '../../src/events/send.actions.ts'
import { claimReceiver, nextEvent, prepareEvents } from '../../src/events/sending.store.ts'
import { signedHeaders } from '../../src/events/signature.ts'
import { decide, endThread, reopenThread } from '../../src/referrals/decide.actions.ts'
import { sendReferral, threadNow } from '../world/referrals.ts'
import { type EventsWorld, eventsWorld } from './events-world.ts'

let at: EventsWorld
beforeAll(async () => {
  at = await eventsWorld()
})
afterAll(() => at?.close())
beforeEach(() => at.clear())

const owner = () => at.world.owner
const accepted = {
  about: 'accepted',
  startsOn: null,
  person: { name: 'Robin', phone: '', cover: '' },
  first: null,
  note: 'Canary answer.',
} as const
const refer = () => sendReferral(at.advocate, at.clinician)
/** Whether the clinic's system, holding this secret, would take in what it was sent. */
function holds(nth: number, secret: string): boolean {
  const { headers, body } = at.system.sent[nth] ?? { headers: {}, body: '' }
  const when = new Date(Number(headers['webhook-timestamp']) * 1000)
  const wanted = signedHeaders(String(headers['webhook-id']), when, body, [secret])['webhook-signature']
  return String(headers['webhook-signature']).split(' ').includes(wanted)
}
const state = () => at.lead.act((db, actor) => receiverOf(db, actor.partyId))

test('what happens to a referral is told in its order, signed, with ids and states only, and to nobody else', async () => {
  const secret = await at.listen()
  const { threadId } = await refer()
  await at.lead.act(async (db, actor) =>
    askQuestion(db, actor, await threadNow(at.lead, threadId), {
      text: 'Canary question?',
      ringBack: { name: 'Robin', phone: '', cover: '' },
    }),
  )
  await at.lead.act(async (db, actor) => decide(db, actor, await threadNow(at.lead, threadId), accepted))
  expect(await at.minute()).toBe(at.system.sent.length)
  expect(at.told()).toEqual(['received: received', 'updated: question', 'updated: accepted'])
  for (const [nth, { body, headers }] of at.system.sent.entries()) {
    const event = JSON.parse(body)
    expect(Object.keys(event).sort()).toEqual(
      ['data', 'datacontenttype', 'id', 'source', 'specversion', 'subject', 'time', 'type'].sort(),
    )
    expect(event).toMatchObject({
      source: `/agencies/${at.clinician.partyId}`,
      subject: `referral/${threadId}`,
    })
    expect(event.data).toEqual({ id: threadId, state: expect.any(String) })
    expect([event.time.slice(16), headers['webhook-id']]).toEqual([':00Z', event.id])
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8')
    expect([holds(nth, secret), holds(nth, 'whsec_AAAA')]).toEqual([true, false])
    expect([body, JSON.stringify(headers)].join(' ')).not.toMatch(/Ash|Robin|Talking|Canary|Northmere|Hill/)
  }
  const { rows } = await sql<{ party_id: string }>`select distinct party_id from events.event`.execute(
    owner(),
  )
  expect(rows.map((row) => row.party_id)).toEqual([at.clinician.partyId])
})

test('an id says no more than the minute', async () => {
  await at.listen()
  await refer()
  const { rows } = await sql<{ past: number }>`
    select extract(epoch from uuid_extract_timestamp(id) - date_trunc('minute', uuid_extract_timestamp(id)))::float8 as past
    from events.event`.execute(owner())
  expect(rows.every(({ past }) => past < 0.1)).toBe(true)
  expect(rows).toHaveLength(1)
})

test('ended and open again have their names', async () => {
  await at.listen()
  const { threadId } = await refer()
  const now = () => threadNow(at.advocate, threadId)
  await at.lead.act(async (db, actor) => decide(db, actor, await threadNow(at.lead, threadId), accepted))
  const ended = await at.advocate.act(async (db, actor) =>
    endThread(db, actor, await now(), { outcome: 'helped', words: '' }),
  )
  expect(ended).toMatchObject({ state: 'ended' })
  await at.advocate.act(async (db, actor) => reopenThread(db, actor, await now(), 'It goes on.'))
  await at.minute()
  expect(at.told().map((each) => each.split(':')[0])).toEqual(['received', 'updated', 'ended', 'reopened'])
})

test('an answer that is lost on the way is asked for again under the same id', async () => {
  await at.listen()
  await refer()
  at.system.answer({ hangsUp: true })
  expect(await at.minute()).toBe(0)
  const [failed] = await at.deliveries()
  expect(failed).toMatchObject({ state: 'waiting', tries: 1, status: null, trouble: 'unreachable' })
  at.system.answer({})
  expect(await at.minute()).toBe(0)
  await at.later()
  expect(await at.minute()).toBe(1)
  await at.later()
  expect(await at.minute()).toBe(0)
  expect(new Set(at.system.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(at.system.sent).toHaveLength(2)
})

test('a server that dies between sending and noting sends once more, under the same id', async () => {
  await at.listen()
  await refer()
  const { pools } = at.world
  await prepareEvents(pools)
  const claimed = await claimReceiver(pools)
  const event = await nextEvent(pools, claimed?.lease ?? '')
  await postEvent(new URL(at.system.address), at.sender.reach, {
    id: event?.id ?? '',
    body: '{}',
    secrets: [],
  })
  expect(await at.minute()).toBe(0)
  await sql`update events.receiver set leased_until = clock_timestamp() - interval '1 second'`.execute(
    owner(),
  )
  expect(await at.minute()).toBe(1)
  expect(at.system.sent.map(({ headers }) => headers['webhook-id'])).toEqual([event?.id, event?.id])
})

test('of one referral nothing overtakes what came before it; another one goes on', async () => {
  await at.listen()
  const first = await refer()
  await at.lead.act(async (db, actor) =>
    askQuestion(db, actor, await threadNow(at.lead, first.threadId), {
      text: 'When?',
      ringBack: { name: 'Robin', phone: '', cover: '' },
    }),
  )
  at.system.answer({ status: 500 })
  await at.minute()
  at.system.answer({})
  const second = await refer()
  await sql`update events.receiver set lease = null`.execute(owner())
  await at.minute()
  expect(at.system.sent.map(({ body }) => JSON.parse(body).data.id)).toEqual([
    first.threadId,
    second.threadId,
  ])
  await at.later()
  await at.minute()
  expect(at.told().slice(2)).toEqual(['received: received', 'updated: question'])
})

test('a redirect is not followed, and a receiver may ask to be left alone', async () => {
  await at.listen()
  await refer()
  at.system.answer({ status: 307, headers: { location: `${at.system.address}/other` } })
  await at.minute()
  expect((await at.deliveries())[0]).toMatchObject({ status: 307, trouble: 'moved' })
  at.system.answer({ status: 503, headers: { 'retry-after': '7200' } })
  await at.later()
  await at.minute()
  const [asked] = await at.deliveries()
  expect(asked).toMatchObject({ status: 503, trouble: 'answered-no', tries: 2 })
  expect((asked?.nextAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(7_000_000)
  expect(at.system.sent).toHaveLength(2)
})

test('a receiver that is gone, or fails for five days, gets nothing more; the leads are told, and may begin again', async () => {
  await at.listen()
  await refer()
  at.system.answer({ status: 410 })
  await at.minute()
  expect(await state()).toMatchObject({ state: 'off', whyOff: 'gone' })
  expect((await at.deliveries())[0]).toMatchObject({ state: 'dead', status: 410 })
  const { rows } = await sql<{ template: string }>`select template from jobs.mail`.execute(owner())
  expect(rows).toEqual([{ template: 'something-waits' }])
  expect(await (await at.served.get('/work', at.lead)).text()).toContain('Your own system gets no events')
  await refer()
  expect(await at.minute()).toBe(0)

  at.system.answer({ status: 500 })
  await at.lead.act((db, actor) => turnEvents(db, actor, true))
  await refer()
  await at.minute()
  expect(await state()).toMatchObject({ state: 'on' })
  await sql`update events.receiver set failing_since = clock_timestamp() - interval '5 days 1 second'`.execute(
    owner(),
  )
  await at.later()
  await at.minute()
  expect(await state()).toMatchObject({ state: 'off', whyOff: 'failing' })

  at.system.answer({})
  await at.lead.act((db, actor) => turnEvents(db, actor, true))
  const [dead] = await at.deliveries()
  await at.lead.act((db, actor) => sendOneAgain(db, actor, dead?.eventId ?? ''))
  expect(await at.minute()).toBe(1)
  expect((await at.deliveries())[0]).toMatchObject({ state: 'delivered', status: 204 })
})

test('a new secret signs beside the one before for a day, and a test event is about nobody', async () => {
  const before = await at.listen()
  const test = () => at.lead.act((db, actor) => sendTest(db, actor))
  const made = await at.lead.act(async (db, actor) =>
    rotateSecret(db, actor, at.world.installation, versionOf(await receiverOf(db, actor.partyId))),
  )
  const secret = 'secret' in made ? made.secret : ''
  expect([await test(), await test()]).toEqual([true, false])
  await at.minute()
  expect(at.told()).toEqual(['test: about nobody'])
  expect([holds(0, secret), holds(0, before)]).toEqual([true, true])
  const late = await at.lead.act((db, actor) => rotateSecret(db, actor, at.world.installation, '1'))
  expect(late).toEqual({ refused: 'changed-meanwhile' })
})

test('what the operator no longer lists, or what lies inside a network, gets nothing', async () => {
  await at.listen()
  await refer()
  await sendEvents({ ...at.sender, hosts: ['records.example.org'] })
  expect((await at.deliveries())[0]).toMatchObject({ trouble: 'not-allowed', tries: 1 })
  await at.later()
  await sendEvents({ ...at.sender, reach: { loopback: false } })
  expect((await at.deliveries())[0]).toMatchObject({ trouble: 'not-allowed', tries: 2 })
  const body = { id: 'x', body: '{}', secrets: [] }
  const port = new URL(at.system.address).port
  for (const url of [at.system.address, `http://localhost:${port}/events`])
    expect(await postEvent(new URL(url), { loopback: false }, body)).toMatchObject({
      trouble: 'refused-address',
    })
  expect(at.system.sent).toEqual([])
})
