import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { BackLevel } from '#envelopes'
import { CardBody, saveCard, saveContact } from '#people'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendReferral, threadNow, threadOf } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { decide } from './decide.actions.ts'

let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(advocate, clinician)
})
afterAll(() => world.close())

const kim = { name: 'Kim', phone: '01632 960200', cover: 'Lee, 01632 960201' }
const on = { 'on-day': '1', 'on-month': '12', 'on-year': '2026' }
const plan = { ...on, way: 'visit', who: 'ours', along: 'Robin', where: 'North of the river' }

/** A referral that was said yes to. */
async function accepted(comesBack: BackLevel = 'outcome') {
  const { threadId } = await sendReferral(advocate, clinician, comesBack)
  const at = await threadNow(clinician, threadId)
  await clinician.act((db, actor) =>
    decide(db, actor, at, { about: 'accepted', startsOn: '2026-12-01', person: kim, first: null, note: '' }),
  )
  return threadId
}

/** Posts one page of an introduction; gives the status and what it says. */
async function post(who: Person, threadId: string, page: string, fields: Record<string, string | string[]>) {
  const { version } = await threadNow(who, threadId)
  const answer = await served.post(
    `/referrals/${threadId}/${page}`,
    { version: String(version), ...fields },
    who,
  )
  return { status: answer.status, text: answer.status === 303 ? '' : await answer.text() }
}

/** What the section of the introduction says to a reader. */
async function reads(who: Person, threadId: string): Promise<string> {
  const page = await (await served.get(`/referrals/${threadId}`, who)).text()
  const part = /aria-labelledby="introduction">([\s\S]*?)<\/section>/.exec(page)?.[1] ?? ''
  return part.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
}

describe('both sides', () => {
  test('see the same from the proposal to the person’s own word', async () => {
    const threadId = await accepted()
    expect((await post(clinician, threadId, 'introduction', plan)).status).toBe(303)
    expect(await reads(clinician, threadId)).toContain('Proposed')
    expect(await reads(advocate, threadId)).toContain('Hill Clinic proposes this')
    expect(await reads(advocate, threadId)).toContain('Robin, Hill Clinic')
    expect((await post(advocate, threadId, 'introduction/agreed', { ...on, says: 'yes' })).status).toBe(303)
    for (const who of [advocate, clinician])
      expect(await reads(who, threadId)).toContain('Agreed by the person')
    expect(
      (await post(advocate, threadId, 'introduction/happened', { ...on, who: 'Kim and Robin' })).status,
    ).toBe(303)
    expect(await reads(clinician, threadId)).toContain('Ask the person whether they feel that they have met')
    expect((await post(advocate, threadId, 'met', { ...on, says: 'yes' })).status).toBe(303)
    for (const who of [advocate, clinician]) {
      expect(await reads(who, threadId)).toContain('Met: the person says so')
      expect((await threadOf(who, threadId))?.state).toBe('met')
    }
  })

  test('a step that does not follow is refused, and a page that leads to one leads back', async () => {
    const threadId = await accepted()
    const early = await post(advocate, threadId, 'introduction/agreed', { ...on, says: 'yes' })
    expect(early.status).toBe(409)
    const page = await served.get(`/referrals/${threadId}/introduction/happened`, advocate)
    expect(page.headers.get('location')).toBe(`/referrals/${threadId}`)
    await post(advocate, threadId, 'introduction', { ...plan, agreed: 'yes' })
    const unsaid = await post(advocate, threadId, 'introduction/agreed', on)
    expect(unsaid.status).toBe(422)
  })

  test.each(['nothing', 'received', 'decision-and-place'] as const)(
    'where only %s may come back the sender sees nothing of an introduction that the other side plans',
    async (level) => {
      const threadId = await accepted(level)
      const done = await post(clinician, threadId, 'introduction', { ...plan, where: 'Canary park' })
      expect(done.status).toBe(303)
      expect(await reads(clinician, threadId)).toContain('Canary park')
      const page = await (await served.get(`/referrals/${threadId}`, advocate)).text()
      expect(page).not.toContain('Canary park')
      expect(await reads(advocate, threadId)).toBe('')
    },
  )
})

describe('what got in the way', () => {
  test('nothing is written of an introduction that did not come about before it was asked, or said that nobody could', async () => {
    const threadId = await accepted()
    await post(advocate, threadId, 'introduction', { ...plan, agreed: 'yes' })
    const unasked = await post(advocate, threadId, 'introduction/not-happened', {
      ...on,
      words: 'Canary words',
    })
    expect(unasked.status).toBe(422)
    expect(unasked.text).toContain('Tick what got in the way')
    expect(unasked.text).toContain('Canary words')
    await post(advocate, threadId, 'introduction/not-happened', { ...on, notAsked: 'yes' })
    expect(await reads(advocate, threadId)).toContain('Ask first, then plan again')
    expect((await threadOf(advocate, threadId))?.state).toBe('started')
  })

  test('stays with the side that asked, until the person lets the other know', async () => {
    const threadId = await accepted()
    await post(advocate, threadId, 'introduction', { ...plan, agreed: 'yes' })
    const why = { ...on, barriers: ['interference'], words: 'Canary reason' }
    expect((await post(advocate, threadId, 'introduction/not-happened', why)).status).toBe(303)
    expect(await reads(advocate, threadId)).toContain('Canary reason')
    const theirs = await (await served.get(`/referrals/${threadId}`, clinician)).text()
    expect(theirs).not.toContain('Canary reason')
    expect(theirs).not.toContain('Somebody interfered')
    expect(theirs).toContain('Did not come about')
    await post(advocate, threadId, 'introduction', plan)
    const told = { ...on, barriers: ['transport'], words: 'No bus that day', pass: 'yes' }
    expect((await post(advocate, threadId, 'introduction/not-happened', told)).status).toBe(303)
    expect(await (await served.get(`/referrals/${threadId}`, clinician)).text()).toContain('No bus that day')
  })

  test('is asked when a time moves, and the side without a case of its own keeps what it heard as well', async () => {
    const threadId = await accepted()
    await post(clinician, threadId, 'introduction', { ...plan, agreed: 'yes' })
    const later = { ...plan, 'on-day': '3' }
    expect((await post(clinician, threadId, 'introduction', later)).status).toBe(422)
    const moved = await post(clinician, threadId, 'introduction', { ...later, barriers: ['health'] })
    expect(moved.status).toBe(303)
    expect(await reads(clinician, threadId)).toContain('Only our side knows this')
    expect(await reads(advocate, threadId)).toContain('1 time')
    expect(await reads(advocate, threadId)).not.toContain('Only our side knows this')
  })
})

describe('safety', () => {
  /** The case of a thread gets a person who is not safe, and safe times. */
  async function careful(threadId: string): Promise<void> {
    await advocate.act(async (db, actor) => {
      const row = await db
        .selectFrom('referrals.thread')
        .select('case_id')
        .where('party_id', '=', actor.partyId)
        .where('id', '=', threadId)
        .executeTakeFirstOrThrow()
      const caseId = row.case_id ?? ''
      const harm = CardBody.parse({ name: 'Dane Vale', role: 'personCausingHarm' })
      await saveCard(db, actor, { caseId, id: null, version: 0 }, harm)
      await saveContact(db, actor, { caseId, version: 0 }, safeOnWeekdays())
    })
  }

  test('uk-4: nobody named as causing harm goes along, however the name is written, and nothing typed is lost', async () => {
    const threadId = await accepted()
    await careful(threadId)
    const typed = { ...plan, who: 'trusted', along: 'DANE  vale' }
    const refused = await post(advocate, threadId, 'introduction', typed)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('named as not safe for the person')
    expect(refused.text).toContain('North of the river')
    expect((await post(advocate, threadId, 'introduction', { ...typed, along: 'Auntie Jo' })).status).toBe(
      303,
    )
    expect(await reads(clinician, threadId)).toContain('Auntie Jo, whom the person trusts')
  })

  test('us-U10: a time that is not safe is said so with the next one, and stands only after the person was asked', async () => {
    const threadId = await accepted()
    await careful(threadId)
    const late = { ...plan, time: '22:00' }
    const refused = await post(advocate, threadId, 'introduction', late)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('outside the times that the person called safe')
    expect(refused.text).toContain('The next safe time is')
    expect((await post(advocate, threadId, 'introduction', { ...late, sure: 'yes' })).status).toBe(303)
    const fits = await accepted()
    await careful(fits)
    expect((await post(advocate, fits, 'introduction', { ...plan, time: '11:00' })).status).toBe(303)
  })

  test('a street or a number is no place to meet', async () => {
    const threadId = await accepted()
    const refused = await post(advocate, threadId, 'introduction', { ...plan, where: '12 Canary Street' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Write a part of town')
  })

  test('a reminder is a task of the worker’s own that names nobody', async () => {
    const threadId = await accepted()
    const before = await tasks()
    await post(advocate, threadId, 'introduction', { ...plan, remind: 'yes' })
    expect((await tasks()) - before).toBe(1)
  })

  function tasks(): Promise<number> {
    return advocate.act(async (db, actor) => {
      const rows = await db
        .selectFrom('diary.task')
        .select('id')
        .where('party_id', '=', actor.partyId)
        .execute()
      return rows.length
    })
  }
})

describe('whom to ring', () => {
  test('while the named person is away whoever stands in comes first, on both sides', async () => {
    const threadId = await accepted()
    const page = async (who: Person) => (await served.get(`/referrals/${threadId}`, who)).text()
    expect(await page(advocate)).toContain('Kim, 01632 960200')
    const away = { 'until-day': '31', 'until-month': '12', 'until-year': '2099' }
    const alone = await post(clinician, threadId, 'contact', { name: 'Kim', ...away })
    expect(alone.status).toBe(422)
    const said = { name: 'Kim', phone: '01632 960200', cover: 'Lee, 01632 960201', ...away }
    expect((await post(clinician, threadId, 'contact', said)).status).toBe(303)
    for (const who of [advocate, clinician])
      expect(await page(who)).toMatch(/Lee, 01632 960201<br\s*\/?>[^<]*Kim, 01632 960200 is away until/)
    expect((await threadOf(advocate, threadId))?.state).toBe('accepted')
  })
})

function safeOnWeekdays() {
  return {
    nothingAtAll: false,
    ways: [
      {
        id: 'w1',
        channel: 'text' as const,
        value: '07700 900321',
        whoElseSees: 'nobody' as const,
        zone: 'Europe/London',
        whenever: false,
        safe: [{ days: [1, 2, 3, 4, 5], date: null, from: '10:00', to: '14:00' }],
        unsafe: [],
        callAs: 'neutral' as const,
        voicemail: 'no' as const,
        ifSomeoneElse: 'hang-up' as const,
        content: 'neutral' as const,
        envelope: 'no' as const,
        trustedPersonRef: null,
      },
    ],
    nameSafeToSay: null,
    hasCodeWord: false,
    language: null,
    interpreter: null,
    reminders: 'no' as const,
    calendar: 'no' as const,
    printing: 'no' as const,
    notSafe: [],
    verifiedAt: new Date().toISOString(),
    verifiedBy: 'Person 1',
    changedBecause: null,
  }
}
