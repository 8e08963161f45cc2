import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Person } from './world/agencies.ts'
import { caseWith, send, standing, walkToSend, walkToTurn } from './world/sending.ts'
import { bodyOf, newest, type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'

let at: SendingWorld
let programme: Person

beforeAll(async () => {
  at = await sendingWorld('us')
  programme = await at.world.found('Riverside Recovery', 'substance-use', undefined, 'us')
  await at.world.pair(programme, at.clinician)
})
afterAll(() => at?.world.close())

test('us-T22: what leaves a substance use programme carries the notice and what was agreed to', async () => {
  const { caseId } = await caseWith(programme)
  const steps = await stepsOf(programme, caseId, at.talking)
  const { draft } = await walkToSend(at.served, programme, caseId, at.talking, { talk: { steps } })
  const { kept } = await storedOf(programme, caseId, draft)
  expect(kept.release.attachments).toEqual(['part2-notice', 'consent-copy'])
  expect((await send(at.served, programme, caseId, draft)).status).toBe(303)
  const body = await bodyOf(at.clinician, await newest(at.clinician))
  expect(body.part2?.notice).toContain('42 CFR part 2')
  expect(body.part2?.consent).toContain('So that I do not have to tell it all again')
})

test('nothing of the kind travels with what an advocate sends', async () => {
  const { caseId } = await caseWith(at.advocate)
  const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
  expect((await storedOf(at.advocate, caseId, draft)).kept.release.attachments).toEqual([])
})

test('family never interprets: said at the field, and what was typed stays', async () => {
  const { caseId } = await caseWith(at.advocate)
  const { draft } = await walkToTurn(at.served, at.advocate, caseId, at.talking)
  const path = `/cases/${caseId}/referrals/new/${draft}/talk`
  const page = standing(await (await at.served.get(path, at.advocate)).text())
  const said = { ...page, interpreter: 'Ines Vale', relation: 'family' }
  const answer = await at.served.post(path, said, at.advocate)
  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(text).toContain('id="interpreter-error"')
  expect(text).toContain('value="Ines Vale"')
  const own = await at.served.post(path, { ...said, relation: 'none', identity: 'code-word' }, at.advocate)
  expect(own.status).toBe(303)
  const { kept } = await storedOf(at.advocate, caseId, draft)
  expect(kept.release).toMatchObject({
    identity: 'code-word',
    interpreter: { name: 'Ines Vale', familyOrFriend: false },
  })
})

/** Every step that the talk page of a first try asks for. */
async function stepsOf(who: Person, caseId: string, serviceId: string): Promise<readonly string[]> {
  const first = await (await at.served.get(`/cases/${caseId}/referrals/new?service=${serviceId}`, who)).text()
  const picked = await at.served.post(`/cases/${caseId}/referrals/new`, standing(first), who)
  const talk = await (await at.served.get(picked.headers.get('location') ?? '', who)).text()
  return [...talk.matchAll(/name="steps"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="steps"/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
}
