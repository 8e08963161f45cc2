import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { closeWork, type ClosingSaid, confirmClosing, diaryCells, plan, reopenCase, sayHow } from '#diary'
import { closeForTeam, endCase, openFile, setDue } from '#people'
import { caseKey } from '#platform/access'

import { closingsOf } from '../src/diary/closing.store.ts'
import { saveChosen } from '../src/people/chosen.actions.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { endCaseOf, endingTyped, plainEnding } from './world/closing.ts'
import { caseWith } from './world/sending.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let amina: Person
let lead: Person
let second: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker'])
  lead = await world.join(amina, 'Lena', ['lead'])
  second = await world.join(amina, 'Sol', ['lead'])
})
afterAll(() => world.close())

const today = new Date()
const past = new Date(Date.now() - 3 * 86_400_000)
const how = { second: false, open: [] } as const
const spoken = { name: 'Sam Reed', on: '2026-11-20', words: 'Could not get away' }

const end = (who: Person, caseId: string, said: Partial<ClosingSaid> = {}, askSecond = false) =>
  who.act((db, actor) =>
    closeWork(db, actor, caseId, { ...plainEnding, ...said }, { ...how, second: askSecond }),
  )
const again = (who: Person, caseId: string) => who.act((db, actor) => reopenCase(db, actor, caseId, today))
const confirm = (who: Person, caseId: string) => who.act((db, actor) => confirmClosing(db, actor, caseId))
const stateOf = async (caseId: string) => (await amina.act((db, actor) => openFile(db, actor, caseId)))?.state

/** The person chooses a worker. */
async function choose(caseId: string): Promise<void> {
  const worker = {
    account: '',
    name: 'Sam Reed',
    agency: 'Quayside',
    reach: '',
    backup: '',
    since: '2026-11-01',
  }
  await amina.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    if (file === null) throw new Error('no case')
    await saveChosen(db, actor, file, file.sheets.chosen.version, worker, {
      today: '2026-11-27',
      because: '',
    })
  })
}

async function missed(caseId: string): Promise<void> {
  await appointment(caseId, {
    outcome: 'missed',
    words: '',
    barriers: ['transport'],
    notAsked: false,
    to: null,
  })
}

async function appointment(caseId: string, said: Parameters<typeof sayHow>[3]): Promise<void> {
  await amina.act(async (db, actor) => {
    const made = await plan(db, actor, caseId, {
      kind: 'appointment',
      words: 'Talk',
      doer: { is: 'member' },
      minutes: 60,
      place: '',
      theirWords: '',
      ownerId: actor.accountId,
      dueAt: past,
      asked: false,
    })
    if (!('id' in made)) throw new Error(made.refused)
    const at = { caseId, id: made.id, version: 1 }
    const done = await sayHow(db, actor, at, said, { words: 'Ask', dueAt: today })
    if ('refused' in done) throw new Error(done.refused)
  })
}

describe('the database', () => {
  test('takes no end of a case that nothing asked before, whoever writes it', async () => {
    const { caseId } = await caseWith(amina)
    await expect(amina.act((db, actor) => endCase(db, actor, caseId, 'ended'))).rejects.toThrow(
      'closing asked',
    )
    const bare = sql`update people."case" set state = 'ended' where id = ${caseId}`
    await expect(bare.execute(world.owner)).rejects.toThrow('closing asked')
    expect(await stateOf(caseId)).toBe('active')
  })

  test('lets nobody confirm what they asked for themselves', async () => {
    const { caseId } = await caseWith(amina)
    await missed(caseId)
    await end(lead, caseId, {}, true)
    const forged = sql`update diary.closing set confirmed_by = asked_by, state = 'ended' where case_id = ${caseId}`
    await expect(forged.execute(world.owner)).rejects.toThrow('check')
  })
})

describe('missed appointments', () => {
  test('keep the case open until somebody spoke with the chosen worker', async () => {
    const { caseId } = await caseWith(amina)
    await missed(caseId)
    await choose(caseId)
    expect(await end(amina, caseId)).toEqual({ refused: 'closing-chosen-worker' })
    expect(await end(amina, caseId, { spoken: { ...spoken, name: 'Somebody else' } })).toEqual({
      refused: 'closing-chosen-worker',
    })
    expect(await end(amina, caseId, {}, true)).toEqual({ refused: 'closing-chosen-worker' })
    expect(await stateOf(caseId)).toBe('active')
    const page = await served.get(`/cases/${caseId}/closing`, amina)
    expect(await page.text()).toContain('On which day did you speak with Sam Reed?')
    const day = { 'spokenOn-day': '20', 'spokenOn-month': '11', 'spokenOn-year': '2026' }
    const done = await served.post(`/cases/${caseId}/closing`, { ...endingTyped, ...day }, amina)
    expect([done.status, await stateOf(caseId)]).toEqual([303, 'ended'])
  })

  test('so does having lost touch; a second lead confirms, never the one who asked, nor a worker', async () => {
    const { caseId } = await caseWith(amina)
    expect(await end(lead, caseId, { reason: 'lost-touch' })).toEqual({ refused: 'closing-second-lead' })
    expect(await end(lead, caseId, { reason: 'lost-touch', spoken })).toEqual({
      refused: 'closing-second-lead',
    })
    expect(await end(lead, caseId, { reason: 'lost-touch' }, true)).toEqual({ state: 'asked' })
    expect(await stateOf(caseId)).toBe('active')
    expect(await confirm(lead, caseId)).toEqual({ refused: 'closing-over' })
    expect(await confirm(amina, caseId)).toEqual({ refused: 'closing-over' })
    expect(await (await served.get('/work', second)).text()).toContain(`/cases/${caseId}/closing`)
    expect(await confirm(second, caseId)).toEqual({ state: 'ended' })
    expect(await stateOf(caseId)).toBe('ended')
  })

  test('and a worker chosen since a second lead was asked is spoken to first all the same', async () => {
    const { caseId } = await caseWith(amina)
    expect(await end(lead, caseId, { reason: 'lost-touch' }, true)).toEqual({ state: 'asked' })
    await choose(caseId)
    const pressed = await served.post(`/cases/${caseId}/closing`, { act: 'confirm' }, second)
    const body = await pressed.text()
    expect([pressed.status, body.includes('the person has chosen a worker')]).toEqual([409, true])
    expect(await confirm(second, caseId)).toEqual({ refused: 'closing-chosen-since' })
    expect(await stateOf(caseId)).toBe('active')
    expect(await again(second, caseId)).toEqual({ done: true })
    expect(await end(lead, caseId, { reason: 'lost-touch', spoken })).toEqual({ state: 'ended' })
  })

  test('are past once an appointment happened since', async () => {
    const { caseId } = await caseWith(amina)
    await missed(caseId)
    await appointment(caseId, { outcome: 'happened', words: '', barriers: [], notAsked: false, to: null })
    expect(await end(amina, caseId)).toEqual({ state: 'ended' })
  })
})

test('the page names what is open, keeps what was typed, and refuses in a sentence at the field', async () => {
  const { caseId } = await caseWith(amina)
  await missed(caseId)
  const page = await (await served.get(`/cases/${caseId}/closing`, amina)).text()
  expect(page).toContain('The last appointment was missed')
  const typed = { ...endingTyped, wayBack: 'Ask for the duty worker' }
  const refused = await served.post(`/cases/${caseId}/closing`, typed, amina)
  const text = await refused.text()
  expect([refused.status, text.includes('Ask for the duty worker')]).toEqual([422, true])
  expect(text).toContain('Write whom the person chose and speak with them first')
  const empty = await served.post(`/cases/${caseId}/closing`, {}, amina)
  expect((await empty.text()).match(/govuk-error-message/g)).toHaveLength(5)
  await amina.act((db, actor) => planStep(db, actor, caseId))
  const open = await (await served.get(`/cases/${caseId}/closing`, amina)).text()
  expect(open).toContain('Ring the school')
})

const planStep: (...at: [...Parameters<Parameters<Person['act']>[0]>, string]) => Promise<unknown> = (
  db,
  actor,
  caseId,
) =>
  plan(db, actor, caseId, {
    kind: 'step',
    words: 'Ring the school',
    doer: { is: 'member' },
    minutes: null,
    place: '',
    theirWords: '',
    ownerId: actor.accountId,
    dueAt: past,
    asked: false,
  })

test('taken up again, everything is as it was, the ending can be read, and what fell due counts from today', async () => {
  const { caseId } = await caseWith(amina)
  await amina.act((db, actor) => planStep(db, actor, caseId))
  await amina.act((db, actor) => setDue(db, actor, caseId, past))
  const before = await amina.act((db, actor) => openFile(db, actor, caseId))
  await endCaseOf(amina, caseId)
  expect(await (await served.get('/diary', amina)).text()).not.toContain(`/cases/${caseId}/diary/`)
  expect(await again(amina, caseId)).toEqual({ done: true })
  const after = await amina.act((db, actor) => openFile(db, actor, caseId))
  expect(after).toMatchObject({ state: 'active', dueAt: today, cards: before?.cards, needs: before?.needs })
  const page = await (await served.get(`/cases/${caseId}/closing`, amina)).text()
  expect(page).toContain('taken up again on')
  const { rows } = await sql<{
    due: Date
  }>`select due_at as due from diary.entry where case_id = ${caseId}`.execute(world.owner)
  expect(rows).toEqual([{ due: today }])
})

test('the ending is read under the new key when the case closes for its team', async () => {
  const { caseId } = await caseWith(amina)
  await endCaseOf(amina, caseId)
  await amina.act((db, actor) => closeForTeam(db, actor, caseId, { team: [], cells: [diaryCells] }))
  const key = await amina.act((db, actor) => caseKey(db, actor, caseId))
  if (key === null) throw new Error('no key')
  const closings = await amina.act((db) => closingsOf(db, key))
  expect(closings).toMatchObject([{ state: 'ended', body: { said: { wayBack: plainEnding.wayBack } } }])
})

test('in any history of acts, a case that has ended has its ending kept, and the guard was met', async () => {
  const step = fc.constantFrom(
    'missed',
    'happened',
    'end',
    'end-lost',
    'end-spoken',
    'choose',
    'ask',
    'confirm',
    'again',
    'bare',
  )
  const acts: Readonly<Record<string, (caseId: string) => Promise<unknown>>> = {
    missed,
    happened: (id) =>
      appointment(id, { outcome: 'happened', words: '', barriers: [], notAsked: false, to: null }),
    end: (id) => end(amina, id),
    'end-lost': (id) => end(amina, id, { reason: 'lost-touch' }),
    choose,
    'end-spoken': (id) => end(amina, id, { reason: 'lost-touch', spoken }),
    ask: (id) => end(lead, id, { reason: 'lost-touch' }, true),
    confirm: (id) => confirm(second, id),
    again: (id) => again(amina, id),
    bare: (id) => amina.act((db, actor) => endCase(db, actor, id, 'ended')).catch(() => null),
  }
  const runs = process.env['ANYDOOR_PROVE'] === undefined ? 12 : 200
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const { caseId } = await caseWith(amina)
      for (const each of steps) {
        await acts[each]?.(caseId)
        await checkEnded(caseId)
      }
    }),
    { numRuns: runs },
  )
}, 120_000)

async function checkEnded(caseId: string): Promise<void> {
  const [state, closings] = await amina.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    if (key === null) throw new Error('no key')
    return [(await openFile(db, actor, caseId))?.state, await closingsOf(db, key)] as const
  })
  const current = closings.filter((each) => each.state === 'ended')
  expect(current).toHaveLength(state === 'ended' ? 1 : 0)
  for (const { body, confirmedBy } of current) {
    expect(body.said.wayBack).not.toBe('')
    expect(body.endedAt).not.toBeNull()
    if (body.missed || body.said.reason === 'lost-touch')
      expect(body.said.spoken?.name === 'Sam Reed' || confirmedBy !== null).toBe(true)
  }
}
