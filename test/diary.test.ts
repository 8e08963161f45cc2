import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addTask, answerOffer, diaryCells, entriesOf, goAway, offerCase, plan, sayHow } from '#diary'
import { assignCase, closeForTeam, declareConflict, eraseCase, openFile } from '#people'
import { caseKey } from '#platform/access'
import { createWords } from '#platform/i18n'
import { heldItems } from '#releases'

import { diaryOf } from '../src/diary/diary.actions.ts'
import type { Doer } from '../src/diary/entry.ts'
import { loads } from '../src/diary/entry.store.ts'
import { ownersFor } from '../src/diary/owner.actions.ts'
import { tasksOf } from '../src/diary/task.store.ts'
import peopleUk from '../src/people/words.uk.json' with { type: 'json' }
import releasesUk from '../src/releases/words.uk.json' with { type: 'json' }
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { endCaseOf } from './world/closing.ts'
import { caseWith } from './world/sending.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let amina: Person
let bea: Person
let lead: Person
let stranger: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker'])
  bea = await world.join(amina, 'Bea', ['worker'])
  lead = await world.join(amina, 'Lena', ['lead'])
  stranger = await world.found('Other Door', 'mental-health')
})
afterAll(() => world.close())

const soon = new Date(Date.now() + 3_600_000)
const past = new Date(Date.now() - 3 * 86_400_000)
const nextMonth = new Date(Date.now() + 30 * 86_400_000)

interface Given {
  readonly kind?: 'step' | 'appointment'
  readonly owner?: Person
  readonly doer?: Doer
  readonly dueAt?: Date
  readonly asked?: boolean
}

const planned = (by: Person, caseId: string, given: Given = {}) =>
  by.act((db, actor) =>
    plan(db, actor, caseId, {
      kind: given.kind ?? 'step',
      words: 'Canary step words',
      doer: given.doer ?? { is: 'member' },
      minutes: null,
      place: '',
      theirWords: '',
      ownerId: (given.owner ?? by).accountId,
      dueAt: given.dueAt ?? soon,
      asked: given.asked ?? false,
    }),
  )

const diary = (who: Person) =>
  who.act(async (db, actor) => {
    const owners = await ownersFor(db, actor, new Date().toISOString().slice(0, 10))
    const ask = { owners, from: null, until: nextMonth, limit: 100, offset: 0 }
    return (await diaryOf(db, actor, ask)).lines.map((line) => line.entry.caseId)
  })

const openOf = (who: Person, caseId: string) =>
  who.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    return key === null ? null : entriesOf(db, key, 'open', 50)
  })

describe('next steps', () => {
  test('stand in the diary of a member who may work in the case, and of nobody else', async () => {
    const { caseId } = await caseWith(amina)
    expect(await planned(amina, caseId, { owner: stranger })).toEqual({ refused: 'diary-owner' })
    expect(await planned(stranger, caseId)).toEqual({ refused: 'no-case' })
    expect(await planned(amina, caseId, { owner: bea })).toHaveProperty('id')
    expect(await diary(bea)).toContain(caseId)
    expect(await diary(amina)).not.toContain(caseId)
    expect(await diary(stranger)).toEqual([])
  })

  test('a row without an owner, without a day or with a third state is refused by the database', async () => {
    const { caseId } = await caseWith(amina)
    const put = (owner: string | null, due: Date | null, state = 'open') =>
      sql`insert into diary.entry (party_id, case_id, owner_id, due_at, state, body)
        values (${amina.partyId}, ${caseId}, ${owner}, ${due}, ${state}, '')`.execute(world.owner)
    await expect(put(null, soon)).rejects.toThrow('owner_id')
    await expect(put(amina.accountId, null)).rejects.toThrow('due_at')
    await expect(put(amina.accountId, soon, 'missed')).rejects.toThrow('state')
  })

  test('that are all theirs are asked about once, on the page too, and kept when the worker says so', async () => {
    const { caseId } = await caseWith(amina)
    const day = { 'due-day': '1', 'due-month': '3', 'due-year': '2027' }
    const typed = { kind: 'step', words: 'Ring the bank', doer: 'person', owner: amina.accountId, ...day }
    const asked = await served.post(`/cases/${caseId}/diary/new`, typed, amina)
    const page = await asked.text()
    expect([asked.status, page.includes('Every next step would be theirs to do')]).toEqual([409, true])
    expect(page).toContain('Ring the bank')
    expect(await openOf(amina, caseId)).toEqual([])
    const kept = await served.post(`/cases/${caseId}/diary/new`, { ...typed, asked: 'yes' }, amina)
    expect(kept.status).toBe(303)
    expect(await openOf(amina, caseId)).toHaveLength(1)
  })

  test('that are missed begin a step to ask, and what somebody else said first stays', async () => {
    const { caseId } = await caseWith(amina)
    const made = await planned(amina, caseId, { kind: 'appointment', dueAt: past })
    if (!('id' in made)) throw new Error(made.refused)
    const url = `/cases/${caseId}/diary/${made.id}`
    const bare = await served.post(url, { version: '1', outcome: 'missed' }, amina)
    expect([bare.status, (await bare.text()).includes('Say what got in the way')]).toEqual([422, true])
    const said = await served.post(url, { version: '1', outcome: 'missed', notAsked: 'yes' }, amina)
    expect(said.status).toBe(303)
    expect((await openOf(amina, caseId))?.map((entry) => entry.body.words)).toEqual([
      'Ask what got in the way, when it is safe',
    ])
    const late = await served.post(url, { version: '1', outcome: 'happened' }, amina)
    expect(late.status).toBe(409)
  })

  test('that are moved stand again at their new time', async () => {
    const { caseId } = await caseWith(amina)
    const made = await planned(amina, caseId, { kind: 'appointment' })
    if (!('id' in made)) throw new Error(made.refused)
    const at = { caseId, id: made.id, version: 1 }
    const move = { outcome: 'moved', words: 'Snow', barriers: [], notAsked: false, to: nextMonth } as const
    const ask = { words: 'Ask', dueAt: soon }
    const done = await amina.act((db, actor) => sayHow(db, actor, at, move, ask))
    expect(done).toHaveProperty('again')
    expect(await openOf(amina, caseId)).toMatchObject([{ dueAt: nextMonth, body: { earlier: made.id } }])
  })
})

describe('nothing waits unseen', () => {
  test('what is open follows the case, whoever gives it away', async () => {
    const { caseId } = await caseWith(amina)
    await planned(amina, caseId)
    await lead.act((db, actor) => assignCase(db, actor, caseId, bea.accountId))
    expect(await openOf(lead, caseId)).toMatchObject([{ ownerId: bea.accountId }])
  })

  test('a colleague in conflict loses it from sight, and it shows with the case’s worker and in the load', async () => {
    const { caseId } = await caseWith(amina)
    await planned(amina, caseId, { owner: bea })
    expect(await diary(bea)).toContain(caseId)
    await bea.act((db, actor) => declareConflict(db, actor, caseId, [diaryCells]))
    expect(await diary(bea)).not.toContain(caseId)
    expect(await diary(amina)).toContain(caseId)
    expect(await openOf(bea, caseId)).toBeNull()
    expect(await planned(amina, caseId, { owner: bea })).toEqual({ refused: 'diary-owner' })
    const offer = { toId: bea.accountId, note: 'Known', knows: 'yes' } as const
    const forged = await amina.act((db, actor) => offerCase(db, actor, caseId, offer))
    const nobody = await amina.act((db, actor) =>
      offerCase(db, actor, caseId, { ...offer, toId: stranger.accountId }),
    )
    expect([forged, nobody]).toEqual([{ refused: 'handing-to' }, { refused: 'handing-to' }])
    const page = await (await served.get(`/cases/${caseId}/handing`, amina)).text()
    expect([page.includes(bea.accountId), page.includes('Bea')]).toEqual([false, false])
    // Counted by somebody who may see the case: never for whoever may not.
    const at = { today: past, tomorrow: soon, week: nextMonth }
    const before = await amina.act((db, actor) => loads(db, actor.partyId, at))
    await sql`update diary.entry set due_at = ${new Date(Date.now() + 86_400_000)} where case_id = ${caseId}`.execute(
      world.owner,
    )
    const mine = (all: typeof before, who: Person) =>
      all.find((load) => load.accountId === who.accountId)?.week ?? 0
    const after = await amina.act((db, actor) => loads(db, actor.partyId, at))
    expect([mine(after, bea), mine(after, amina)]).toEqual([mine(before, bea), mine(before, amina)])
  })

  test('whoever covers sees it on the days of the cover alone', async () => {
    const { caseId } = await caseWith(amina)
    await planned(amina, caseId)
    const today = new Date().toISOString().slice(0, 10)
    const away = { accountId: amina.accountId, coverId: bea.accountId, from: today, until: today }
    expect(await diary(bea)).not.toContain(caseId)
    expect(await bea.act((db, actor) => goAway(db, actor, away))).toEqual({ refused: 'missing' })
    expect(await amina.act((db, actor) => goAway(db, actor, away))).toEqual({ done: true })
    expect(await diary(bea)).toContain(caseId)
    await sql`delete from diary.away`.execute(world.owner)
    expect(await diary(bea)).not.toContain(caseId)
  })

  test('a task of one’s own is nobody else’s, not even a lead’s', async () => {
    await amina.act((db, actor) => addTask(db, actor, { words: 'Order leaflets', dueAt: soon }))
    const seen = (who: Person) => who.act((db, actor) => tasksOf(db, actor, nextMonth, 50))
    expect(await seen(amina)).toMatchObject([{ words: 'Order leaflets' }])
    const { rows } = await sql`select id from diary.task`.execute(world.owner)
    expect(rows).toHaveLength(1)
    expect(await lead.act((db) => db.selectFrom('diary.task').select('id').execute())).toEqual([])
  })

  test('the reminder is one mail that says nothing, and none goes to whoever may not see the case', async () => {
    const { caseId } = await caseWith(amina)
    await planned(amina, caseId, { owner: bea, dueAt: past })
    await sql`update access.account set notified_at = null`.execute(world.owner)
    await sql`delete from jobs.mail`.execute(world.owner)
    await sql`update diary.entry set state = 'over' where case_id <> ${caseId}`.execute(world.owner)
    const remind = () => sql`select diary.remind()`.execute(world.pools.jobs)
    await remind()
    await remind()
    const mails = () => sql<{ template: string }>`select template from jobs.mail`.execute(world.owner)
    const told = async () =>
      (
        await sql<{ id: string }>`select id from access.account where notified_at is not null`.execute(
          world.owner,
        )
      ).rows
    expect((await mails()).rows).toEqual([{ template: 'something-waits' }])
    expect(await told()).toEqual([{ id: bea.accountId }])
    await sql`update access.account set notified_at = null`.execute(world.owner)
    await amina.act((db, actor) => closeForTeam(db, actor, caseId, { team: [], cells: [diaryCells] }))
    await remind()
    expect(await told()).toEqual([{ id: amina.accountId }])
  })

  test('a cover who may not see the case is neither reminded nor offered it; the colleague who is away is', async () => {
    const { caseId } = await caseWith(amina)
    await planned(amina, caseId, { dueAt: past })
    const offer = { toId: bea.accountId, note: 'Note', knows: 'yes' } as const
    await amina.act((db, actor) => offerCase(db, actor, caseId, offer))
    const today = new Date().toISOString().slice(0, 10)
    const away = { accountId: amina.accountId, coverId: bea.accountId, from: today, until: today }
    await amina.act((db, actor) => goAway(db, actor, away))
    await sql`update diary.entry set state = 'over' where case_id <> ${caseId}`.execute(world.owner)
    const told = async () => {
      await sql`update access.account set notified_at = null`.execute(world.owner)
      await sql`select diary.remind()`.execute(world.pools.jobs)
      const { rows } = await sql<{
        id: string
      }>`select id from access.account where notified_at is not null`.execute(world.owner)
      return rows.map((row) => row.id)
    }
    expect(await told()).toEqual([bea.accountId])
    await bea.act((db, actor) => declareConflict(db, actor, caseId, [diaryCells]))
    expect(await told()).toEqual([amina.accountId])
    // Were the offer still there, it would be a letter about a case that is not theirs to know of.
    await sql`update diary.handing set state = 'offered', ended_at = null where case_id = ${caseId}`.execute(
      world.owner,
    )
    await sql`update diary.entry set state = 'over' where case_id = ${caseId}`.execute(world.owner)
    expect(await told()).toEqual([])
    await sql`delete from diary.away`.execute(world.owner)
  })
})

describe('handing over', () => {
  test('the case stays until the yes, and goes with what is open; only the other accepts', async () => {
    const { caseId } = await caseWith(amina)
    await planned(amina, caseId)
    const offer = { toId: bea.accountId, note: 'The note for Bea', knows: 'yes' } as const
    const made = await amina.act((db, actor) => offerCase(db, actor, caseId, offer))
    if (!('id' in made)) throw new Error(made.refused)
    expect(await (await served.get('/work', bea)).text()).toContain(`/cases/${caseId}/handing`)
    const answer = (who: Person, act: 'accept' | 'decline' | 'take-back') =>
      who.act((db, actor) => answerOffer(db, actor, { caseId, id: made.id }, act, ''))
    expect(await answer(amina, 'accept')).toEqual({ refused: 'handing-over' })
    expect(await answer(bea, 'take-back')).toEqual({ refused: 'handing-over' })
    expect(await answer(bea, 'accept')).toHaveProperty('done')
    const file = await bea.act((db, actor) => openFile(db, actor, caseId))
    expect(file?.ownerId).toBe(bea.accountId)
    expect(await openOf(bea, caseId)).toMatchObject([{ ownerId: bea.accountId }])
    expect(await answer(amina, 'take-back')).toEqual({ refused: 'handing-over' })
  })

  test('an offer ends when the case goes to somebody else, and when the case ends', async () => {
    const offer = { toId: bea.accountId, note: 'Note', knows: 'yes' } as const
    const offered = async (by: Person, caseId: string) => {
      const made = await by.act((db, actor) => offerCase(db, actor, caseId, offer))
      if (!('id' in made)) throw new Error(made.refused)
      return (act: 'accept' | 'take-back') =>
        bea.act((db, actor) => answerOffer(db, actor, { caseId, id: made.id }, act, ''))
    }
    const work = async () => (await served.get('/work', bea)).text()
    const given = await caseWith(amina)
    const answer = await offered(amina, given.caseId)
    const cleo = await world.join(amina, 'Cleo', ['worker'])
    await lead.act((db, actor) => assignCase(db, actor, given.caseId, cleo.accountId))
    expect(await answer('accept')).toEqual({ refused: 'handing-over' })
    expect(await work()).not.toContain(given.caseId)
    expect(await cleo.act((db, actor) => openFile(db, actor, given.caseId))).toMatchObject({
      ownerId: cleo.accountId,
    })
    // Whoever keeps it now offers it anew.
    const again = await offered(cleo, given.caseId)
    expect(await again('accept')).toMatchObject({ done: { fromId: cleo.accountId } })
    const over = await caseWith(amina)
    const late = await offered(amina, over.caseId)
    expect(await work()).toContain(over.caseId)
    await endCaseOf(amina, over.caseId)
    expect(await work()).not.toContain(over.caseId)
    expect(await late('accept')).toEqual({ refused: 'handing-over' })
  })

  test('an offer that waits is taken back when the case closes for its team', async () => {
    const { caseId } = await caseWith(amina)
    const offer = { toId: bea.accountId, note: 'Note', knows: 'not-yet' } as const
    await amina.act((db, actor) => offerCase(db, actor, caseId, offer))
    await amina.act((db, actor) => closeForTeam(db, actor, caseId, { team: [], cells: [diaryCells] }))
    expect(await (await served.get('/work', bea)).text()).not.toContain(caseId)
    expect(await (await served.get(`/cases/${caseId}/handing`, amina)).text()).toContain('taken back')
  })
})

test('it stands in the person’s own file, and in nothing that is offered to another agency', async () => {
  const { caseId, survivor } = await caseWith(amina)
  await planned(amina, caseId)
  const offer = { toId: bea.accountId, note: 'Canary handing note', knows: 'yes' } as const
  await amina.act((db, actor) => offerCase(db, actor, caseId, offer))
  const asked = await served.post(`/cases/${caseId}/asks/file`, { who: survivor, how: 'spoken' }, amina)
  const picks = await (await served.get(asked.headers.get('location') ?? '', amina)).text()
  expect([picks.includes('Canary step words'), picks.includes('Canary handing note')]).toEqual([true, true])
  const file = await amina.act((db, actor) => openFile(db, actor, caseId))
  if (file === null) throw new Error('no case')
  const t = createWords([{ uk: peopleUk }, { uk: releasesUk }])({ pack: 'uk' })
  const items = heldItems(t, file, new Set(Object.keys(file.answers)))
  expect(items.length).toBeGreaterThan(3)
  expect(JSON.stringify(items)).not.toContain('Canary')
})

test('nothing of it lies in clear, and erasing a case takes all of it', async () => {
  const { caseId } = await caseWith(amina)
  await planned(amina, caseId)
  const offer = { toId: bea.accountId, note: 'Canary step words', knows: 'yes' } as const
  await amina.act((db, actor) => offerCase(db, actor, caseId, offer))
  const rows = () =>
    sql<{ text: string }>`select row_to_json(e)::text as text from diary.entry e where case_id = ${caseId}
      union all select row_to_json(h)::text from diary.handing h where case_id = ${caseId}`.execute(
      world.owner,
    )
  const found = await rows()
  expect(found.rows).toHaveLength(2)
  const hex = Buffer.from('Canary step words').toString('hex')
  expect(found.rows.filter(({ text }) => text.includes('Canary') || text.includes(hex))).toEqual([])
  const privacy = await world.join(amina, 'Priya', ['privacy-lead'])
  await privacy.act((db, actor) => eraseCase(db, actor, caseId))
  expect((await rows()).rows).toEqual([])
})
