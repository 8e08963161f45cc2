import { afterAll, beforeAll, expect, test } from 'vitest'

import { openFile } from '#people'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { endingTyped } from './world/closing.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let amina: Person
let lead: Person
let researcher: Person
let caseId: string

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker'])
  lead = await world.join(amina, 'Lena', ['lead'])
  researcher = await world.join(amina, 'Remy', ['researcher'])
  const started = await served.post('/cases', {}, amina)
  expect(started.status).toBe(303)
  caseId = /cases\/([0-9a-f-]+)\/names\/new/.exec(started.headers.get('location') ?? '')?.[1] ?? ''
})
afterAll(() => world.close())

const at = (path: string) => `/cases/${caseId}${path}`

test('a form with a mistake comes back whole, with a sentence at the field', async () => {
  const long = 'x'.repeat(2001)
  const forms: readonly (readonly [string, Record<string, string>, string, string])[] = [
    ['/notes', { words: '' }, 'Write the note first', ''],
    ['/end', { 'due-day': '31', 'due-month': '2', 'due-year': '2027' }, 'Write a real date', 'value="31"'],
    [
      '/needs',
      { 'id-0': 'a', 'words-0': long, 'code-0': 'safety', version: '0' },
      'Use 2,000 characters',
      long,
    ],
    [
      '/details',
      { asks: 'age', 'f-age': 'nine', version: '0' },
      'Write the years as a number',
      'value="nine"',
    ],
    [
      '/contact',
      { channel: 'call', value: '07700 900123', from: 'noon', when: 'only' },
      'Write a time',
      '07700 900123',
    ],
    ['/wishes', { waitWeeks: 'four', words: 'Near the bus' }, 'Write the weeks as a number', 'Near the bus'],
    ['/names/new', { name: 'Ash', role: '' }, 'Choose who they are here', 'value="Ash"'],
  ]
  for (const [path, fields, sentence, kept] of forms) {
    const answer = await served.post(at(path), fields, amina)
    const text = await answer.text()
    expect([path, answer.status]).toEqual([path, 422])
    expect([path, text.includes(sentence), text.includes(kept)]).toEqual([path, true, true])
  }
  const file = await amina.act((db, actor) => openFile(db, actor, caseId))
  expect(file).toMatchObject({ cards: [], needs: [], contact: null, answers: {} })
})

test('what is due stands first in my work, and a day can be taken away again', async () => {
  const save = (day: string) =>
    served.post(at('/end'), { 'due-day': day, 'due-month': day && '3', 'due-year': day && '2020' }, amina)
  expect((await save('27')).status).toBe(303)
  expect(await (await served.get('/work', amina)).text()).toContain('due 27 Mar 2020')
  expect((await save('')).status).toBe(303)
  expect(await (await served.get('/work', amina)).text()).not.toContain('due 27')
})

test('a case ends and is taken up again', async () => {
  await served.post(at('/closing'), endingTyped, amina)
  expect(await (await served.get('/work', amina)).text()).not.toContain(caseId)
  expect(await (await served.get('/work/ended', amina)).text()).toContain(caseId)
  await served.post(at('/closing'), { act: 'again' }, amina)
  expect(await (await served.get('/work', amina)).text()).toContain(caseId)
})

test('only a lead gives a case away, and only to somebody with casework', async () => {
  expect((await served.get(at('/worker'), amina)).status).toBe(404)
  const wrong = await served.post(at('/worker'), { to: researcher.accountId }, lead)
  expect([wrong.status, (await wrong.text()).includes('has no casework here')]).toEqual([409, true])
  expect((await served.post(at('/worker'), { to: lead.accountId }, lead)).status).toBe(303)
  expect(await (await served.get('/work', lead)).text()).toContain(caseId)
  expect((await served.get('/work', researcher)).status).toBe(404)
})

test('an answer to one question goes back to the menu, and not now is kept', async () => {
  await served.post(at('/needs'), { 'id-0': 'a', 'words-0': '', 'code-0': 'safety', version: '0' }, amina)
  const done = await served.post(
    at('/details'),
    { asks: 'abuse', 'f-abuse': 'not-now', version: '0', back: 'menu' },
    amina,
  )
  expect(done.headers.get('location')).toBe(at('/menu'))
  const file = await amina.act((db, actor) => openFile(db, actor, caseId))
  expect(file?.answers['abuse']).toMatchObject({ state: 'not-now', value: null })
  const menu = await served.get(at('/menu'), amina)
  expect([menu.status, (await menu.text()).includes('One answer would settle')]).toEqual([200, false])
})

test('paper passes the gate: nothing to print before somebody asked', async () => {
  for (const sure of ['', '?sure=paper']) {
    const text = await (await served.get(at(`/print${sure}`), amina)).text()
    expect(text).toContain('Nobody has asked yet if paper is safe')
    expect(text).not.toContain('For our record')
  }
  expect(await (await served.get(at('/print?sure=text'), amina)).text()).toContain('For our record')
})
