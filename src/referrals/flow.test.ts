import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendAsk, sendReferral, threadNow } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { decide } from './decide.actions.ts'
import { endedQuarters, endOf, flowRows, quarterMonths, tableToGive } from './flow.rules.ts'
import { flowOf } from './flow.store.ts'
import { noReasons } from './no-reasons.actions.ts'
import { openReason, sealReason } from './no-reasons.rules.ts'
import { reasonCodes } from './reason.ts'
import type { Side } from './thread.ts'

let world: TestWorld
let served: Served
let sender: Person
let lead: Person
let clinic: Person
const person = { name: 'Kim', phone: '01632 960200', cover: '' }
const always = { since: new Date('2000-01-01'), until: new Date('2100-01-01') }

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  sender = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinic = await world.found('=Hill Clinic', 'mental-health', ['agency-administrator', 'worker', 'lead'])
  lead = await world.join(sender, 'Lea Marsh', ['worker', 'lead'])
  await world.pair(sender, clinic)
})
afterAll(() => world.close())

const no = (who: Person, threadId: string, reason: 'area' | 'no-room' = 'area') =>
  who.act(async (db, actor) =>
    decide(db, actor, await threadNow(who, threadId), {
      about: 'declined',
      reason,
      sentence: '',
      next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
      person,
    }),
  )

const counted = (who: Person, side: Side) =>
  who.act(async (db) => {
    const { states } = await flowOf(db, { side, ...always })
    return states.map((each) => [each.kind, each.state, each.told, each.threads] as const).toSorted()
  })

const why = (who: Person, side: Side, most?: number) =>
  who.act((db, actor) => noReasons(db, actor, { side, ...always }, most))

/** The rows as whoever copies the database has them. */
const reasons = async (partyId: string) =>
  world.owner.selectFrom('referrals.answer_count').selectAll().where('party_id', '=', partyId).execute()

test('each side is counted where it stands, as far as the reader may see', async () => {
  await sendAsk(sender, clinic)
  const open = await sendReferral(sender, clinic)
  await sendReferral(sender, clinic, 'nothing')
  expect(await counted(lead, 'from')).toEqual([
    ['ask', 'sent', true, 1],
    ['referral', 'sent', false, 1],
    ['referral', 'sent', true, 1],
  ])
  expect(await counted(lead, 'to')).toEqual([])
  expect((await counted(clinic, 'to')).reduce((sum, each) => sum + each[3], 0)).toBe(3)
  // Held from the lead: the lead counts one fewer, the colleague does not.
  await sql`update referrals.thread set held_from = array[${lead.accountId}::uuid]
    where id = ${open.threadId}::uuid and party_id = ${sender.partyId}::uuid`.execute(world.owner)
  expect((await counted(lead, 'from')).reduce((sum, each) => sum + each[3], 0)).toBe(2)
  expect((await counted(sender, 'from')).reduce((sum, each) => sum + each[3], 0)).toBe(3)
  await sql`update referrals.thread set held_from = '{}' where party_id = ${sender.partyId}::uuid`.execute(
    world.owner,
  )
})

test('the same number as the fenced table, for everybody who may see something of it', async () => {
  for (const who of [sender, lead, clinic])
    for (const side of ['from', 'to'] as const) {
      const fenced = await who.act((db) =>
        db.selectFrom('referrals.thread').select('id').where('side', '=', side).execute(),
      )
      const flow = await counted(who, side)
      expect(flow.reduce((sum, each) => sum + each[3], 0)).toBe(fenced.length)
    }
})

test('why no is counted where it was said, and at the other side only where the answer may come back', async () => {
  const told = await sendReferral(sender, clinic)
  const untold = await sendReferral(sender, clinic, 'received')
  await no(clinic, told.threadId)
  await no(clinic, untold.threadId)
  expect(await why(clinic, 'to')).toEqual({ counts: [{ reason: 'area', count: 2 }], cut: false })
  expect((await why(lead, 'from')).counts).toEqual([{ reason: 'area', count: 1 }])
  expect((await why(clinic, 'from')).counts).toEqual([])
})

test('in a copy of the database nothing that is counted says why, and a single no is no exception', async () => {
  const [only, ...more] = await reasons(sender.partyId)
  expect(more).toEqual([])
  // Month and side: what the thread says as well. Nothing leads to a thread, a case, a partner or a day.
  expect(Object.keys(only ?? {}).toSorted()).toEqual(
    ['id', 'key_version', 'month', 'party_id', 'reason', 'side'].toSorted(),
  )
  expect(only?.id.charAt(14)).toBe('4')
  const threads = await world.owner
    .selectFrom('referrals.thread')
    .select('id')
    .where('party_id', '=', sender.partyId)
    .where('state', '=', 'declined')
    .execute()
  expect(threads).toHaveLength(1)
  for (const cell of Object.values(only ?? {})) expect(cellText(cell)).not.toContain('area')
  const sealed = only?.reason ?? new Uint8Array()
  const opened = (who: Person) => who.act(async (_db, actor) => openReason(actor.keys.party.box, sealed))
  expect([await opened(lead), await opened(clinic)]).toEqual(['area', null])
})

test('every reason takes the same room; a yes is not counted', async () => {
  const before = (await reasons(clinic.partyId)).length
  const ask = await sendAsk(sender, clinic)
  const at = await threadNow(clinic, ask.threadId)
  await clinic.act((db, actor) => decide(db, actor, at, { about: 'would-take', how: 'send', person }))
  expect(await reasons(clinic.partyId)).toHaveLength(before)
  const { publicKey } = await lead.act(async (_db, actor) => actor.keys.party.box)
  const sizes = new Set(reasonCodes.map((each) => sealReason(publicKey, each).length))
  expect([...sizes]).toEqual([112])
  expect(() => sealReason(publicKey, 'x'.repeat(60))).toThrow()
})

test('no more are opened than the bound, and what another agency sealed badly is no reason', async () => {
  expect(await why(clinic, 'to', 1)).toEqual({ counts: [{ reason: 'area', count: 1 }], cut: true })
  const [row] = await reasons(clinic.partyId)
  if (row === undefined) throw new Error('nothing was counted')
  const { id } = await world.owner
    .insertInto('referrals.answer_count')
    .values({
      party_id: row.party_id,
      month: row.month,
      side: 'to',
      key_version: 1,
      reason: Buffer.alloc(112),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  expect((await why(clinic, 'to')).counts).toEqual([{ reason: 'area', count: 2 }])
  await world.owner.deleteFrom('referrals.answer_count').where('id', '=', id).execute()
})

test('what is held from anybody is not counted, and nobody counts for another', async () => {
  const before = (await reasons(clinic.partyId)).length
  const held = await sendReferral(sender, clinic)
  const other = await world.join(clinic, 'Otto Reed', ['worker'])
  await sql`update referrals.thread set held_from = array[${other.accountId}::uuid]
    where id = ${held.threadId}::uuid and party_id = ${clinic.partyId}::uuid`.execute(world.owner)
  await no(clinic, held.threadId)
  expect(await reasons(clinic.partyId)).toHaveLength(before)
  const count = await sender.act(async (db, actor) => {
    const sealed = sealReason(actor.keys.party.box.publicKey, 'area')
    const { rows } = await sql<{ done: boolean }>`
      select referrals.count_no(${held.threadId}::uuid, ${sealed}, 1, ${sealed}, 1) as done`.execute(db)
    return rows[0]?.done
  })
  expect(count).toBe(false)
})

test('only a lead opens the page; what may leave is a whole quarter with small numbers held back', async () => {
  expect((await served.get('/referrals-flow', sender)).status).toBe(404)
  const page = await (await served.get('/referrals-flow', lead)).text()
  expect(page).toContain('No answer yet')
  expect(page).toContain('=Hill Clinic')
  const [quarter = ''] = endedQuarters(Temporal.Now.instant(), 'Europe/London')
  const middle = new Date(
    (quarterMonths(quarter, 'Europe/London').since.getTime() +
      quarterMonths(quarter, 'Europe/London').until.getTime()) /
      2,
  )
  await sql`update referrals.thread set started_at = ${middle}`.execute(world.owner)
  const path = `side=from&quarter=${quarter}`
  const given = await (await served.get(`/referrals-flow/given?${path}`, lead)).text()
  expect(given).toContain('held back')
  expect(given).not.toContain('Hill Clinic')
  const file = await served.get(`/referrals-flow/file?${path}`, lead)
  expect(file.headers.get('content-disposition')).toContain('attachment')
  const text = await file.text()
  expect(text).toContain('held back')
  for (const cell of text.split(/[,\r\n]+/)) expect(cell).not.toMatch(/^"?[=+@\t]/)
  // No other period leaves: two that overlap could be subtracted.
  for (const asked of ['side=from&quarter=2020-1', 'side=both', `side=from&quarter=${quarter}x`])
    expect((await served.get(`/referrals-flow/file?${asked}`, lead)).status).toBe(404)
  expect((await served.get(`/referrals-flow/file?${path}`, sender)).status).toBe(404)
})

test('where no answer may come back, nobody can say that there was none', () => {
  expect(endOf('sent', true)).toBe('unanswered')
  expect(endOf('sent', false)).toBe('untold')
  expect(endOf('met', false)).toBe('met')
})

test('quarters end before they may leave, and follow each other without overlapping', () => {
  const quarters = endedQuarters(Temporal.Instant.from('2026-11-27T22:00:00Z'), 'Europe/London')
  expect(quarters).toEqual(['2026-3', '2026-2', '2026-1', '2025-4'])
  const months = quarters.map((each) => quarterMonths(each, 'Europe/London'))
  for (const [at, each] of months.entries()) if (at > 0) expect(each.until).toEqual(months[at - 1]?.since)
})

test('nothing small is in the table to give, in either country', () => {
  const states = (['sent', 'met', 'declined'] as const).flatMap((state, at) =>
    (['housing', 'police'] as const).map((sector, beside) => ({
      otherParty: sector,
      sector,
      kind: 'referral' as const,
      state,
      told: true,
      threads: 3 + at * 9 + beside,
    })),
  )
  for (const [pack, limit] of [
    ['uk', 5],
    ['us', 10],
  ] as const) {
    const { rows, totals } = tableToGive(flowRows(states, 'sector', null), pack)
    for (const shown of [...rows.flatMap((row) => row.shown), ...totals])
      expect(shown === null || shown === 0 || shown >= limit).toBe(true)
  }
})

/** A cell as text, octets read as letters. */
function cellText(cell: unknown): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('latin1') : JSON.stringify(cell)
}
