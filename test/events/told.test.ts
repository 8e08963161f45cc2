import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { closeForTeam, eraseCase } from '#people'
import type { Tx } from '#platform/db'

import { askForEvents, eventsAfter } from '../../src/events/event.store.ts'
import { prepareEvents } from '../../src/events/sending.store.ts'
import { holdFromMe } from '../../src/referrals/thread.store.ts'
import type { Person } from '../world/agencies.ts'
import { asSystem, connected, tokenFor } from '../world/clients.ts'
import { sendReferral } from '../world/referrals.ts'
import { type EventsWorld, eventsWorld } from './events-world.ts'

let at: EventsWorld
let adviser: Person
beforeAll(async () => {
  at = await eventsWorld()
  adviser = await at.world.join(at.advocate, 'Lena Marsh', ['lead', 'worker'])
})
afterAll(() => at?.close())
beforeEach(() => at.clear())

const owner = () => at.world.owner
const refer = () => sendReferral(at.advocate, at.clinician)
/** A system of the agency asks, as its token lets it: what there is after an event. */
const ask = (who: Person, after: string | null = null, limit = 50) =>
  who.act(async (db, actor) => {
    await askForEvents(db)
    return eventsAfter(db, actor.partyId, after, limit)
  })
const kept = async () => {
  const { rows } = await sql<{ thread_id: string }>`select thread_id from events.event order by put`.execute(
    owner(),
  )
  return rows.map((row) => row.thread_id)
}
/** What the thread's row says changes, as an act would change it. */
const change = (threadId: string, set: string) =>
  sql`update referrals.thread set ${sql.raw(set)} where id = ${threadId}::uuid and party_id = ${at.clinician.partyId}::uuid`.execute(
    owner(),
  )

describe('asking instead of being told', () => {
  test('nothing is kept for an agency until its system first asks; then page after page, each once', async () => {
    await refer()
    expect(await kept()).toEqual([])
    expect(await ask(at.lead)).toEqual([])
    const [one, two, three] = [await refer(), await refer(), await refer()]
    const first = await ask(at.lead, null, 2)
    expect(first.map((each) => each.threadId)).toEqual([one.threadId, two.threadId])
    expect(first[0]).toMatchObject({ type: 'received', state: 'received' })
    const next = await ask(at.lead, first.at(-1)?.id ?? null, 2)
    expect(next.map((each) => each.threadId)).toEqual([three.threadId])
    expect(await ask(at.lead, next.at(-1)?.id ?? null)).toEqual([])
    expect(await ask(at.lead, null)).toHaveLength(3)
    expect(await ask(adviser)).toEqual([])
  })

  test('a system asks with its token and the scope, and gets a batch of CloudEvents, with where to go on', async () => {
    const system = await connected(at, at.clinician)
    const token = await tokenFor(at.served, system.id, system.secret)
    const get = (path: string, with_ = token) => asSystem(at.served, with_, path)
    expect(await (await get('/api/events')).json()).toEqual([])
    const [one, two] = [await refer(), await refer()]
    const answer = await get('/api/events?limit=1')
    expect(answer.headers.get('content-type')).toBe('application/cloudevents-batch+json; charset=utf-8')
    const text = await answer.text()
    expect(text).not.toMatch(/Ash|Talking|Canary|Northmere|Hill/)
    expect(JSON.parse(text)).toMatchObject([
      { specversion: '1.0', data: { id: one.threadId, state: 'received' } },
    ])
    const next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? ''
    expect(await (await get(next)).json()).toMatchObject([{ subject: `referral/${two.threadId}` }])
    for (const wrong of ['limit=0', 'limit=1000', 'after=x'])
      expect((await get(`/api/events?${wrong}`)).status).toBe(400)
    expect((await get('/api/events', 'none')).status).toBe(401)
    const other = await connected(at, at.clinician, ['system/Task.rus'])
    expect((await get('/api/events', await tokenFor(at.served, other.id, other.secret))).status).toBe(403)
  })

  test('what is committed late has a later number, so whoever stands at a number missed nothing before it', async () => {
    await ask(at.lead)
    const [slow, quick] = [await refer(), await refer()]
    await sql`delete from events.event`.execute(owner())
    const began = Promise.withResolvers<void>()
    const mayEnd = Promise.withResolvers<void>()
    const late = owner()
      .transaction()
      .execute(async (db) => {
        await sql`update referrals.thread set state = 'question' where id = ${slow.threadId}::uuid`.execute(
          db,
        )
        began.resolve()
        await mayEnd.promise
      })
    await began.promise
    await change(quick.threadId, `state = 'waiting'`)
    const seen = await ask(at.lead)
    expect(seen.map((each) => each.threadId)).toEqual([quick.threadId])
    mayEnd.resolve()
    await late
    const after = await ask(at.lead, seen[0]?.id ?? null)
    expect(after.map((each) => each.threadId)).toEqual([slow.threadId])
  })

  test('an id that is gone is stood for by its minute; one that never was shows nothing', async () => {
    await ask(at.lead)
    const [gone, there] = [await refer(), await refer()]
    const [first] = await ask(at.lead)
    await sql`delete from events.event where thread_id = ${gone.threadId}::uuid`.execute(owner())
    expect((await ask(at.lead, first?.id)).map((each) => each.threadId)).toEqual([there.threadId])
    expect(await ask(at.lead, '6f1d0a4e-9f0d-4c1c-8a53-0a3f5d8c1e11')).toEqual([])
  })

  test('a system that has not asked for a month is no longer kept anything for, and what is a month old goes', async () => {
    await ask(at.lead)
    await refer()
    await sql`update events.event set at = at - interval '31 days'`.execute(owner())
    await sql`update events.reader set asked_at = asked_at - interval '31 days'`.execute(owner())
    await refer()
    expect(await kept()).toHaveLength(1)
    await sql`select events.sweep()`.execute(at.world.pools.jobs)
    expect(await kept()).toEqual([])
  })
})

describe('what no system is told', () => {
  test('a referral that anybody is held from, from that moment on, and what of it had not left yet', async () => {
    await at.listen()
    const { threadId } = await refer()
    expect(await kept()).toEqual([threadId])
    await at.clinician.act((db) => holdFromMe(db, threadId))
    expect(await kept()).toEqual([])
    await change(threadId, `state = 'accepted'`)
    expect([await kept(), await at.minute(), await ask(at.lead)]).toEqual([[], 0, []])
  })

  test('names that are still being tried; afterwards it is told, if nobody is held from it', async () => {
    await at.listen()
    const { threadId } = await refer()
    await sql`delete from events.event`.execute(owner())
    await change(threadId, 'untried = true')
    await change(threadId, `state = 'accepted'`)
    expect(await kept()).toEqual([])
    await change(threadId, 'untried = false')
    expect(await kept()).toEqual([threadId])
  })

  test('a closed case, neither what waits nor what comes later', async () => {
    await ask(adviser)
    const { threadId, caseId } = await refer()
    expect(await ask(adviser)).toHaveLength(1)
    await at.advocate.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [actor.accountId, adviser.accountId], cells: [] }),
    )
    expect([await kept(), await ask(adviser)]).toEqual([[], []])
    await sql`update referrals.thread set state = 'accepted' where id = ${threadId}::uuid`.execute(owner())
    expect([await kept(), await ask(adviser)]).toEqual([[], []])
  })

  test('erasing a case erases its events', async () => {
    await ask(adviser)
    const { caseId } = await refer()
    expect(await ask(adviser)).toHaveLength(1)
    await at.advocate.act((db, actor) => eraseCase(db, actor, caseId, 'asked', async () => 0 as never))
    expect(await kept()).toEqual([])
  })

  test('an act that is refused tells nothing, and one act is one event', async () => {
    await at.listen()
    const { threadId } = await refer()
    const refused = at.lead.act(async (db: Tx) => {
      await sql`update referrals.thread set state = 'accepted' where id = ${threadId}::uuid`.execute(db)
      throw new Error('no')
    })
    await expect(refused).rejects.toThrow('no')
    expect(await kept()).toEqual([threadId])
  })
})

test('an answer that is late is an event once, on the side that owes it, if it was due since a system listens', async () => {
  const [old, due] = [await refer(), await refer()]
  await change(old.threadId, `due_at = clock_timestamp() - interval '1 hour'`)
  await at.listen()
  await change(due.threadId, `due_at = clock_timestamp()`)
  await sql`delete from events.event`.execute(owner())
  await prepareEvents(at.world.pools)
  await prepareEvents(at.world.pools)
  expect(await kept()).toEqual([due.threadId])
  expect(await at.minute()).toBe(1)
  expect(at.told()).toEqual(['due: received'])
})

describe('the pages of a lead', () => {
  test('say where events go and what came of them, and no word of anybody; workers and other agencies see nothing', async () => {
    await at.listen()
    const { threadId } = await refer()
    await at.minute()
    const [page, sent] = await Promise.all(
      ['/agency/events', '/agency/events/deliveries'].map(async (path) =>
        (await at.served.get(path, at.lead)).text(),
      ),
    )
    expect(page).toContain(at.system.address)
    expect(page).not.toContain('whsec_')
    expect(sent).toContain('A referral came in')
    for (const html of [page, sent]) expect(html).not.toMatch(/Ash|Talking room|Canary|Northmere Domestic/)
    expect(sent).not.toContain(threadId)
    const theirs = await (await at.served.get('/agency/events', adviser)).text()
    expect(theirs).toContain('Nothing is sent yet.')
    const worker = await at.world.join(at.clinician, 'Dora Marsh', ['worker'])
    for (const path of ['/agency/events', '/agency/events/deliveries'])
      expect((await at.served.get(path, worker)).status).toBe(404)
    const { rows } = await sql<{ all: string }>`
      select string_agg(to_jsonb(r)::text, '') as all from (select * from events.receiver) r`.execute(owner())
    expect(rows[0]?.all).not.toMatch(/127\.0\.0\.1|whsec/)
  })

  test('an address that the operator has not listed is said at the field, with what was typed', async () => {
    const typed = { act: 'set', address: 'https://records.example.org/events', version: '' }
    const hosts = await at.served.post('/agency/events', typed, at.lead)
    expect(hosts.status).toBe(422)
    expect(await hosts.text()).toContain('This installation may not send to that server.')
    const done = await at.served.post('/agency/events', { act: 'off' }, at.lead)
    expect(done.status).toBe(303)
  })
})
