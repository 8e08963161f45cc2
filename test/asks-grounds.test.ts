import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Person } from './world/agencies.ts'
import { beginOn, type GroundPlace, paper, stepOn } from './world/grounds.ts'
import { caseWith } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let lead: Person
let worker: Person
let other: Person

beforeAll(async () => {
  at = await sendingWorld()
  lead = at.advocate
  worker = await at.world.join(lead, 'Worker', ['worker'])
  other = await at.world.join(lead, 'Other worker', ['worker'])
})
afterAll(() => at?.world.close())

const again = { 'again-day': '28', 'again-month': '11', 'again-year': '2026' }

async function account({ caseId }: Pick<GroundPlace, 'caseId'>, how = 'show') {
  const path = `/cases/${caseId}/asks/account`
  const said = await at.served.post(path, { safe: 'alone', how, sure: 'yes' }, worker)
  return { status: said.status, text: await said.text() }
}

test('what went in danger is in the account once the person was told, and nothing of it before', async () => {
  const { caseId } = await caseWith(worker)
  const place = await beginOn(at.served, worker, caseId, 'today', {
    why: 'Threats for tonight.',
    to: at.clinician.partyId,
    items: ['name-to-use', 'safe-contact'],
    answer: 'not-yet',
    reason: 'Nobody picks up.',
    ...again,
  })
  expect((await stepOn(at.served, other, place, '', { act: 'confirm' }, lead)).status).toBe(303)
  const before = await account(place)
  expect(before.status).toBe(200)
  expect(before.text).not.toContain('Hill Clinic')
  expect(before.text).not.toMatch(/danger|legal ground/i)
  const question = await (await at.served.get(`/cases/${caseId}/asks/account`, worker)).text()
  expect(question).toContain('has not been told of 1 thing')
  const told = { answer: 'by-telephone' }
  expect((await stepOn(at.served, worker, place, '/told', told, lead)).status).toBe(303)
  const after = await account(place)
  expect(after.text).toContain('Hill Clinic')
  expect(after.text).toContain('Somebody was in danger at once')
})

test('while a paper from a court waits, the account is shown and not printed (rule court-4)', async () => {
  const { caseId } = await caseWith(worker)
  const place = await beginOn(at.served, worker, caseId, 'paper', paper)
  expect((await account(place)).status).toBe(200)
  const printed = await account(place, 'print')
  expect(printed.status).toBe(409)
  expect(printed.text).not.toContain('What left')
})

test('who opened the case in an emergency is among who looked once the person was told, by role and not by name', async () => {
  const night = await at.world.join(lead, 'Night desk', ['directory-editor'])
  const { caseId } = await caseWith(worker)
  const typed = { whom: caseId, why: 'Locked out.', answer: 'not-yet', reason: 'Asleep.', ...again }
  const asked = await at.served.post('/glass', typed, night)
  expect(asked.status).toBe(303)
  const through = asked.headers.get('location') ?? ''
  expect((await at.served.get(through, night)).status).toBe(200)
  const before = await account({ caseId })
  expect(before.text).not.toMatch(/emergency|Directory editor/)
  const id = through.split('/').at(-1) ?? ''
  const place = { caseId, id, path: `/cases/${caseId}/grounds/${id}` }
  const told = { answer: 'by-telephone' }
  expect((await stepOn(at.served, worker, place, '/told', told, lead)).status).toBe(303)
  const after = await account({ caseId })
  expect(after.text).toContain('a case was opened in an emergency')
  expect(after.text).toContain('Directory editor')
  expect(after.text).not.toContain('Night desk')
})
