import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { diaryCells, entriesOf } from '#diary'
import { ownCopyCells } from '#envelopes'
import { closeForTeam, eraseCase, openFile, openForWork } from '#people'
import { releaseCells } from '#releases'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendReferral, threadNow, threadOf } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { decide, endThread } from './decide.actions.ts'
import { keepingOf, settle } from './keeping.actions.ts'
import type { Settled } from './keeping.ts'
import type { Decision } from './letter.ts'
import { startAndSend } from './thread.actions.ts'
import { threadCells } from './thread-cells.actions.ts'
import { openThreadFile } from './file.actions.ts'

let world: TestWorld
let served: Served
let advocate: Person
let clinic: Person
let school: Person

const person = { name: 'Kim', phone: '01632 960200', cover: '' }
const no = (reason: string): Decision => ({
  about: 'declined',
  reason,
  sentence: '',
  ...(reason === 'risk-too-high' ? { sameDay: { service: 'Crisis Home Team', person: 'Jo' } } : {}),
  next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
  person,
})
const word: Settled = { how: 'word', service: 'Crisis Home Team', person: 'Jo', at: '2026-11-20T10:00:00Z' }
const thread: Settled = { how: 'thread', service: 'Key adult' }
const yes: Decision = { about: 'accepted', startsOn: null, person, first: null, note: '' }
const outcome = { outcome: 'went-elsewhere', words: '' } as const

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker'])
  clinic = await world.found('Hill Clinic', 'mental-health')
  school = await world.found('Millbrook School', 'education')
  await world.pair(advocate, clinic)
  await world.pair(advocate, school)
})
afterAll(() => world.close())

type SentCase = Awaited<ReturnType<typeof sendReferral>>

async function declined(reason: string): Promise<SentCase> {
  const sent = await sendReferral(advocate, clinic)
  await say(clinic, sent.threadId, no(reason))
  return sent
}

async function say(who: Person, threadId: string, decision: Decision): Promise<void> {
  const at = await threadNow(who, threadId)
  const done = await who.act((db, actor) => decide(db, actor, at, decision))
  if ('refused' in done) throw new Error(done.refused)
}

/** Another question without a name out of the same case. */
async function askToo(caseId: string): Promise<string> {
  return advocate.act(async (db, actor) => {
    const opened = await openForWork(db, actor, caseId, 'changing')
    if (opened === null) throw new Error('no case')
    const service = { id: null, name: 'Key adult' }
    const sent = await startAndSend(
      db,
      actor,
      {
        kind: 'ask',
        toParty: school.partyId,
        serviceId: null,
        serviceName: service.name,
        ofCase: opened.key,
        comesBack: 'outcome',
        dueAt: null,
      },
      {
        kind: 'ask',
        body: {
          about: 'ask',
          service,
          facets: { who: 'adult' },
          needs: ['safety'],
          withSomeone: false,
          ringBack: person,
        },
      },
    )
    if ('refused' in sent) throw new Error(sent.refused)
    return sent.threadId
  })
}

const kept = (sent: Pick<SentCase, 'caseId' | 'threadId'>) =>
  advocate.act(async (db, actor) => {
    const opened = await openForWork(db, actor, sent.caseId, 'reading')
    return opened === null ? null : keepingOf(db, actor, opened.key, sent.threadId)
  })

async function settled(sent: SentCase, how: Settled, next: string | null = null) {
  const version = (await kept(sent))?.version ?? 0
  return advocate.act((db, actor) => settle(db, actor, { threadId: sent.threadId, version }, how, next))
}

async function end(who: Person, threadId: string) {
  const at = await threadNow(who, threadId)
  return who.act((db, actor) => endThread(db, actor, at, outcome))
}

describe('uk-G5: a no for danger', () => {
  test('stays with the sender and open until a service that acts today says that it has the person', async () => {
    const sent = await declined('risk-too-high')
    expect(await end(advocate, sent.threadId)).toMatchObject({ refused: 'same-day-first' })
    expect(await settled(sent, { how: 'own' })).toMatchObject({ refused: 'same-day-first' })
    expect(await settled(sent, { how: 'not-wanted' })).toMatchObject({ refused: 'same-day-first' })
    expect(await threadOf(advocate, sent.threadId)).toMatchObject({ state: 'declined' })
    expect(await settled(sent, word)).toEqual({ done: true })
    expect((await kept(sent))?.body.settled).toEqual(word)
    expect(await end(advocate, sent.threadId)).toMatchObject({ state: 'ended' })
  })

  test('is not ended by the side that said it', async () => {
    const sent = await declined('risk-too-high')
    expect(await end(clinic, sent.threadId)).toMatchObject({ refused: 'same-day-theirs' })
    expect(await threadOf(advocate, sent.threadId)).toMatchObject({ state: 'declined' })
  })

  test('is settled by an own referral only once somebody there has said yes', async () => {
    const sent = await declined('risk-too-high')
    const refused = { refused: 'not-acknowledged' }
    const elsewhere = await sendReferral(advocate, school)
    await say(school, elsewhere.threadId, yes)
    expect(await settled(sent, thread, elsewhere.threadId)).toMatchObject(refused)
    const next = (await sendReferral(advocate, school, 'outcome', 'Ash', sent)).threadId
    expect(await settled(sent, thread, next)).toMatchObject(refused)
    await school.act((db, actor) => openThreadFile(db, actor, next))
    expect(await settled(sent, thread, next)).toMatchObject(refused)
    await say(school, next, { about: 'waiting', place: 40, expectedOn: null, person, note: '' })
    expect(await settled(sent, thread, next)).toMatchObject(refused)
    const path = `/referrals/${sent.threadId}/acknowledged`
    expect(await (await served.get(path, advocate)).text()).not.toContain(next)
    await say(school, next, yes)
    expect(await (await served.get(path, advocate)).text()).toContain(next)
    expect(await settled(sent, thread, next)).toEqual({ done: true })
  })

  test('stays one when whoever took the person over lets them go for another reason', async () => {
    const sent = await declined('risk-too-high')
    const next = await sendReferral(advocate, school, 'outcome', 'Ash', sent)
    await say(school, next.threadId, yes)
    expect(await settled(sent, thread, next.threadId)).toEqual({ done: true })
    await say(school, next.threadId, no('age'))
    expect(await end(advocate, next.threadId)).toMatchObject({ refused: 'same-day-first' })
    expect(await settled(next, { how: 'own' })).toMatchObject({ refused: 'same-day-first' })
    expect(await settled(next, word)).toEqual({ done: true })
    expect(await end(advocate, next.threadId)).toMatchObject({ state: 'ended' })
  })

  test('names who could know in their own words, which lead to no service', async () => {
    const sent = await declined('age')
    const page = await (await served.get(`/referrals/${sent.threadId}`, advocate)).text()
    expect(page).toContain('Our advice line')
    expect(page).not.toMatch(/<a[^>]*>\s*Our advice line/)
    expect(page).toContain(`href="/cases/${sent.caseId}/menu"`)
  })

  test.each(['risk-too-high', 'age'])(
    'is not settled by a question that names nobody: %s',
    async (reason) => {
      const sent = await declined(reason)
      const next = await askToo(sent.caseId)
      await school.act((db, actor) => openThreadFile(db, actor, next))
      expect(await settled(sent, thread, next)).toMatchObject({ refused: 'not-acknowledged' })
      await say(school, next, { about: 'would-take', how: 'send', person })
      expect(await settled(sent, thread, next)).toMatchObject({ refused: 'not-acknowledged' })
      const past = advocate.act((db) =>
        sql`update referrals.keeping set settled_at = now(), settled_by = ${advocate.accountId}::uuid,
        next_thread = ${next}::uuid where thread_id = ${sent.threadId}::uuid`.execute(db),
      )
      await expect(past).rejects.toThrow('not-acknowledged')
    },
  )

  test('stays open when the permission is taken back, and a decision made anew ends it', async () => {
    const sent = await declined('age')
    await world.owner
      .updateTable('referrals.thread')
      .set({ state: 'withdrawn' })
      .where('party_id', '=', advocate.partyId)
      .where('id', '=', sent.threadId)
      .execute()
    expect(await kept(sent)).toMatchObject({ settledAt: null, keptSince: expect.any(Date) as Date })
    const again = await declined('age')
    await world.owner
      .updateTable('referrals.thread')
      .set({ state: 'received' })
      .where('party_id', '=', advocate.partyId)
      .where('id', '=', again.threadId)
      .execute()
    expect(await kept(again)).toMatchObject({ keptSince: null })
  })
})

describe.each(['nothing', 'received'] as const)('a no where only %s comes back', (level) => {
  test('is said to be unheard, and for danger needs whoever there has the person; then it can end', async () => {
    const { threadId, caseId } = await sendReferral(advocate, clinic, level)
    const path = `/referrals/${threadId}/decline`
    const page = await (await served.get(path, clinic)).text()
    expect(page).toContain('Harbour Advocacy does not hear of this: the permission lets no answer come back.')
    const { version } = await threadNow(clinic, threadId)
    const typed = {
      reason: 'risk-too-high',
      next: 'nowhere',
      who: 'Our advice line',
      sameDay: 'Crisis Home Team',
      version: String(version),
    }
    const bare = await served.post(path, typed, clinic)
    expect(bare.status).toBe(422)
    const again = await bare.text()
    expect(again).toContain('Ring that service, then say who there has the person')
    expect(again).toContain('value="Crisis Home Team"')
    const named = await served.post(path, { ...typed, sameDayPerson: 'Jo, 01632 960301' }, clinic)
    expect(named.status).toBe(303)
    const thread = await (await served.get(`/referrals/${threadId}`, clinic)).text()
    expect(thread).toContain('Nobody but you knows of your no')
    expect(thread).not.toContain('You said no.')
    expect(await kept({ caseId, threadId })).toBeNull()
    expect(await end(clinic, threadId)).toMatchObject({ state: 'ended' })
  })
})

test.each([
  ['outcome', {}, 'same-day'],
  ['nothing', {}, 'same-day'],
  ['nothing', { sameDay: { service: 'Crisis Home Team', person: '' } }, 'same-day-person'],
] as const)('a no for danger lacks what it needs, whoever calls: %s, %o', async (level, has, lacks) => {
  const { threadId } = await sendReferral(advocate, clinic, level)
  const { sameDay: _, ...rest } = no('risk-too-high') as Extract<Decision, { about: 'declined' }>
  const at = await threadNow(clinic, threadId)
  const done = await clinic.act((db, actor) => decide(db, actor, at, { ...rest, ...has }))
  expect(done).toEqual({ refused: 'no-incomplete', lacks })
  expect(await threadOf(clinic, threadId)).toMatchObject({ version: at.version })
})

describe('where no caller can go round it', () => {
  const asAdvocate = (statement: (id: string) => ReturnType<typeof sql>, id: string) =>
    advocate.act((db) => statement(id).execute(db))

  test('the database ends no thread of ours while a no stands open', async () => {
    const sent = await declined('risk-too-high')
    const ending = asAdvocate(
      (id) => sql`update referrals.thread set state = 'ended' where id = ${id}`,
      sent.threadId,
    )
    await expect(ending).rejects.toThrow('kept-open')
  })

  test('nor lets anybody say that another has the person without saying who', async () => {
    const sent = await declined('risk-too-high')
    const { accountId } = advocate
    const bare = asAdvocate(
      (id) =>
        sql`update referrals.keeping set settled_at = now(), settled_by = ${accountId} where thread_id = ${id}`,
      sent.threadId,
    )
    await expect(bare).rejects.toThrow('not-acknowledged')
    const itself = asAdvocate(
      (id) =>
        sql`update referrals.keeping set settled_at = now(), settled_by = ${accountId}, next_thread = thread_id where thread_id = ${id}`,
      sent.threadId,
    )
    await expect(itself).rejects.toThrow('not-acknowledged')
  })

  test('nobody at another agency sees or writes it', async () => {
    const sent = await declined('age')
    const seen = await clinic.act((db) => db.selectFrom('referrals.keeping').select('thread_id').execute())
    expect(seen).toEqual([])
    const row = await kept(sent)
    expect(row).not.toBeNull()
  })
})

test('any other no is settled by a referral that somebody has opened, also on a waiting list', async () => {
  const sent = await declined('age')
  const next = (await sendReferral(advocate, school, 'outcome', 'Ash', sent)).threadId
  expect(await settled(sent, thread, next)).toMatchObject({ refused: 'not-acknowledged' })
  await say(school, next, { about: 'waiting', place: 40, expectedOn: null, person, note: '' })
  expect(await settled(sent, thread, next)).toEqual({ done: true })
})

test('any other no ends in one act, which says that the sender keeps hold', async () => {
  const sent = await declined('age')
  expect(await end(advocate, sent.threadId)).toMatchObject({ state: 'ended' })
  expect(await kept(sent)).toMatchObject({ body: { settled: { how: 'own' } } })
})

test('uk-G1: what there is meanwhile becomes a step of one’s own, and follows the case under its new key', async () => {
  const sent = await declined('abuse-ongoing')
  const path = `/referrals/${sent.threadId}`
  const page = await (await served.get(path, advocate)).text()
  expect(page).toContain('What is there for the person until then? Nothing is written yet.')
  const empty = await served.post(`${path}/meanwhile`, { what: ' ', who: 'Robin', version: '1' }, advocate)
  expect(empty.status).toBe(422)
  expect(await empty.text()).toContain('Say what there is until then')
  const typed = {
    what: 'A call every Monday',
    who: 'Robin',
    'ask-day': '7',
    'ask-month': '12',
    'ask-year': '2026',
  }
  const saved = await served.post(`${path}/meanwhile`, { ...typed, version: '1' }, advocate)
  expect(saved.headers.get('location')).toBe(`${path}?done=meanwhile`)
  const stale = await served.post(`${path}/meanwhile`, { ...typed, version: '1' }, advocate)
  expect(stale.status).toBe(409)
  const steps = await advocate.act(async (db, actor) => {
    const opened = await openForWork(db, actor, sent.caseId, 'reading')
    return opened === null ? [] : entriesOf(db, opened.key, 'open', 10)
  })
  expect(steps.map(({ body }) => body.words)).toEqual(['Ask how it goes while waiting: A call every Monday'])
  await advocate.act((db, actor) =>
    closeForTeam(db, actor, sent.caseId, { cells: [threadCells, ownCopyCells, releaseCells, diaryCells] }),
  )
  expect((await kept(sent))?.body.meanwhile).toMatchObject({ what: 'A call every Monday', who: 'Robin' })
  const gone = await advocate.act(async (db, actor) => {
    await eraseCase(db, actor, sent.caseId)
    return db
      .selectFrom('referrals.keeping')
      .select('thread_id')
      .where('thread_id', '=', sent.threadId)
      .execute()
  })
  expect(gone).toEqual([])
})

test('the page asks who said so and when, and keeps what was typed', async () => {
  const sent = await declined('risk-too-high')
  const path = `/referrals/${sent.threadId}/acknowledged`
  const page = await (await served.get(path, advocate)).text()
  expect(page).toContain('value="Crisis Home Team"')
  expect(page).not.toContain('Nobody: we keep hold')
  const version = String((await kept(sent))?.version)
  const bare = await served.post(path, { who: 'word', service: 'Crisis Home Team', version }, advocate)
  expect(bare.status).toBe(422)
  const text = await bare.text()
  expect(text).toContain('Say who there told you')
  expect(text).toContain('value="Crisis Home Team"')
  const later = { 'on-day': '1', 'on-month': '12', 'on-year': '2036', time: '10:00' }
  const future = await served.post(
    path,
    { who: 'word', service: 'C', person: 'Jo', ...later, version },
    advocate,
  )
  expect(await future.text()).toContain('This is in the future.')
  const when = { 'on-day': '20', 'on-month': '11', 'on-year': '2026', time: '10:00' }
  const done = await served.post(
    path,
    { who: 'word', service: 'Crisis', person: 'Jo', ...when, version },
    advocate,
  )
  expect(done.headers.get('location')).toBe(`/referrals/${sent.threadId}?done=acknowledged`)
  const thread = await (await served.get(`/referrals/${sent.threadId}`, advocate)).text()
  expect(thread).toContain('Crisis. Jo said so,')
  expect((await served.get(path, advocate)).status).toBe(303)
  expect((await served.get(path, clinic)).status).toBe(404)
  const file = await advocate.act((db, actor) => openFile(db, actor, sent.caseId))
  expect(file).not.toBeNull()
})
