import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { closeForTeam, mayContact, openFile } from '#people'
import { waitingMail } from '#platform/mail'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { counted } from './world/counted-work.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let amina: Person
let lead: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker'])
  lead = await world.join(amina, 'Lena', ['lead'])
})
afterAll(() => world.close())

const idIn = (answer: Response) =>
  /cases\/([0-9a-f-]{36})/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''
const fileOf = (caseId: string) => amina.act((db, actor) => openFile(db, actor, caseId))
const call = {
  caller: 'self',
  name: 'Ash',
  value: '07700 900123',
  whoElseSees: 'nobody',
  voicemail: 'neutral',
  when: 'except',
  from: '16:00',
  to: '19:00',
  words: 'I want to sleep without listening for the door.',
  urgency: 'today',
  language: 'pl',
  access: 'Short talks, no stairs',
}

test('one call fills card, contact, needs, access and urgency, and the pages of the case show it, the number at its use alone', async () => {
  const answer = await served.post('/work/call', call, amina)
  expect(answer.status).toBe(303)
  const caseId = idIn(answer)
  const file = await fileOf(caseId)
  expect(file).toMatchObject({
    cards: [{ name: 'Ash', role: 'survivor', roleSource: 'said-so' }],
    needs: [{ words: call.words }],
    accessNeeds: { language: 'pl', interpreter: 'yes', other: call.access },
    urgency: { level: 'today', met: null },
    contact: { ways: [{ value: call.value }], language: 'pl', interpreter: { wanted: true } },
  })
  expect(file?.dueAt?.toISOString()).toBe(file?.urgency?.dueAt)
  const shows = async (path: string, ...texts: readonly string[]) => {
    const html = await (await served.get(`/cases/${caseId}${path}`, amina)).text()
    for (const text of texts) expect([path, text, html.includes(text)]).toEqual([path, text, true])
  }
  await shows('', 'Ash', 'Polish', 'First contact by', 'Short talks')
  await shows('/contact', call.from, call.to)
  await numberAtItsUse(caseId)
  await shows('/needs', call.words)
  await shows('/access', call.access, '<option value="pl" selected')
  await shows('/wishes', 'value="pl" checked')
  await shows('/urgency', 'First contact by')
  await shows('/notes', 'First call, from the person themself.')
})

/** The number stands on no page but the one that asked the gate for it, and there as the gate answers at that moment. */
async function numberAtItsUse(caseId: string) {
  for (const path of ['', '/contact', '/contact/now', '/notes']) {
    const html = await (await served.get(`/cases/${caseId}${path}`, amina)).text()
    expect([path, html.includes(call.value)]).toEqual([path, false])
  }
  const contact = (await fileOf(caseId))?.contact
  const wayId = contact?.ways[0]?.id
  if (!contact || wayId === undefined) throw new Error('no way was kept')
  const quiet = { namesAgency: false, hasLink: false, tellsMore: false, reminder: false }
  const answer = mayContact(contact, { kind: 'call', wayId, ...quiet }, new Date())
  const html = await (await served.post(`/cases/${caseId}/contact/now`, { way: wayId }, amina)).text()
  expect(html.includes(call.value)).toBe(!('refused' in answer))
}

test('a call without a word begins a case; a wrong time loses nothing of what was typed', async () => {
  const empty = await served.post('/work/call', {}, amina)
  expect(empty.status).toBe(303)
  expect(await fileOf(idIn(empty))).toMatchObject({
    contact: null,
    needs: [],
    accessNeeds: null,
    urgency: null,
    helpers: [],
    dueAt: null,
  })
  for (const wrong of [{ to: 'noon' }, { to: '' }]) {
    const answer = await served.post('/work/call', { ...call, ...wrong }, amina)
    const html = await answer.text()
    expect(answer.status).toBe(422)
    for (const kept of [call.name, call.value, call.words, call.access, 'value="16:00"'])
      expect(html).toContain(kept)
  }
})

test('an interpreter from the case or whom the person does not want is refused at the field', async () => {
  const caseId = idIn(await served.post('/work/call', call, amina))
  const save = (fields: Record<string, string>) =>
    served.post(`/cases/${caseId}/access`, { version: '1', interpreter: 'yes', ...fields }, amina)
  const own = await save({ interpreterName: 'ash' })
  expect(own.status).toBe(422)
  expect(await own.text()).toContain('Somebody with this name is in this case')
  const unwanted = await save({ interpreterName: 'Jola Wilk', notInterpret: 'Jola Wilk' })
  expect(await unwanted.text()).toContain('does not want them to interpret')
  expect((await save({ interpreterName: 'Ola Nowak', language: 'pl', dialect: 'Silesian' })).status).toBe(303)
  expect((await fileOf(caseId))?.contact?.interpreter).toEqual({ wanted: true, note: 'Silesian' })
  expect((await save({ interpreterName: 'Ola Nowak' })).status).toBe(409)
})

test('a level changes with a reason alone, and a first contact that is written down owes nothing more', async () => {
  const caseId = idIn(await served.post('/work/call', call, amina))
  const post = (fields: Record<string, string>) => served.post(`/cases/${caseId}/urgency`, fields, amina)
  const bare = await post({ level: 'now', version: '1' })
  expect([bare.status, (await bare.text()).includes('Write why it changes')]).toEqual([422, true])
  expect((await post({ level: 'now', because: 'He knows the address.', version: '1' })).status).toBe(303)
  expect((await post({ level: 'today', because: 'x', version: '1' })).status).toBe(409)
  const risen = await fileOf(caseId)
  expect(risen?.urgency).toMatchObject({ level: 'now', before: [{ level: 'today' }] })
  expect((await post({ act: 'met', words: 'Spoke for ten minutes', version: '2' })).status).toBe(303)
  const met = await fileOf(caseId)
  expect([met?.dueAt, met?.urgency?.met?.words]).toEqual([null, 'Spoke for ten minutes'])
})

test('what is overdue is said to its worker and to the lead, and mailed once without a word about whom', async () => {
  await sql`update people."case" set due_at = null`.execute(world.owner)
  const caseId = idIn(await served.post('/work/call', call, amina))
  const told = async () => {
    await sql`select jobs.notify_waiting()`.execute(world.pools.jobs)
    return (await waitingMail(world.pools, world.installation)).map(({ to, template }) => [to, template])
  }
  expect(await told()).toEqual([])
  expect(await (await served.get('/work', amina)).text()).not.toContain('overdue')
  await sql`update people."case" set due_at = now() - interval '1 minute' where id = ${caseId}`.execute(
    world.owner,
  )
  expect(await (await served.get('/work', amina)).text()).toContain('One of your cases is overdue')
  expect(await (await served.get('/work', lead)).text()).toContain('One case of the agency is overdue')
  expect(await told()).toEqual([[amina.login, 'something-waits']])
  expect(await told()).toHaveLength(1)
})

test('every question of the details can stay unasked or unanswered, and that is kept as such', async () => {
  const caseId = idIn(await served.post('/work/call', call, amina))
  const saved = await served.post(
    `/cases/${caseId}/details`,
    { asks: ['abuse', 'age'], 'f-abuse': 'not-private', 's-age': 'declined', version: '0' },
    amina,
  )
  expect(saved.status).toBe(303)
  const file = await fileOf(caseId)
  expect(file?.answers).toMatchObject({ abuse: { state: 'not-private' }, age: { state: 'declined' } })
  expect(file?.situation).toEqual({})
  const html = await (await served.get(`/cases/${caseId}/details`, amina)).text()
  for (const text of ['Not asked: not private', 'Prefers not to say']) expect(html).toContain(text)
})

test('a call about somebody whom the worker knows leaves the worker’s hands at once', async () => {
  const piers = await world.join(amina, 'Piers Pond', ['worker'])
  const known = await served.post('/work/people-i-know', { names: 'Robin Thorn', version: '0' }, piers)
  expect(known.status).toBe(303)
  const answer = await served.post('/work/call', { ...call, name: 'Robin Thorn' }, piers)
  expect(answer.headers.get('location')).toBe('/work?done=known')
  expect(await (await served.get('/work', piers)).text()).not.toContain('Robin Thorn')
})

const letter = `Re: Nasreen Karim, aged 34.
Nasreen is afraid of Tariq Karim. Nasreen speaks Urdu and would like an interpreter.
Ring 07700 900123 after 3 March 2026. They were in the refuge at 14 Harbour Lane.`

test('a pasted letter keeps nothing until something is chosen, and then with the referrer as its source', async () => {
  const before = await amina.act((db) => db.selectFrom('people.case').select('id').execute())
  const read = await served.post('/work/letter', { letter, from: 'The practice' }, amina)
  const html = await read.text()
  expect(read.status).toBe(200)
  expect(html).not.toMatch(
    /type="checkbox"[^>]* checked|<option value="(survivor|child|other|personCausingHarm)" selected/,
  )
  const after = await amina.act((db) => db.selectFrom('people.case').select('id').execute())
  expect(after.length).toBe(before.length)
  const role = (name: string) =>
    new RegExp(`for="(role-\\d+)"[^>]*>\\s*Who is ${name}\\?`).exec(html)?.[1] ?? ''
  const ids = [...html.matchAll(/name="take"[^>]*value="(\d+)"/g)].map(([, id = '']) => id)
  const fields = { letter, from: 'The practice', step: 'save', take: ids, keep: 'yes' }
  const roles = { [role('Nasreen Karim')]: 'survivor', [role('Tariq Karim')]: 'personCausingHarm' }
  const saved = await served.post('/work/letter', { ...fields, ...roles }, amina)
  const caseId = idIn(saved)
  const file = await fileOf(caseId)
  expect(file).toMatchObject({
    cards: [
      { name: 'Nasreen Karim', role: 'survivor', roleSource: 'referrer' },
      { name: 'Tariq Karim', role: 'personCausingHarm', roleSource: 'referrer' },
    ],
    contact: { verifiedAt: null, ways: [{ value: '07700 900123', whenever: false }] },
    needs: [{ words: 'Nasreen speaks Urdu and would like an interpreter.' }],
    accessNeeds: { language: 'ur', interpreter: 'yes' },
    answers: { age: { value: 408, from: { how: 'letter', who: 'The practice' } } },
  })
  expect(file?.contact?.notSafe).toEqual([file?.personsCausingHarm[0]?.id])
  const notes = await (await served.get(`/cases/${caseId}/notes`, amina)).text()
  expect(notes).toContain('A referral letter from The practice')
  expect(notes).not.toContain('Harbour Lane')
})

test('a letter that is longer than a note is kept to its end, and reads from top to bottom', async () => {
  const lines = Array.from({ length: 260 }, (_each, at) => `On day ${at} it went on as it had been before.`)
  const long = [...lines, 'A neighbour holds a key. Ring after three.'].join('\n')
  const fields = { letter: long, from: 'The practice', step: 'save', keep: 'yes' }
  const caseId = idIn(await served.post('/work/letter', fields, amina))
  const notes = await (await served.get(`/cases/${caseId}/notes`, amina)).text()
  const said = ['Part 1 of 2', 'On day 0 ', 'Part 2 of 2', 'On day 259 ', 'Ring after three.']
  const at = said.map((words) => notes.indexOf(words))
  expect(at).toEqual(at.toSorted((a, b) => a - b))
  expect(at[0]).toBeGreaterThan(0)
})

test('a letter of which nothing is chosen begins a case without a name and keeps nothing else', async () => {
  const caseId = idIn(await served.post('/work/letter', { letter, step: 'save' }, amina))
  expect(await fileOf(caseId)).toMatchObject({ cards: [{ name: '' }], contact: null, needs: [], answers: {} })
  const notes = await (await served.get(`/cases/${caseId}/notes`, amina)).text()
  expect(notes).not.toContain('Tariq')
  const kept = idIn(
    await served.post('/work/letter', { letter, from: 'The practice', step: 'save', keep: 'yes' }, amina),
  )
  const offer = await (await served.get(`/cases/${kept}/access`, amina)).text()
  expect(offer).toContain('Urdu, with an interpreter. Told in a letter from The practice')
  const source = /name="source" value="([^"]+)"/.exec(offer)?.[1] ?? ''
  const fields = { page: 'accessNeeds', question: 'language', source, 'act-language': 'use' }
  expect((await served.post(`/cases/${kept}/told`, fields, amina)).status).toBe(303)
  expect((await fileOf(kept))?.accessNeeds).toMatchObject({
    language: 'ur',
    interpreter: 'yes',
    from: { how: 'letter', who: 'The practice' },
  })
  const empty = await served.post('/work/letter', { letter: ' ' }, amina)
  expect([empty.status, (await empty.text()).includes('Paste the letter first')]).toEqual([422, true])
})

test('somebody of this name is here already: the page says so and names no case that is closed for the reader', async () => {
  const begin = (name: string, who = amina) => served.post('/work/call', { ...call, name }, who)
  const to = (answer: Response) => answer.headers.get('location') ?? ''
  const first = await begin('Oriel Marsh')
  expect(to(first)).toBe(`/cases/${idIn(first)}?saved=1`)
  const second = await begin('Marsh, Oriel')
  expect(to(second)).toBe(`/cases/${idIn(second)}/same-name`)
  const html = await (await served.get(to(second), amina)).text()
  expect(html).toContain('Somebody of this name is here already')
  expect(html).toContain(`href="/cases/${idIn(first)}"`)
  expect(html).toContain(`href="/cases/${idIn(second)}?saved=1"`)
  // Neither a first name alone nor the beginning of a name is enough, and a saved card is not asked about again.
  expect(to(await begin('Oriel'))).toContain('saved=1')
  expect(to(await begin('Oriel Marshall'))).toContain('saved=1')
  const card = (await fileOf(idIn(second)))?.cards[0]
  const fields = { name: 'Marsh, Oriel', role: 'survivor', aloud: 'none', version: '1' }
  const saved = await served.post(`/cases/${idIn(second)}/names/${card?.id}`, fields, amina)
  expect(to(saved)).toBe(`/cases/${idIn(second)}?saved=1`)
  // From a card, on the way through a first talk.
  const blank = await served.post('/cases', {}, amina)
  const named = await served.post(
    `/cases/${idIn(blank)}/names/new`,
    { ...fields, version: '0', then: 'next' },
    amina,
  )
  expect(to(named)).toBe(`/cases/${idIn(blank)}/same-name?then=next`)
  const shown = await (await served.get(to(named), amina)).text()
  expect(shown).toContain(`href="/cases/${idIn(blank)}/contact"`)
})

test('a case that is closed for the reader is none: the same page by the same work', async () => {
  const ida = await world.join(amina, 'Ida Fenn', ['worker'])
  const closed = idIn(await served.post('/work/call', { ...call, name: 'Tamsin Reeve' }, amina))
  await amina.act((db, actor) => closeForTeam(db, actor, closed, { team: [lead.accountId], cells: [] }))
  expect(await ida.act((db, actor) => openFile(db, actor, closed))).toBeNull()
  const begin = async (name: string) => {
    const { result, work } = await counted(() => served.post('/work/call', { ...call, name }, ida))
    expect(result.headers.get('location')).toBe(`/cases/${idIn(result)}?saved=1`)
    return { caseId: idIn(result), work }
  }
  await begin('Maud Wren')
  const hidden = await begin('Tamsin Reeve')
  // One more of her own is there by now.
  const free = await begin('Petra Stone')
  expect(hidden.work.statements).toEqual(free.work.statements)
  const asked = await served.get(`/cases/${hidden.caseId}/same-name`, ida)
  expect(asked.status).toBe(303)
})
