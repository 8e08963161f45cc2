import { closeWork, offerCase, plan } from '#diary'
import { type Answer, fillForm, makeForm, publishForm } from '#intake'
import { addPaper } from '#papers'
import { openFile, saveSheet } from '#people'
import { savePlan } from '#plans'

import { sheetSchemas } from '../../src/people/cells.ts'
import { type SheetKind, sheetKinds } from '../../src/people/sheet.ts'
import type { Person } from '../world/agencies.ts'
import { contact, told } from './harm-world.ts'

const on = '2026-11-20'
const at = '2026-11-20T10:00:00Z'

/** What stands on each page of a case that is saved whole. A page that is new and has no text here is an error of types. */
const pages: Readonly<Record<SheetKind, (words: string) => unknown>> = {
  contact: (note) => ({ ...contact, interpreter: { wanted: true, note } }),
  needs: (words) => [
    { id: 'n1', words: told.need },
    { id: 'n2', words },
  ],
  situation: (who) => ({
    housing: { state: 'unknown', value: null, askedOn: on, from: { how: 'letter', who, on } },
  }),
  wishes: (words) => ({ words }),
  danger: (safeToTalkTo) => ({ afraidOf: told.afraid, safeToTalkTo }),
  chosen: (words) => ({ now: null, before: [], passed: [{ at, by: 'Ash', reason: 'danger', words }] }),
  'access-needs': (other) => ({ other }),
  urgency: (because) => ({ level: 'today', setAt: at, setBy: 'Ash', because, dueAt: null }),
  strengths: (words) => ({ strengths: [], acts: [{ words }] }),
  abuse: (words) => [{ state: 'ended', words, on }],
  effects: (getsThrough) => [{ id: 'e1', getsThrough }],
  pattern: (done) => [{ id: 'p1', done, on }],
  coercion: (words) => ({ answers: { 'doubt-own-mind': { state: 'yes', words, on } } }),
  progress: (words) => [{ need: 'n1', state: 'done', words, on, askedBy: 'Ash' }],
  'own-words': (trust) => ({ trust }),
  relationships: (words) => [{ ...between, review: { ...looked, words } }],
  support: (name) => [{ id: 's1', kind: 'school', name }],
  counted: (need) => [{ need, month: '2026-11' }],
  together: (words) => [{ id: 't1', words, kind: 'own', who: [] }],
  helpers: (next) => [
    { id: 'h1', agency: 'School', partyId: null, next, toldBy: 'person', agreedOn: '2026-11-20' },
  ],
}

const between = { id: 'r1', who: 'a', to: 'b', role: 'other', source: 'worker', since: '', until: '', by: '' }
const looked = { specialist: 'Sam', outcome: 'both-kept', on, by: 'Ash' }

const rooms = [
  'safety before',
  'safety',
  'suicide',
  'child',
  'form',
  'diary',
  'handing',
  'ending',
  'paper',
] as const

/** Words of their own for each place, eight or nine in a row, so that a copy tells where it is from. */
const wordsAt = (place: string) => `The canary told of ${place.replace('-', ' ')} at dusk today.`

/** What stands on the pages of a case and in the other rooms, one text for each place. */
export const toldInPlaces = [...sheetKinds, ...rooms].map(wordsAt)

/** Tells something on every page of a case, and in every room that keeps words beside it. */
export async function tellEverywhere(by: Person, caseId: string, colleague: Person): Promise<void> {
  await by.act(async (db, actor) => {
    for (const kind of sheetKinds) {
      const version = (await openFile(db, actor, caseId))?.sheets[kind].version ?? 0
      const value = sheetSchemas[kind].parse(pages[kind](wordsAt(kind)))
      went(await saveSheet(db, actor, { caseId, version }, kind, value))
    }
  })
  await tellPlans(by, caseId)
  await tellForm(by, caseId)
  await tellDiary(by, caseId, colleague)
  const form = new FormData()
  form.set('title', wordsAt('paper'))
  form.set('file', new File(['A letter.'], 'letter.txt'))
  const { body, headers } = new Request('http://127.0.0.1/', { method: 'POST', body: form })
  const incoming = { body, contentType: headers.get('content-type') ?? undefined }
  went(await by.act((db, actor) => addPaper(db, actor, caseId, incoming, 1024 * 1024)))
}

async function tellPlans(by: Person, caseId: string): Promise<void> {
  const safety = (words: string) => ({ parts: [{ id: 'p1', about: 'at-home' as const, title: '', words }] })
  const own = [
    'worthLiving',
    'warningSigns',
    'ownWays',
    'peopleAndPlaces',
    'peopleToAsk',
    'whomToRing',
  ] as const
  const empty = Object.fromEntries(own.map((name) => [name, ''])) as Record<(typeof own)[number], string>
  const suicide = { ...empty, saferPlace: wordsAt('suicide'), agreed: '', reviewedOn: '', reviewOn: '' }
  const child = { whose: '', different: '', survivorSays: wordsAt('child'), steps: [], reviewOn: '' }
  await by.act(async (db, actor) => {
    const first = { caseId, version: 0 }
    went(await savePlan(db, actor, { ...first, kind: 'safety' }, safety(wordsAt('safety before'))))
    went(await savePlan(db, actor, { caseId, version: 1, kind: 'safety' }, safety(wordsAt('safety'))))
    went(await savePlan(db, actor, { ...first, kind: 'suicide' }, suicide))
    went(await savePlan(db, actor, { ...first, kind: 'child' }, child))
  })
}

async function tellForm(by: Person, caseId: string): Promise<void> {
  const question = { id: 'q1', kind: 'long' as const, text: 'What helps?', options: [], when: null }
  const items = [{ ...question, retired: false, kept: {}, items: [] }]
  const answers = new Map<string, Answer>([['q1', { state: 'answered', value: wordsAt('form') }]])
  await by.act(async (db, actor) => {
    const body = { title: 'Talk', purpose: '', items, kept: {}, origin: null, licence: null }
    const { id } = await makeForm(db, actor, body)
    went(await publishForm(db, actor, { id, edit: 1 }))
    went(await fillForm(db, actor, caseId, { id, version: 1 }, { answers, goesOn: false }))
  })
}

async function tellDiary(by: Person, caseId: string, colleague: Person): Promise<void> {
  const step = {
    kind: 'step' as const,
    doer: { is: 'member' as const },
    minutes: null,
    place: '',
    asked: true,
  }
  const said = {
    reason: 'done' as const,
    outcome: 'better' as const,
    outcomeWords: wordsAt('ending'),
    wayBack: 'Ring us',
    after: 'as-now' as const,
    afterWords: '',
    knows: 'yes' as const,
    knowsWords: '',
    spoken: null,
  }
  await by.act(async (db, actor) => {
    const mine = { ownerId: actor.accountId, dueAt: new Date('2031-01-01'), theirWords: '' }
    went(await plan(db, actor, caseId, { ...step, ...mine, words: wordsAt('diary') }))
    const offer = { toId: colleague.accountId, note: wordsAt('handing'), knows: 'yes' as const }
    went(await offerCase(db, actor, caseId, offer))
    went(await closeWork(db, actor, caseId, said, { second: true, open: [] }))
  })
}

/** A text that was not kept would be missed by nobody. */
function went(answer: object): void {
  if ('refused' in answer) throw new Error(`Nothing was told: ${JSON.stringify(answer)}`)
}
