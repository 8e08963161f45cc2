import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'

import type { Person, TestWorld } from './world/agencies.ts'
import { caseWith, send, walkToSend } from './world/sending.ts'
import { received, type SendingWorld, sendingWorld } from './world/sending-world.ts'
import type { Served } from './world/served.ts'

let at: SendingWorld
let world: TestWorld
let served: Served
let advocate: Person
let clinician: Person
let talking = ''

beforeAll(async () => {
  at = await sendingWorld()
  ;({ world, served, advocate, clinician, talking } = at)
})
afterAll(() => world?.close())

const housing = {
  agency: 'Riverside Housing',
  person: 'Jo Marsh',
  role: 'housing officer',
  phone: '01632 960277',
  next: 'A call on Monday',
  toldBy: 'person',
  says: 'yes',
}
const children = { ...housing, agency: 'Harbour Youth', person: 'Sam Reed', next: 'Canary next step' }

/** Writes a line as a worker does; gives the id of the one with this agency. */
async function add(caseId: string, line: Record<string, string>, path = '/new'): Promise<Response> {
  const page = await (await served.get(`/cases/${caseId}/helping${path}`, advocate)).text()
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? '0'
  return served.post(`/cases/${caseId}/helping${path}`, { ...line, version }, advocate)
}

async function idsOf(caseId: string): Promise<readonly string[]> {
  const page = await (await served.get(`/cases/${caseId}/helping`, advocate)).text()
  return [...page.matchAll(/helping\/([0-9a-f-]{36})\/off/g)].map((found) => found[1] ?? '')
}

/** A case with two lines, and a referral to the clinic that lists only the first. */
async function listed() {
  const { caseId } = await caseWith(advocate)
  expect((await add(caseId, housing)).status).toBe(303)
  expect((await add(caseId, children)).status).toBe(303)
  const [first = '', second = ''] = await idsOf(caseId)
  const { draft } = await walkToSend(served, advocate, caseId, talking, {
    pick: (picks) => ({ pick: [...(picks['pick'] ?? []), `helper-pointer~${first}`] }),
  })
  expect((await send(served, advocate, caseId, draft)).status).toBe(303)
  const [row] = await received(clinician)
  return { caseId, draft, first, second, threadId: row?.thread_id ?? '' }
}

const page = async (path: string, who: Person) => (await served.get(path, who)).text()

describe('the list', () => {
  test('is seen by an agency line by line, as its permission lists it, with nothing behind and no word of the others', async () => {
    const { threadId, caseId } = await listed()
    const theirs = await page(`/referrals/${threadId}`, clinician)
    expect(theirs).toContain('Who else is helping')
    expect(theirs).toContain('Riverside Housing')
    expect(theirs).toContain('Next step: A call on Monday')
    for (const secret of ['Harbour Youth', 'Sam Reed', 'Canary next step', caseId])
      expect(theirs).not.toContain(secret)
    // The referral itself carries no line of it: it changes and ends alone.
    for (const { id } of await received(clinician)) {
      const opened = await clinician.act((db, actor) => openIncoming(db, actor, id))
      expect(JSON.stringify(opened)).not.toContain('Harbour Youth')
    }
    const ours = await page(`/cases/${caseId}/helping`, advocate)
    expect(ours).toContain('Hill Clinic')
  })

  test('changes for whoever may see it at once, and the copy before opens no more', async () => {
    const { caseId, first, threadId } = await listed()
    await page(`/referrals/${threadId}`, clinician)
    const before = (await received(clinician)).filter((row) => row.thread_id === threadId)
    const changed = await add(caseId, { ...housing, next: 'A visit on Tuesday' }, `/${first}`)
    expect(changed.headers.get('location')).toContain('told=1')
    const theirs = await page(`/referrals/${threadId}`, clinician)
    expect(theirs).toContain('A visit on Tuesday')
    expect(theirs).not.toContain('A call on Monday')
    const opened = await Promise.all(
      before.map(({ id }) => clinician.act((db, actor) => openIncoming(db, actor, id))),
    )
    expect(opened.filter((each) => 'refused' in each)).toHaveLength(1)
  })

  test('a change that this agency may not see sends it nothing', async () => {
    const { caseId, second, threadId } = await listed()
    const before = (await received(clinician)).length
    const changed = await add(caseId, { ...children, next: 'Another canary' }, `/${second}`)
    expect(changed.headers.get('location')).toContain('told=0')
    expect(await received(clinician)).toHaveLength(before)
    expect(await page(`/referrals/${threadId}`, clinician)).not.toContain('Another canary')
  })

  test('a line taken off opens for nobody, and nothing on the other side tells that there was one', async () => {
    const { caseId, first, threadId } = await listed()
    expect(await page(`/referrals/${threadId}`, clinician)).toContain('Jo Marsh')
    const ask = await page(`/cases/${caseId}/helping/${first}/off`, advocate)
    const version = /name="version" value="(\d+)"/.exec(ask)?.[1] ?? ''
    const off = await served.post(`/cases/${caseId}/helping/${first}/off`, { version }, advocate)
    expect(off.status).toBe(303)
    const theirs = await page(`/referrals/${threadId}`, clinician)
    for (const word of ['Jo Marsh', 'Riverside', 'Who else is helping', 'list was sent', 'No longer shared'])
      expect(theirs).not.toContain(word)
    for (const { id, thread_id: thread } of await received(clinician)) {
      if (thread !== threadId) continue
      const opened = await clinician.act((db, actor) => openIncoming(db, actor, id))
      expect(JSON.stringify(opened)).not.toContain('Jo Marsh')
    }
  })

  test('ends with the permission, and an agency without one never sees any of it', async () => {
    const { caseId, draft, threadId } = await listed()
    await served.post(`/cases/${caseId}/releases/${draft}/withdraw`, { how: 'spoken-here' }, advocate)
    expect(await page(`/referrals/${threadId}`, clinician)).not.toContain('Riverside')
    const other = await caseWith(advocate)
    expect((await add(other.caseId, housing)).status).toBe(303)
    const { draft: plain } = await walkToSend(served, advocate, other.caseId, talking)
    await send(served, advocate, other.caseId, plain)
    const [row] = await received(clinician)
    expect(await page(`/referrals/${row?.thread_id ?? ''}`, clinician)).not.toContain('Riverside')
  })

  test('a worker on it who is named as not safe afterwards is gone from every list at once', async () => {
    const { caseId, threadId } = await listed()
    expect(await page(`/referrals/${threadId}`, clinician)).toContain('Jo Marsh')
    const card = { name: 'Jo Marsh', role: 'personCausingHarm', version: '0' }
    const named = await served.post(`/cases/${caseId}/names/new`, card, advocate)
    expect(named.status).toBe(303)
    expect(await page(`/referrals/${threadId}`, clinician)).not.toContain('Jo Marsh')
  })

  test('no list is sent without a permission beneath it, whatever a program tries', async () => {
    await listed()
    const bare = sql`update envelopes.outgoing set release_id = null where kind = 'helpers'`.execute(
      world.owner,
    )
    await expect(bare).rejects.toThrow('outgoing_helpers_check')
  })
})

describe('a line', () => {
  test('uk-4: names nobody whom the person named as causing harm, and keeps what was typed', async () => {
    const { caseId } = await caseWith(advocate)
    const refused = await add(caseId, { ...housing, person: 'dane vale' })
    expect(refused.status).toBe(422)
    const text = await refused.text()
    expect(text).toContain('named as not safe for the person')
    expect(text).toContain('Riverside Housing')
    expect(await idsOf(caseId)).toEqual([])
  })

  test('is kept only when the person has read it and said yes', async () => {
    const { caseId } = await caseWith(advocate)
    const { says: _says, ...unsaid } = housing
    expect((await add(caseId, unsaid)).status).toBe(422)
    expect(await idsOf(caseId)).toEqual([])
  })

  test('the second of two who change the list is told', async () => {
    const { caseId } = await caseWith(advocate)
    await add(caseId, housing)
    const late = await served.post(`/cases/${caseId}/helping/new`, { ...children, version: '0' }, advocate)
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('Canary next step')
  })
})

test('on paper only where safe contact allows it, under a heading that tells nothing', async () => {
  const { caseId } = await caseWith(advocate)
  await add(caseId, housing)
  const [first = ''] = await idsOf(caseId)
  const print = () =>
    served.post(`/cases/${caseId}/helping/print`, { sure: 'paper', line: [first] }, advocate)
  const paper = await print()
  expect(paper.status).toBe(200)
  const text = await paper.text()
  expect(text).toContain('Names and numbers')
  expect(text).toContain('Jo Marsh')
  expect(text).not.toContain('Rowan')
  await sql`update people.sheet set kind = 'gone' where case_id = ${caseId} and kind = 'contact'`.execute(
    world.owner,
  )
  const refused = await print()
  expect(refused.status).toBe(409)
  expect(await refused.text()).not.toContain('Jo Marsh')
})
