import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { addNote, eraseCase, liftHold, openFile, placeHold, saveWishes, Wishes } from '#people'

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
  ring = noKeys()
  await copyKeys(ring, at.advocate, [caseId])
  await copyKeys(ring, at.clinician, [])
})
afterAll(() => at?.world.close())

describe('erasing with every key in a thief’s hand', () => {
  test('before, the canary is read in every table that holds something of the case', async () => {
    const telling = await tablesTelling(at.world, ring, canary)
    expect(telling).toEqual(
      expect.arrayContaining([
        'asks.ask',
        'envelopes.incoming',
        'envelopes.outgoing',
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
    const said = await at.served.post(
      `/cases/${caseId}/erase`,
      { step: 'erase', word: 'erase', why: 'asked' },
      at.advocate,
    )
    expect(said.status).toBe(409)
    expect(await said.text()).toContain('A legal hold is in force')
    expect(await at.advocate.act((db, actor) => openFile(db, actor, caseId))).not.toBeNull()
  })

  test('afterwards nobody can read it anywhere, by any key that was ever held', async () => {
    await at.advocate.act((db, actor) => liftHold(db, actor, caseId, 'The claim is settled.'))
    const page = await at.served.post(
      `/cases/${caseId}/erase`,
      { step: 'erase', word: 'erase', why: 'asked' },
      at.advocate,
    )
    expect(page.status).toBe(200)
    const sheet = await page.text()
    expect(sheet).not.toContain(canary)
    expect(sheet).toContain('Hill Clinic')
    expect(await tablesTelling(at.world, ring, canary)).toEqual([])
  })

  test('the kept sheet counts what went and names neither the person nor an agency', async () => {
    const list = await (await at.served.get('/erasures', at.advocate)).text()
    const href = /\/erasures\/[0-9a-f-]{36}/.exec(list)?.[0] ?? ''
    const kept = await (await at.served.get(href, at.advocate)).text()
    expect(kept).not.toContain(canary)
    expect(kept).not.toContain('Hill Clinic')
    expect(kept).toContain('1 other agency had been sent something')
    expect(kept).toMatch(/Keys of the case[\s\S]*?1/)
  })
})
