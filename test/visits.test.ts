import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { caseKey } from '#platform/access'

import type { Person, TestWorld } from './world/agencies.ts'
import { caseWith, send, standing, walkToTurn } from './world/sending.ts'
import { bodyOf, newest, type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'
import type { Served } from './world/served.ts'
import { apartOf, saidCode, sayYes } from './world/visit.ts'
import { type Visitor, visitor } from './world/visitor.ts'
import { closeForTeam } from '../src/people/close.actions.ts'
import { readVisitCode, spokenCode } from '../src/releases/visit-code.ts'
import { readVisit } from '../src/releases/visit.actions.ts'
import { releaseCells } from '#releases'

let at: SendingWorld
let world: TestWorld
let served: Served
let advocate: Person
let talking = ''

beforeAll(async () => {
  at = await sendingWorld()
  ;({ world, served, advocate, talking } = at)
})
afterAll(() => world?.close())

/** A draft that was talked through, and the code that its worker says on the call. */
async function codeFor(change: { readonly language?: string } = {}) {
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToTurn(served, advocate, caseId, talking)
  return { caseId, draft, code: await makeCode(caseId, draft, change) }
}

const makeCode = (caseId: string, draft: string, change: Readonly<Record<string, string>> = {}) =>
  saidCode(served, advocate, { caseId, draft }, change)

async function typed(code: string): Promise<{ readonly browser: Visitor; readonly answer: Response }> {
  const browser = visitor(served)
  return { browser, answer: await browser.post('/go', { code }) }
}

const take = (caseId: string, draft: string) =>
  served.post(apartOf(caseId, draft), { step: 'take' }, advocate)

/** Makes a code late, as time would. */
const late = (draft: string) =>
  world.owner
    .updateTable('releases.visit')
    .set({ ends_at: new Date(Date.now() - 1000) })
    .where('release_id', '=', draft)
    .execute()

describe('a code said on a call', () => {
  test('opens the words of the draft, item by item, and nothing else of the case', async () => {
    const { code } = await codeFor()
    const { browser, answer } = await typed(code)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/go/1'])
    expect([...browser.cookies.keys()]).toEqual(['visit-3000'])
    const pages: string[] = []
    for (const step of [1, 2, 3, 4, 5, 6]) pages.push(await (await browser.get(`/go/${step}`)).text())
    const all = pages.join('\n')
    expect(pages[1]).toContain('07700 900321')
    expect(pages[1]).toContain('Sleep through the night')
    expect(pages[2]).toContain('So that I do not have to tell it all again')
    expect(all).toContain('Person 1')
    expect(all).not.toContain('Dane')
    expect(all).not.toContain('Ivy')
    for (const page of pages) {
      expect(page).toContain('<title>Information</title>')
      expect(page).toContain('Not now')
      expect(page).toContain('exit-this-page')
    }
    const headers = (await browser.get('/go/2')).headers
    expect(headers.get('cache-control')).toContain('no-store')
    expect((await browser.get('/cases')).status).toBe(404)
  })

  test('signs what was on the page, and nothing that the person left out goes', async () => {
    const { caseId, draft, code } = await codeFor()
    const { browser } = await typed(code)
    const done = await sayYes(browser, ['what-they-want~n2'])
    expect(done.headers.get('location')).toBe('/go/end?l=en')
    expect(browser.cookies.size).toBe(0)
    const looked = await (await served.get(apartOf(caseId, draft), advocate)).text()
    expect(looked).toContain('They said yes')
    expect(looked).toContain('They left out')
    expect((await take(caseId, draft)).headers.get('location')).toContain('/send')
    const { kept } = await storedOf(advocate, caseId, draft)
    expect(kept.signed).toMatchObject({ way: 'apart', struck: [expect.any(String)] })
    expect(kept.release).toMatchObject({ identity: 'known-to-us', copy: 'no-copy-for-safety' })
    expect((await send(served, advocate, caseId, draft)).status).toBe(303)
    const body = await bodyOf(at.clinician, await newest(at.clinician))
    expect(body.items.map((item) => item.ref)).toEqual([null, null, 'n1'])
    expect(JSON.stringify(body)).not.toContain('Somebody to talk to')
  })

  test('works once: used, taken back, replaced, late or unknown are one answer', async () => {
    const used = await codeFor()
    expect((await typed(used.code)).answer.status).toBe(303)
    const back = await codeFor()
    await served.post(apartOf(back.caseId, back.draft), { step: 'end' }, advocate)
    const replaced = await codeFor()
    const second = await makeCode(replaced.caseId, replaced.draft)
    const over = await codeFor()
    await late(over.draft)
    const answers = new Set<string>()
    for (const code of [used.code, back.code, replaced.code, over.code, '0000 0000 0000']) {
      const { answer, browser } = await typed(code)
      expect([answer.status, browser.cookies.size]).toEqual([422, 0])
      answers.add((await answer.text()).replace(code, 'CODE'))
    }
    expect(answers.size).toBe(1)
    expect((await typed(second)).answer.status).toBe(303)
  })

  test('is over after five wrong ones, and the worker sees how often it was tried', async () => {
    const { caseId, draft, code } = await codeFor()
    const wrong = code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10)
    for (let round = 0; round < 4; round += 1) expect((await typed(wrong)).answer.status).toBe(422)
    expect(await (await served.get(apartOf(caseId, draft), advocate)).text()).toContain('4 times')
    expect((await typed(wrong)).answer.status).toBe(422)
    expect((await typed(code)).answer.status).toBe(422)
    const left = await world.owner
      .selectFrom('releases.visit_door')
      .innerJoin('releases.visit', 'releases.visit.id', 'releases.visit_door.visit_id')
      .select('visit_id')
      .where('release_id', '=', draft)
      .execute()
    expect(left).toEqual([])
  })

  test('is the same work for the database whether it is known or not', async () => {
    const { code } = await codeFor()
    const wrong = code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10)
    const asked: unknown[] = []
    const spy = vi.spyOn(pg.Client.prototype, 'query')
    for (const each of [wrong, '1234 5678 9012']) {
      spy.mockClear()
      await typed(each)
      asked.push(
        spy.mock.calls.map(([query]) =>
          typeof query === 'string' ? query : (query as { text?: string }).text,
        ),
      )
    }
    spy.mockRestore()
    expect(asked[0]).toEqual(asked[1])
    expect(asked[0]).not.toEqual([])
  })

  test('lies nowhere in the database, and its page’s key neither', async () => {
    const { draft, code } = await codeFor()
    const figures = code.replaceAll(' ', '')
    const rows = await world.owner
      .selectFrom('releases.visit_door as d')
      .innerJoin('releases.visit as v', 'v.id', 'd.visit_id')
      .selectAll()
      .where('v.release_id', '=', draft)
      .execute()
    expect(rows).toHaveLength(1)
    const text = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
      .join('\n')
    for (const piece of [figures, figures.slice(5), 'Rowan', 'Sleep']) expect(text).not.toContain(piece)
  })
})

describe('what the person says', () => {
  test('no, and not now, send nothing and leave nothing that a partner sees', async () => {
    for (const answer of ['no', 'not-now'] as const) {
      const { caseId, draft, code } = await codeFor()
      const { browser } = await typed(code)
      const said = await browser.post(answer === 'no' ? '/go/6' : '/go/2', { answer })
      expect(said.headers.get('location')).toBe('/go/end?l=en')
      const looked = await (await served.get(apartOf(caseId, draft), advocate)).text()
      expect(looked).toContain(answer === 'no' ? 'They said no' : 'They said: not now')
      await take(caseId, draft)
      const { state, kept } = await storedOf(advocate, caseId, draft)
      expect([state, kept.release.signatures]).toEqual(['draft', []])
      expect((await send(served, advocate, caseId, draft)).status).toBe(409)
    }
  })

  test('the last page is the same whatever was said', async () => {
    const ends = new Set<string>()
    for (const answer of ['yes', 'no', 'not-now']) {
      const { code } = await codeFor()
      const { browser } = await typed(code)
      if (answer === 'yes') await sayYes(browser)
      else await browser.post('/go/6', { answer })
      ends.add(await (await browser.get('/go/end')).text())
    }
    expect(ends.size).toBe(1)
  })

  test('Exit this page shuts the page, and the worker sees that nothing was said', async () => {
    const { caseId, draft, code } = await codeFor()
    const { browser } = await typed(code)
    await browser.post('/go/2', [
      ['answer', 'on'],
      ['out', 'safe-contact'],
    ])
    const cookie = browser.cookies.get('visit-3000') ?? ''
    expect((await browser.get('/leave')).status).toBe(303)
    browser.cookies.set('visit-3000', cookie)
    expect((await browser.get('/go/2')).headers.get('location')).toBe('/go')
    expect(await (await served.get(apartOf(caseId, draft), advocate)).text()).toContain('Nothing was said')
  })

  test('leaving everything out is not a yes', async () => {
    const { code } = await codeFor()
    const { browser } = await typed(code)
    const all = ['name-to-use', 'safe-contact', 'what-they-want~n1', 'what-they-want~n2']
    const answer = await browser.post(
      '/go/2',
      all.map((key) => ['out', key] as const),
    )
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Nothing is left to share')
  })

  test('a name and the copy are asked for, and what was typed stays', async () => {
    const { code } = await codeFor()
    const { browser } = await typed(code)
    const answer = await browser.post('/go/6', { name: 'Rowan', answer: 'yes' })
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain('Choose one. No copy is a good answer.')
    expect(text).toContain('value="Rowan"')
  })

  test('whoever is named as not safe signs nothing, and reads no reason (T9)', async () => {
    const { caseId, draft, code } = await codeFor()
    const { browser } = await typed(code)
    const said = await browser.post('/go/6', { name: 'Dane Vale', copy: 'given', answer: 'yes' })
    expect(said.headers.get('location')).toBe('/go/end?l=en')
    expect((await take(caseId, draft)).status).toBe(303)
    expect((await storedOf(advocate, caseId, draft)).kept.release.signatures).toEqual([])
    const page = await (await served.get(`/cases/${caseId}/referrals/new/${draft}/send`, advocate)).text()
    expect(page).toContain('uk-4')
  })

  test('words that changed after the code was said are signed again', async () => {
    const { caseId, draft, code } = await codeFor()
    const { browser } = await typed(code)
    await sayYes(browser)
    const talk = `/cases/${caseId}/referrals/new/${draft}/talk`
    const page = standing(await (await served.get(talk, advocate)).text())
    expect((await served.post(talk, { ...page, purpose: 'Something else' }, advocate)).status).toBe(303)
    expect((await take(caseId, draft)).status).toBe(409)
    expect((await storedOf(advocate, caseId, draft)).kept.release.signatures).toEqual([])
  })
})

describe('the page in Spanish (us-U27)', () => {
  test('is read and signed in Spanish, the language is kept, and the worker has it in English', async () => {
    const { caseId, draft, code } = await codeFor({ language: 'es' })
    const { browser } = await typed(code)
    const first = await (await browser.get('/go/1')).text()
    expect(first).toContain('lang="es')
    expect(first).toContain('le pregunta')
    expect(first).toContain('<title>Información</title>')
    const other = await browser.post('/go/1', { l: 'en' })
    expect(other.headers.get('location')).toBe('/go/1')
    expect(await (await browser.get('/go/1')).text()).toContain('asks you')
    await browser.post('/go/1', { l: 'es' })
    expect((await sayYes(browser)).headers.get('location')).toBe('/go/end?l=es')
    await take(caseId, draft)
    const { kept } = await storedOf(advocate, caseId, draft)
    expect(kept.signed).toMatchObject({ language: 'es', way: 'apart' })
    expect(
      await (await served.get(`/cases/${caseId}/referrals/new/${draft}/send`, advocate)).text(),
    ).toContain('What it is for')
  })
})

describe('what is kept', () => {
  test('the answer opens still when the case has got a new key', async () => {
    const { caseId, draft, code } = await codeFor()
    const { browser } = await typed(code)
    await sayYes(browser)
    await advocate.act((db, actor) => closeForTeam(db, actor, caseId, { cells: [releaseCells] }))
    const read = await advocate.act(async (db, actor) => {
      const key = await caseKey(db, actor, caseId)
      return key === null ? null : readVisit(db, key, { id: draft })
    })
    expect(read?.said?.answer).toBe('yes')
  })

  test('a colleague of another agency finds no page', async () => {
    const { caseId, draft } = await codeFor()
    expect((await served.get(apartOf(caseId, draft), at.clinician)).status).toBe(404)
    const answer = await served.post(apartOf(caseId, draft), { step: 'end' }, at.clinician)
    expect(answer.status).toBe(404)
  })
})

test('a code is read as it is typed, and never half', () => {
  const code = { finder: '01234', secret: '5678901' }
  expect(spokenCode(code)).toBe('0123 4567 8901')
  for (const said of ['0123 4567 8901', '012345678901', ' 0123-4567-8901 ', '０１２３ 4567 8901'])
    expect(readVisitCode(said)).toEqual(code)
  for (const said of ['', '0123 4567', '0123 4567 890a', '0123 4567 8901 2'])
    expect(readVisitCode(said)).toBeNull()
})
