import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { diaryRows } from '../src/diary/entry.store.ts'
import { countCases, listCases } from '../src/people/case.store.ts'
import type { Person } from './world/agencies.ts'
import { type ListsWorld, listsWorld } from './world/lists.ts'

const runs = process.env['ANYDOOR_PROVE'] === undefined ? 80 : 6_000
const hour = 3_600_000
const someone = fc.nat(4)
let lists: ListsWorld
let founder: Person

beforeAll(async () => {
  lists = await listsWorld()
  ;({ founder } = lists)
  // Cases end here at random, without the questions that ending asks.
  await sql`alter table people."case" disable trigger user`.execute(owner())
})
afterAll(() => lists?.world.close())

const owner = () => lists.world.owner

describe('a list of cases', () => {
  test('has the lines that the fence shows, in the same order, whoever’s they are and whatever narrows it', async () => {
    let shown = 0
    const someCase = fc.record({
      owner: someone,
      ended: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      due: fc.option(fc.integer({ min: -3, max: 3 })),
      changed: fc.integer({ min: 0, max: 2 }),
    })
    const some = fc.record({
      list: fc.array(someCase, { minLength: 12, maxLength: 12 }),
      asking: someone,
      owners: fc.option(fc.array(someone, { maxLength: 4 }), { freq: 1 }),
      ended: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
      from: fc.constantFrom(null, null, null, -2, 0),
      until: fc.constantFrom(null, null, null, 3, 1),
      undated: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
      limit: fc.integer({ min: 1, max: 6 }),
      offset: fc.integer({ min: 0, max: 2 }),
    })
    const from = Date.UTC(2026, 10, 20)
    const day = (n: number | null) => (n === null ? null : new Date(from + n * 24 * hour))
    await fc.assert(
      fc.asyncProperty(some, async (of) => {
        const rows = of.list.map((each, at) => ({
          id: lists.cases[at],
          owner_id: lists.account(each.owner),
          state: each.ended ? 'ended' : 'active',
          due_at: day(each.due),
          updated_at: day(each.changed),
        }))
        await sql`update people."case" c set owner_id = r.owner_id, state = r.state, due_at = r.due_at, updated_at = r.updated_at
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, owner_id uuid, state text, due_at timestamptz, updated_at timestamptz)
          where c.id = r.id`.execute(owner())
        const ask = {
          owners: of.owners === null ? null : of.owners.map(lists.account),
          state: of.ended ? ('ended' as const) : ('active' as const),
          due: { from: day(of.from), until: day(of.until), undated: of.undated },
        }
        const reader = lists.staff[of.asking] ?? founder
        const { plain, listed, counted } = await reader.act(async (db, actor) => {
          let query = db
            .selectFrom('people.case')
            .select('id')
            .where('party_id', '=', actor.partyId)
            .where('state', '=', ask.state)
            .orderBy(sql`due_at asc nulls last`)
            .orderBy('updated_at', 'desc')
            .orderBy('id')
          if (ask.owners !== null) query = query.where(sql<boolean>`owner_id = any (${ask.owners}::uuid[])`)
          if (ask.due.from !== null) query = query.where('due_at', '>=', ask.due.from)
          if (ask.due.until !== null) query = query.where('due_at', '<', ask.due.until)
          if (ask.due.undated) query = query.where('due_at', 'is', null)
          return {
            plain: await query.execute(),
            listed: await listCases(db, actor.partyId, { ...ask, limit: of.limit, offset: of.offset }),
            counted: await countCases(db, ask),
          }
        })
        const page = plain.slice(of.offset, of.offset + of.limit)
        expect(listed.map((row) => row.id)).toEqual(page.map((row) => row.id))
        expect(counted).toBe(plain.length)
        shown += page.length
      }),
      { numRuns: runs, seed: 20261128 },
    )
    expect(shown).toBeGreaterThan(runs / 8)
  })

  test('is empty for whoever is no colleague: another agency sees none of it', async () => {
    const narrowed = {
      owners: null,
      state: 'active' as const,
      due: { from: null, until: null, undated: false },
    }
    const theirs = await lists.partner.act((db) =>
      listCases(db, founder.partyId, { ...narrowed, limit: 50, offset: 0 }),
    )
    expect(theirs).toEqual([])
  })
})

const now = Date.now()
const at = (hours: number) => new Date(now + hours * hour)

const someEntry = fc.record({
  ofCase: fc.nat(11),
  owner: someone,
  over: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  due: fc.integer({ min: -40, max: 40 }),
})
const someDiary = fc.record({
  entries: fc.array(someEntry, { minLength: 6, maxLength: 30 }),
  caseOwners: fc.array(someone, { minLength: 12, maxLength: 12 }),
  endedCase: fc.nat(11),
  left: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
  asking: someone,
  owners: fc.uniqueArray(someone, { minLength: 1, maxLength: 3 }),
  from: fc.option(fc.integer({ min: -30, max: 0 }), { freq: 1 }),
  until: fc.integer({ min: -5, max: 40 }),
  limit: fc.integer({ min: 1, max: 8 }),
  offset: fc.integer({ min: 0, max: 2 }),
})
type SomeDiary = typeof someDiary extends fc.Arbitrary<infer D> ? D : never

/** Puts cases, colleagues and entries in exactly this state. */
async function makeDiary(of: SomeDiary): Promise<void> {
  const party = founder.partyId
  const left = of.left === of.asking ? null : of.left
  await sql`delete from diary.entry where party_id = ${party}::uuid`.execute(owner())
  await sql`update access.membership set valid = tstzrange(lower(valid), case when account_id = ${left === null ? null : lists.account(left)}::uuid
    then now() end) where party_id = ${party}::uuid`.execute(owner())
  const made = lists.cases.map((id, n) => ({
    id,
    owner_id: lists.account(of.caseOwners[n] ?? 0),
    state: n === of.endedCase ? 'ended' : 'active',
  }))
  await sql`update people."case" c set owner_id = r.owner_id, state = r.state
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as r (id uuid, owner_id uuid, state text) where c.id = r.id`.execute(
    owner(),
  )
  const rows = of.entries.map((each) => ({
    case_id: lists.cases[each.ofCase],
    owner_id: lists.account(each.owner),
    state: each.over ? 'over' : 'open',
    due_at: at(each.due),
  }))
  await sql`insert into diary.entry (party_id, case_id, owner_id, state, due_at, body) select ${party}::uuid, r.case_id, r.owner_id, r.state, r.due_at, ''
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (case_id uuid, owner_id uuid, state text, due_at timestamptz)`.execute(
    owner(),
  )
}

describe('a diary', () => {
  test('has the lines that the fence shows, in the same order, with what lies with somebody who cannot do it', async () => {
    let shown = 0
    let others = 0
    await fc.assert(
      fc.asyncProperty(someDiary, async (of) => {
        await makeDiary(of)
        const ask = {
          partyId: founder.partyId,
          owners: of.owners.map(lists.account),
          from: of.from === null ? null : at(of.from),
          until: at(of.until),
          limit: of.limit,
          offset: of.offset,
        }
        const reader = lists.staff[of.asking] ?? founder
        const { plain, listed } = await reader.act(async (db) => ({
          plain: (
            await sql<{ id: string; who: string }>`
              select e.id, case when e.owner_id = any (${ask.owners}::uuid[]) then e.owner_id else c.owner_id end as who
              from diary.entry e join people."case" c on c.party_id = e.party_id and c.id = e.case_id and c.state = 'active'
              where e.state = 'open' and e.due_at < ${ask.until} and (${ask.from}::timestamptz is null or e.due_at >= ${ask.from}::timestamptz)
                and (e.owner_id = any (${ask.owners}::uuid[])
                  or (c.owner_id = any (${ask.owners}::uuid[]) and not diary.holds(e.party_id, e.case_id, e.owner_id)))
              order by e.due_at, e.id`.execute(db)
          ).rows,
          listed: await diaryRows(db, ask),
        }))
        const page = plain.slice(of.offset, of.offset + of.limit)
        expect(listed.map((row) => ({ id: row.id, who: row.shown_to }))).toEqual(page)
        for (const row of listed) expect(row.total).toBe(plain.length)
        shown += page.length
        others += listed.filter((row) => row.owner_id !== row.shown_to).length
      }),
      { numRuns: runs, seed: 20261128 },
    )
    expect(shown).toBeGreaterThan(runs / 4)
    expect(others).toBeGreaterThan(runs / 20)
  })
})
