import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { closeForTeam, eraseCase, openFile } from '#people'
import { caseKey } from '#platform/access'
import { readConfig } from '#platform/config'
import { readLines } from '#platform/ledger'

import { wordsOf } from '../../src/app.ts'
import { entriesOf } from '../../src/asks/file-entries.view.ts'
import { filledCells, fillForm } from '../../src/intake/answer.actions.ts'
import { filledIn } from '../../src/intake/answer.store.ts'
import { formsOf } from '../../src/intake/form.store.ts'
import { starterIds } from '../../src/intake/starter.ts'
import { roomsOf } from '../../src/rooms.ts'
import type { Person } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { type SendingWorld, sendingWorld } from '../world/sending-world.ts'

let at: SendingWorld
let lead: Person
let privacy: Person
let worker: Person
let caseId: string
let survivor: string

beforeAll(async () => {
  at = await sendingWorld()
  lead = await at.world.join(at.advocate, 'Lead', ['lead'])
  worker = await at.world.join(at.advocate, 'Worker', ['worker'])
  privacy = await at.world.join(at.advocate, 'Privacy Lead', ['privacy-lead'])
  ;({ caseId, survivor } = await caseWith(at.advocate))
})
afterAll(() => at?.world.close())

type Typed = Readonly<Record<string, string | readonly string[]>>

async function post(path: string, fields: Typed, who: Person = lead) {
  const answer = await at.served.post(path, fields, who)
  return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() }
}
const page = async (path: string, who: Person = lead) => {
  const answer = await at.served.get(path, who)
  return { status: answer.status, text: await answer.text() }
}
const editOf = async (form: string) =>
  /name="edit" value="(\d+)"/.exec((await page(`${form}/about`)).text)?.[1] ?? ''
const change = async (form: string, fields: Typed) =>
  post(`${form}/item`, { ...fields, edit: await editOf(form) })
const publish = async (form: string) => post(`${form}/publish`, { edit: await editOf(form) })

/** A form of a lead with a question, what follows from it, and a list with values. */
async function ownForm(title: string): Promise<string> {
  const { to: form } = await post('/forms', { title })
  await change(form, { kind: 'section', in: '', text: 'Home' })
  await change(form, { kind: 'yes-no', in: 'q1', text: 'Are there children at home?', place: '["q1",""]' })
  await change(form, {
    kind: 'number',
    in: 'q1',
    text: 'How many?',
    'when-0': '["q2","=",true]',
    place: '["q1","q2"]',
  })
  await change(form, {
    kind: 'choice',
    in: '',
    text: 'How often?',
    'option-0': 'Never',
    'score-0': '0',
    'option-1': 'Often',
    'score-1': '3',
    place: '["","q1"]',
  })
  return form
}

const fill = (form: string, fields: Typed, who: Person = at.advocate) =>
  post(`/cases/${caseId}/forms/new/${form.split('/').at(-1)}`, { 'form-version': '1', ...fields }, who)

describe('a form that an agency makes', () => {
  test('is made, tried, published and changed on pages, without code', async () => {
    const form = await ownForm('Our first questions')
    expect((await page(form)).text).toContain('only if “Are there children at home?” is “Yes”')
    const tried = await post(`${form}/preview`, { asked: ['1', '3'], q1: 'yes', q3: 'is-1' })
    expect(tried.text).toContain('How many?')
    expect(tried.text).toContain('add up to 3, from 1 of 1')
    expect((await post(`${form}/preview`, { asked: ['1', '3'], q1: 'no' })).text).not.toContain('How many?')
    expect((await page(`/cases/${caseId}/forms`, at.advocate)).text).not.toContain('Our first questions')
    expect((await publish(form)).to).toContain('said=published')
    expect((await page(`/cases/${caseId}/forms`, at.advocate)).text).toContain('Our first questions')
  })

  test('a question is moved, reworded, retired and asked again; an untried one is removed', async () => {
    const form = await ownForm('Moved questions')
    await publish(form)
    await change(form, {
      item: 'q4',
      text: 'How often now?',
      'option-0': 'Never',
      'code-0': 'a1',
      place: '["q1",""]',
    })
    const text = (await page(form)).text
    expect(text.indexOf('How often now?')).toBeLessThan(text.indexOf('Are there children'))
    expect(text).not.toContain('Often (3)')
    await change(form, { item: 'q4', act: 'remove' })
    expect((await page(form)).text).toContain('Not asked any more')
    await change(form, { item: 'q4', act: 'restore' })
    expect((await page(form)).text).not.toContain('Not asked any more')
    await change(form, { kind: 'text', in: '', text: 'A slip of the hand' })
    await change(form, { item: 'q5', act: 'remove' })
    expect((await page(form)).text).not.toContain('A slip of the hand')
  })

  test('what keeps it from being published is said at its item, and nothing is published', async () => {
    const form = await ownForm('Not yet')
    await change(form, { item: 'q2', act: 'remove' })
    await change(form, { kind: 'choice', in: '', text: 'Which?' })
    const said = await publish(form)
    expect(said.status).toBe(422)
    expect(said.text).toContain('It depends on a question that is not in the form: q2')
    expect(said.text).toContain('There are no answers to choose from')
    expect((await page(`${form}/versions/1`)).status).toBe(404)
  })

  test.each(['What is your immigration status?', 'National Insurance number', 'Country of birth'])(
    'us-U22: %s is refused at publishing and when brought in, by its rule',
    async (question) => {
      const form = await ownForm('Forbidden')
      await change(form, { kind: 'text', in: '', text: question })
      const said = await publish(form)
      expect([said.status, said.text.includes('rule never-asked')]).toEqual([422, true])
      const file = {
        resourceType: 'Questionnaire',
        title: 'T',
        status: 'active',
        item: [{ linkId: '1', type: 'string', text: question }],
      }
      const brought = await post('/forms/bring', { text: JSON.stringify(file), mayUse: 'yes' })
      expect([brought.status, brought.text.includes('rule never-asked')]).toEqual([422, true])
      expect(brought.text).toContain('linkId')
    },
  )

  test('the second of two who change a draft is told, and what was typed stands below', async () => {
    const form = await ownForm('Two at once')
    const late = await post(`${form}/item`, { item: 'q2', text: 'Mine', edit: '1', place: '["q1",""]' })
    expect([late.status, late.text.includes('Mine')]).toEqual([409, true])
    const wrong = await change(form, { item: 'q4', text: '', 'option-0': 'Kept words', 'score-0': 'three' })
    expect(wrong.status).toBe(422)
    for (const each of ['Write the words', 'Kept words', 'three', 'Write a number'])
      expect(wrong.text).toContain(each)
  })

  test('only leads of the agency see drafts; another agency sees nothing of it', async () => {
    const form = await ownForm('Ours alone')
    await publish(form)
    expect((await page(form, worker)).status).toBe(404)
    expect((await page(`${form}/versions/1`, worker)).status).toBe(200)
    const stranger = await at.world.found('Far Away', 'domestic-abuse', [
      'agency-administrator',
      'worker',
      'lead',
    ])
    expect((await post(`${form}/versions/1/file`, {}, stranger)).status).toBe(404)
    for (const path of [form, `${form}/versions/1`, `${form}/preview`])
      expect((await page(path, stranger)).status).toBe(404)
    expect(await stranger.act((db, actor) => formsOf(db, actor, { limit: 9, offset: 0 }))).toEqual({
      forms: [],
      total: 0,
    })
  })

  test('an instrument of somebody else is asked about before it is used; ours is begun from a button', async () => {
    const { to: form } = await post('/forms', { title: 'SafeLives DASH' })
    await change(form, { kind: 'text', in: '', text: 'A question' })
    expect((await publish(form)).text).toContain('somebody else holds the rights')
    await post(`${form}/about`, { title: 'SafeLives DASH', mayUse: 'yes', edit: await editOf(form) })
    expect((await publish(form)).to).toContain('published')
    expect((await page(form)).text).toContain('confirmed on')
    let ours = ''
    for (const starter of starterIds) {
      ours = (await post('/forms', { starter })).to
      expect((await publish(ours)).to).toContain('published')
    }
    const file = JSON.parse((await post(`${ours}/versions/1/file`, {})).text) as object
    const again = await post('/forms/bring', { text: JSON.stringify(file), mayUse: 'yes' })
    expect(again.to).toContain('said=brought')
    expect((await post('/forms/bring', { text: JSON.stringify(file) })).text).toContain(
      'Confirm that your agency may use this form',
    )
  })
})

describe('answers to a form', () => {
  let form: string
  beforeAll(async () => {
    form = await ownForm('Asked in the case')
    await publish(form)
  })

  test('the worker’s own judgement stands above the sum, is kept when the answers change, and only values ask for it', async () => {
    const judged = 'Quiet today in a way that worries me more than any answer'
    const given = await fill(form, { asked: ['1', '3'], q1: 'no', q3: 'is-1', judgement: judged })
    expect(given.to).toContain('saved=1')
    const read = await page(given.to, at.advocate)
    expect(read.text.indexOf(judged)).toBeGreaterThan(0)
    expect(read.text.indexOf(judged)).toBeLessThan(read.text.indexOf('add up to 3'))
    const filled = given.to.split('?')[0] ?? ''
    const again = await page(`${filled}/change`, at.advocate)
    expect(again.text).toContain(judged)
    const { to } = await post(`${filled}/change`, { version: '1', asked: ['1'], q1: 'yes' }, at.advocate)
    expect((await page(to, at.advocate)).text).toContain(judged)
    const without = await ownForm('No values')
    await change(without, { item: 'q4', act: 'remove' })
    await publish(without)
    const fields = await page(`/cases/${caseId}/forms/new/${without.split('/').at(-1)}`, at.advocate)
    expect([fields.status, fields.text.includes('name="judgement"')]).toEqual([200, false])
  })

  test('nothing is required, what follows is asked without scripts, a mistake loses nothing', async () => {
    const wrong = await fill(form, { asked: ['1', '3'], q1: 'yes', q3: 'is-1' })
    expect(wrong.to).toMatch(/change\?more=1#q2$/)
    const path = wrong.to.replace(/\?.*/, '')
    expect((await page(path, at.advocate)).text).toContain('How many?')
    const bad = await post(
      path,
      { version: '1', asked: ['1', '2', '3'], q1: 'yes', q2: 'a few', q3: 'unknown' },
      at.advocate,
    )
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('a few')
    expect(bad.text).toContain('Write a whole number')
    const good = await post(
      path,
      { version: '1', asked: ['1', '2', '3'], q1: 'yes', q2: '2', q3: 'not-private' },
      at.advocate,
    )
    const read = await page(good.to, at.advocate)
    expect(read.text).toContain('Not asked: not private')
    const late = await post(path, { version: '1', asked: ['1', '3'], q1: 'no' }, at.advocate)
    expect([
      late.status,
      late.text.includes('Theirs are'),
      late.text.includes('Not asked: not private'),
    ]).toEqual([409, true, true])
    const no = await post(path, { version: '2', asked: ['1', '3'], q1: 'no' }, at.advocate)
    expect((await page(no.to, at.advocate)).text).toContain('not asked because of another answer')
    const empty = await fill(form, { asked: ['1', '3'] })
    expect((await page(empty.to, at.advocate)).text).toContain('2 questions were left open')
  })

  test('stay with the version they were given to, when the form changes and is retired', async () => {
    const given = await fill(form, { asked: ['1', '3'], q1: 'no' })
    await change(form, { item: 'q2', text: 'Worded anew?', place: '["q1",""]' })
    await publish(form)
    expect((await page(given.to, at.advocate)).text).toContain('Are there children at home?')
    expect((await page(`/cases/${caseId}/forms/new/${form.split('/').at(-1)}`, at.advocate)).text).toContain(
      'Worded anew?',
    )
    await post(`${form}/state`, { state: 'retired' })
    expect((await page(`/cases/${caseId}/forms/new/${form.split('/').at(-1)}`, at.advocate)).status).toBe(404)
    expect((await page(given.to, at.advocate)).status).toBe(200)
    const refused = await at.advocate.act((db, actor) =>
      fillForm(
        db,
        actor,
        caseId,
        { id: form.split('/').at(-1) ?? '', version: 1 },
        { answers: new Map(), goesOn: false },
      ),
    )
    expect(refused).toEqual({ refused: 'no-form' })
    await post(`${form}/state`, { state: 'in-use' })
  })

  test('a published version cannot be changed by anybody who serves pages', async () => {
    const write = lead.act((db) => sql`update intake.form_version set version = 9`.execute(db))
    await expect(write).rejects.toThrow(/permission denied/)
  })

  test('go out as a QuestionnaireResponse with a line in the ledger, and not to somebody without the case', async () => {
    const given = await fill(form, { asked: ['1', '3'], q1: 'no', 'q1-why': '' })
    const path = `${given.to.replace(/\?.*/, '')}/data`
    const out = await post(path, {}, at.advocate)
    expect(JSON.parse(out.text)).toMatchObject({ resourceType: 'QuestionnaireResponse', status: 'completed' })
    expect(out.text).not.toContain('Rowan')
    const lines = await at.advocate.act((db, actor) =>
      readLines(db, actor, { limit: 20 }, async () => new Map()),
    )
    expect(lines.filter(({ kind }) => kind === 'export.made')).toHaveLength(1)
    expect((await post(path, {}, at.clinician)).status).toBe(404)
  })

  test('stand in the person’s own file, and travel under a new key when the case closes', async () => {
    await fill(form, { asked: ['1', '3'], q1: 'declined', q3: 'is-1' })
    const config = readConfig({ DATA_DIR: `${at.world.database.keysDir}-data` }, '/')
    if ('refused' in config) throw new Error(config.message)
    const t = wordsOf(roomsOf({ config, variables: {} }).rooms)({ pack: 'uk' })
    const entries = await at.advocate.act(async (db, actor) => {
      const file = await openFile(db, actor, caseId)
      return file === null ? [] : entriesOf(db, actor, t, file, { who: survivor, sources: [] })
    })
    const texts = entries.filter(({ key }) => key.startsWith('form~')).map(({ text }) => text)
    expect(
      texts.some((text) => text.includes('Prefers not to say') && text.includes('How often?: Often')),
    ).toBe(true)
    await at.advocate.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [filledCells] }),
    )
    const after = await at.advocate.act(async (db, actor) => {
      const key = await caseKey(db, actor, caseId)
      return key === null ? [] : filledIn(db, key, null)
    })
    expect(after.length).toBeGreaterThan(3)
    expect((await page(`/cases/${caseId}/forms`, at.advocate)).text).toContain('Asked in the case')
    expect((await page(`/cases/${caseId}/forms`)).status).toBe(404)
  })

  test('are gone with the case', async () => {
    expect(await privacy.act((db, actor) => eraseCase(db, actor, caseId))).not.toHaveProperty('refused')
    const { rows } = await sql`select 1 from intake.answer where case_id = ${caseId}`.execute(at.world.owner)
    expect(rows).toEqual([])
  })
})
