import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { closeForTeam, declareConflict } from '#people'

import type { Person } from '../../test/world/agencies.ts'
import { endCaseOf } from '../../test/world/closing.ts'
import { counted } from '../../test/world/counted-work.ts'
import { groundNow, type GroundPlace, groundWords } from '../../test/world/grounds.ts'
import { caseWith } from '../../test/world/sending.ts'
import { type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'
import { glassState } from './glass.rules.ts'
import { groundCells } from './ground.actions.ts'

let at: SendingWorld
let lead: Person
let worker: Person
let night: Person

beforeAll(async () => {
  at = await sendingWorld()
  lead = at.advocate
  worker = await at.world.join(lead, 'Worker', ['worker'])
  night = await at.world.join(lead, 'Night desk', ['directory-editor'])
})
afterAll(() => at?.world.close())

async function tried(whom: string): Promise<Response> {
  await sql`delete from grounds.glass_try`.execute(at.world.owner)
  const typed = { whom, why: 'Locked out, and rang.', answer: 'by-telephone' }
  return at.served.post('/glass', typed, night)
}

interface Opened extends GroundPlace {
  readonly through: string
}

function openedBy(said: Response, caseId: string): Opened {
  const through = said.headers.get('location') ?? ''
  const id = through.split('/').at(-1) ?? ''
  return { caseId, id, through, path: `/cases/${caseId}/grounds/${id}` }
}

async function opened(): Promise<Opened> {
  const { caseId } = await caseWith(worker)
  return openedBy(await tried(caseId), caseId)
}

const look = async ({ through }: Opened) => (await at.served.get(through, night)).status
const finish = ({ through }: Opened, who = night) => at.served.post(through, {}, who)
const shutOut = (caseId: string) =>
  lead.act((db, actor) =>
    closeForTeam(db, actor, caseId, {
      team: [actor.accountId],
      excluded: [night.accountId],
      cells: [groundCells],
    }),
  )
const review = async (place: Opened) => {
  const { version } = await groundNow(lead, place)
  return at.served.post(
    place.path,
    { version: `${version}`, act: 'review', right: 'yes', words: 'Right.' },
    lead,
  )
}

/** Nothing of an opening is left: its page, its key, its clock. */
async function expectGone(place: Opened) {
  expect(await look(place)).toBe(404)
  const { rows } = await sql`select from keyring.case_wrap
    where case_id = ${place.caseId} and holder = ${night.accountId}`.execute(at.world.owner)
  expect(rows).toHaveLength(0)
  const { body, endsAt } = await groundNow(lead, place)
  if (body.kind !== 'glass') throw new Error('another kind')
  expect(glassState(body, endsAt, new Date(Date.now() + 1000))).not.toBe('open')
}

async function closings(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ledger.entry
    where kind = 'ground.changed' and party_id = ${lead.partyId}`.execute(at.world.owner)
  return rows[0]?.n ?? 0
}

describe('whoever opened it says that they are finished', () => {
  test('it closes at once, with a line, and still waits for a lead', async () => {
    const place = await opened()
    expect(await (await at.served.get(place.through, night)).text()).toContain(
      groundWords('grounds.glass.finish'),
    )
    const before = await closings()
    const said = await finish(place)
    expect([said.status, said.headers.get('location')]).toEqual([303, '/glass?closed=1'])
    expect(await closings()).toBe(before + 1)
    await expectGone(place)
    const shown = await (await at.served.get('/glass?closed=1', night)).text()
    expect(shown).toContain(groundWords('grounds.glass.finished'))
    expect(await (await at.served.get('/work', lead)).text()).toContain(place.path)
    const page = await (await at.served.get(place.path, lead)).text()
    expect(page).toContain(groundWords('grounds.glass.closed-by'))
    expect((await review(place)).status).toBe(303)
    expect(await (await at.served.get('/work', lead)).text()).not.toContain(place.path)
  })

  test('once; and what is over, reviewed, somebody else’s or nothing is one page that is not there', async () => {
    const done = await opened()
    expect((await finish(done)).status).toBe(303)
    const reviewed = await opened()
    expect((await review(reviewed)).status).toBe(303)
    const over = await opened()
    await sql`update grounds.ground set ends_at = clock_timestamp() where id = ${over.id}`.execute(
      at.world.owner,
    )
    const missing = { ...done, through: '/glass/01890000-0000-7000-8000-00000000fffe' }
    const none = await (await finish(missing)).text()
    for (const place of [done, reviewed, over]) {
      const said = await finish(place)
      expect([said.status, await said.text()]).toEqual([404, none])
    }
    const other = await at.world.join(lead, 'Other desk', ['directory-editor'])
    const open = await opened()
    expect((await finish(open, other)).status).toBe(404)
    expect(await look(open)).toBe(200)
  })

  test('who needs it again opens it again, as another opening', async () => {
    const place = await opened()
    await finish(place)
    const again = openedBy(await tried(place.caseId), place.caseId)
    expect(again.id).not.toBe(place.id)
    expect([await look(again), await look(place)]).toEqual([200, 404])
  })
})

describe('by a name', () => {
  async function measured(whom: string) {
    await sql`delete from grounds.glass_try`.execute(at.world.owner)
    const before = await refusals()
    const { result, work } = await counted(() => tried(whom))
    const body = (await result.text()).replaceAll(whom, '')
    const headers = [...result.headers].filter(([name]) => !/date|set-cookie|length/.test(name))
    const { statements, crypto } = work
    return {
      status: result.status,
      body,
      headers,
      statements,
      crypto,
      lines: (await refusals()) - before,
    }
  }

  async function refusals() {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ledger.entry
      where kind = 'ground.refused' and party_id = ${lead.partyId}`.execute(at.world.owner)
    return rows[0]?.n ?? 0
  }

  test('of somebody whose case is kept from the asker: the work of before there was a case at all', async () => {
    await measured('Nobody Known')
    const nobody = await measured('Linnet Kept')
    expect([nobody.status, nobody.lines]).toEqual([409, 1])
    expect(nobody.crypto['crypto_aead_xchacha20poly1305_ietf_decrypt']).toBeGreaterThan(1)
    const { caseId } = await caseWith(worker, { name: 'Linnet Kept', harm: 'Dane Kept' })
    await shutOut(caseId)
    expect(await measured('Linnet Kept')).toEqual(nobody)
    expect(await measured('Nobody Known')).toEqual(nobody)
  })

  test('of somebody whose case they stepped aside from, and of an ended one: the work for a name that nobody has', async () => {
    const aside = await caseWith(worker, { name: 'Wren Aside', harm: 'Dane Aside' })
    const ended = await caseWith(worker, { name: 'Wren Ended', harm: 'Dane Ended' })
    await asideFrom(aside.caseId)
    await endCaseOf(worker, ended.caseId)
    const nobody = await measured('Nobody Known')
    for (const name of ['Wren Aside', 'Wren Ended'])
      expect({ name, ...(await measured(name)) }).toEqual({ name, ...nobody })
  })
})

/** A thread from which the opener stepped aside becomes part of the case. */
async function asideFrom(caseId: string) {
  await sql`insert into referrals.thread (party_id, case_id, id, side, other_party, kind, state, comes_back, held_from)
    values (${lead.partyId}, ${caseId}, uuidv7(), 'to', ${at.clinician.partyId}, 'referral', 'sent', 'outcome',
      array[${night.accountId}::uuid])`.execute(at.world.owner)
}

test('a thread that the opener stepped aside from comes to the case: nothing is read from that moment', async () => {
  const place = await opened()
  expect(await look(place)).toBe(200)
  await asideFrom(place.caseId)
  expect(await look(place)).toBe(404)
})

describe('races', () => {
  const rounds = process.env['ANYDOOR_PROVE'] === undefined ? 4 : 200

  /** Both at once, either way round. */
  async function both<A, B>(round: number, a: () => Promise<A>, b: () => Promise<B>): Promise<[A, B]> {
    if (round % 2 === 0) return Promise.all([a(), b()])
    const second = b()
    return Promise.all([a(), second])
  }

  test('of two who press *finished* one closes it, with one line', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const place = await opened()
      const before = await closings()
      const said = await both(
        round,
        () => finish(place),
        () => finish(place),
      )
      expect(said.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([303, 404])
      expect(await closings()).toBe(before + 1)
      await expectGone(place)
    }
  })

  test('*finished* against the review: both are kept, in one order or the other', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const place = await opened()
      const [done, seen] = await both(
        round,
        () => finish(place),
        () => review(place),
      )
      expect(['303 303', '303 409', '404 303']).toContain(`${done.status} ${seen.status}`)
      await expectGone(place)
    }
  })

  test.each([
    ['the opener steps aside', (caseId: string) => asideByClosing(caseId)],
    ['a lead shuts the opener out', (caseId: string) => shutOut(caseId)],
  ])('while it is open, and being read or closed, %s: afterwards nothing is left', async (_what, away) => {
    for (let round = 0; round < rounds; round += 1) {
      const place = await opened()
      const act = round % 4 < 2 ? () => look(place) : async () => (await finish(place)).status
      const [said, gone] = await both(round, act, () => away(place.caseId))
      expect([200, 303, 404]).toContain(said)
      expect(gone).not.toHaveProperty('refused')
      await expectGone(place)
      expect((await tried(place.caseId)).status).toBe(409)
    }
  })

  test('while it is being opened a lead shuts the opener out: afterwards nothing is left', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { caseId } = await caseWith(worker)
      const [said] = await both(
        round,
        () => tried(caseId),
        () => shutOut(caseId),
      )
      expect([303, 409]).toContain(said.status)
      if (said.status === 303) await expectGone(openedBy(said, caseId))
      expect((await tried(caseId)).status).toBe(409)
    }
  })
})

const asideByClosing = (caseId: string) =>
  night.act((db, actor) => declareConflict(db, actor, caseId, [groundCells]))
