import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { AbuseStatus } from './abuse.ts'
import { CardBody } from './card.ts'
import { saveCard } from './card.actions.ts'
import type { CaseFile } from './case.ts'
import { startCase } from './case.actions.ts'
import { closeForTeam } from './close.actions.ts'
import { eraseSheet } from './erase-part.actions.ts'
import { searchNames } from './name-search.actions.ts'
import { addNote, notesOf } from './note.actions.ts'
import { noteClassOf } from './note-class.rules.ts'
import { openFile } from './open.actions.ts'
import { saveNeeds, saveSituation, saveStory } from './sheet.actions.ts'
import { emptyStory, type Story } from './story.ts'

let world: TestWorld
let amina: Person
let privacy: Person
let rosa: Person

beforeAll(async () => {
  world = await testWorld()
  amina = await world.found('Harbour Advocacy', 'domestic-abuse')
  privacy = await world.join(amina, 'Piers', ['privacy-lead'])
  rosa = await world.found('Alder Advocacy', 'domestic-abuse', undefined, 'us')
})
afterAll(() => world?.close())

const on = '2026-11-27'
const canary = 'Canarystory'
const story: Story = {
  strengths: {
    strengths: [{ words: `${canary} sings`, on }],
    acts: [{ words: `${canary} keeps a bag`, on }],
  },
  abuse: [AbuseStatus.parse({ state: 'on-and-off', from: '2024', words: `${canary} since the move`, on })],
  effects: [
    {
      id: 'e',
      done: `${canary} done`,
      entry: '',
      unsaid: false,
      distress: `${canary} distress`,
      getsThrough: '',
    },
  ],
  pattern: [
    {
      id: 'p',
      by: '',
      from: '2025',
      until: '',
      done: `${canary} took keys`,
      source: 'said-so',
      effects: [],
      on,
    },
  ],
  coercion: {
    asked: [{ private: true, at: `${on}T10:00:00Z`, by: 'w' }],
    answers: { withdrawal: { state: 'yes', words: `${canary} waits`, on } },
  },
  progress: [{ need: 'a', state: 'a-little', words: `${canary} better`, on, askedBy: 'w' }],
}
const kinds = Object.keys(emptyStory) as (keyof Story)[]

async function told(by: Person = amina): Promise<string> {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const card = CardBody.parse({ name: 'Ash', role: 'survivor' })
    await saveCard(db, actor, { caseId, id: null, version: 0 }, card)
    await saveNeeds(db, actor, { caseId, version: 0 }, [{ id: 'a', code: 'safety', words: 'To sleep' }])
    for (const kind of kinds)
      expect(await saveStory(db, actor, { caseId, version: 0 }, kind, story[kind])).toEqual({ version: 1 })
    return caseId
  })
}

const read = (caseId: string, by: Person = amina): Promise<CaseFile> =>
  by.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    if (file === null) throw new Error('No case.')
    return file
  })

describe('what a case tells', () => {
  test('is read as it was written, stands sealed, and is sealed again when the case closes', async () => {
    const caseId = await told()
    expect((await read(caseId)).story).toEqual(story)
    const { rows } = await sql<{ line: string }>`
      select encode(body, 'escape') as line from people.sheet where case_id = ${caseId}`.execute(world.owner)
    expect(rows).toHaveLength(kinds.length + 1)
    expect(rows.map((row) => row.line).join('\n')).not.toContain(canary)
    const closed = await amina.act((db, actor) => closeForTeam(db, actor, caseId, { cells: [] }))
    expect(closed).not.toHaveProperty('refused')
    expect((await read(caseId, privacy)).story).toEqual(story)
  })

  test('the second of two who save the same page is told', async () => {
    const caseId = await told()
    const again = await amina.act((db, actor) => saveStory(db, actor, { caseId, version: 0 }, 'pattern', []))
    expect(again).toEqual({ refused: 'changed-meanwhile' })
  })

  test('goes with its part when the time for keeping it is over', async () => {
    const caseId = await told()
    const left = async (part: 'situation' | 'wishes' | 'danger') => {
      await amina.act((db, actor) => eraseSheet(db, actor, caseId, part))
      const now = (await read(caseId)).story
      return kinds.filter((kind) => JSON.stringify(now[kind]) !== JSON.stringify(emptyStory[kind])).toSorted()
    }
    expect(await left('situation')).toEqual(['pattern', 'progress', 'strengths'])
    expect(await left('wishes')).toEqual(['pattern'])
    expect(await left('danger')).toEqual([])
  })
})

describe('how the abuse is', () => {
  test('is typed once: the page answers the detail, the detail goes into the history', async () => {
    const caseId = await told()
    const file = await read(caseId)
    expect(file.situation).toEqual({ abuse: 'on-and-off' })
    expect(file.answers['abuse']).toEqual({ state: 'known', value: 'on-and-off', askedOn: on })
    const answers = { ...file.answers, abuse: { state: 'known', value: 'ongoing', askedOn: on } } as const
    await amina.act((db, actor) => saveSituation(db, actor, { caseId, version: 0 }, answers))
    const after = await read(caseId)
    expect(after.story.abuse.map((status) => status.state)).toEqual(['ongoing', 'on-and-off'])
    expect(after.situation).toEqual({ abuse: 'ongoing' })
    expect(after.sheets.abuse.version).toBe(2)
  })

  test('coercion feeds no threshold: with every answer a yes, what is looked up stays the same', async () => {
    const caseId = await told()
    const before = (await read(caseId)).situation
    const yes = { state: 'yes', words: '', on } as const
    const answers = { 'doubt-own-mind': yes, 'made-to-use': yes, 'hospital-threat': yes }
    await amina.act((db, actor) =>
      saveStory(db, actor, { caseId, version: 1 }, 'coercion', { asked: [], answers }),
    )
    const after = await read(caseId)
    expect(after.situation).toEqual(before)
    expect(Object.keys(after.answers)).toEqual(['abuse'])
  })
})

describe('the class of a note', () => {
  test('is sealed with it; an old note without one has the default of the place', async () => {
    const caseId = await told(rosa)
    await rosa.act((db, actor) => addNote(db, actor, caseId, 'Old one'))
    await rosa.act((db, actor) => addNote(db, actor, caseId, 'Hearsay', { noteClass: 'third-party' }))
    const { key } = await read(caseId, rosa)
    const classes = await rosa.act(async (db, actor) =>
      (await notesOf(db, key)).map((note) => [note.words, note.noteClass, noteClassOf(note, actor)]),
    )
    expect(classes).toEqual([
      ['Hearsay', 'third-party', 'third-party'],
      ['Old one', null, 'advocate-privilege'],
    ])
  })
})

test('us-U15: a name on papers is found by no search, before or after it changes', async () => {
  const caseId = await told()
  const { survivor } = await read(caseId)
  const save = (legalName: string, version: number) =>
    amina.act((db, actor) =>
      saveCard(
        db,
        actor,
        { caseId, id: survivor?.id ?? '', version },
        CardBody.parse({ name: 'Ash', role: 'survivor', legalName }),
      ),
    )
  const find = async (query: string) =>
    (await amina.act((db, actor) => searchNames(db, actor, { query }))).total
  await save('Wilhelmina Paper', 1)
  expect((await read(caseId)).survivor?.legalName).toBe('Wilhelmina Paper')
  expect(await find('wilhelmina')).toBe(0)
  await save('Winifred Paper', 2)
  expect([await find('wilhelmina'), await find('winifred')]).toEqual([0, 0])
  expect(JSON.stringify((await read(caseId)).cards)).not.toContain('Wilhelmina')
})
