import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openFile, saveSituation } from '#people'

import type { Person } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { type SendingWorld, sendingWorld } from '../world/sending-world.ts'

let at: SendingWorld
let lead: Person
let form: string
let caseId: string

type Typed = Readonly<Record<string, string | readonly string[]>>

async function post(path: string, fields: Typed, who: Person = at.advocate) {
  const answer = await at.served.post(path, fields, who)
  return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() }
}
const page = async (path: string, who: Person = at.advocate) => (await at.served.get(path, who)).text()

beforeAll(async () => {
  at = await sendingWorld()
  lead = await at.world.join(at.advocate, 'Lead', ['lead'])
  const own = (await post('/forms', { title: 'Our questions' }, lead)).to
  const edit = async () => /name="edit" value="(\d+)"/.exec(await page(`${own}/about`, lead))?.[1] ?? ''
  const add = async (fields: Typed) =>
    post(`${own}/item`, { in: '', place: '["",""]', ...fields, edit: await edit() }, lead)
  await add({ kind: 'yes-no', text: 'Are there animals?' })
  await add({ kind: 'text', text: 'Who can hear us?', eachTime: 'yes', place: '["","q1"]' })
  await add({ kind: 'text', text: 'What is the dog called?', place: '["","q2"]' })
  await post(`${own}/publish`, { edit: await edit() }, lead)
  form = own.split('/').at(-1) ?? ''
})
afterAll(() => at?.world.close())

const anew = () => `/cases/${caseId}/forms/new/${form}`
const fill = (fields: Typed) => post(anew(), { 'form-version': '1', asked: ['0', '1', '2'], ...fields })
const source = (html: string, question: number) =>
  new RegExp(`name="q${question}-earlier-source" value="([^"]+)"`).exec(html)?.[1] ?? ''
const repeats = () =>
  at.world.owner.selectFrom('people.repeat').select(['party_id', 'question_group']).execute()

/** A form filled in May. */
beforeEach(async () => {
  ;({ caseId } = await caseWith(at.advocate))
  await fill({ q0: 'yes', q1: 'The landlady', q2: 'Bramble' })
  await sql`update intake.answer set started_at = '2026-05-04T10:00Z', updated_at = '2026-05-04T10:00Z'
    where case_id = ${caseId}`.execute(at.world.owner)
  await at.world.owner.deleteFrom('people.repeat').execute()
})

test('what a form was told in May is offered in the next one; used, it keeps where it came from and nothing is counted', async () => {
  const html = await page(anew())
  expect(html).toContain('Answered before: What is the dog called?')
  expect(html).toContain('Bramble')
  expect(html).toContain('From the form “Our questions”, last written on 4 May 2026.')
  expect(source(html, 1)).toBe('')
  expect(html).not.toContain('The landlady')
  const done = await fill({
    'q0-earlier-act': 'use',
    'q0-earlier-source': source(html, 0),
    'q2-earlier-act': 'use',
    'q2-earlier-source': source(html, 2),
    q1: 'A neighbour',
  })
  const read = await page(done.to)
  expect(read).toContain('Bramble')
  expect(read.split('last written on 4 May 2026')).toHaveLength(3)
  expect(await repeats()).toEqual([])
  // Written again unchanged, it is still the answer of May; and what was just answered is not offered to itself.
  const path = `${done.to.replace(/\?.*/, '')}/change`
  expect(await page(path)).not.toContain('Answered before')
  const again = await post(path, { version: '1', asked: ['0', '1', '2'], q0: 'yes', q1: '', q2: 'Bramble' })
  expect((await page(again.to)).split('last written on 4 May 2026')).toHaveLength(3)
})

test('asked again, the new answer stands, and one repeat of a form is counted with nobody in it', async () => {
  const html = await page(anew())
  const done = await fill({
    'q0-earlier-act': 'use',
    'q0-earlier-source': source(html, 0),
    'q2-earlier-act': 'again',
    'q2-earlier-source': source(html, 2),
    q2: 'Moss',
  })
  expect(await page(done.to)).toContain('Moss')
  expect(await repeats()).toEqual([{ party_id: at.advocate.partyId, question_group: 'forms' }])
})

test('a mistake loses nothing and counts nothing: both at once, and an answer that was written anew meanwhile', async () => {
  const html = await page(anew())
  const both = await fill({
    'q2-earlier-act': 'use',
    'q2-earlier-source': source(html, 2),
    q2: 'Moss',
  })
  expect(both.status).toBe(422)
  expect(both.text).toContain('Use what was answered before or give a new answer, not both')
  expect(both.text).toContain('Moss')
  const filled = source(html, 2).split(':')[0] ?? ''
  await post(`/cases/${caseId}/forms/${filled}/change`, {
    version: '1',
    asked: ['0', '1', '2'],
    q0: 'no',
    q1: 'The landlady',
    q2: 'Fern',
  })
  const late = await fill({ 'q2-earlier-act': 'use', 'q2-earlier-source': source(html, 2) })
  expect([late.status, late.text.includes('has changed meanwhile'), late.text.includes('Fern')]).toEqual([
    422,
    true,
    true,
  ])
  expect(late.text).not.toContain('value="use" checked')
  expect(await repeats()).toEqual([])
})

test('another case of the same agency is offered nothing of it', async () => {
  const html = await page(anew())
  ;({ caseId } = await caseWith(at.advocate))
  const other = await page(anew())
  expect(other).toContain('What is the dog called?')
  expect(other).not.toContain('Answered before')
  expect(other).not.toContain('Bramble')
  const forged = await fill({ 'q2-earlier-act': 'use', 'q2-earlier-source': source(html, 2) })
  expect(forged.status).toBe(422)
  expect(forged.text).not.toContain('Bramble')
})

test('what the details of the case say is offered by a form that asks them, and what the form was told is offered there', async () => {
  const own = (await post('/forms', { title: 'How it goes' }, lead)).to
  const edit = async () => /name="edit" value="(\d+)"/.exec(await page(`${own}/about`, lead))?.[1] ?? ''
  const add = async (fields: Typed) =>
    post(`${own}/item`, { in: '', place: '["",""]', ...fields, edit: await edit() }, lead)
  await add({ kind: 'choice', text: 'How hard is it?', detail: 'severity' })
  await add({ kind: 'number', text: 'How old?', detail: 'age', place: '["","q1"]' })
  expect(await page(`${own}/item?item=q1`, lead)).toContain('so much that everyday life has stopped')
  await post(`${own}/publish`, { edit: await edit() }, lead)
  const path = `/cases/${caseId}/forms/new/${own.split('/').at(-1)}`
  await at.advocate.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    if (file === null) throw new Error('There is no case.')
    const said = { state: 'known' as const, value: 'moderate', askedOn: '2026-06-01' }
    await saveSituation(db, actor, { caseId, version: file.sheets.situation.version }, { severity: said })
  })
  const html = await page(path)
  expect(html).toContain('Answered before: How hard is it?')
  expect(html).toContain('a lot, at home, school or work')
  expect(html).toContain('From the details of the case, asked on 1 June 2026.')
  const done = await post(path, {
    'form-version': '1',
    asked: ['0', '1'],
    'q0-earlier-act': 'use',
    'q0-earlier-source': source(html, 0),
    q1: '41',
  })
  expect(await page(done.to)).toContain('From the details of the case, asked on 1 June 2026.')
  const details = await page(`/cases/${caseId}/details`)
  expect(details).toContain('Answered in the form “How it goes”')
  const offer = /name="source" value="([^"]+)"/.exec(details)?.[1] ?? ''
  await post(`/cases/${caseId}/told`, { page: 'situation', question: 'age', source: offer, 'act-age': 'use' })
  const file = await at.advocate.act((db, actor) => openFile(db, actor, caseId))
  expect(file?.answers['age']).toMatchObject({ state: 'known', value: 492, from: { how: 'form' } })
  expect(await repeats()).toEqual([])
})
