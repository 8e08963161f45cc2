import { afterAll, beforeAll, expect, test } from 'vitest'

import { bodyOf, newest, type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'
import { caseWith, send, walkToSend } from '../../test/world/sending.ts'

let at: SendingWorld

beforeAll(async () => {
  at = await sendingWorld()
})
afterAll(() => at?.world.close())

const plain = (html: string) =>
  (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')
const part = (text: string, from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to))

test('a draft as the partner would see it is word for word what it then reads, and nothing stays untold', async () => {
  const { served, advocate, clinician, talking } = at
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToSend(served, advocate, caseId, talking)
  const path = `/cases/${caseId}/referrals/new/${draft}/as`
  const answer = await served.get(path, advocate)
  expect(answer.status).toBe(200)
  const html = await answer.text()
  const text = plain(html)
  const seen = part(text, 'would read', 'By which rule it goes')
  const stays = text.slice(text.indexOf('What stays here'))
  await send(served, advocate, caseId, draft)
  const body = await bodyOf(clinician, await newest(clinician))
  for (const item of body.items) {
    expect(seen).toContain(item.title)
    expect(seen).toContain(item.text.replaceAll(/\s+/g, ' '))
    expect(stays).not.toContain(item.text.replaceAll(/\s+/g, ' '))
  }
  expect(text).not.toContain('Dane')
  expect(html).toMatch(/href="\/rules#uk-\d+"/)
  expect(stays).toMatch(/uk-\d+ \S/)
  expect((await served.get(path, advocate)).status).toBe(404)
})

test('another agency’s worker finds nothing there', async () => {
  const { served, advocate, clinician, talking } = at
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToSend(served, advocate, caseId, talking)
  const path = `/cases/${caseId}/referrals/new/${draft}/as`
  expect((await served.get(path, clinician)).status).toBe(404)
})
