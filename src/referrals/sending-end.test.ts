import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming, ownCopyCells } from '#envelopes'
import { closeForTeam, openFile, saveContact } from '#people'
import { releaseCells } from '#releases'

import type { Person, TestWorld } from '../../test/world/agencies.ts'
import { caseWith, listServicesOf, send, standing, walkToSend } from '../../test/world/sending.ts'
import {
  bodyOf,
  newest,
  received,
  type SendingWorld,
  sendingWorld,
  storedOf,
} from '../../test/world/sending-world.ts'
import type { Served } from '../../test/world/served.ts'
import { threadCells } from './thread-cells.actions.ts'

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

describe('the end', () => {
  async function sentOne() {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)
    return { caseId, draft, envelope: await newest(clinician) }
  }
  const reads = (id: string) => clinician.act((db, actor) => openIncoming(db, actor, id))

  test('T4: taken back by a word, and at once no longer shared', async () => {
    const { caseId, draft, envelope } = await sentOne()
    expect(await reads(envelope)).toHaveProperty('body')
    const path = `/cases/${caseId}/releases/${draft}/withdraw`
    expect((await served.post(path, { how: 'spoken-here' }, advocate)).status).toBe(303)
    expect(await reads(envelope)).toEqual({ refused: 'no-longer-shared' })
    const page = await (await served.get(path, advocate)).text()
    expect(page).toContain('We cannot take that back.')
    expect((await served.post(path, { how: 'by-telephone' }, advocate)).status).toBe(303)
    expect((await storedOf(advocate, caseId, draft)).kept.ended?.how).toBe('spoken-here')
  })

  test('an agency that the person names as not safe reads nothing more, also where the worker shuts themself out', async () => {
    const { caseId, draft, envelope } = await sentOne()
    const other = await sentOne()
    const careful = { notSafeToTalkTo: 'Nobody at Hill Clinic, please.', version: '1' }
    const path = `/cases/${caseId}/careful`
    expect((await served.post(path, { ...careful, version: '7' }, advocate)).status).toBe(409)
    expect(await reads(envelope)).toHaveProperty('body')
    expect((await served.post(path, careful, advocate)).status).toBe(303)
    expect(await reads(envelope)).toEqual({ refused: 'no-longer-shared' })
    expect((await storedOf(advocate, caseId, draft)).state).toBe('suspended')
    expect(await reads(other.envelope)).toHaveProperty('body')
    await world.join(advocate, 'Second', ['worker'])
    const both = { ...careful, colleagues: [advocate.accountId] }
    expect((await served.post(`/cases/${other.caseId}/careful`, both, advocate)).status).toBe(303)
    expect(await reads(other.envelope)).toEqual({ refused: 'no-longer-shared' })
  })

  test('danger changed: everything waits; confirmed again, a fresh copy goes in the same referral', async () => {
    const { caseId, draft, envelope } = await sentOne()
    const before = await bodyOf(clinician, envelope)
    expect((await served.post(`/cases/${caseId}/hold`, {}, advocate)).status).toBe(303)
    expect(await reads(envelope)).toEqual({ refused: 'no-longer-shared' })
    expect((await storedOf(advocate, caseId, draft)).state).toBe('suspended')
    const start = await served.get(
      `/cases/${caseId}/referrals/new?service=${talking}&renew=${draft}`,
      advocate,
    )
    const summary = { 'add-kind': ['short-summary'], 'add-words': ['A hard spring.'] }
    const again = await walkToSend(served, advocate, caseId, talking, {
      pick: () => ({ renew: [draft], ...summary }),
    })
    expect(start.status).toBe(200)
    await send(served, advocate, caseId, again.draft)
    const fresh = await newest(clinician)
    expect(fresh).not.toBe(envelope)
    const [first, second] = [before, await bodyOf(clinician, fresh)]
    const known = new Set(first.items.map((item) => item.title))
    const added = second.items.map((item) => item.title).filter((title) => !known.has(title))
    expect(added).toHaveLength(1)
    expect([second.amends, second.changed]).toEqual([true, added])
    expect([first.amends, first.changed]).toEqual([false, undefined])
    expect(
      (await received(clinician))
        .filter((row) => row.id === fresh || row.id === envelope)
        .map((row) => row.thread_id),
    ).toSatisfy((threads: string[]) => new Set(threads).size === 1)
  })

  test('T3: after its end by the database’s clock it opens no more', async () => {
    const { caseId, draft, envelope } = await sentOne()
    await sql`update releases.release set starts_at = now() - interval '9 days', ends_at = now() - interval '1 minute' where id = ${draft}`.execute(
      world.owner,
    )
    await sql`update envelopes.incoming set ends_at = now() - interval '1 minute' where id = ${envelope}`.execute(
      world.owner,
    )
    expect(await reads(envelope)).toEqual({ refused: 'no-longer-shared' })
    const page = await (await served.get(`/cases/${caseId}/releases`, advocate)).text()
    expect(page).toContain('Ended on')
  })
})

describe('around it', () => {
  test('an unsigned draft is not sent, whatever is posted (T5: nothing else stands in for a release)', async () => {
    const { caseId } = await caseWith(advocate)
    const page = standing(
      await (await served.get(`/cases/${caseId}/referrals/new?service=${talking}`, advocate)).text(),
    )
    const picked = await served.post(`/cases/${caseId}/referrals/new`, page, advocate)
    const draft = /new\/([0-9a-f-]{36})\/talk/.exec(picked.headers.get('location') ?? '')?.[1] ?? ''
    const before = await received(clinician)
    const answer = await served.post(
      `/cases/${caseId}/referrals/new/${draft}/send`,
      { version: '1', step: 'send' },
      advocate,
    )
    expect(answer.status).toBe(409)
    expect(await received(clinician)).toEqual(before)
    const turn = await served.get(`/cases/${caseId}/releases/${draft}/turn`, advocate)
    expect(turn.status).toBe(303)
  })

  test('closing the case takes its releases along under the new key', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)
    const closed = await advocate.act((db, actor) =>
      closeForTeam(db, actor, caseId, {
        team: [actor.accountId],
        cells: [threadCells, ownCopyCells, releaseCells],
      }),
    )
    expect(closed).not.toHaveProperty('refused')
    expect((await storedOf(advocate, caseId, draft)).kept.release.purpose).toContain('tell it all again')
    const shared = await served.get(`/cases/${caseId}/seen`, advocate)
    expect(await shared.text()).toContain('Sent: a referral, to Hill Clinic.')
  })

  test('the person’s own copy waits for a second yes, and stays here where paper is not safe', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)
    const path = `/cases/${caseId}/releases/${draft}/copy`
    const first = await (await served.get(path, advocate)).text()
    expect(first).not.toContain('Sleep through the night')
    expect(await (await served.get(`${path}?yes=1`, advocate)).text()).toContain('Sleep through the night')
    await advocate.act(async (db, actor) => {
      const file = await openFile(db, actor, caseId)
      if (file?.contact === null || file === null) throw new Error('no contact')
      const at = { caseId, version: file.sheets.contact.version }
      return saveContact(db, actor, at, { ...file.contact, printing: 'no' })
    })
    expect(await (await served.get(`${path}?yes=1`, advocate)).text()).not.toContain(
      'Sleep through the night',
    )
  })

  test('asking first names nobody, and grows into the referral without typing again', async () => {
    const { caseId } = await caseWith(advocate)
    const menu = await served.get(`/cases/${caseId}/referrals/new?service=${talking}&ask=1`, advocate)
    expect(menu.headers.get('location')).toBe(`/cases/${caseId}/referrals/ask?service=${talking}`)
    const page = await (await served.get(menu.headers.get('location') ?? '', advocate)).text()
    const asked = await served.post(
      `/cases/${caseId}/referrals/ask`,
      { ...standing(page), facet: ['age', 'severity', 'who'] },
      advocate,
    )
    const thread = /\/referrals\/([0-9a-f-]{36})/.exec(asked.headers.get('location') ?? '')?.[1] ?? ''
    const arrived = await newest(clinician)
    const opened = await clinician.act((db, actor) => openIncoming(db, actor, arrived))
    expect(opened).toMatchObject({ body: { about: 'ask', facets: { age: 408 } } })
    expect(JSON.stringify(opened)).not.toContain('Rowan')
    const grown = await served.get(
      `/cases/${caseId}/referrals/new?service=${talking}&ask=${thread}`,
      advocate,
    )
    expect(standing(await grown.text())['pick']).toContain('matching-detail~age')
  })
})

describe('what was shared', () => {
  test('shows the words as sent, and who has seen the case', async () => {
    const { caseId } = await caseWith(advocate)
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)
    const list = await (await served.get(`/cases/${caseId}/shared`, advocate)).text()
    const one = /\/shared\/([0-9a-f-]{36})/.exec(list)?.[1] ?? ''
    const words = await (await served.get(`/cases/${caseId}/shared/${one}`, advocate)).text()
    expect(words).toContain('Sleep through the night')
    expect(words).toContain('07700 900321')
    const seen = await (await served.get(`/cases/${caseId}/seen`, advocate)).text()
    expect(seen).toContain('A permission came into force: Hill Clinic.')
    expect(seen).toContain('Sent: a referral, to Hill Clinic.')
    const ledger = await (await served.get('/agency/ledger', advocate)).text()
    expect(ledger).toContain('Looked.')
    expect((await served.get(`/cases/${caseId}/shared`, clinician)).status).toBe(404)
  })
})

describe('in the United States', () => {
  test('T1, T2: what the release lists goes, and nothing else can; nothing comes back unless asked for', async () => {
    const here = await world.found(
      'Juniper Advocates',
      'domestic-abuse',
      ['agency-administrator', 'worker'],
      'us',
    )
    const there = await world.found(
      'Juniper Clinic',
      'mental-health',
      ['agency-administrator', 'worker'],
      'us',
    )
    await world.pair(here, there)
    const [service = ''] = await listServicesOf(world, [
      { person: there, organization: 'Northmere Adult Mental Health' },
    ])
    const { caseId } = await caseWith(here)
    const { draft, pages } = await walkToSend(served, here, caseId, service)
    expect(pages[0]).toContain('has not said which state’s law it works under')
    expect((await send(served, here, caseId, draft)).status).toBe(303)
    const body = await bodyOf(there, await newest(there))
    expect(body.comesBack).toBe('nothing')
    expect(body.items.map((item) => item.kind)).not.toContain('safety-plan-part')
  })
})
