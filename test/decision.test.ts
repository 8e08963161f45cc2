import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { setLaw } from '#parties'
import { closeForTeam } from '#people'
import { caseKey, caseKeys } from '#platform/access'
import { readLines } from '#platform/ledger'
import { decisionsOf, releaseCells } from '#releases'

import type { Person } from './world/agencies.ts'
import {
  act,
  answered,
  type Decided,
  decided,
  ended,
  errorsIn,
  seconded,
  sentOn,
  told,
} from './world/decision.ts'
import { caseWith } from './world/sending.ts'
import { bodyOf, newest, received, type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let advocate: Person
let clinician: Person

beforeAll(async () => {
  at = await sendingWorld()
  ;({ advocate, clinician } = at)
})
afterAll(() => at?.world.close())

const page = async (path: string, who: Person) => (await at.served.get(path, who)).text()
const linesOf = (who: Person, kinds: Parameters<typeof readLines>[2]['kinds']) =>
  who.act((db, actor) => readLines(db, actor, { kinds: kinds ?? [] }, (ids) => caseKeys(db, actor, ids)))
const stateOf = async (made: Decided) =>
  advocate.act(async (db, actor) => {
    const key = await caseKey(db, actor, made.caseId)
    return key === null ? null : ((await decisionsOf(db, key))[0]?.state ?? null)
  })

describe('before anything goes', () => {
  test('where the place does not know it, no page leads there and none is there', async () => {
    await advocate.act((db, actor) => setLaw(db, actor, null))
    const { caseId } = await caseWith(advocate)
    expect(await page(`/cases/${caseId}`, advocate)).not.toContain('/decisions')
    for (const path of ['decisions', `decide?to=${clinician.partyId}`])
      expect((await at.served.get(`/cases/${caseId}/${path}`, advocate)).status).toBe(404)
    const form = { ...answered, to: clinician.partyId }
    expect((await at.served.post(`/cases/${caseId}/decide`, form, advocate)).status).toBe(404)
    await advocate.act((db, actor) => setLaw(db, actor, 'uk-eng'))
    expect(await page(`/cases/${caseId}`, advocate)).toContain(`/cases/${caseId}/decisions`)
    expect(await page(`/cases/${caseId}/decisions`, advocate)).toContain('Hill Clinic')
  })

  test('what is missing is said at its field, and nothing that was typed is lost', async () => {
    const { caseId } = await caseWith(advocate)
    const form = {
      ...answered,
      to: clinician.partyId,
      wishes: '',
      power: '',
      facts: 'Kept as it was typed',
    }
    const answer = await at.served.post(`/cases/${caseId}/decide`, form, advocate)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(errorsIn(html)).toContain('Write down what the person wants')
    expect(html).toContain('href="#wishes"')
    expect(html).toContain('href="#power"')
    expect(html).toContain('Kept as it was typed')
    expect(html).toMatch(/name="pick"[^>]*value="safe-contact"[^>]*checked|checked[^>]*value="safe-contact"/)
  })

  test('a form with nothing in it and an agency that is no partner', async () => {
    const { caseId } = await caseWith(advocate)
    const bare = await at.served.post(`/cases/${caseId}/decide`, { to: clinician.partyId }, advocate)
    expect([bare.status, errorsIn(await bare.text())]).toEqual([
      422,
      expect.stringContaining('Say what you decide'),
    ])
    const stranger = await at.world.found('Nobody’s Partner', 'child-welfare')
    const form = { ...answered, to: stranger.partyId }
    expect((await at.served.post(`/cases/${caseId}/decide`, form, advocate)).status).toBe(404)
  })
})

describe('a second person', () => {
  test('whoever decided cannot be it, a worker cannot, and nothing goes before', async () => {
    const made = await decided(at)
    const worker = await at.world.join(advocate, 'A Worker', ['worker'])
    const yes = { act: 'second', version: '1', agrees: 'yes', why: 'Yes' }
    expect(await act(at, made, advocate, yes)).toBe(409)
    expect(await act(at, made, worker, yes)).toBe(404)
    expect(await act(at, made, advocate, { act: 'send', version: '1' })).toBe(409)
    expect(await act(at, made, clinician, yes)).toBe(404)
    expect(await stateOf(made)).toBe('waiting')
    expect(await page(made.path, advocate)).toContain('It waits for a second person')
  })

  test('a no keeps it here, for good', async () => {
    const made = await decided(at)
    const lead = await at.world.join(advocate, 'A Lead', ['worker', 'lead'])
    expect(await act(at, made, lead, { act: 'second', version: '1', agrees: 'no', why: '' })).toBe(422)
    expect(
      await act(at, made, lead, { act: 'second', version: '1', agrees: 'no', why: 'Ask again first' }),
    ).toBe(303)
    expect(await act(at, made, advocate, { act: 'send', version: '2' })).toBe(409)
    expect(await stateOf(made)).toBe('kept')
    expect(await page(made.path, advocate)).toContain('Ask again first')
  })
})

describe('what waits stands in *My work*', () => {
  const work = (who: Person) => page('/work', who)

  test('for a lead who did not make it, then for its maker, in words that name nobody', async () => {
    const made = await decided(at)
    const lead = await at.world.join(advocate, 'Waiting Lead', ['worker', 'lead'])
    const worker = await at.world.join(advocate, 'Other Worker', ['worker'])
    const text = await work(lead)
    const [line = ''] = text.split('<li').filter((each) => each.includes(made.path))
    expect(line).toContain('A decision waits for your answer')
    for (const word of ['Rowan', 'Hill Clinic', 'agreement']) expect(line).not.toContain(word)
    for (const who of [advocate, worker, clinician]) expect(await work(who)).not.toContain(made.path)
    await seconded(at, made)
    expect(await work(lead)).not.toContain(made.path)
    expect(await work(advocate)).toContain(made.path)
    await sentOn(at, made)
    for (const who of [advocate, lead]) expect(await work(who)).not.toContain(made.path)
  })

  test('and not for a lead whom the case is closed to', async () => {
    const made = await decided(at)
    const lead = await at.world.join(advocate, 'Related Lead', ['worker', 'lead'])
    expect(await work(lead)).toContain(made.path)
    const cells = [releaseCells]
    await advocate.act((db, actor) =>
      closeForTeam(db, actor, made.caseId, { team: [actor.accountId], excluded: [lead.accountId], cells }),
    )
    expect(await work(lead)).not.toContain(made.path)
  })
})

test('a stolen copy tells of a decision no agency, no state and no end', async () => {
  const made = await decided(at)
  const id = made.path.split('/').at(-1)
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from releases.decision where id = ${id}`.execute(at.world.owner)
  expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual([
    'body',
    'case_id',
    'id',
    'made_by',
    'party_id',
    'version',
  ])
  expect(JSON.stringify(rows)).not.toContain(clinician.partyId)
})

describe('sent on a decision', () => {
  test('exactly what is listed arrives, with whether the person knows; no permission is claimed', async () => {
    const made = await sentOn(at, await seconded(at, await decided(at)))
    const body = await bodyOf(clinician, await newest(clinician))
    expect(body.items.map((item) => item.kind)).toEqual(['name-to-use', 'safe-contact', 'short-summary'])
    expect(body.without).toEqual({
      why: answered['purpose'],
      personKnows: false,
      ground: 'The power to tell public bodies, to prevent crime and disorder',
    })
    expect(JSON.stringify(body)).not.toContain('left in peace')
    expect(JSON.stringify(body)).not.toContain('Kim Adviser')
    const [row] = await received(clinician)
    const seen = await page(`/referrals/${row?.thread_id}`, clinician)
    expect(seen).toContain('without the person’s agreement')
    expect(seen).toContain('does not know yet')
    expect(await stateOf(made)).toBe('sent')
    expect(await act(at, made, advocate, { act: 'send', version: '3' })).toBe(409)
  })

  test('the ground and both sides stand in the ledgers', async () => {
    const made = await sentOn(at, await seconded(at, await decided(at)))
    const id = made.path.split('/').at(-1)
    const own = await linesOf(advocate, ['decision.made', 'decision.seconded', 'envelope.sent'])
    const here = own.filter((line) => [line.detail?.['decision'], line.detail?.['ground']].includes(id))
    expect(here.map((line) => line.kind).toSorted()).toEqual([
      'decision.made',
      'decision.seconded',
      'envelope.sent',
    ])
    expect(here.find((line) => line.kind === 'envelope.sent')?.detail).toMatchObject({ release: null })
    const [theirs] = await linesOf(clinician, ['envelope.received'])
    expect(theirs?.detail).toMatchObject({ from: advocate.partyId, what: 'request' })
    const { header } = await at.world.owner
      .selectFrom('envelopes.outgoing')
      .select('header')
      .orderBy('sent_at', 'desc')
      .executeTakeFirstOrThrow()
    expect(Buffer.from(header).toString()).toContain(`"basis":"ground:${id}"`)
  })

  test('the person is told later: the record says when and how, once', async () => {
    const made = await told(at, await seconded(at, await decided(at)))
    expect(await page(made.path, advocate)).toContain('The person was told on')
    expect(await act(at, made, advocate, { act: 'tell', version: '3', how: 'Again' })).toBe(409)
  })

  test('ended after a second look, it opens no more', async () => {
    const made = await sentOn(at, await seconded(at, await decided(at)))
    const envelope = await newest(clinician)
    await ended(at, made)
    await expect(bodyOf(clinician, envelope)).rejects.toThrow('no-longer-shared')
    expect(await stateOf(made)).toBe('ended')
  })
})

test('a decision not to share is kept with its reasons, and nothing waits', async () => {
  const made = await decided(at, { decision: 'not-share' })
  expect(await stateOf(made)).toBe('kept')
  const text = await page(`/cases/${made.caseId}/decisions`, advocate)
  expect(text).toContain('Do not share with Hill Clinic')
})

test('a decision of another agency looks missing', async () => {
  const made = await decided(at)
  expect((await at.served.get(made.path, clinician)).status).toBe(404)
})

test('of two leads who answer at once one is kept, and the other is told', async () => {
  const one = await at.world.join(advocate, 'First Lead', ['worker', 'lead'])
  const two = await at.world.join(advocate, 'Other Lead', ['worker', 'lead'])
  for (let round = 0; round < 4; round += 1) {
    const made = await decided(at)
    const answer = (who: Person, agrees: string) =>
      act(at, made, who, { act: 'second', version: '1', agrees, why: 'Read it.' })
    const said = await Promise.all([answer(one, 'yes'), answer(two, 'no')])
    expect(said.toSorted((a, b) => a - b)).toEqual([303, 409])
    expect(await stateOf(made)).toBe(said[0] === 303 ? 'agreed' : 'kept')
  }
})
