import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { acceptPartner, foundingFor, handedKeys, writeOffice } from '#parties'
import { asBearer, asJob, caseKey, rowOf } from '#platform/access'
import { newCookie } from '#platform/crypto'
import { openThreadFile, takeBack } from '#referrals'

import type { Person, TestWorld } from './world/agencies.ts'
import {
  atOffice,
  fencedTables,
  linkOf,
  madeLink,
  mails,
  say,
  sentToOffice,
  serviceOf,
  waysIn,
  yes,
} from './world/light.ts'
import { caseWith, standing, walkToSend } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'
import type { Served } from './world/served.ts'
import { secretOn, visitor } from './world/visitor.ts'

let at: SendingWorld
let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person
let service: { readonly id: string; readonly organizationId: string }
beforeAll(async () => {
  at = await sendingWorld()
  ;({ world, served, advocate, clinician } = at)
  service = await serviceOf(world, 'Harbour Voices')
})
afterAll(() => world?.close())
const sent = (who = advocate, mail = 'office@harbour.example') => sentToOffice(served, who, service, mail)
const link = (threadId: string, who = advocate) => madeLink(world, served, who, threadId)
const stateOf = linkOf
const ways = (threadId: string) => waysIn(world, threadId)

describe('a link to an office without an account', () => {
  test('opens one letter with token and code, and the office answers there', async () => {
    const { threadId } = await sent()
    const made = await link(threadId)
    const [mail] = (await mails(world)).filter((each) => each.link?.endsWith(made.path))
    expect([mail?.to, mail?.template]).toEqual(['office@harbour.example', 'letter-link'])
    const browser = await atOffice(served, made)
    const letter = await (await browser.get('/letter')).text()
    for (const part of ['07700 900321', 'Sleep through the night', 'for-our-record'])
      expect(letter).toContain(part)
    expect(letter).toContain('Northmere Domestic Abuse Service')
    expect((await stateOf(advocate, threadId)).state).toBe('opened')
    const answered = await say(browser, 'yes', yes)
    expect([answered.status, browser.cookies.size]).toEqual([200, 0])
    const file = await advocate.act((db, actor) => openThreadFile(db, actor, threadId))
    expect(file?.thread.state).toBe('accepted')
    expect(file?.pieces.findLast((piece) => piece.way === 'in')?.letter).toMatchObject({
      about: 'accepted',
      startsOn: '2027-01-04',
      person: { name: 'Robin Marsh' },
    })
    expect([(await stateOf(advocate, threadId)).state, await ways(threadId)]).toEqual([
      'answered',
      { wraps: 0, bearers: 0 },
    ])
  })

  test('closes the loop: question, answer, yes, met, outcome, each with a new link', async () => {
    const { threadId } = await sent()
    const next = async () => atOffice(served, await link(threadId))
    expect(
      (await say(await next(), 'question', { name: 'Robin', text: 'Is a home visit safe?' })).status,
    ).toBe(200)
    const page = standing(await (await served.get(`/referrals/${threadId}/answer`, advocate)).text())
    const told = await served.post(`/referrals/${threadId}/answer`, { ...page, text: 'Only here' }, advocate)
    expect(told.status).toBe(303)
    const second = await next()
    expect(await (await second.get('/letter')).text()).toContain('Only here')
    expect((await say(second, 'yes', yes)).status).toBe(200)
    const met = { says: 'yes', 'on-day': '4', 'on-month': '1', 'on-year': '2027', words: '' }
    expect((await say(await next(), 'met', met)).status).toBe(200)
    for (const [outcome, status] of Object.entries({ 'not-reached': 422, helped: 200 }))
      expect((await say(await next(), 'end', { outcome, words: '' })).status).toBe(status)
    const { rows } = await sql<{
      state: string
    }>`select state from referrals.thread where id = ${threadId}`.execute(world.owner)
    // What may come back is the release's to say, also from an office.
    expect(rows.map((row) => row.state).toSorted()).toEqual(['accepted', 'ended'])
  })

  test('a no for danger names who has the person today, and the sender keeps hold', async () => {
    const { threadId } = await sent()
    const browser = await atOffice(served, await link(threadId))
    const no = { reason: 'risk-too-high', next: 'nowhere', name: 'Robin Marsh', sentence: 'Not here.' }
    const today = { ...no, sameDay: 'Harbour crisis line' }
    expect((await say(browser, 'no', no)).status).toBe(422)
    expect(await (await say(browser, 'no', today)).text()).toContain('Say who could know where to go next')
    expect((await say(browser, 'no', { ...today, who: 'Our advice line' })).status).toBe(200)
    const file = await advocate.act((db, actor) => openThreadFile(db, actor, threadId))
    expect(file?.pieces.findLast((piece) => piece.way === 'in')?.letter).toMatchObject({
      reason: 'risk-too-high',
      sameDay: { service: 'Harbour crisis line' },
      next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
    })
    expect(file?.thread.state).toBe('declined')
  })

  test('a GET learns nothing, changes nothing and asks the database nothing', async () => {
    const { threadId } = await sent()
    const made = await link(threadId)
    const scanner = visitor(served)
    const pages = []
    for (const path of [made.path, made.path, `/l/${newCookie()}`]) {
      const answer = await scanner.get(path)
      pages.push((await answer.text()).replaceAll(path, '').replaceAll(/nonce="[^"]*"/g, ''))
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([
        200,
        expect.stringContaining('no-store'),
      ])
    }
    expect(new Set(pages).size).toBe(1)
    expect(pages[0]).not.toMatch(/Northmere|Harbour|Rowan/)
    expect((await scanner.get(`${made.path}/again`)).status).toBe(404)
    expect(scanner.cookies.size).toBe(0)
    expect(await stateOf(advocate, threadId)).toMatchObject({ state: 'sent', tries: 0, asked_at: null })
  })

  test('five wrong codes destroy the way in for good', async () => {
    const { threadId } = await sent()
    const made = await link(threadId)
    const wrong = made.code.replaceAll(/\d/g, (figure) => String((Number(figure) + 1) % 10))
    for (let round = 0; round < 5; round += 1)
      expect((await visitor(served).post(made.path, { code: wrong })).status).toBe(422)
    expect(await stateOf(advocate, threadId)).toMatchObject({ state: 'spent', tries: 5 })
    expect(await ways(threadId)).toEqual({ wraps: 0, bearers: 0 })
    expect((await visitor(served).post(made.path, { code: made.code })).status).toBe(422)
  })

  test('ends after 72 hours by the database’s clock, and the job destroys the way in', async () => {
    const { threadId } = await sent()
    const made = await link(threadId)
    const { rows } = await sql<{ hours: number }>`
      select round(extract(epoch from ends_at - made_at) / 3600)::integer as hours from light.link where thread_id = ${threadId}`.execute(
      world.owner,
    )
    expect(rows).toEqual([{ hours: 72 }])
    await sql`update light.link set ends_at = clock_timestamp() where thread_id = ${threadId}`.execute(
      world.owner,
    )
    expect((await visitor(served).post(made.path, { code: made.code })).status).toBe(422)
    const other = await sent()
    await link(other.threadId)
    await sql`update light.link set ends_at = clock_timestamp() where thread_id = ${other.threadId}`.execute(
      world.owner,
    )
    await asJob(world.pools, (db) => sql`select light.sweep()`.execute(db))
    for (const id of [threadId, other.threadId]) {
      expect((await stateOf(advocate, id)).state).toBe('late')
      expect(await ways(id)).toEqual({ wraps: 0, bearers: 0 })
    }
  })

  test('works once: a second entry, the old cookie after an answer and an older link open nothing', async () => {
    const { threadId } = await sent()
    const first = await link(threadId)
    const second = await link(threadId)
    expect((await visitor(served).post(first.path, { code: first.code })).status).toBe(422)
    const browser = await atOffice(served, second)
    expect((await visitor(served).post(second.path, { code: second.code })).status).toBe(422)
    const cookie = browser.cookies.get('visit-3000') ?? ''
    await say(browser, 'yes', yes)
    const replay = visitor(served)
    replay.cookies.set('visit-3000', cookie)
    expect((await replay.get('/letter')).status).toBe(410)
    expect((await say(replay, 'yes', yes)).status).toBe(410)
  })

  test('a permission taken back closes it while it is open', async () => {
    const { caseId, threadId, draft } = await sent()
    const browser = await atOffice(served, await link(threadId))
    await browser.get('/letter')
    await advocate.act(async (db, actor) => {
      const key = await caseKey(db, actor, caseId)
      if (key !== null) await takeBack(db, actor, key, draft, 'spoken-here')
    })
    const after = await browser.get('/letter')
    expect([after.status, await after.text()]).toEqual([410, expect.not.stringContaining('07700 900321')])
    expect(await ways(threadId)).toEqual({ wraps: 0, bearers: 0 })
    const again = await served.get(`/referrals/${threadId}/link`, advocate)
    expect(await again.text()).not.toContain('name="told"')
  })

  test('a new link is asked for with the same answer for every token', async () => {
    const { threadId } = await sent()
    const made = await link(threadId)
    const answers = []
    for (const path of [made.path, `/l/${newCookie()}`])
      answers.push(
        (await (await visitor(served).post(`${path}/again`, {})).text()).replaceAll(/nonce="[^"]*"/g, ''),
      )
    expect(new Set(answers).size).toBe(1)
    expect((await stateOf(advocate, threadId)).asked_at).not.toBeNull()
    expect(await (await served.get('/work', advocate)).text()).toContain('A new link is asked for')
  })
})

describe('behind the fences', () => {
  test('whoever holds the cookie sees one thread and nothing else', async () => {
    const { threadId } = await sent()
    const other = await sent()
    await link(other.threadId)
    const browser = await atOffice(served, await link(threadId))
    const cookie = browser.cookies.get('visit-3000') ?? ''
    const seen = await asBearer(world.pools, cookie, 'test', async (db) => {
      const count = async (table: string) => {
        await sql`savepoint look`.execute(db)
        try {
          const { rows } = await sql<{
            n: number
          }>`select count(*)::integer as n from ${sql.table(table)}`.execute(db)
          return rows[0]?.n ?? 0
        } catch {
          await sql`rollback to savepoint look`.execute(db)
          return 'no'
        }
      }
      const tables = await fencedTables(world)
      const found: Record<string, number | string> = {}
      for (const { name } of tables) {
        const n = await count(name)
        if (n !== 'no' && n !== 0) found[name] = n
      }
      const threads = await db.selectFrom('referrals.thread').select('id').execute()
      const keys = await db
        .selectFrom('keyring.party_key')
        .select('thread_id')
        .where('thread_id', 'is not', null)
        .execute()
      return { found, threads, keys }
    })
    if ('refused' in seen) throw new Error(seen.refused)
    expect(seen.threads).toEqual([{ id: threadId }])
    expect(seen.keys).toEqual([{ thread_id: threadId }])
    expect(seen.found['envelopes.incoming']).toBe(1)
    // Of accounts its own, which stands for the office in rows and signs in nowhere; what everybody who acts reads; and its thread.
    expect(Object.keys(seen.found).filter((name) => name !== 'ledger.head')).toEqual([
      'access.account',
      'access.party',
      'envelopes.incoming',
      'keyring.party_key',
      'parties.agency',
      'referrals.event',
      'referrals.thread',
    ])
  })

  test('a member’s session is no way in, and before the code neither is the token', async () => {
    const { threadId } = await sent()
    const made = await link(threadId)
    const token = made.path.split('/').at(-1) ?? ''
    expect(await asBearer(world.pools, token, 'test', async () => 'in')).toEqual({ refused: 'no-session' })
    expect((await visitor(served).get('/letter')).status).toBe(410)
  })

  test('once the way in is gone, what was sent opens for its sender alone', async () => {
    const { threadId } = await sent()
    const browser = await atOffice(served, await link(threadId))
    await browser.post('/letter/leave', {})
    expect((await browser.get('/letter')).status).toBe(410)
    expect(await ways(threadId)).toEqual({ wraps: 0, bearers: 0 })
    const { rows } = await sql<{ holders: string }>`
      select distinct k.party_id::text as holders from parties.office_key k where k.thread_id = ${threadId}`.execute(
      world.owner,
    )
    expect(rows).toEqual([{ holders: advocate.partyId }])
    expect(
      await clinician.act((db) => db.selectFrom('parties.office_key').select('thread_id').execute()),
    ).toEqual([])
    const file = await advocate.act((db, actor) => openThreadFile(db, actor, threadId))
    expect(file?.first?.letter?.about).toBe('request')
  })

  test('two who write to the same office share it, and neither learns of the other', async () => {
    const mine = await sent()
    const theirs = await sentToOffice(served, clinician, service, 'reception@harbour.example')
    const [a, b] = await Promise.all(
      [advocate, clinician].map((who) =>
        who.act(async (db, actor) => ({
          offices: await db.selectFrom('parties.office').select('office_id').execute(),
          addresses: await db.selectFrom('parties.office_address').select('party_id').execute(),
          threads: await db.selectFrom('light.link').select('party_id').execute(),
          keys: await db
            .selectFrom('keyring.party_key')
            .select(['made_for', 'thread_id'])
            .where('made_for', 'is not', null)
            .execute(),
          own: actor.partyId,
        })),
      ),
    )
    expect(a?.offices).toEqual(b?.offices)
    for (const each of [a, b]) {
      expect(each?.addresses).toEqual([{ party_id: each?.own }])
      expect(each?.threads.every((row) => row.party_id === each.own)).toBe(true)
      expect(each?.keys.every((row) => row.made_for === each.own)).toBe(true)
    }
    expect(b?.keys.map((row) => row.thread_id)).toEqual([theirs.threadId])
    const link1 = await madeLink(world, served, clinician, theirs.threadId)
    const letter = await (await (await atOffice(served, link1)).get('/letter')).text()
    expect(letter).toContain('Hill Clinic')
    expect(letter).not.toContain('Northmere Domestic Abuse Service')
    expect((await served.get(`/referrals/${mine.threadId}/link`, clinician)).status).toBe(404)
  })

  test('nobody there can be held off by name: names are refused before anything is sent', async () => {
    await advocate.act((db, actor) =>
      writeOffice(db, actor, service.organizationId, 'office@harbour.example'),
    )
    const { caseId } = await caseWith(advocate)
    const { draft, pages } = await walkToSend(served, advocate, caseId, service.id)
    expect(pages.at(-1)).not.toContain('name="not-for"')
    const version = standing(pages.at(-1) ?? '')['version'] ?? ''
    const path = `/cases/${caseId}/referrals/new/${draft}/send`
    const refused = await served.post(path, { version, step: 'send', 'not-for': 'Dane Vale' }, advocate)
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('Nobody there can be kept from it by name'),
    ])
    const { rows } = await sql<{
      n: number
    }>`select count(*)::integer as n from referrals.thread where case_id = ${caseId}`.execute(world.owner)
    expect(rows).toEqual([{ n: 0 }])
  })
})

describe('becoming a full member', () => {
  test('the agency takes the office’s place: threads, states and what is shared are there, and senders go on as with any partner', async () => {
    const { threadId } = await sent()
    const browser = await atOffice(served, await link(threadId))
    await say(browser, 'yes', yes)
    const running = await sent()
    const open = await link(running.threadId)
    const { office_id: officeId } = await world.owner
      .selectFrom('parties.office')
      .select('office_id')
      .where('organization_id', '=', service.organizationId)
      .executeTakeFirstOrThrow()
    const operator = await world.found('Invented Hosting', 'operator', ['operator'])
    const offer = { name: 'harbour voices', sector: 'domestic-abuse', pack: 'uk', area: '' }
    const asked = await served.post('/installation', offer, operator)
    expect([asked.status, await asked.text()]).toEqual([
      422,
      expect.stringContaining('the same organisation'),
    ])
    const offers = []
    for (const same of ['yes', 'no']) {
      const made = await served.post('/installation', { ...offer, same }, operator)
      const token = new URL(secretOn(await made.text())).pathname.split('/').at(-1) ?? ''
      offers.push((await foundingFor(world.pools.web, rowOf(token)))?.officeId ?? null)
    }
    expect(offers).toEqual([officeId, null])
    const roles = ['agency-administrator', 'worker', 'lead'] as const
    const person = await world.found('Harbour Voices', 'domestic-abuse', roles, 'uk', officeId)
    expect(person.partyId).toBe(officeId)
    expect((await visitor(served).post(open.path, { code: open.code })).status).toBe(422)
    const before = await person.act((db, actor) => openThreadFile(db, actor, threadId))
    expect([before?.thread.state, before?.thread.otherName]).toEqual([
      'accepted',
      'Northmere Domestic Abuse Service',
    ])
    expect(before?.first?.letter).toBeNull()
    await person.act((db, actor) => acceptPartner(db, actor, advocate.partyId))
    await advocate.act((db, actor) => acceptPartner(db, actor, person.partyId))
    await served.get('/work', advocate)
    for (const id of [threadId, running.threadId]) {
      const file = await person.act((db, actor) => openThreadFile(db, actor, id))
      expect(file?.first?.letter?.about).toBe('request')
      expect(file?.pieces.every((piece) => piece.letter !== null)).toBe(true)
    }
    const page = standing(await (await served.get(`/referrals/${running.threadId}/accept`, person)).text())
    const done = await served.post(
      `/referrals/${running.threadId}/accept`,
      { ...page, 'starts-day': '5', 'starts-month': '1', 'starts-year': '2027' },
      person,
    )
    expect(done.status).toBe(303)
    const file = await advocate.act((db, actor) => openThreadFile(db, actor, running.threadId))
    expect(file?.thread.state).toBe('accepted')
    expect(file?.pieces.every((piece) => piece.letter !== null)).toBe(true)
    // Whoever's words were not compared has handed nothing over.
    const { rows } = await sql<{
      from: string
    }>`select distinct from_party as "from" from keyring.office_hand`.execute(world.owner)
    expect(rows).toEqual([{ from: advocate.partyId }])
    expect(await clinician.act((db, actor) => handedKeys(db, actor, 1))).toBeNull()
  })
})
