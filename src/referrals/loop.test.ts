import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming, ownCopyCells, type StateNews, type ThreadState, threadStates } from '#envelopes'
import { closeForTeam, openFile } from '#people'
import type { Sector } from '#platform/access'
import { releaseCells } from '#releases'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendAsk, sendReferral, threadNow, threadOf } from '../../test/world/referrals.ts'
import { stepAside } from './conflict.actions.ts'
import {
  askQuestion,
  decide,
  endThread,
  giveAnswer,
  recordIntroduction,
  recordMet,
} from './decide.actions.ts'
import type { Decision } from './letter.ts'
import { openThreadFile } from './file.actions.ts'
import { newestRequest, takeIntoRecord } from './take.actions.ts'
import { threadCells } from './thread-cells.actions.ts'
import { moved } from './thread.rules.ts'
import { eventsOf } from './thread.store.ts'
import { withdrawUnder } from './withdraw.actions.ts'

let world: TestWorld
let advocate: Person
let clinician: Person
const doors = new Map<Sector, Person>()

const person = { name: 'Kim', phone: '01632 960200', cover: 'Lee, 01632 960201' }
const yes: Decision = { about: 'accepted', startsOn: '2026-12-01', person, first: null, note: '' }
const no: Decision = {
  about: 'declined',
  reason: 'area',
  sentence: 'We work in another area.',
  next: [{ serviceId: 'x', name: 'Next door', phone: '01632 960300' }],
  person,
}

beforeAll(async () => {
  world = await testWorld()
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  for (const sector of ['mental-health', 'primary-care', 'education', 'child-welfare'] as const) {
    const door = await world.found(`Door ${sector}`, sector)
    await world.pair(advocate, door)
    doors.set(sector, door)
  }
  clinician = door('mental-health')
})
afterAll(() => world.close())

function door(sector: Sector): Person {
  const found = doors.get(sector)
  if (found === undefined) throw new Error(sector)
  return found
}

describe('a referral from the advocacy service to the clinic', () => {
  test('goes through question, answer, yes, taken, introduction and met, and both see the same', async () => {
    const sent = await sendReferral(advocate, clinician)
    const { threadId } = sent
    const step = async <T>(who: Person, work: (at: { threadId: string; version: number }) => Promise<T>) =>
      work(await threadNow(who, threadId))
    await step(clinician, (at) =>
      clinician.act((db, actor) =>
        askQuestion(db, actor, at, { text: 'Mornings or evenings?', ringBack: person }),
      ),
    )
    expect((await threadOf(advocate, threadId))?.state).toBe('question')
    await step(advocate, (at) => advocate.act((db, actor) => giveAnswer(db, actor, at, 'Mornings.')))
    await step(clinician, (at) => clinician.act((db, actor) => decide(db, actor, at, yes)))
    expect(await threadOf(advocate, threadId)).toMatchObject({ state: 'accepted' })
    const taken = await step(clinician, (at) =>
      clinician.act((db, actor) => takeIntoRecord(db, actor, at, [0, 1, 2])),
    )
    if ('refused' in taken) throw new Error(taken.refused)
    const file = await clinician.act((db, actor) => openFile(db, actor, taken.caseId))
    expect(file?.survivor?.name).toBe('Ash')
    expect(file?.needs).toMatchObject([{ code: 'mental-health' }])
    expect(file?.situation).toEqual({ abuse: 'on-and-off' })
    await step(advocate, (at) =>
      advocate.act((db, actor) =>
        recordIntroduction(db, actor, at, {
          at: '2026-12-01T10:00:00Z',
          where: 'North',
          whoGoesAlong: 'Robin',
        }),
      ),
    )
    await step(advocate, (at) =>
      advocate.act((db, actor) => recordMet(db, actor, at, { on: '2026-12-01', words: 'Kim listened.' })),
    )
    for (const who of [advocate, clinician]) expect((await threadOf(who, threadId))?.state).toBe('met')
    const shared = async (who: Person) =>
      (await who.act((db) => eventsOf(db, who.partyId, threadId)))
        .map((event) => event.kind)
        .filter((kind) => kind !== 'taken')
    expect(await shared(advocate)).toEqual(await shared(clinician))
    // Neither sees the other's case.
    expect(await clinician.act((db, actor) => openFile(db, actor, sent.caseId))).toBeNull()
    expect(await advocate.act((db, actor) => openFile(db, actor, taken.caseId))).toBeNull()
  })

  test('only what was ticked is taken, and nothing ticked is refused', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    await clinician.act(async (db, actor) => decide(db, actor, { threadId, version: 1 }, yes))
    const none = await clinician.act((db, actor) => takeIntoRecord(db, actor, { threadId, version: 2 }, []))
    expect(none).toEqual({ refused: 'nothing-ticked' })
    const taken = await clinician.act((db, actor) => takeIntoRecord(db, actor, { threadId, version: 2 }, [1]))
    if ('refused' in taken) throw new Error(taken.refused)
    const file = await clinician.act((db, actor) => openFile(db, actor, taken.caseId))
    expect(file?.survivor?.name).toBe('')
    expect(file?.situation).toEqual({})
    expect(file?.needs).toHaveLength(1)
  })

  test('a withdrawal ends everything that was said under the permission, and the clinic can only put it away', async () => {
    const sent = await sendReferral(advocate, clinician)
    const { threadId } = sent
    await clinician.act((db, actor) =>
      askQuestion(db, actor, { threadId, version: 1 }, { text: 'When?', ringBack: person }),
    )
    const at = await threadNow(advocate, threadId)
    await advocate.act((db, actor) => giveAnswer(db, actor, at, 'Canary answer'))
    const { key: of, releaseId: id } = sent
    const done = await advocate.act((db, actor) => withdrawUnder(db, actor, { id, of }, 'spoken'))
    expect(done).toEqual({ ended: 2, threads: [threadId] })
    expect((await threadOf(advocate, threadId))?.state).toBe('withdrawn')
    expect(await clinician.act((db, actor) => newestRequest(db, actor, threadId))).toBeNull()
    const late = await clinician.act(async (db, actor) =>
      decide(db, actor, await version(clinician, threadId), yes),
    )
    expect(late).toEqual({ refused: 'no-longer-shared' })
    expect((await threadOf(advocate, threadId))?.state).toBe('withdrawn')
  })

  test('a worker who knows the person sees nothing of it any more, a colleague does', async () => {
    const colleague = await world.join(clinician, 'Cara', ['worker'])
    const { threadId, envelopeId } = await sendReferral(advocate, clinician)
    await clinician.act((db, actor) =>
      askQuestion(db, actor, { threadId, version: 1 }, { text: 'When?', ringBack: person }),
    )
    expect(await clinician.act((db, actor) => stepAside(db, actor, threadId))).toEqual({ done: true })
    expect(await threadOf(clinician, threadId)).toBeUndefined()
    expect(await clinician.act((db, actor) => openIncoming(db, actor, envelopeId))).toEqual({
      refused: 'missing',
    })
    const sentByUs = (who: Person) =>
      who.act((db) =>
        db.selectFrom('envelopes.outgoing').select('id').where('thread_id', '=', threadId).execute(),
      )
    expect(await sentByUs(clinician)).toHaveLength(0)
    expect(await sentByUs(colleague)).toHaveLength(1)
    expect(await colleague.act((db, actor) => openIncoming(db, actor, envelopeId))).toMatchObject({
      kind: 'request',
    })
    await advocate.act(async (db, actor) =>
      giveAnswer(db, actor, await version(advocate, threadId), 'At ten'),
    )
    expect(await threadOf(clinician, threadId)).toBeUndefined()
  })
})

describe('asking first, without naming', () => {
  test.each(['mental-health', 'primary-care', 'education', 'child-welfare'] as const)(
    'from the door of %s, the advocacy service answers yes, asks, or says who else',
    async (sector) => {
      const asking = door(sector)
      const first = await sendAsk(asking, advocate)
      const would: Decision = { about: 'would-take', how: 'phone', person }
      await advocate.act((db, actor) => decide(db, actor, { threadId: first.threadId, version: 1 }, would))
      expect((await threadOf(asking, first.threadId))?.state).toBe('accepted')
      const second = await sendAsk(asking, advocate)
      await advocate.act((db, actor) =>
        askQuestion(
          db,
          actor,
          { threadId: second.threadId, version: 1 },
          { text: 'Children?', ringBack: person },
        ),
      )
      expect((await threadOf(asking, second.threadId))?.state).toBe('question')
      const third = await sendAsk(asking, advocate)
      await advocate.act((db, actor) => decide(db, actor, { threadId: third.threadId, version: 1 }, no))
      expect((await threadOf(asking, third.threadId))?.state).toBe('declined')
      await asking.act(async (db, actor) =>
        endThread(db, actor, await version(asking, third.threadId), { outcome: 'went-elsewhere', words: '' }),
      )
      expect((await threadOf(advocate, third.threadId))?.state).toBe('ended')
    },
  )
})

test('the database and the rules say the same of every piece of news', async () => {
  const all: readonly StateNews[] = [...threadStates, 'reopened']
  const pairs = threadStates.flatMap((old) => all.map((news) => ({ old, news })))
  const { rows } = await sql<{ old: ThreadState; news: StateNews; after: ThreadState }>`
    select p.old, p.news, referrals.moved(p.old, p.news) as after
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (old text, news text)`.execute(world.owner)
  expect(rows).toHaveLength(pairs.length)
  for (const { old, news, after } of rows) expect([old, news, after]).toEqual([old, news, moved(old, news)])
})

describe('two at once', () => {
  test('of two people deciding, one decides and the other is told what happened', async () => {
    const colleague = await world.join(clinician, 'Dana', ['worker'])
    const { threadId } = await sendReferral(advocate, clinician)
    const at = { threadId, version: 1 }
    const both = await Promise.all([
      clinician.act((db, actor) => decide(db, actor, at, yes)),
      colleague.act((db, actor) => decide(db, actor, at, no)),
    ])
    const told = both.filter((one) => 'refused' in one)
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ refused: 'changed-meanwhile', last: { kind: 'decision' } })
  })

  test('both sides acting at the same moment never wait for each other', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    await clinician.act((db, actor) => decide(db, actor, { threadId, version: 1 }, yes))
    const [a, b] = [await threadNow(advocate, threadId), await threadNow(clinician, threadId)]
    const both = await Promise.all([
      advocate.act((db, actor) => recordMet(db, actor, a, { on: '2026-12-01', words: '' })),
      clinician.act((db, actor) => recordMet(db, actor, b, { on: '2026-12-01', words: '' })),
    ])
    expect(both.filter((one) => 'refused' in one)).toHaveLength(1)
    for (const who of [advocate, clinician]) expect((await threadOf(who, threadId))?.state).toBe('met')
  })
})

async function version(who: Person, threadId: string) {
  return threadNow(who, threadId)
}

describe('a case that is closed for its team', () => {
  test('keeps its threads and what it sent under the new key, and nobody else reads them', async () => {
    const privacy = await world.join(advocate, 'Piers', ['privacy-lead'])
    const outside = await world.join(advocate, 'Olu', ['worker'])
    const sent = await sendReferral(advocate, clinician)
    expect(await outside.act((db, actor) => openThreadFile(db, actor, sent.threadId))).not.toBeNull()
    const closed = await advocate.act((db, actor) =>
      closeForTeam(db, actor, sent.caseId, { cells: [threadCells, ownCopyCells, releaseCells] }),
    )
    if ('refused' in closed) throw new Error(closed.refused)
    for (const who of [advocate, privacy]) {
      const file = await who.act((db, actor) => openThreadFile(db, actor, sent.threadId))
      expect(file?.thread.body).toMatchObject({ who: 'Ash' })
      expect(file?.first?.letter).toMatchObject({ about: 'request' })
    }
    expect(await outside.act((db, actor) => openThreadFile(db, actor, sent.threadId))).toBeNull()
    expect(await threadOf(outside, sent.threadId)).toBeUndefined()
    await clinician.act(async (db, actor) => decide(db, actor, await version(clinician, sent.threadId), yes))
    const after = await privacy.act((db, actor) => openThreadFile(db, actor, sent.threadId))
    expect(after?.pieces.at(-1)?.letter).toMatchObject({ about: 'accepted' })
  })
})
