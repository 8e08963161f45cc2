import { afterAll, beforeAll, expect, test } from 'vitest'

import { openIncoming, sendEnvelope } from '#envelopes'
import { openFile, saveContact } from '#people'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendReferral, threadNow } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { decide } from './decide.actions.ts'
import { takeIntoRecord } from './take.actions.ts'

let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person

const contact = {
  nothingAtAll: false,
  ways: [],
  nameSafeToSay: 'Ash',
  language: 'pl',
  hasCodeWord: false,
  interpreter: null,
  reminders: 'no',
  calendar: 'no',
  printing: 'no',
  notSafe: [],
  verifiedAt: null,
  verifiedBy: null,
  changedBecause: null,
} as const
const person = { name: 'Kim', phone: '', cover: '' }
const pages = ['contact', 'access', 'details?ask=home', 'details']

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(advocate, clinician)
})
afterAll(() => world?.close())

/** A referral in the clinic's own record, of which only the name was taken. */
async function taken() {
  const sent = await sendReferral(advocate, clinician)
  const { threadId } = sent
  const yes = { about: 'accepted', startsOn: null, person, first: null, note: '' } as const
  await clinician.act((db, actor) => decide(db, actor, { threadId, version: 1 }, yes))
  const at = await threadNow(clinician, threadId)
  const done = await clinician.act((db, actor) => takeIntoRecord(db, actor, at, [0]))
  if ('refused' in done) throw new Error(done.refused)
  return { ...sent, caseId: done.caseId, theirs: sent.key }
}

/** The partner writes again in the same thread: where the person lives now, and how to reach them. */
async function writesAgain({ threadId, releaseId, theirs }: Awaited<ReturnType<typeof taken>>) {
  const item = { ref: null, title: 'A heading', text: 'Words' }
  const sent = await advocate.act((db, actor) =>
    sendEnvelope(db, actor, {
      kind: 'request',
      threadId,
      toParty: clinician.partyId,
      ofCase: theirs,
      releaseId,
      endsAt: null,
      news: {},
      back: 'outcome',
      body: {
        about: 'request',
        service: { id: null, name: 'Talking room' },
        items: [
          { ...item, kind: 'safe-contact', data: contact },
          {
            ...item,
            kind: 'matching-detail',
            ref: 'home',
            data: { facet: 'home', value: 'settled', askedOn: '2026-11-24' },
          },
        ],
        handling: [],
        purpose: 'So that nobody asks twice.',
        safeContact: [],
        comesBack: 'outcome',
        ask: null,
        answerTo: { name: 'Robin', phone: '01632 960123', cover: '' },
        amends: true,
      },
    }),
  )
  if ('refused' in sent) throw new Error(sent.refused)
  return sent.envelopeId
}

const stateOf = async (id: string) =>
  (
    await world.owner
      .selectFrom('envelopes.incoming')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).state
const looks = async () => {
  const { n } = await world.owner
    .selectFrom('ledger.entry')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('kind', 'like', 'envelope.%open%')
    .executeTakeFirstOrThrow()
  return Number(n)
}
const page = async (caseId: string, name: string) => {
  const answer = await served.get(`/cases/${caseId}/${name}`, clinician)
  expect([name, answer.status]).toEqual([name, 200])
  return answer.text()
}

test('a letter that nobody has read waits on, whichever page of its case is opened, and is offered once it was read', async () => {
  const first = await taken()
  const again = await writesAgain(first)
  for (const name of pages) expect(await page(first.caseId, name)).not.toContain(again)
  expect(await stateOf(again)).toBe('waiting')
  await clinician.act((db, actor) => openIncoming(db, actor, again))
  expect(await page(first.caseId, 'access')).toContain(again)
  expect(await page(first.caseId, 'details?ask=home')).toContain(again)
})

test('no letter is opened where the case says already what the page would ask', async () => {
  const first = await taken()
  const again = await writesAgain(first)
  await clinician.act((db, actor) => openIncoming(db, actor, again))
  await clinician.act((db, actor) =>
    saveContact(db, actor, { caseId: first.caseId, version: 0 }, { ...contact, ways: [], notSafe: [] }),
  )
  const before = await looks()
  for (const name of ['contact', 'access']) await page(first.caseId, name)
  expect(await looks()).toBe(before)
})

test('one press uses several offers of one letter, and reads it once', async () => {
  const first = await taken()
  const again = await writesAgain(first)
  await clinician.act((db, actor) => openIncoming(db, actor, again))
  const before = await looks()
  const pressed = await served.post(
    `/cases/${first.caseId}/told`,
    {
      page: 'situation',
      question: ['contact', 'home', 'language'],
      source: [again, again, again],
      'act-contact': 'use',
      'act-home': 'use',
      'act-language': 'use',
    },
    clinician,
  )
  expect(pressed.status).toBe(303)
  const file = await clinician.act((db, actor) => openFile(db, actor, first.caseId))
  expect(file?.contact).toMatchObject({ language: 'pl', verifiedAt: null })
  expect(file?.answers['home']).toMatchObject({ value: 'settled', from: { how: 'agency' } })
  // Two letters of the thread were read, each once.
  expect((await looks()) - before).toBe(2)
})
