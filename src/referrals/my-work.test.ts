import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { closeForTeam, everyCell } from '#people'
import { caseKeys } from '#platform/access'
import { readLines } from '#platform/ledger'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendAsk, sendReferral, threadNow, threadOf } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { stepAside } from './conflict.actions.ts'
import { askQuestion, decide } from './decide.actions.ts'
import { giveWork } from './give.actions.ts'
import { threadsFor, type ThreadList, threadsToday } from './list.actions.ts'
import { dayMarks, dues, groups, narrow, noFilter, type ThreadFilter } from './list.rules.ts'
import { countThreads, listThreads, type PageAsked } from './list.store.ts'
import { threadLoads } from './load.store.ts'
import { withdrawUnder } from './withdraw.actions.ts'

let world: TestWorld
let served: Served
let amina: Person
let bea: Person
let lena: Person
let clinician: Person
let second: Person
const at = () => dayMarks(Temporal.Now.instant(), 'Europe/London')
const answerer = { name: 'Kim', phone: '01632 960200', cover: '' }

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse')
  bea = await world.join(amina, 'Bea Fell', ['worker'])
  lena = await world.join(amina, 'Lena Marsh', ['lead'])
  clinician = await world.found('Hill Clinic', 'mental-health')
  second = await world.join(clinician, 'Cara Dale', ['worker'])
  await world.pair(amina, clinician)
})
afterAll(() => world.close())

async function assign(who: Person, threadId: string, to: string | null, due?: Date): Promise<void> {
  await who.act((db) =>
    db
      .updateTable('referrals.thread')
      .set({ assignee_id: to, ...(due === undefined ? {} : { due_at: due }) })
      .where('party_id', '=', who.partyId)
      .where('id', '=', threadId)
      .execute(),
  )
}

async function everything(who: Person, filter: ThreadFilter): Promise<readonly string[]> {
  const seen: string[] = []
  let after: string | null = null
  for (;;) {
    const page: PageAsked = { limit: 3, after }
    const list: ThreadList = await who.act((db, actor) => threadsFor(db, actor, filter, at(), page))
    seen.push(...list.lines.map((line) => line.id))
    if (list.next === null) return seen
    after = list.next
  }
}

describe('a list of referrals', () => {
  beforeAll(async () => {
    const states = ['question', 'accepted', 'declined', 'received', 'received'] as const
    for (const [index, state] of states.entries()) {
      const { threadId } = await sendReferral(index % 2 === 0 ? amina : bea, clinician)
      const due = new Date(Date.now() + (index - 2) * 86_400_000)
      await assign(clinician, threadId, index === 3 ? second.accountId : null, due)
      if (state === 'question')
        await clinician.act(async (db, actor) =>
          askQuestion(db, actor, await threadNow(clinician, threadId), {
            text: 'Mornings?',
            ringBack: answerer,
          }),
        )
      if (state === 'accepted' || state === 'declined') await answerWith(threadId, state)
    }
    const gone = await sendReferral(amina, clinician)
    await amina.act((db, actor) => withdrawUnder(db, actor, { id: gone.releaseId, of: gone.key }, 'told us'))
    const closed = await sendReferral(amina, clinician)
    await amina.act((db, actor) =>
      closeForTeam(db, actor, closed.caseId, {
        team: [lena.accountId],
        excluded: [bea.accountId],
        cells: everyCell(),
      }),
    )
    const held = await sendAsk(amina, clinician)
    await second.act((db, actor) => stepAside(db, actor, held.threadId))
  })

  test('is counted behind the fence exactly as it is listed, whatever narrows it and whoever asks', async () => {
    const all = await clinician.act((db, actor) => threadsFor(db, actor, noFilter, at(), { limit: 50 }))
    const some = fc.record({
      group: fc.constantFrom(null, ...groups),
      side: fc.constantFrom(null, 'from' as const, 'to' as const),
      state: fc.constantFrom(null, null, 'received' as const, 'withdrawn' as const),
      partner: fc.constantFrom(null, amina.partyId, clinician.partyId),
      due: fc.constantFrom(null, ...dues),
      who: fc.constantFrom(null, 'mine', 'nobody', second.accountId, amina.accountId),
      asker: fc.constantFrom(amina, bea, lena, clinician, second),
      today: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(some, async ({ asker, today, ...filter }) => {
        const { counted, listed } = await asker.act(async (db, actor) => {
          const asked = narrow(filter, actor.accountId, at())
          const narrowed = today ? { ...asked, today: at().tomorrow } : asked
          return {
            counted: await countThreads(db, narrowed, null),
            listed: await listThreads(db, actor.partyId, narrowed, { limit: 100 }),
          }
        })
        expect(counted).toBe(listed.length)
      }),
      { numRuns: process.env['ANYDOOR_PROVE'] === undefined ? 60 : 5_000, seed: 20261127 },
    )
    for (const who of [amina, bea, lena, clinician, second]) {
      const { lines } = await who.act((db, actor) => threadsFor(db, actor, noFilter, at(), { limit: 100 }))
      const fenced = await who.act((db) => db.selectFrom('referrals.thread').select('id').execute())
      expect(lines.map((line) => line.id).toSorted()).toEqual(fenced.map((row) => row.id).toSorted())
    }
    expect(all.total).toBe(all.lines.length)
    expect(all.total).toBeGreaterThan(7)
  })

  test('comes page by page with every line once, in its order', async () => {
    for (const filter of [
      noFilter,
      { ...noFilter, group: 'ours' as const },
      { ...noFilter, due: 'week' as const },
    ]) {
      const whole = await clinician.act((db, actor) => threadsFor(db, actor, filter, at(), { limit: 100 }))
      expect(await everything(clinician, filter)).toEqual(whole.lines.map((line) => line.id))
    }
  })

  test('never shows or counts a referral out of a case that is closed to the reader', async () => {
    const seen = async (who: Person) => (await everything(who, { ...noFilter, side: 'from' })).length
    expect(await seen(bea)).toBe((await seen(amina)) - 1)
    const loads = await bea.act((db) => threadLoads(db, new Date(), new Date(0)))
    const more = await amina.act((db) => threadLoads(db, new Date(), new Date(0)))
    const sum = (list: typeof loads) => list.reduce((n, each) => n + each.fresh + each.weeks + each.longer, 0)
    expect(sum(loads)).toBeLessThanOrEqual(sum(more))
  })
})

async function answerWith(threadId: string, state: 'accepted' | 'declined'): Promise<void> {
  await clinician.act(async (db, actor) =>
    decide(
      db,
      actor,
      await threadNow(clinician, threadId),
      state === 'accepted'
        ? { about: 'accepted', startsOn: '2026-12-01', person: answerer, first: null, note: '' }
        : {
            about: 'declined',
            reason: 'area',
            sentence: 'We work in another area.',
            next: [{ serviceId: 'x', name: 'Next door', phone: '01632 960300' }],
            person: answerer,
          },
    ),
  )
}

describe('what needs somebody today', () => {
  test('is what arrived unopened, what we owe an answer to today and a question to us; a colleague’s is not mine', async () => {
    const fresh = await sendReferral(amina, clinician)
    const theirs = await sendReferral(amina, clinician)
    await assign(clinician, theirs.threadId, second.accountId)
    const ids = async (who: Person, owners: readonly string[]) =>
      (await who.act((db, actor) => threadsToday(db, actor, owners, at(), 50))).lines.map((line) => line.id)
    const mine = await ids(clinician, [clinician.accountId])
    expect(mine).toContain(fresh.threadId)
    expect(mine).not.toContain(theirs.threadId)
    expect(await ids(clinician, [clinician.accountId, second.accountId])).toContain(theirs.threadId)

    await clinician.act(async (db, actor) =>
      askQuestion(db, actor, await threadNow(clinician, fresh.threadId), {
        text: 'Mornings?',
        ringBack: answerer,
      }),
    )
    expect(await ids(clinician, [clinician.accountId])).not.toContain(fresh.threadId)
    expect(await ids(amina, [amina.accountId])).toContain(fresh.threadId)
    const page = await (await served.get('/work', amina)).text()
    expect(page).toContain('What needs me today')
    expect(page).toContain('They ask you something: answer')
  })
})

describe('a lead gives open work to a colleague', () => {
  let threadId: string
  let caseId: string
  beforeEach(async () => {
    const sent = await sendReferral(amina, clinician)
    ;({ threadId, caseId } = sent)
  })
  const give = (by: Person, to: string, from = amina.accountId) =>
    by.act((db, actor) => giveWork(db, actor, { from, to, cases: [caseId], threads: [threadId] }))
  const holder = async () => (await threadOf(lena, threadId))?.assignee_id

  test('case and referral move together, with a line of the ledger each, and come back the same way', async () => {
    expect(await give(lena, bea.accountId)).toEqual({ cases: [caseId], threads: [threadId], stayed: 0 })
    expect(await holder()).toBe(bea.accountId)
    const lines = await lena.act((db, actor) =>
      readLines(db, actor, { caseId }, (ids) => caseKeys(db, actor, ids)),
    )
    const details = lines.map((line) => line.detail)
    expect(details).toContainEqual(expect.objectContaining({ what: 'owner', to: bea.accountId }))
    expect(details).toContainEqual(expect.objectContaining({ what: 'assignee', to: bea.accountId }))
    expect(await give(lena, amina.accountId, bea.accountId)).toMatchObject({ stayed: 0 })
    expect(await holder()).toBe(amina.accountId)
  })

  test('what the colleague must not see stays, and so does what is not that worker’s any more: both look the same', async () => {
    await amina.act((db, actor) =>
      closeForTeam(db, actor, caseId, {
        team: [lena.accountId],
        excluded: [bea.accountId],
        cells: everyCell(),
      }),
    )
    const closed = await give(lena, bea.accountId)
    expect(closed).toEqual({ cases: [], threads: [], stayed: 2 })
    expect(await holder()).toBe(amina.accountId)
    expect(await give(lena, amina.accountId, bea.accountId)).toEqual(closed)
    expect(await bea.act((db, actor) => caseKeys(db, actor, [caseId]))).toEqual(new Map())
  })

  test('a referral that is held from the colleague stays with the worker', async () => {
    const { threadId: held } = await sendAsk(amina, clinician)
    await second.act((db, actor) => stepAside(db, actor, held))
    await assign(clinician, held, clinician.accountId)
    const way = { from: clinician.accountId, to: second.accountId, cases: [], threads: [held] }
    expect(await clinician.act((db, actor) => giveWork(db, actor, way))).toMatchObject({
      threads: [],
      stayed: 1,
    })
  })

  test('what nobody has taken up is given, one page from its row, and is nobody’s again the same way', async () => {
    const { threadId: held } = await sendAsk(amina, clinician)
    await second.act((db, actor) => stepAside(db, actor, held))
    const chief = await world.join(clinician, 'Lee Chief', ['lead'])
    const theirs = async () => (await threadOf(clinician, threadId))?.assignee_id
    expect(await theirs()).toBeNull()
    const load = await (await served.get('/referrals/by-person', chief)).text()
    expect(load).toContain('href="/referrals/give?from=nobody"')
    const page = await (await served.get('/referrals/give?from=nobody', chief)).text()
    for (const words of ['Give what nobody has taken up', threadId, held]) expect(page).toContain(words)
    const fields = { from: 'nobody', to: second.accountId, threads: [threadId, held], cases: [caseId] }
    const done = await (await served.post('/referrals/give', fields, chief)).text()
    for (const words of [
      'One thing went to Cara Dale.',
      '2 things stayed where they were.',
      'Give these back',
    ])
      expect(done).toContain(words)
    expect(await theirs()).toBe(second.accountId)
    expect((await threadOf(clinician, held))?.assignee_id).toBeNull()
    // Somebody has it now: nobody's it is not any more.
    expect(await (await served.post('/referrals/give', fields, chief)).text()).toContain('0 things went')
    const back = { from: second.accountId, to: 'nobody', threads: [threadId], cases: [] }
    expect(await (await served.post('/referrals/give', back, chief)).text()).toContain('with nobody again')
    expect(await theirs()).toBeNull()
    // A case, and a referral out of one, always keep a worker.
    const all = { from: amina.accountId, to: null, cases: [caseId], threads: [threadId] }
    expect(await lena.act((db, actor) => giveWork(db, actor, all))).toEqual({
      cases: [],
      threads: [],
      stayed: 2,
    })
    expect(await holder()).toBe(amina.accountId)
  })

  test('nothing ticked, nobody else, and somebody without casework are refused by name', async () => {
    const ask = { from: amina.accountId, to: bea.accountId, cases: [], threads: [] }
    const refused = (giving: typeof ask) => lena.act((db, actor) => giveWork(db, actor, giving))
    expect(await refused(ask)).toEqual({ refused: 'nothing-chosen' })
    const one = { ...ask, threads: [threadId] as never[] }
    expect(await refused({ ...one, to: amina.accountId })).toEqual({ refused: 'same-worker' })
    expect(await refused({ ...one, to: clinician.accountId })).toEqual({ refused: 'no-worker' })
  })

  test('the page shows what is open, what moved and the way back; a worker who does not lead finds no page', async () => {
    const path = `/referrals/give?from=${amina.accountId}`
    expect((await served.get(path, bea)).status).toBe(404)
    expect(await (await served.get(path, lena)).text()).toContain(threadId)
    const fields = { from: amina.accountId, to: bea.accountId, cases: [caseId], threads: [threadId] }
    const done = await (await served.post('/referrals/give', fields, lena)).text()
    expect(done).toContain('2 things went to Bea Fell.')
    expect(done).toContain('Give these back')
    const wrong = await served.post('/referrals/give', { ...fields, cases: [], threads: [] }, lena)
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('Tick what moves')])
    const load = await (await served.get('/referrals/by-person', lena)).text()
    expect(load).toContain('Bea Fell')
    expect((await served.get('/referrals/by-person', bea)).status).toBe(404)
  })
})
