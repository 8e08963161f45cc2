import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { type BackLevel, backLevels, threadStates } from '#envelopes'
import { decide, endThread } from '#referrals'

import { act } from '../src/referrals/act.actions.ts'
import { askAgain } from '../src/referrals/chase.actions.ts'
import { toldAt } from '../src/referrals/chase.rules.ts'
import { chaseSetting, writeChaseSetting } from '../src/referrals/chase.store.ts'
import { askQuestion, reopenThread } from '../src/referrals/decide.actions.ts'
import type { Decision } from '../src/referrals/letter.ts'
import { usualQuiet } from '../src/referrals/reply-time.rules.ts'
import type { Person } from './world/agencies.ts'
import { type ChasingWorld, chasingWorld, lateReferral, mailed, quietAgain, seenBy } from './world/chasing.ts'
import { threadNow, threadOf } from './world/referrals.ts'

const day = 86_400_000
let made: ChasingWorld
let { at, ash, lena, dora, colin } = {} as ChasingWorld

beforeAll(async () => {
  made = await chasingWorld()
  ;({ at, ash, lena, dora, colin } = made)
})
afterAll(() => at?.world.close())
beforeEach(() => quietAgain(made))

const owner = () => at.world.owner
const person = { name: 'Kim', phone: '01632 960200', cover: '' }
const yes: Decision = { about: 'accepted', startsOn: '2027-03-01', person, first: null, note: '' }
const wait = (expectedOn: string | null): Decision => ({
  about: 'waiting',
  place: 3,
  expectedOn,
  person,
  note: '',
})

/** A referral that the clinic has answered. */
async function answered(decision: Decision, back: BackLevel = 'outcome'): Promise<string> {
  const { threadId } = await lateReferral(made, -1, back)
  await say(threadId, decision)
  return threadId
}

async function say(threadId: string, decision: Decision): Promise<void> {
  await dora.act(async (db, actor) => decide(db, actor, await threadNow(dora, threadId), decision))
  await sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(owner())
  await sql`delete from referrals.notice`.execute(owner())
}

/** Moves the clock: the planned day, or the own clock, is so many days over on both sides. */
async function passed(threadId: string, days: number): Promise<void> {
  await sql`alter table referrals.thread disable trigger set_ask_at`.execute(owner())
  await sql`update referrals.thread set expected_at = case when expected_at is not null then clock_timestamp() - make_interval(secs => ${(days + 1) * 86_400}) end,
    ask_at = case when ask_at is not null then clock_timestamp() - make_interval(secs => ${days * 86_400}) end
    where id = ${threadId}::uuid`.execute(owner())
  await sql`alter table referrals.thread enable trigger set_ask_at`.execute(owner())
  await sql`delete from referrals.notice`.execute(owner())
}

async function mailedNow(): Promise<readonly string[]> {
  await sql`update access.account set notified_at = null`.execute(owner())
  return mailed(made)
}

const unreached = (who: Person, threadId: string) =>
  who.act(async (db, actor) =>
    act(db, actor, await threadNow(who, threadId), {
      act: 'unreached',
      kind: 'unreached',
      letter: { about: 'unreached', tries: 3, helps: [] },
      news: { state: 'unreached' },
    }),
  )

/** How many days from now this side looks again; null: a planned day says so, or nothing does. */
async function inDays(who: Person, threadId: string): Promise<number | null> {
  const until = (await threadOf(who, threadId))?.ask_at ?? null
  return until === null ? null : Math.round((until.getTime() - Date.now()) / day)
}

describe('a planned day that has gone by', () => {
  test.each([
    ['a yes', yes],
    ['a place on a list', wait('2027-03-01')],
  ])(
    '%s: their worker, their lead, our worker, our lead, a day apart, and nobody on the day itself',
    async (_name, said) => {
      const threadId = await answered(said)
      for (const [days, who] of [
        [-0.9, []],
        [0.1, ['dora']],
        [1.1, ['dora', 'colin']],
        [2.1, ['ash', 'dora', 'colin']],
        [3.1, ['ash', 'lena', 'dora', 'colin']],
      ] as const) {
        await passed(threadId, days)
        expect(await mailedNow(), `${days} days`).toEqual(who)
      }
      expect([await seenBy(dora, threadId), await seenBy(colin, threadId)]).toEqual(['worker', 'lead'])
      const work = await (await at.served.get('/work', ash)).text()
      expect(work).toContain('the day that was planned has gone by')
    },
  )

  test.each(backLevels)(
    'where %s comes back, the side that sent hears of it no further than that',
    async (back) => {
      const heard = (needed: BackLevel) => backLevels.indexOf(back) >= backLevels.indexOf(needed)
      for (const [said, needed] of [
        [wait('2027-03-01'), 'decision-and-place'],
        [yes, 'first-contact'],
      ] as const) {
        const threadId = await answered(said, back)
        await passed(threadId, 4)
        expect([await seenBy(dora, threadId), await seenBy(colin, threadId)]).toEqual(['worker', 'lead'])
        const ours = [await seenBy(ash, threadId), await seenBy(lena, threadId)]
        expect(ours, needed).toEqual(heard(needed) ? ['worker', 'lead'] : [null, null])
        const asked = await ash.act((db, actor) => askAgain(db, actor, threadId))
        expect(asked, needed).toBe(heard(needed) ? 'asked' : 'not-now')
        const page = await (await at.served.get(`/referrals/${threadId}`, ash)).text()
        expect(page.includes('/please-answer')).toBe(false)
      }
    },
  )

  test('can be asked about from the day after, on the page that says why, and whoever has it gets a mail', async () => {
    const threadId = await answered(yes)
    const ask = () => ash.act((db, actor) => askAgain(db, actor, threadId))
    await passed(threadId, -0.9)
    expect(await ask()).toBe('not-due')
    await passed(threadId, 0.1)
    const page = await (await at.served.get(`/referrals/${threadId}`, ash)).text()
    expect(page).toMatch(/The day that was planned has gone by\.[\s\S]*Please answer/)
    expect(await ask()).toBe('asked')
    await passed(threadId, -30)
    expect(await mailedNow()).toContain('dora')
  })

  test('what is done after the day begins the own clock anew; a line of the side that sent does not stop theirs', async () => {
    const threadId = await answered(yes)
    await passed(threadId, 0.5)
    await ash.act(async (db, actor) =>
      act(db, actor, await threadNow(ash, threadId), {
        act: 'answer',
        kind: 'answer',
        letter: { about: 'answer', text: 'How is it going?' },
        news: { state: 'received' },
      }),
    )
    expect([await inDays(ash, threadId), await inDays(dora, threadId)]).toEqual([28, null])
    expect(await seenBy(dora, threadId)).toBe('worker')
    await dora.act(async (db, actor) =>
      askQuestion(db, actor, await threadNow(dora, threadId), { text: 'Mornings?', ringBack: person }),
    )
    expect(await inDays(dora, threadId)).toBe(28)
    await sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(owner())
    expect(await mailedNow()).toEqual([])
  })
})

describe('where nobody named a day', () => {
  test('each side looks again by its own clock, as its own agency has set it, and the other side is told no date', async () => {
    await dora.act((db, actor) =>
      writeChaseSetting(db, actor.partyId, { leadId: colin.accountId, tries: null, lookAgainDays: 10 }),
    )
    const threadId = await answered(wait(null))
    expect([await inDays(dora, threadId), await inDays(ash, threadId)]).toEqual([10, 28])
    expect([
      (await threadOf(dora, threadId))?.expected_at,
      (await threadOf(ash, threadId))?.expected_at,
    ]).toEqual([null, null])
    await passed(threadId, 0.1)
    expect(await mailedNow()).toEqual(['dora'])
    expect(await (await at.served.get('/work', dora)).text()).toContain('no day is planned')
    await say(threadId, wait(null))
    expect([await inDays(dora, threadId), await inDays(ash, threadId)]).toEqual([10, 28])
    await say(threadId, wait('2027-03-01'))
    expect([await inDays(dora, threadId), await inDays(ash, threadId)]).toEqual([null, null])
    await dora.act((db, actor) =>
      writeChaseSetting(db, actor.partyId, { leadId: colin.accountId, tries: null, lookAgainDays: null }),
    )
  })

  test('a side that may not hear of the decision has no clock of it', async () => {
    const threadId = await answered(wait(null), 'received')
    expect([await inDays(dora, threadId), await inDays(ash, threadId)]).toEqual([28, null])
  })
})

describe('somebody who is not reached', () => {
  test('is told to the worker of each side after two weeks and a day later to their lead, and a new word of it begins anew', async () => {
    const threadId = await answered(yes)
    await unreached(dora, threadId)
    await sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(owner())
    await sql`delete from referrals.notice`.execute(owner())
    expect([await inDays(dora, threadId), await inDays(ash, threadId)]).toEqual([14, 14])
    expect(await mailedNow()).toEqual([])
    await passed(threadId, 0.1)
    expect(await mailedNow()).toEqual(['ash', 'dora'])
    await passed(threadId, 1.1)
    expect(await mailedNow()).toEqual(['ash', 'lena', 'dora', 'colin'])
    expect(await (await at.served.get('/work', lena)).text()).toContain(
      'still not reached: see the next step',
    )
    expect(await ash.act((db, actor) => askAgain(db, actor, threadId))).toBe('not-now')
    await unreached(dora, threadId)
    expect(await inDays(dora, threadId)).toBe(14)
  })
})

test('a referral that is opened again has an answer due again, on both sides', async () => {
  const threadId = await answered(yes)
  await dora.act(async (db, actor) =>
    endThread(db, actor, await threadNow(dora, threadId), { outcome: 'helped', words: '' }),
  )
  const before = [(await threadOf(ash, threadId))?.due_at, (await threadOf(dora, threadId))?.due_at]
  expect(await inDays(ash, threadId)).toBeNull()
  const page = await at.served.post(
    `/referrals/${threadId}/reopen`,
    { why: 'It goes on after all.', version: String((await threadNow(ash, threadId)).version) },
    ash,
  )
  expect(page.status).toBe(303)
  const [ours, theirs] = [await threadOf(ash, threadId), await threadOf(dora, threadId)]
  expect([ours?.state, theirs?.state]).toEqual(['received', 'received'])
  expect(ours?.due_at?.getTime()).toBeGreaterThan(Date.now())
  expect(before).not.toContainEqual(ours?.due_at)
  expect(theirs?.due_at).toEqual(ours?.due_at)
  // Where no answer may come back, only the other side knows by when.
  const untold = await answered(yes, 'nothing')
  await ash.act(async (db, actor) =>
    endThread(db, actor, await threadNow(ash, untold), { outcome: 'not-said', words: '' }),
  )
  const due = new Date(Date.now() + day)
  await ash.act(async (db, actor) =>
    reopenThread(db, actor, await threadNow(ash, untold), 'It goes on.', due),
  )
  expect((await threadOf(ash, untold))?.due_at).toBeNull()
})

test('the database and the rules have the same moment and the same days', async () => {
  const [dueAt, expectedAt, askAt] = [1, 5, 9].map((n) => new Date(`2027-03-0${n}T12:00:00Z`))
  for (const state of threadStates)
    for (const set of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const row = {
        state,
        dueAt: set & 1 ? (dueAt ?? null) : null,
        expectedAt: set & 2 ? (expectedAt ?? null) : null,
        askAt: set & 4 ? (askAt ?? null) : null,
      }
      const { rows } = await sql<{ at: Date | null }>`
        select referrals.told_at(${state}, ${row.dueAt}::timestamptz, ${row.expectedAt}::timestamptz, ${row.askAt}::timestamptz) as at`.execute(
        owner(),
      )
      expect(rows[0]?.at, `${state} ${set}`).toEqual(toldAt(row))
    }
  for (const pack of ['uk', 'us'] as const)
    for (const [state, what] of [
      ['waiting', 'lookAgain'],
      ['unreached', 'unreached'],
    ] as const) {
      const { rows } = await sql<{ days: number }>`
        select extract(epoch from referrals.quiet_for(${ash.partyId}::uuid, ${state}))::integer / 86400 as days`.execute(
        owner(),
      )
      expect(rows[0]?.days).toBe(usualQuiet(pack, what).days)
    }
})

test('a lead sets how long it may be quiet; what is no number of days is refused, and what was typed stays', async () => {
  const form = { lead: 'every', tries: '', lookAgain: '21', unreached: '400' }
  const wrong = await at.served.post('/referrals/answers', form, lena)
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toMatch(/Write a number of days from 1 to 365[\s\S]*value="21"/)
  const saved = await at.served.post('/referrals/answers', { ...form, unreached: '7' }, lena)
  expect(saved.status).toBe(303)
  const set = await lena.act((db, actor) => chaseSetting(db, actor.partyId))
  expect(set).toMatchObject({ lookAgainDays: 21, unreachedDays: 7 })
  await at.served.post('/referrals/answers', { ...form, lookAgain: '', unreached: '' }, lena)
  expect(await lena.act((db, actor) => chaseSetting(db, actor.partyId))).toMatchObject({
    lookAgainDays: null,
    unreachedDays: null,
  })
})
