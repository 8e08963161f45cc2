import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { addNote } from '#people'

import type { Person } from './world/agencies.ts'
import { crawl } from './world/crawl.ts'
import { caseWith, send, walkToSend } from './world/sending.ts'
import { newest, type SendingWorld, sendingWorld } from './world/sending-world.ts'

const kept = 'Canaryrowan'
const out = 'Canaryelder'

let at: SendingWorld
let caseId: string
let survivor: string
let stranger: Person

beforeAll(async () => {
  at = await sendingWorld()
  stranger = await at.world.found('Another Office', 'housing')
  ;({ caseId, survivor } = await caseWith(at.advocate))
  await at.advocate.act((db, actor) => addNote(db, actor, caseId, `${kept} stays with us.`))
  await at.advocate.act((db, actor) => addNote(db, actor, caseId, `${out} is held back.`))
  const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
  expect((await send(at.served, at.advocate, caseId, draft)).status).toBe(303)
})
afterAll(() => at?.world.close())

const post = async (path: string, fields: Readonly<Record<string, string | readonly string[]>>) =>
  at.served.post(path, fields, at.advocate)

describe('uk-V18: what is withheld is in no other agency’s view and in no copy', () => {
  test('a note is here, and in nothing that another agency can open', async () => {
    const ours = await crawl(at.served, at.advocate, [`/cases/${caseId}/notes`])
    expect(ours.some(({ text }) => text.includes(kept))).toBe(true)
    const envelope = await newest(at.clinician)
    const payload = await at.clinician.act((db, actor) => openIncoming(db, actor, envelope))
    expect(payload).toHaveProperty('body')
    const pages = ['/work', '/referrals', '/settings', '/letters', '/retention', `/cases/${caseId}/notes`]
    const theirs = await crawl(at.served, at.clinician, pages)
    const strangers = await crawl(at.served, stranger, pages)
    expect(theirs.length).toBeGreaterThan(4)
    const seen = [...theirs, ...strangers, { path: 'payload', text: JSON.stringify(payload) }]
    for (const { path, text } of seen)
      for (const word of [kept, out]) expect([path, text.includes(word)]).toEqual([path, false])
  })

  test('on paper and as text for a record system a note is not there either', async () => {
    for (const sure of ['paper', 'text']) {
      const text = await (await at.served.get(`/cases/${caseId}/print?sure=${sure}`, at.advocate)).text()
      expect(text).toContain('Sleep through the night')
      for (const word of [kept, out]) expect([sure, text.includes(word)]).toEqual([sure, false])
    }
  })

  test('in the person’s own file the note that was left out is counted by its ground and not told', async () => {
    const begun = await post(`/cases/${caseId}/asks/file`, { who: survivor, how: 'spoken' })
    const path = begun.headers.get('location') ?? ''
    const picks = await (await at.served.get(path, at.advocate)).text()
    const notes = [...picks.matchAll(/name="out-(note~[0-9a-f-]{36})"/g)].map(([, key = '']) => key)
    expect(notes).toHaveLength(2)
    // Notes stand newest first.
    const [newestNote = ''] = notes
    await post(path, { key: notes, [`out-${newestNote}`]: 'privilege' })
    for (const [page, fields] of [
      ['give', { safe: 'alone', how: 'show' }],
      ['give', { safe: 'alone', how: 'print', sure: 'yes' }],
      ['data', { safe: 'alone' }],
    ] as const) {
      const text = await (await post(`${path}/${page}`, fields)).text()
      expect([page, text.includes(kept), text.includes(out)]).toEqual([page, true, false])
      expect(text).toContain('it is protected by legal privilege')
    }
  })
})
