import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Person } from './world/agencies.ts'
import { caseWith, walkToTurn } from './world/sending.ts'
import { type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'

let at: SendingWorld
let clinic: Person

beforeAll(async () => {
  at = await sendingWorld('us')
  clinic = await at.world.found('Alder Clinic', 'mental-health', undefined, 'us')
  await at.world.pair(clinic, at.clinician)
})
afterAll(() => at?.world.close())

const say = (who: Person, form: Readonly<Record<string, string>>) =>
  at.served.post('/agency/young', form, who)
const own = { who: 'own', from: '14', citation: 'Section 3, read by our lawyer' }

test('only whoever runs the agency sets it, with an age and its place in the law, and nothing typed is lost', async () => {
  const worker = await at.world.join(clinic, 'Worker', ['worker'])
  expect((await at.served.get('/agency/young', worker)).status).toBe(404)
  expect((await say(worker, own)).status).toBe(404)
  const early = await say(clinic, own)
  expect(early.status).toBe(422)
  expect(await early.text()).toContain('Choose that first')
  await at.served.post('/agency/law', { law: 'us-ct' }, clinic)
  for (const [change, field] of [
    [{ from: '9' }, 'from'],
    [{ from: 'x' }, 'from'],
    [{ citation: '' }, 'citation'],
    [{ who: '' }, 'who'],
  ] as const) {
    const said = await say(clinic, { ...own, ...change })
    expect(said.status).toBe(422)
    const text = await said.text()
    expect(text).toContain(`id="${field}-error"`)
    if (field !== 'citation') expect(text).toContain('Section 3, read by our lawyer')
  }
  expect((await say(clinic, own)).status).toBe(303)
  const page = await (await at.served.get('/agency/young', clinic)).text()
  expect(page).toContain('signs alone here from the age of 14')
})

test('it counts for the next release: a person of fifteen signs alone, one of thirteen does not', async () => {
  await at.served.post('/agency/law', { law: 'us-ct' }, clinic)
  await say(clinic, own)
  const alone: boolean[] = []
  for (const age of [15, 13]) {
    const { caseId } = await caseWith(clinic, { age: age * 12 })
    const first = await (
      await at.served.get(`/cases/${caseId}/referrals/new?service=${at.talking}`, clinic)
    ).text()
    expect(first).toContain('name="pick"')
    const walked = await walkToTurn(at.served, clinic, caseId, at.talking, {
      talk: (page) => ({
        steps: [...page.matchAll(/name="steps"[^>]*value="([a-z0-9-]+)"/g)].map(([, step = '']) => step),
      }),
    }).catch(() => null)
    if (walked === null) {
      alone.push(false)
      continue
    }
    const { kept } = await storedOf(clinic, caseId, walked.draft)
    expect(kept.release.rulesVersion).toContain('young-14')
    alone.push(kept.release.subject.agreesAlone && kept.signers.map(({ as }) => as).join() === 'minor')
  }
  expect(alone).toEqual([true, false])
  expect((await say(clinic, { who: 'law' })).status).toBe(303)
  const page = await (await at.served.get('/agency/young', clinic)).text()
  expect(page).toContain('Today nobody under 18 signs alone here')
})

test('an advocate cannot set it where a parent has to sign too, and the page says so before anybody types', async () => {
  await at.served.post('/agency/law', { law: 'us-wa' }, at.advocate)
  const page = await (await at.served.get('/agency/young', at.advocate)).text()
  expect(page).toContain('Nothing can be set here')
  expect((await say(at.advocate, own)).status).toBe(422)
})
