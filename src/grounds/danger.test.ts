import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { readHeader } from '#platform/crypto'

import type { Person } from '../../test/world/agencies.ts'
import { beginOn, type GroundPlace, groundNow, stepOn } from '../../test/world/grounds.ts'
import { caseWith } from '../../test/world/sending.ts'
import { newest, received, type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'

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

const danger = (to: string) => ({
  why: 'Canary reason: threats for tonight.',
  to,
  items: ['name-to-use', 'safe-contact'],
  answer: 'not-yet',
  reason: 'Nobody picks up.',
  'again-day': '28',
  'again-month': '11',
  'again-year': '2026',
})

async function asked(): Promise<GroundPlace> {
  const { caseId } = await caseWith(worker)
  return beginOn(at.served, worker, caseId, 'today', danger(at.clinician.partyId))
}

const confirm = (place: GroundPlace, who: Person) =>
  stepOn(at.served, who, place, '', { act: 'confirm' }, lead)

async function confirmed(): Promise<GroundPlace> {
  const place = await asked()
  expect((await confirm(place, other)).status).toBe(303)
  return place
}

const look = async (id: string) => at.clinician.act((db, actor) => openIncoming(db, actor, id))

async function lines(person: Person, kind: 'envelope.received' | 'envelope.sent' | 'ground.shared') {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ledger.entry
    where kind = ${kind} and party_id = ${person.partyId}`.execute(at.world.owner)
  return rows[0]?.n ?? 0
}

/** Lets the end come in a moment, as if the day were nearly over. */
async function endsIn(place: GroundPlace, ms: number) {
  const { body } = await groundNow(lead, place)
  if (body.kind !== 'danger' || body.sent === null) throw new Error('not sent')
  const { envelopeId } = body.sent
  const end = sql`clock_timestamp() + ${ms} * interval '1 millisecond'`
  await sql`update grounds.ground set ends_at = ${end} where id = ${place.id}`.execute(at.world.owner)
  await sql`update envelopes.incoming set ends_at = ${end} where id = ${envelopeId}`.execute(at.world.owner)
  await sql`update envelopes.outgoing set ends_at = ${end} where id = ${envelopeId}`.execute(at.world.owner)
  return envelopeId
}

describe('imminent danger', () => {
  test('us-T40: two people, the least, 24 hours, lines on both sides; what is ours stays with us', async () => {
    const before = [await lines(lead, 'envelope.sent'), await lines(at.clinician, 'envelope.received')]
    const arrived = (await received(at.clinician)).length
    const place = await asked()
    expect(await received(at.clinician)).toHaveLength(arrived)
    const alone = await confirm(place, worker)
    expect(alone.status).toBe(409)
    expect(await alone.text()).toContain('rule danger-1')
    expect((await confirm(place, other)).status).toBe(303)
    const seen = await look(await newest(at.clinician))
    if ('refused' in seen) throw new Error(seen.refused)
    const text = JSON.stringify(seen.body)
    expect(text).toContain('Rowan Vale')
    expect(text).toContain('07700 900321')
    for (const word of ['Canary', 'Dane', 'Ivy', 'Sleep through', place.caseId])
      expect(text).not.toContain(word)
    const hours = (Date.parse(seen.endsAt ?? '') - Date.parse(seen.sentAt)) / 3_600_000
    expect(Math.abs(hours - 24)).toBeLessThan(0.1)
    const after = [await lines(lead, 'envelope.sent'), await lines(at.clinician, 'envelope.received')]
    expect(after.map((n, i) => n - (before[i] ?? 0))).toEqual([1, 1])
    const row = await at.clinician.act((db) =>
      db
        .selectFrom('envelopes.incoming')
        .select('header')
        .where('id', '=', seen.envelopeId)
        .executeTakeFirst(),
    )
    expect(readHeader(row?.header ?? Buffer.of()).basis).toBe(`ground:${place.id}`)
    const shared = await (await at.served.get(`/cases/${place.caseId}/shared`, worker)).text()
    expect(shared).toContain('Hill Clinic')
  })

  test('the database itself knows that two are two', async () => {
    const place = await asked()
    const alone = worker.act((db, actor) =>
      db
        .updateTable('grounds.ground')
        .set({ confirmed_by: actor.accountId })
        .where('id', '=', place.id)
        .execute(),
    )
    await expect(alone).rejects.toThrow('two_people')
  })

  test('what changed between the two is not sent, and a stopped one never goes', async () => {
    const place = await asked()
    await sql`delete from people.sheet where case_id = ${place.caseId} and kind = 'contact'`.execute(
      at.world.owner,
    )
    const changed = await confirm(place, other)
    expect(changed.status).toBe(409)
    expect(await changed.text()).toContain('rule danger-2')
    const two = await asked()
    expect((await stepOn(at.served, other, two, '', { act: 'drop' }, lead)).status).toBe(303)
    const late = await confirm(two, other)
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('rule danger-3')
  })

  test('never goes to an agency that the person keeps out, nor to one that was kept out meanwhile', async () => {
    const { caseId } = await caseWith(worker, { notSafe: 'Nobody at Hill Clinic, please.' })
    const before = (await received(at.clinician)).length
    const fields = danger(at.clinician.partyId)
    const page = await (await at.served.get(`/cases/${caseId}/grounds/today`, worker)).text()
    expect(page).not.toContain(at.clinician.partyId)
    expect((await at.served.post(`/cases/${caseId}/grounds/today`, fields, worker)).status).not.toBe(303)
    const place = await asked()
    const careful = { notSafeToTalkTo: 'Nobody at Hill Clinic, please.', version: '1' }
    expect((await at.served.post(`/cases/${place.caseId}/careful`, careful, worker)).status).toBe(303)
    const late = await confirm(place, other)
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('rule danger-2')
    expect(await received(at.clinician)).toHaveLength(before)
  })

  test('two who confirm at once send it once', async () => {
    const rounds = process.env['ANYDOOR_PROVE'] === undefined ? 6 : 200
    for (let round = 0; round < rounds; round += 1) {
      const place = await asked()
      const before = (await received(at.clinician)).length
      const said = await Promise.all([other, lead, other, lead].map((who) => confirm(place, who)))
      const statuses = said.map((each) => each.status).toSorted((a, b) => a - b)
      expect(statuses).toEqual([303, 409, 409, 409])
      expect(await received(at.clinician)).toHaveLength(before + 1)
    }
  })

  test('is over by the clock alone: afterwards the other agency opens nothing, and it waits for a review', async () => {
    const place = await confirmed()
    const envelope = await endsIn(place, 0)
    expect(await look(envelope)).toEqual({ refused: 'no-longer-shared' })
    expect(await (await at.served.get('/work', lead)).text()).toContain('Imminent danger: look back at it')
    const asker = await stepOn(at.served, worker, place, '', { act: 'review', words: 'Fine.' }, lead)
    expect(await asker.text()).toContain('rule danger-4')
    expect((await stepOn(at.served, lead, place, '', { act: 'review', words: 'It was right.' })).status).toBe(
      303,
    )
    expect(await (await at.served.get(place.path, worker)).text()).toContain('It was right.')
  })

  test('a review before the end ends it at once', async () => {
    const place = await confirmed()
    const { body } = await groundNow(lead, place)
    const envelope = body.kind === 'danger' ? (body.sent?.envelopeId ?? '') : ''
    expect(await look(envelope)).toHaveProperty('body')
    expect((await stepOn(at.served, lead, place, '', { act: 'review', words: 'No need.' })).status).toBe(303)
    expect(await look(envelope)).toEqual({ refused: 'no-longer-shared' })
  })

  test('reviews and openings that race the end: one review, and nothing opens after the end or the review', async () => {
    const rounds = process.env['ANYDOOR_PROVE'] === undefined ? 5 : 200
    for (let round = 0; round < rounds; round += 1) {
      const place = await confirmed()
      const wait = 40 + round * 15
      const begun = performance.now()
      const envelope = await endsIn(place, wait)
      const { version } = await groundNow(lead, place)
      const review = { version: String(version), act: 'review', words: 'Looked at.' }
      const said = Promise.all([1, 2].map(() => at.served.post(place.path, review, lead)))
      const looks = Array.from({ length: 6 }, async (_each, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 20))
        const started = performance.now()
        return { started, open: !('refused' in (await look(envelope))) }
      })
      const seen = await Promise.all(looks)
      // The clock of the end began after `begun` and was set by the database: a look that began later than both found nothing.
      for (const each of seen) if (each.open) expect(each.started - begun).toBeLessThan(wait + 1000)
      expect((await said).map((each) => each.status).toSorted((a, b) => a - b)).toEqual([303, 409])
      expect(await look(envelope)).toEqual({ refused: 'no-longer-shared' })
    }
  })

  test('to another agency, and to whoever may not see the case, there is no such page', async () => {
    const place = await asked()
    for (const path of [place.path, `/cases/${place.caseId}/grounds/today`])
      expect((await at.served.get(path, at.clinician)).status).toBe(404)
    expect((await confirm(place, at.clinician)).status).toBe(404)
  })
})
