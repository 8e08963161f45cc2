import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { caseKey } from '#platform/access'
import { releasesOf } from '#releases'

import type { Person, TestWorld } from '../../test/world/agencies.ts'
import { caseWith, send, standing, walkToSend } from '../../test/world/sending.ts'
import { received, type SendingWorld, sendingWorld, storedOf } from '../../test/world/sending-world.ts'
import type { Served } from '../../test/world/served.ts'

let at: SendingWorld
let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person
let talking = ''
let keyAdult = ''

beforeAll(async () => {
  at = await sendingWorld()
  ;({ world, served, advocate, clinician, talking, keyAdult } = at)
})
beforeEach(() => status('active'))
afterAll(() => world?.close())

const sentence = 'This service is not listed.'
const unknown = '00000000-0000-4000-8000-000000000000'
const off = [['inactive'], ['defunct']] as const

async function status(to: string): Promise<void> {
  await sql`update directory.service set status = ${to} where id = ${talking}`.execute(world.owner)
}

async function get(path: string) {
  const answer = await served.get(path, advocate)
  return { status: answer.status, html: await answer.text() }
}

async function post(path: string, fields: Record<string, string | string[]>) {
  const answer = await served.post(path, fields, advocate)
  return { status: answer.status, html: await answer.text() }
}

async function drafts(caseId: string): Promise<number> {
  return advocate.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    return key === null ? 0 : (await releasesOf(db, key)).length
  })
}

test.each(off)(
  'nothing is begun for a service that is %s, and it looks like one that never was',
  async (to) => {
    const { caseId } = await caseWith(advocate)
    const path = `/cases/${caseId}/referrals`
    const picks = standing((await get(`${path}/new?service=${talking}`)).html)
    const asks = standing((await get(`${path}/ask?service=${talking}`)).html)
    await status(to)
    for (const way of ['new', 'ask']) {
      const closed = await get(`${path}/${way}?service=${talking}`)
      const never = await get(`${path}/${way}?service=${unknown}`)
      expect(closed.status).toBe(422)
      expect(closed.html).toContain(sentence)
      expect(closed.html).toContain('Choose another service.')
      expect(closed.html).toContain(`/referrals/${way}?service=${keyAdult}`)
      expect(closed.html).not.toContain(talking)
      expect(never).toEqual(closed)
    }
    const posted = await post(`${path}/new`, {
      ...picks,
      'add-words': 'A hard spring.',
      'add-kind': 'short-summary',
    })
    expect(posted.status).toBe(409)
    for (const kept of [sentence, 'A hard spring.']) expect(posted.html).toContain(kept)
    const asked = await post(`${path}/ask`, { ...asks, name: 'Marlow Reed', phone: '01632 960123' })
    expect(asked.status).toBe(422)
    for (const kept of [sentence, 'Marlow Reed', '01632 960123']) expect(asked.html).toContain(kept)
    expect(await drafts(caseId)).toBe(0)
    expect(await received(clinician)).toEqual([])
  },
)

test('a service that is closed for now is still there to be sent to', async () => {
  const { caseId } = await caseWith(advocate)
  await status('temporarily closed')
  expect((await get(`/cases/${caseId}/referrals/new?service=${talking}`)).html).not.toContain(sentence)
  const { draft } = await walkToSend(served, advocate, caseId, talking)
  expect((await send(served, advocate, caseId, draft)).status).toBe(303)
})

test.each(off)(
  'a draft for a service that is %s is not sent, and what was written goes along to another',
  async (to) => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    const path = `/cases/${caseId}/referrals/new/${draft}`
    const [first, second] = [(await get(path)).html, (await get(`${path}/talk`)).html]
    const last = standing((await get(`${path}/send`)).html)
    const before = await received(clinician)
    await status(to)
    for (const page of ['', '/talk', '/send']) {
      const shown = await get(`${path}${page}`)
      expect([page, shown.status]).toEqual([page, 409])
      for (const part of [
        sentence,
        'So that I do not have to tell it all again',
        `service=${keyAdult}&amp;like=${draft}`,
      ])
        expect(shown.html).toContain(part)
    }
    const picked = await post(path, {
      ...standing(first),
      'add-words': 'A hard spring.',
      'add-kind': 'short-summary',
    })
    expect(picked.status).toBe(409)
    for (const kept of [sentence, 'A hard spring.']) expect(picked.html).toContain(kept)
    const talked = await post(`${path}/talk`, { ...standing(second), purpose: 'Typed just now' })
    expect(talked.status).toBe(409)
    for (const kept of [sentence, 'Typed just now']) expect(talked.html).toContain(kept)
    const sent = await post(`${path}/send`, { version: last['version'] ?? '', step: 'send' })
    expect([sent.status, sent.html.includes(sentence)]).toEqual([409, true])
    expect(await received(clinician)).toEqual(before)
    expect((await storedOf(advocate, caseId, draft)).state).toBe('draft')
    const other = standing(
      (await get(`/cases/${caseId}/referrals/new?service=${keyAdult}&like=${draft}`)).html,
    )
    expect(other['pick']).toContain('what-they-want~n1')
    expect((await post(`${path}/send`, { version: last['version'] ?? '', step: 'drop' })).status).toBe(303)
  },
)

test('a draft whose service is not there any more is not sent either', async () => {
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToSend(served, advocate, caseId, keyAdult, {
    talk: { steps: ['both-parents-warning', 'own-call-offered'] },
  })
  const path = `/cases/${caseId}/referrals/new/${draft}/send`
  const version = standing((await get(path)).html)['version'] ?? ''
  await sql`delete from directory.service where id = ${keyAdult}`.execute(world.owner)
  for (const page of ['', '/talk', '/send'])
    expect((await get(`/cases/${caseId}/referrals/new/${draft}${page}`)).html).toContain(sentence)
  const sent = await post(path, { version, step: 'send' })
  expect([sent.status, sent.html.includes(sentence)]).toEqual([409, true])
})

test('a referral that went before stays, and its permission is made again for it', async () => {
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToSend(served, advocate, caseId, talking)
  await send(served, advocate, caseId, draft)
  await status('inactive')
  const renew = `/cases/${caseId}/releases/${draft}/renew`
  const begun = await served.post(renew, { step: 'again' }, advocate)
  expect(begun.status).toBe(303)
  const talk = await get(new URL(begun.headers.get('location') ?? '', 'http://x').pathname)
  expect([talk.status, talk.html.includes(sentence)]).toEqual([200, false])
  await sql`update referrals.thread set state = 'ended' where case_id = ${caseId}`.execute(world.owner)
  const over = await get(new URL(begun.headers.get('location') ?? '', 'http://x').pathname)
  expect([over.status, over.html.includes(sentence)]).toEqual([409, true])
})

test('a closed service is among none that are offered', async () => {
  const { caseId } = await caseWith(advocate)
  expect((await get(`/cases/${caseId}/referrals/new`)).html).toContain(talking)
  await status('inactive')
  expect((await get(`/cases/${caseId}/referrals/new`)).html).not.toContain(talking)
})
