import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { adviceFor } from '#language/hints'
import { startCase } from '#people'
import { caseKeys } from '#platform/access'
import { readLines } from '#platform/ledger'

import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { type Served, serveWorld } from '../world/served.ts'

let world: TestWorld
let served: Served
let worker: Person
let lead: Person
let elsewhere: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  worker = await world.found('Harbour Advocacy', 'domestic-abuse')
  lead = await world.join(worker, 'Lead', ['lead'])
  elsewhere = await world.found('Lantern Advocacy', 'domestic-abuse')
})
beforeEach(async () => {
  await sql`delete from language.setting`.execute(world.owner)
})
afterAll(() => world.close())

const soft = 'She recanted.'
const blaming = 'Mother failed to protect the children.'
const failed = adviceFor(blaming, { country: 'uk' })[0]?.id ?? ''
const reason = 'We use it in a course on wording'

/** Whether a note with these words comes back with a question: 422, else 303. */
async function noteOf(words: string, who = worker): Promise<number> {
  const { caseId } = await who.act((db, actor) => startCase(db, actor))
  const fields = { words, wording: 'words', 'wording-label': 'What happened' }
  return (await served.post(`/cases/${caseId}/notes`, fields, who)).status
}

function setting(severity: string, who: Person) {
  return served.post('/language', { severity }, who)
}

function rowOff(id: string, fields: Readonly<Record<string, string>>, who = lead) {
  return served.post(`/language/rows/${id}`, fields, who)
}

async function fieldOf(who: Person): Promise<string> {
  const { caseId } = await who.act((db, actor) => startCase(db, actor))
  return (await served.get(`/cases/${caseId}/notes`, who)).text()
}

describe('soft hints', () => {
  test('are silent by default, speak where a lead lets them, for that agency alone, and fall silent again', async () => {
    expect(await noteOf(soft)).toBe(303)
    expect((await setting('1', lead)).status).toBe(303)
    expect([await noteOf(soft), await noteOf(soft, elsewhere)]).toEqual([422, 303])
    expect(await fieldOf(worker)).toContain('data-severity="1"')
    expect(await fieldOf(elsewhere)).toContain('data-severity="2"')
    expect(await (await served.get('/language', worker)).text()).toContain('the soft hints too')
    expect((await setting('2', lead)).status).toBe(303)
    expect(await noteOf(soft)).toBe(303)
  })

  test('are no choice of a worker, and of no other number', async () => {
    expect((await setting('1', worker)).status).toBe(404)
    expect((await setting('3', lead)).status).toBe(422)
    expect((await setting('', lead)).status).toBe(422)
    expect(await noteOf(soft)).toBe(303)
    expect(await (await served.get('/language', worker)).text()).not.toContain('name="severity"')
  })
})

describe('a row switched off', () => {
  test('is silent here with a reason that everybody here reads, speaks elsewhere, and speaks again when let', async () => {
    expect((await rowOff(failed, { reason })).status).toBe(303)
    expect([await noteOf(blaming), await noteOf(blaming, elsewhere)]).toEqual([303, 422])
    expect(await fieldOf(worker)).toContain(`data-off="${failed}"`)
    expect(await fieldOf(worker)).not.toContain(reason)
    expect(await (await served.get('/language', worker)).text()).toContain(reason)
    expect(await (await served.get('/language', elsewhere)).text()).not.toContain(reason)
    expect(await (await served.get(`/language/rows/${failed}`, lead)).text()).toContain(reason)
    expect((await rowOff(failed, { act: 'on' })).status).toBe(303)
    expect(await noteOf(blaming)).toBe(422)
    expect(await (await served.get('/language', worker)).text()).not.toContain(reason)
  })

  test('needs a reason, of a length that can be read, and loses nothing that was typed', async () => {
    expect((await rowOff(failed, {})).status).toBe(422)
    const long = `${'x'.repeat(300)}quetzal`
    const answer = await rowOff(failed, { reason: long })
    expect([answer.status, (await answer.text()).includes(long)]).toEqual([422, true])
    expect(await noteOf(blaming)).toBe(422)
  })

  test('is a row of the table, and a matter of a lead', async () => {
    expect((await rowOff('no-such-row', { reason })).status).toBe(404)
    expect((await served.get('/language/rows/no-such-row', lead)).status).toBe(404)
    expect((await rowOff(failed, { reason }, worker)).status).toBe(404)
    expect((await served.get(`/language/rows/${failed}`, worker)).status).toBe(404)
    expect(await noteOf(blaming)).toBe(422)
  })

  test('stands beside another, and beside the threshold', async () => {
    await setting('1', lead)
    await rowOff(failed, { reason })
    await rowOff('recanted', { reason: 'Another reason' })
    const page = await (await served.get('/language', worker)).text()
    expect([page.includes(reason), page.includes('Another reason')]).toEqual([true, true])
    expect([await noteOf(blaming), await noteOf(soft)]).toEqual([303, 303])
  })
})

describe('wording of an agency of its own', () => {
  const own = {
    phrases: 'Heartsink  patient\nregular attender',
    why: 'It counts visits and hides what drives them',
    instead: '[Person] came [times]; each time [what] had happened.',
  }
  const flyer = 'A heartsink patient, here again.'
  const add = (fields: Readonly<Record<string, string>>, who = lead, row = 'new') =>
    served.post(`/language/own/${row}`, fields, who)
  const idOf = async () =>
    /own\/(own-[0-9a-f-]+)/.exec(await (await served.get('/language', lead)).text())?.[1] ?? ''

  test('speaks here, says why and what instead, is read by everybody here, and ends', async () => {
    expect(await noteOf(flyer)).toBe(303)
    expect((await add(own)).status).toBe(303)
    expect([await noteOf(flyer), await noteOf(flyer, elsewhere)]).toEqual([422, 303])
    expect(await noteOf('Mum wrote: "I am no heartsink patient".')).toBe(303)
    expect(await fieldOf(worker)).toContain('heartsink patient')
    expect(await fieldOf(elsewhere)).not.toContain('data-own')
    const page = await (await served.get('/language', worker)).text()
    expect([page.includes('Heartsink patient'), page.includes('hides what drives')]).toEqual([true, true])
    expect(page).not.toContain('/language/own/')
    const id = await idOf()
    expect((await add({ ...own, phrases: 'sad story' }, lead, id)).status).toBe(303)
    expect([await noteOf(flyer), await noteOf('She is a sad story client.')]).toEqual([303, 422])
    expect((await add({ act: 'gone' }, lead, id)).status).toBe(303)
    expect(await noteOf('She is a sad story client.')).toBe(303)
    expect((await add({ act: 'gone' }, lead, id)).status).toBe(404)
  })

  test('is a matter of a lead, needs all three, and loses nothing that was typed', async () => {
    expect((await add(own, worker)).status).toBe(404)
    expect((await served.get('/language/own/new', worker)).status).toBe(404)
    expect((await add(own, lead, 'own-nobody')).status).toBe(404)
    for (const [field, wrong] of [
      ['phrases', ' \n '],
      ['phrases', 'a\nb\nc\nd\ne\nf'],
      ['phrases', 'one two three four five six seven eight nine ten eleven'],
      ['why', ''],
      ['instead', 'x'.repeat(301)],
    ] as const) {
      const answer = await add({ ...own, [field]: wrong })
      expect([field, answer.status]).toEqual([field, 422])
      expect(await answer.text()).toContain(field === 'why' ? 'regular attender' : own.why)
    }
    expect(await noteOf(flyer)).toBe(303)
  })

  test('is plain words: no sign of the table means anything in it', async () => {
    expect((await add({ ...own, phrases: '~be|@child _3 just?' })).status).toBe(303)
    expect([await noteOf('The child is just here.'), await noteOf('He was just.')]).toEqual([303, 303])
    expect(await noteOf('They wrote be child 3 just.')).toBe(422)
  })

  test('has an end', async () => {
    for (let count = 0; count < 50; count += 1) {
      const answer = await add({ ...own, phrases: `phrase ${count}` })
      expect(answer.status).toBe(303)
    }
    const answer = await add({ ...own, phrases: 'one more' })
    expect([answer.status, (await answer.text()).includes('one more')]).toEqual([422, true])
  })
})

test('an off row frees the words for the other rows that know them', () => {
  const ids = (off: readonly string[]) => adviceFor(blaming, { country: 'uk', off }).map((one) => one.id)
  expect(ids([])).toContain(failed)
  expect(ids([failed])).not.toContain(failed)
})

test('every change is one line of the agency with the row and the reason, about no case; the reason is sealed', async () => {
  const lines = () =>
    lead.act(async (db, actor) => {
      const all = await readLines(db, actor, { limit: 500 }, (ids) => caseKeys(db, actor, ids))
      return all.filter((line) => line.kind === 'language.changed')
    })
  const before = (await lines()).length
  await setting('1', lead)
  await rowOff(failed, { reason })
  await rowOff(failed, { act: 'on' })
  await rowOff(failed, {})
  const after = await lines()
  const now = after.slice(0, after.length - before)
  expect(now.map((line) => [line.caseId, line.detail?.['what']])).toEqual([
    [null, 'wording-on'],
    [null, 'wording-off'],
    [null, 'wording-soft'],
  ])
  expect(now[1]?.detail).toMatchObject({ row: failed, reason, by: lead.accountId })
  const { rows } = await sql<{
    row: string
  }>`select to_jsonb(s)::text as row from language.setting s`.execute(world.owner)
  expect(rows.map(({ row }) => row).join()).not.toContain('course')
})
