import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type BackLevel, backLevels } from '#envelopes'
import { asJob } from '#platform/access'

import { askAgain } from '../src/referrals/chase.actions.ts'
import { writeChaseSetting } from '../src/referrals/chase.store.ts'
import type { Person } from './world/agencies.ts'
import { atOffice, linkOf, madeLink, say, sentToOffice, serviceOf, yes } from './world/light.ts'
import { threadOf } from './world/referrals.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'
import { visitor } from './world/visitor.ts'

let at: SendingWorld
let who: Person
let service: { readonly id: string; readonly organizationId: string }

beforeAll(async () => {
  at = await sendingWorld()
  who = at.advocate
  service = await serviceOf(at.world, 'Harbour Voices')
})
afterAll(() => at?.world.close())

async function linked(back: BackLevel) {
  const { threadId } = await sentToOffice(at.served, who, service, 'office@harbour.example', back)
  return { threadId, link: await madeLink(at.world, at.served, who, threadId) }
}

/** What a worker can read of the link: on the thread, and on its own page. */
async function told(threadId: string): Promise<string> {
  const texts = []
  for (const path of [`/referrals/${threadId}`, `/referrals/${threadId}/link`]) {
    const html = await (await at.served.get(path, who)).text()
    const insets = [...html.matchAll(/<div class="govuk-inset-text">[\s\S]*?<\/div>/g)].map(([one]) => one)
    texts.push(path.endsWith('/link') ? (html.split('<main')[1] ?? '') : insets.join(' '))
  }
  return texts
    .join(' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

/** Moves a link’s clock back. */
async function older(threadId: string, hours: number): Promise<void> {
  await sql`update light.link set made_at = made_at - make_interval(hours => ${hours}),
    ends_at = ends_at - make_interval(hours => ${hours}) where thread_id = ${threadId}::uuid`.execute(
    at.world.owner,
  )
  await asJob(at.world.pools, (db) => sql`select light.sweep()`.execute(db))
}

const work = async () => (await (await at.served.get('/work', who)).text()).replaceAll(/<[^>]+>/g, ' ')
const opened = /Opened|Wrong codes/

test.each(backLevels)('a link tells its sender no more than may come back: %s', async (back) => {
  const { threadId, link } = await linked(back)
  const before = await told(threadId)
  const office = await atOffice(at.served, link)
  await office.get('/letter')
  const whileOpen = await told(threadId)
  const said = await say(office, 'yes', yes)
  expect(said.status).toBe(200)
  const page = await said.text()
  expect(page).toContain('for-our-record')
  expect(page).not.toContain('/words')
  expect((await linkOf(who, threadId)).state).toBe('answered')
  const after = await told(threadId)
  if (back === 'nothing') {
    expect(before).not.toMatch(opened)
    expect([whileOpen, after]).toEqual([before, before])
  } else {
    expect(before).not.toBe(whileOpen)
    expect(whileOpen).toMatch(opened)
    if (back === 'received') expect(after).toBe(whileOpen)
    else expect(after).toContain('Answered')
  }
  expect(/Answered/.test(after)).toBe(!['nothing', 'received'].includes(back))
})

test('taken back, a link that was used and one that was not end alike where nothing may come back', async () => {
  const unused = await linked('nothing')
  const used = await linked('nothing')
  await say(await atOffice(at.served, used.link), 'yes', yes)
  for (const { threadId } of [unused, used]) {
    await at.served.post(`/referrals/${threadId}/link`, { step: 'end' }, who)
    expect((await linkOf(who, threadId)).state).toBe('ended')
    expect(await told(threadId)).toContain('Link ended')
  }
  const lines = await who.act((db, actor) =>
    db
      .selectFrom('ledger.entry')
      .select((of) => of.fn.countAll<number>().as('n'))
      .where('party_id', '=', actor.partyId)
      .where('kind', '=', 'link.ended')
      .executeTakeFirstOrThrow(),
  )
  expect(lines.n).toBe(2)
})

test('a link that nobody used is told to the worker, in the list and by the one mail, and where nothing comes back by the time alone', async () => {
  const mailed = async () => {
    await sql`delete from jobs.mail where template = 'something-waits'`.execute(at.world.owner)
    await sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(at.world.owner)
    await sql`update access.account set notified_at = null`.execute(at.world.owner)
    await sql`select jobs.notify_waiting()`.execute(at.world.pools.jobs)
    const { rows } = await sql<{ n: number }>`select count(*)::integer as n from access.account
      where id = ${who.accountId}::uuid and notified_at is not null`.execute(at.world.owner)
    return rows[0]?.n === 1
  }
  await sql`delete from light.link`.execute(at.world.owner)
  await sql`update referrals.thread set due_at = null`.execute(at.world.owner)
  const plain = await linked('received')
  const silent = await linked('nothing')
  const used = await linked('nothing')
  const heard = await linked('received')
  for (const each of [used, heard]) await say(await atOffice(at.served, each.link), 'yes', yes)
  expect([await mailed(), /time of the link|used the link/.test(await work())]).toEqual([false, false])
  for (const { threadId } of [silent, used, heard]) await older(threadId, 73)
  const text = await work()
  expect(text.split('The time of the link is over: Harbour Voices')).toHaveLength(3)
  expect(text).not.toContain('Nobody used the link in time')
  expect(await told(silent.threadId)).toBe(await told(used.threadId))
  expect(await mailed()).toBe(true)
  await sql`delete from light.link where thread_id in (${silent.threadId}::uuid, ${used.threadId}::uuid)`.execute(
    at.world.owner,
  )
  expect(await mailed()).toBe(false)
  await older(plain.threadId, 73)
  expect(await work()).toContain('Nobody used the link in time: Harbour Voices')
  expect(await mailed()).toBe(true)
  const anew = await madeLink(at.world, at.served, who, plain.threadId)
  expect(await work()).not.toContain('Nobody used the link in time')
  const wrong = anew.code.replaceAll(/\d/g, (figure) => String((Number(figure) + 1) % 10))
  for (let round = 0; round < 5; round += 1) await visitor(at.served).post(anew.path, { code: wrong })
  expect(await work()).toContain('Five wrong codes ended the link: Harbour Voices')
  expect(await mailed()).toBe(true)
})

test.each(['nothing', 'received', 'outcome'] as const)(
  'nobody at an office is reminded: the worker who sent hears first and their lead a unit later, by their own clock, where %s comes back',
  async (back) => {
    const lead = await at.world.join(who, 'Lena Marsh', ['lead'])
    await who.act((db, actor) =>
      writeChaseSetting(db, actor.partyId, { leadId: lead.accountId, tries: null }),
    )
    const { threadId, link } = await linked(back)
    const row = await threadOf(who, threadId)
    expect(row?.due_at).not.toBeNull()
    const late = async (hours: number) => {
      await sql`update referrals.thread set due_at = clock_timestamp() - make_interval(secs => ${hours * 3600}),
        started_at = clock_timestamp() - make_interval(secs => ${hours * 3600}) - interval '4 hours' where id = ${threadId}::uuid`.execute(
        at.world.owner,
      )
      const { rows } = await sql<{ account_id: string; as_lead: boolean }>`
        select account_id, as_lead from referrals.late(null, null) where thread_id = ${threadId}::uuid order by as_lead`.execute(
        at.world.owner,
      )
      return rows
    }
    const worker = { account_id: who.accountId, as_lead: false }
    expect(await late(-0.1)).toEqual([])
    expect(await late(0.1)).toEqual([worker])
    expect(await late(4.1)).toEqual([worker, { account_id: lead.accountId, as_lead: true }])
    const line = 'nothing comes back here by itself: ask how it stands'
    expect((await work()).includes(line)).toBe(back !== 'outcome')
    // What the office does moves nothing where it may not come back.
    expect((await say(await atOffice(at.served, link), 'yes', yes)).status).toBe(200)
    expect(await late(0.1)).toEqual(back === 'outcome' ? [] : [worker])
    await sql`update referrals.thread set due_at = null where id = ${threadId}::uuid`.execute(at.world.owner)
  },
)

test('an office is asked again by a new link, never by a line that it cannot see', async () => {
  const { threadId } = await linked('outcome')
  await sql`update referrals.thread set due_at = clock_timestamp() - interval '1 hour',
    started_at = clock_timestamp() - interval '30 hours' where id = ${threadId}::uuid`.execute(at.world.owner)
  const page = await (await at.served.get(`/referrals/${threadId}`, who)).text()
  expect(page).toContain('Write to Harbour Voices by a new link')
  expect(page).not.toContain('/please-answer')
  expect(await who.act((db, actor) => askAgain(db, actor, threadId))).toBe('not-now')
})
