import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { addNote, eraseCase, liftHold, openFile, placeHold, saveWishes, Wishes } from '#people'

import { lettersOf } from '../src/asks/letter.store.ts'
import { copyKeys, type Keyring, noKeys, tablesTelling } from './world/every-key.ts'
import { caseWith, send, walkToSend } from './world/sending.ts'
import { newest, type SendingWorld, sendingWorld } from './world/sending-world.ts'

const canary = 'Larkspur'

let at: SendingWorld
let ring: Keyring
let caseId: string

beforeAll(async () => {
  at = await sendingWorld()
  ;({ caseId } = await caseWith(at.advocate, { name: `${canary} Vale`, notSafe: `${canary} brother` }))
  await at.advocate.act(async (db, actor) => {
    await addNote(db, actor, caseId, `${canary} rang from the library.`)
    const { sheets } = (await openFile(db, actor, caseId)) ?? { sheets: null }
    const wishes = Wishes.parse({ list: [], words: `${canary} wants mornings.` })
    await saveWishes(db, actor, { caseId, version: sheets?.wishes.version ?? 0 }, wishes)
    await placeHold(db, actor, caseId, { ground: 'court', reason: `${canary} is a party to a claim.` })
  })
  const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
  expect((await send(at.served, at.advocate, caseId, draft)).status).toBe(303)
  const wrong = { part: 'needs', says: `${canary} slept`, should: `${canary} rests`, how: 'spoken' }
  const asked = await at.served.post(`/cases/${caseId}/asks/correction`, wrong, at.advocate)
  const told = { answer: 'refused', reason: `${canary} said so.`, statement: '' }
  await at.served.post(asked.headers.get('location') ?? '', told, at.advocate)
  // A second permission that is only a draft.
  await walkToSend(at.served, at.advocate, caseId, at.keyAdult, { talk: { steps: 'both-parents-warning' } })
  const envelopeId = await newest(at.clinician)
  expect(await at.clinician.act((db, actor) => openIncoming(db, actor, envelopeId))).toHaveProperty('body')
  const { to: form } = await filledForm()
  expect(form).toContain('/forms/')
  await at.served.post('/letters', letterFrom('Dane Vale', `The file of ${canary}.`), at.advocate)
  await at.served.post('/letters', letterFrom('Lee Marsh', 'Everything about Sam Marsh.'), at.advocate)
  ring = noKeys()
  await copyKeys(ring, at.advocate, [caseId])
  await copyKeys(ring, at.clinician, [])
})
afterAll(() => at?.world.close())

/** A form of the agency with one question, answered in the case. */
async function filledForm(): Promise<{ readonly to: string }> {
  const to = async (path: string, fields: Readonly<Record<string, string>>) =>
    (await at.served.post(path, fields, at.advocate)).headers.get('location') ?? ''
  const form = await to('/forms', { title: 'Our questions' })
  await to(`${form}/item`, { kind: 'text', in: '', text: 'What helps?', edit: '1', place: '["",""]' })
  await to(`${form}/publish`, { edit: '2' })
  const fill = `/cases/${caseId}/forms/new/${form.split('/').at(-1)}`
  return { to: await to(fill, { 'form-version': '1', asked: '0', q0: `${canary} and tea.` }) }
}

function letterFrom(from: string, about: string) {
  return { writer: 'parent', from, about, answerTo: 'By post.' }
}

interface Ticks {
  readonly shown: readonly string[]
  readonly named: readonly string[]
}

/** The second page of erasing, and the letters on it: all that were shown, and those with a name of the case. */
async function sure(): Promise<Ticks & { readonly text: string }> {
  const page = await at.served.post(`/cases/${caseId}/erase`, { step: 'sure' }, at.advocate)
  const text = await page.text()
  const shown = [...text.matchAll(/name="shown" value="([0-9a-f-]{36})"/g)].map((each) => each[1] ?? '')
  const named = text
    .split('govuk-checkboxes__item')
    .filter((each) => each.includes('a name of this case stands in it'))
    .flatMap((each) => /value="([0-9a-f-]{36})"/.exec(each)?.[1] ?? [])
  return { text, shown, named }
}

const erase = (papers: readonly string[], shown: readonly string[], read = 'yes') =>
  at.served.post(
    `/cases/${caseId}/erase`,
    { step: 'erase', word: 'erase', why: 'asked', papers: [...papers], shown: [...shown], read },
    at.advocate,
  )

describe('erasing with every key in a thief’s hand', () => {
  test('before, the canary is read in every table that holds something of the case', async () => {
    const telling = await tablesTelling(at.world, ring, canary)
    expect(telling).toEqual(
      expect.arrayContaining([
        'asks.ask',
        'asks.letter',
        'envelopes.incoming',
        'envelopes.outgoing',
        'intake.answer',
        'people.card',
        'people.legal_hold',
        'people.note',
        'people.sheet',
        'releases.release',
      ]),
    )
  })

  test('a hold stops it, for the act and for the page, and the stop is written down', async () => {
    expect(await at.advocate.act((db, actor) => eraseCase(db, actor, caseId))).toEqual({
      refused: 'legal-hold',
    })
    const letters = await at.advocate.act((db, actor) => lettersOf(db, actor))
    const said = await erase(
      letters.map((each) => each.id),
      letters.map((each) => each.id),
    )
    expect(said.status).toBe(409)
    expect(await said.text()).toContain('A legal hold is in force')
    expect(await at.advocate.act((db, actor) => lettersOf(db, actor))).toHaveLength(2)
    expect(await at.advocate.act((db, actor) => openFile(db, actor, caseId))).not.toBeNull()
  })

  test('every letter from outside is read first; nothing is ticked, and a name of the case comes first', async () => {
    await at.advocate.act((db, actor) => liftHold(db, actor, caseId, 'The claim is settled.'))
    const { text, shown, named } = await sure()
    expect([shown.length, named.length]).toEqual([2, 1])
    expect(shown[0]).toBe(named[0])
    expect(text).not.toContain(' checked')
    const unread = await erase(named, shown, '')
    expect(unread.status).toBe(422)
    const again = await unread.text()
    expect(again).toContain('Read every letter, then say so')
    expect(again).toMatch(new RegExp(`value="${named[0]}"[^>]* checked`))
    await at.served.post('/letters', letterFrom('Kim Wren', 'The same again.'), at.advocate)
    const missed = await erase(named, shown)
    expect([missed.status, (await missed.text()).includes('A letter came in the meantime')]).toEqual([
      422,
      true,
    ])
  })

  test('afterwards nobody can read it anywhere, by any key that was ever held', async () => {
    const { shown, named } = await sure()
    const page = await erase(named, shown)
    expect(page.status).toBe(200)
    const sheet = await page.text()
    expect(sheet).not.toContain(canary)
    expect(sheet).toContain('Hill Clinic')
    expect(sheet).toMatch(/Letters from outside about the person[\s\S]*?1/)
    expect(sheet).toContain('Older copies of the data can still hold the letters')
    expect(await tablesTelling(at.world, ring, canary)).toEqual([])
    const left = await at.advocate.act((db, actor) => lettersOf(db, actor))
    expect(left.map((each) => each.from).toSorted()).toEqual(['Kim Wren', 'Lee Marsh'])
  })

  test('the kept sheet counts what went and names neither the person nor an agency', async () => {
    const list = await (await at.served.get('/erasures', at.advocate)).text()
    const href = /\/erasures\/[0-9a-f-]{36}/.exec(list)?.[0] ?? ''
    const kept = await (await at.served.get(href, at.advocate)).text()
    expect(kept).not.toContain(canary)
    expect(kept).not.toContain('Hill Clinic')
    expect(kept).toContain('1 other agency had been sent something')
    expect(kept).toMatch(/Keys<[\s\S]*?1/)
  })
})
