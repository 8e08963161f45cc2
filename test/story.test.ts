import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { diaryPath, plan } from '#diary'
import { addNote, CardBody, openFile, saveCard, saveContact, summaryRows } from '#people'
import { heldItems } from '#releases'
import { createWords } from '#platform/i18n'

import peopleUk from '../src/people/words.uk.json' with { type: 'json' }
import releasesUk from '../src/releases/words.uk.json' with { type: 'json' }
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { crawl } from './world/crawl.ts'
import { caseWith } from './world/sending.ts'
import { type Served, serveWorld } from './world/served.ts'

const words = createWords([{ uk: peopleUk }, { uk: releasesUk }])({ pack: 'uk' })

let world: TestWorld
let served: Served
let worker: Person
let caseId: string
let survivor: string
let child: string

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  worker = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [
    'agency-administrator',
    'worker',
    'lead',
    'privacy-lead',
  ])
  ;({ caseId, survivor } = await caseWith(worker, { name: 'Rowanoldname Vale' }))
  child = await worker.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    return file?.cards.find((card) => card.role === 'child')?.id ?? ''
  })
})
afterAll(() => world?.close())

const get = (path: string) => served.get(path, worker)
const textOf = async (path: string) => (await get(path)).text()
const post = (path: string, fields: Readonly<Record<string, string | readonly string[]>>) =>
  served.post(path, fields, worker)
const at = (page: string) => `/cases/${caseId}/${page}`
const versionOn = async (page: string) =>
  /name="version" value="(\d+)"/.exec(await textOf(at(page)))?.[1] ?? '0'

describe('the pages of what a case tells', () => {
  test('strengths and protective acts stand before everything else, on the case and on paper', async () => {
    await post(at('strengths'), {
      version: '0',
      'strengths-0': 'Sings with Ivy',
      'acts-0': 'Keeps a bag ready',
    })
    for (const page of ['', '/print?sure=text']) {
      const text = await textOf(`/cases/${caseId}${page}`)
      const first = text.indexOf('Sings with Ivy')
      expect(first).toBeGreaterThan(0)
      expect(text.indexOf('Keeps a bag ready')).toBeGreaterThan(first)
      expect(text.indexOf('Sleep through the night')).toBeGreaterThan(first)
    }
  })

  test('how the abuse is: an end needs its day, and what was said before stays', async () => {
    const without = await post(at('how-things-are'), { version: '1', state: 'ended' })
    expect(without.status).toBe(422)
    expect(await without.text()).toContain('Write when it ended')
    const said = {
      state: 'ended',
      'until-year': '2019',
      'from-year': '2015',
      source: 'court',
      words: 'After the move',
    }
    const saved = await post(at('how-things-are'), { version: await versionOn('how-things-are'), ...said })
    expect(saved.status).toBe(303)
    const page = await textOf(at('how-things-are'))
    expect(page).toMatch(/It has ended · Since 2015 · Ended 2019 · After the move/)
    expect(page).toContain('It stops and starts')
    const [newest] = await worker.act(
      async (db, actor) => (await openFile(db, actor, caseId))?.story.abuse ?? [],
    )
    expect(newest).toMatchObject({ source: 'court', until: '2019' })
    expect(await textOf(at('details'))).toContain('it stopped more than a year ago')
  })

  test('the pattern tells who did what and what it did to each person; the threads may follow from it', async () => {
    const harm =
      /name="by" type="radio" value="([0-9a-f-]{36})"/.exec(await textOf(at('over-time/new')))?.[1] ?? ''
    expect(harm).not.toBe('')
    const done = 'Took the keys before each visit'
    const effects = { [`effect-${survivor}`]: 'Missed every visit', [`effect-${child}`]: 'Stayed in the car' }
    const empty = await post(at('over-time/new'), { version: '0', by: harm, ...effects })
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('Missed every visit')
    await post(at('over-time/new'), {
      version: '0',
      by: harm,
      done,
      'from-year': '2025',
      'from-month': '3',
      ...effects,
    })
    const page = await textOf(at('over-time'))
    for (const part of [done, 'March 2025', 'Dane Vale', 'Missed every visit', 'Stayed in the car'])
      expect(page).toContain(part)
    expect(page).toContain('Nothing on this page goes into the file of a child.')
    const entry = /over-time\/([0-9a-f-]{36})/.exec(page)?.[1] ?? ''
    const bare = { 'id-0': 'thread', 'distress-0': 'Shakes at the sound of keys' }
    const alone = await post(at('threads'), { version: '0', ...bare })
    expect(alone.status).toBe(422)
    expect(await alone.text()).toContain('Shakes at the sound of keys')
    const fields = { ...bare, 'entry-0': entry, 'getsThrough-0': 'Walks instead' }
    expect((await post(at('threads'), { version: '0', ...fields })).status).toBe(303)
  })

  test('on paper distress stands between what was done and how they get through, never alone', async () => {
    await allowPaper()
    for (const page of ['/print?sure=paper', '/print?sure=text', '']) {
      const text = await textOf(`/cases/${caseId}${page}`)
      const [thread = ''] =
        /What was done to them[\s\S]{0,400}Shakes at the sound of keys[\s\S]{0,300}Walks instead/.exec(
          text,
        ) ?? []
      expect([page, thread.includes('Took the keys before each visit')]).toEqual([page, true])
    }
    const entry = /over-time\/[0-9a-f-]{36}/.exec(await textOf(at('over-time')))?.[0] ?? ''
    await post(at(entry), { version: await versionOn(entry), then: 'remove' })
    expect(await textOf(at('over-time'))).toContain('Nothing written yet')
    expect(await textOf(at('print?sure=paper'))).toMatch(
      /What was done has been taken out of this case\.[\s\S]{0,300}Shakes at the sound of keys/,
    )
  })

  test('a need is judged by the person alone', async () => {
    const page = await textOf(at('needs/now'))
    expect(page).not.toContain('checked')
    const alone = await post(at('needs/now'), {
      version: '0',
      'state-0': 'a-little',
      'words-0': 'Two whole nights',
    })
    expect(alone.status).toBe(422)
    expect(await alone.text()).toContain('Two whole nights')
    await post(at('needs/now'), {
      version: '0',
      'state-0': 'a-little',
      'words-0': 'Two whole nights',
      saidSo: 'yes',
    })
    expect(await textOf(`/cases/${caseId}`)).toMatch(/A little, [^<]*“Two whole nights”/)
  })
})

test('whoever stands in for a worker in an emergency is shown none of the threads, the pattern or coercion', async () => {
  const file = await worker.act((db, actor) => openFile(db, actor, caseId))
  if (file === null) throw new Error('No case.')
  const titles = summaryRows(words, file, () => undefined).map((row) => row.key)
  expect(titles).toContain('How to be in touch safely')
  for (const page of ['strengths', 'effects', 'pattern', 'coercion'])
    expect(titles).not.toContain(words(`people.${page}.title`))
})

describe('coercion', () => {
  test('is asked only after it was said to be private; until then the questions send back', async () => {
    const early = await get(at('alone/health'))
    expect([early.status, early.headers.get('location')]).toEqual([303, at('alone')])
    const unasked = await post(at('alone/use'), { version: '0', 'state-withdrawal': 'yes' })
    expect([unasked.status, unasked.headers.get('location')]).toEqual([303, at('alone')])
    expect(await textOf(at('alone'))).toContain('what we must pass on')
    const not = await post(at('alone'), { version: '0', private: 'no' })
    expect(not.headers.get('location')).toBe(`${at('alone')}?later=1`)
    expect((await get(at('alone/health'))).status).toBe(303)
    await post(at('alone'), { version: '1', private: 'yes' })
    const page = await textOf(at('alone/health'))
    expect(page).toContain('Not asked: not private')
    expect(page).toContain('Prefers not to say')
    expect(page).not.toContain(' checked')
  })

  test('stands on no copy and in no release unless somebody ticks it', async () => {
    await post(at('alone/use'), {
      version: '2',
      'state-withdrawal': 'yes',
      'words-withdrawal': 'Canarywithdrawal',
    })
    expect(await textOf(at('alone'))).toContain('Canarywithdrawal')
    expect(await textOf(at('print'))).not.toContain(' checked')
    for (const sure of ['paper', 'text']) {
      expect(await textOf(at(`print?sure=${sure}`))).not.toContain('Canarywithdrawal')
      expect(await textOf(at(`print?sure=${sure}&coercion=yes`))).toContain('Canarywithdrawal')
    }
    expect(await textOf(`/cases/${caseId}`)).not.toContain('Canarywithdrawal')
    const file = await worker.act((db, actor) => openFile(db, actor, caseId))
    const items = file === null ? [] : heldItems(words, file, new Set(['abuse']))
    expect(items.length).toBeGreaterThan(2)
    for (const word of ['Canarywithdrawal', 'Shakes at', 'Two whole nights', 'Sings with Ivy'])
      expect([word, JSON.stringify(items).includes(word)]).toEqual([word, false])
  })
})

describe('the person’s own file', () => {
  const fileOf = async (who: string) => {
    const begun = await post(at('asks/file'), { who, how: 'spoken' })
    return begun.headers.get('location') ?? ''
  }

  test('holds every page, and a note by its class', async () => {
    await worker.act((db, actor) => addNote(db, actor, caseId, 'Canaryhearsay', { noteClass: 'third-party' }))
    const path = await fileOf(survivor)
    const page = await textOf(path)
    for (const word of [
      'Sings with Ivy',
      'Ended 2019',
      'Shakes at the sound of keys',
      'Canarywithdrawal',
      'Two whole nights',
    ])
      expect([word, page.includes(word)]).toEqual([word, true])
    await post(path, { key: [] })
    const given = await (await post(`${path}/give`, { safe: 'alone', how: 'show' })).text()
    expect(given).toContain('Shakes at the sound of keys')
    expect(given).not.toContain('Canaryhearsay')
  })

  test('of a child holds nothing of what was done to the adult', async () => {
    const path = await fileOf(child)
    await post(path, { key: [] })
    const given = await (await post(`${path}/give`, { safe: 'alone', how: 'show' })).text()
    for (const word of ['Shakes at the sound of keys', 'Canarywithdrawal', 'Ended 2019'])
      expect([word, given.includes(word)]).toEqual([word, false])
    expect(given).toContain('it tells what was done to an adult')
  })
})

test('us-U15: no address, file name or calendar holds a name, old or new', async () => {
  const names = ['Rowanoldname', 'Rowannewname', 'Wilhelminapaper']
  await worker.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    const card = file?.survivor
    const body = CardBody.parse({ ...card, name: 'Rowannewname Vale', legalName: 'Wilhelminapaper Vale' })
    await saveCard(db, actor, { caseId, id: survivor, version: card?.version ?? 0 }, body)
  })
  const pages = await crawl(served, worker, ['/work', '/diary', `/cases/${caseId}`], 300)
  expect(pages.length).toBeGreaterThan(20)
  expect(pages.some(({ text }) => text.includes('Rowannewname'))).toBe(true)
  const addresses = pages.flatMap(({ path, text }) => [
    path,
    ...[...text.matchAll(/\b(?:href|action|src|formaction|download)="([^"]*)"/g)].map(
      ([, found = '']) => found,
    ),
  ])
  expect(addresses.length).toBeGreaterThan(200)
  const told = addresses.filter((each) => names.some((name) => decodeURIComponent(each).includes(name)))
  expect(told).toEqual([])
  // The old name, and the name on papers, are on no page but the card on which the latter is changed.
  expect(pages.filter(({ text }) => text.includes('Rowanoldname')).map(({ path }) => path)).toEqual([])
  const papers = pages.filter(({ text }) => text.includes('Wilhelminapaper')).map(({ path }) => path)
  expect(papers).toEqual([`/cases/${caseId}/names/${survivor}`])
  const made = [
    ['print', await get(at('print?sure=paper'))],
    ['text', await get(at('print?sure=text'))],
    ['calendar', await post(`${await appointment()}?how=calendar`, {})],
  ] as const
  for (const [what, answer] of made) {
    expect([what, answer.status]).toEqual([what, 200])
    const heads = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
    expect([what, names.filter((name) => heads.includes(name))]).toEqual([what, []])
  }
  const [, , [, calendar]] = made
  const text = await calendar.text()
  expect(text).toContain('BEGIN:VEVENT')
  expect(names.filter((name) => text.includes(name))).toEqual([])
})

/** An appointment that the person wants in their calendar; gives its address. */
async function appointment(): Promise<string> {
  return worker.act(async (db, actor) => {
    const planned = await plan(db, actor, caseId, {
      kind: 'appointment',
      words: 'Rowannewname comes with Ivy',
      doer: { is: 'member' },
      minutes: null,
      place: '',
      theirWords: 'Blue door',
      ownerId: actor.accountId,
      dueAt: new Date(Date.now() + 86_400_000),
      asked: true,
    })
    if ('refused' in planned) throw new Error(planned.refused)
    return diaryPath('theirs', caseId, planned.id)
  })
}

/** Safe contact says that paper is safe, and a calendar too. */
async function allowPaper(): Promise<void> {
  await worker.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    if (file?.contact === null || file === null) throw new Error('No safe contact.')
    const place = { caseId, version: file.sheets.contact.version }
    await saveContact(db, actor, place, { ...file.contact, printing: 'ok', calendar: 'neutral' })
  })
}
