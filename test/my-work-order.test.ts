import { randomUUIDv7 } from 'node:crypto'

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openOf } from '../src/referrals/list.rules.ts'
import { countThreads, listThreads } from '../src/referrals/list.store.ts'
import type { Person } from './world/agencies.ts'
import { type ListsWorld, listsWorld } from './world/lists.ts'

const runs = process.env['ANYDOOR_PROVE'] === undefined ? 40 : 3_000
const hour = 3_600_000
const undecided = ['sent', 'received', 'question']
const planned = ['waiting', 'accepted', 'started']
const nobody = '00000000-0000-0000-0000-000000000000'
let at: ListsWorld
let office: Person

beforeAll(async () => {
  at = await listsWorld()
  office = await at.world.found('Harbour Voices', 'other')
  await sql`update parties.agency set state = 'light' where party_id = ${office.partyId}::uuid`.execute(
    owner(),
  )
})
afterAll(() => at?.world.close())

const owner = () => at.world.owner

const someone = fc.nat(4)
const someThread = fc.record({
  side: fc.constantFrom('from', 'to'),
  kind: fc.constantFrom('ask', 'referral'),
  state: fc.constantFrom(
    'sent',
    'received',
    'received',
    'question',
    'question',
    'accepted',
    'met',
    'waiting',
    'started',
    'unreached',
  ),
  /** An office without an account is at the other end. */
  office: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  expected: fc.option(fc.integer({ min: -400, max: 60 })),
  ask: fc.option(fc.integer({ min: -400, max: 60 })),
  back: fc.constantFrom('nothing', 'decision-and-place', 'first-contact', 'outcome'),
  due: fc.option(fc.integer({ min: -400, max: 60 }), { freq: 10 }),
  given: fc.constantFrom(0.2, 3, 20, 90),
  assignee: fc.option(someone, { freq: 4 }),
  ofCase: fc.option(fc.nat(11), { freq: 3 }),
  held: fc.oneof(
    { weight: 5, arbitrary: fc.constant<number[]>([]) },
    { weight: 2, arbitrary: fc.uniqueArray(someone, { maxLength: 4 }) },
  ),
  untried: fc.integer({ min: 0, max: 11 }).map((n) => n === 0),
  letter: fc.constantFrom('open', 'open', 'open', 'waiting', 'until', 'over', 'ended', 'other', 'none'),
})
const someWorld = fc.record({
  threads: fc.array(someThread, { minLength: 10, maxLength: 40 }),
  roles: fc.array(fc.constantFrom(['worker'], ['worker'], ['lead'], ['worker', 'lead'], ['privacy-lead']), {
    minLength: 5,
    maxLength: 5,
  }),
  closed: fc.option(someone, { freq: 2 }),
  named: fc.option(someone, { freq: 2 }),
  away: fc.array(fc.option(someone, { freq: 1 }), { minLength: 5, maxLength: 5 }),
  owners: fc.array(someone, { minLength: 12, maxLength: 12 }),
  /** Whose keys to closed cases had an end that has come, as after breaking the glass. */
  over: fc.uniqueArray(someone, { maxLength: 2 }),
})
type SomeWorld = typeof someWorld extends fc.Arbitrary<infer W> ? W : never

/** Puts the agency in exactly this state, in place of what it was in before. */
async function make(of: SomeWorld): Promise<void> {
  const party = at.founder.partyId
  for (const table of ['referrals.thread', 'envelopes.incoming', 'envelopes.outgoing', 'diary.away'])
    await sql`delete from ${sql.table(table)} where party_id = ${party}::uuid`.execute(owner())
  for (const [nth, roles] of of.roles.entries())
    await sql`update access.membership set roles = ${roles} where account_id = ${at.account(nth)}::uuid`.execute(
      owner(),
    )
  await sql`update access.account set state = case when id = ${of.closed === null ? null : at.account(of.closed)}::uuid then 'removed' else 'active' end
    where id = any (${at.staff.map((each) => each.accountId)}::uuid[])`.execute(owner())
  const lead = of.named === null ? null : at.account(of.named)
  await sql`insert into referrals.chase_setting (party_id, lead_id) values (${party}::uuid, ${lead}::uuid)
    on conflict (party_id) do update set lead_id = excluded.lead_id`.execute(owner())
  for (const [nth, cover] of of.away.entries())
    if (cover !== null && cover !== nth)
      await sql`insert into diary.away (party_id, account_id, cover_id, from_on, until_on)
        values (${party}::uuid, ${at.account(nth)}::uuid, ${at.account(cover)}::uuid, current_date - 1, current_date + 1)`.execute(
        owner(),
      )
  await sql`update keyring.case_wrap set ends_at = case when holder = any (${of.over.map((nth) => at.account(nth))}::uuid[])
    then clock_timestamp() - interval '1 hour' end where party_id = ${party}::uuid`.execute(owner())
  for (const [nth, id] of at.cases.entries())
    await sql`update people."case" set owner_id = ${at.account(of.owners[nth] ?? 0)}::uuid where id = ${id}::uuid`.execute(
      owner(),
    )
  await writeThreads(of, party)
}

async function writeThreads(of: SomeWorld, party: string): Promise<void> {
  const now = Date.now()
  const rows = of.threads.map((each) => {
    // Seven minutes beside the hour, so that the clock passes no boundary while two questions are asked.
    const due = each.due === null ? null : new Date(now + each.due * hour - 7 * 60_000)
    const { letter } = each
    return {
      id: randomUUIDv7(),
      case_id: each.ofCase === null ? null : at.cases[each.ofCase],
      side: each.side,
      kind: each.kind,
      state: each.state,
      comes_back: each.back,
      due_at: due,
      expected_at: each.expected === null ? null : new Date(now + each.expected * hour - 7 * 60_000),
      ask_at: each.ask === null ? null : new Date(now + each.ask * hour - 7 * 60_000),
      other: each.office ? office.partyId : at.partner.partyId,
      started_at: new Date((due?.getTime() ?? now) - each.given * hour),
      assignee_id: each.assignee === null ? null : at.account(each.assignee),
      held_from: each.held.map(at.account),
      untried: each.untried,
      letter: letter === 'other' ? 'decision' : 'request',
      letter_state: letter === 'ended' ? 'ended' : letter === 'waiting' ? 'waiting' : 'opened',
      ends_at: letter === 'until' ? new Date(now + hour) : letter === 'over' ? new Date(now - hour) : null,
      none: letter === 'none',
    }
  })
  const made = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, case_id uuid, side text, kind text, state text, comes_back text,
    due_at timestamptz, expected_at timestamptz, ask_at timestamptz, other uuid, started_at timestamptz, assignee_id uuid,
    held_from uuid[], untried boolean, letter text, letter_state text, ends_at timestamptz, none boolean)`
  await sql`insert into referrals.thread (party_id, id, case_id, side, other_party, kind, state, comes_back, due_at, expected_at,
      started_at, assignee_id, held_from, untried)
    select ${party}::uuid, r.id, r.case_id, r.side, r.other, r.kind, r.state, r.comes_back, r.due_at, r.expected_at,
      r.started_at, r.assignee_id, r.held_from, r.untried from ${made}`.execute(owner())
  // The own clock is set by the database; here it stands anywhere.
  await sql`update referrals.thread t set ask_at = r.ask_at from ${made} where t.party_id = ${party}::uuid and t.id = r.id`.execute(
    owner(),
  )
  await sql`insert into envelopes.incoming (party_id, id, thread_id, from_party, kind, state, ends_at, size, header, ciphertext, signature)
    select ${party}::uuid, uuidv7(), r.id, r.other, r.letter, r.letter_state, r.ends_at, 1, '', '', '' from ${made}
    where r.side = 'to' and not r.none`.execute(owner())
  await sql`insert into envelopes.outgoing (party_id, id, thread_id, to_party, kind, state, ends_at, sender_id, size, header, ciphertext, signature)
    select ${party}::uuid, uuidv7(), r.id, r.other, r.letter, case when r.letter_state = 'ended' then 'ended' else 'sent' end, r.ends_at,
      ${at.founder.accountId}::uuid, 1, '', '', '' from ${made} where r.side = 'from' and not r.none`.execute(
    owner(),
  )
}

interface Told {
  readonly account: string
  readonly thread: string
  readonly lead: boolean
  readonly since: Date
}

const byThread = (a: Told, b: Told) => (a.account + a.thread < b.account + b.thread ? -1 : 1)

/** Whoever is told of a thread of a case that they may not see: their key, or the agency's, has ended or was never there. */
async function withoutKey(told: readonly Told[]): Promise<readonly unknown[]> {
  const { rows } = await sql`
    select l.account, l.thread from json_to_recordset(${JSON.stringify(told)}::json) l (account uuid, thread uuid)
    join referrals.thread t on t.id = l.thread and t.party_id = ${at.founder.partyId}::uuid
    where t.case_id is not null and not exists (select from keyring.case_wrap w where w.party_id = t.party_id
      and w.case_id = t.case_id and w.holder in (t.party_id, l.account) and coalesce(w.ends_at, 'infinity') > clock_timestamp())`.execute(
    owner(),
  )
  return rows
}

/** Those of a planned day, or of the own clock. */
async function plannedOf(told: readonly Told[]): Promise<readonly unknown[]> {
  const ids = told.map((each) => each.thread)
  const { rows } = await sql`select 1 from referrals.thread where party_id = ${at.founder.partyId}::uuid
    and id = any (${ids}::uuid[]) and state <> all (${undecided}::text[])`.execute(owner())
  return rows
}

describe('what is late', () => {
  test('is for each account what it is when everybody’s is worked out and the rest left out, and nobody’s whose key is over', async () => {
    let seen = 0
    let asLead = 0
    let later = 0
    await fc.assert(
      fc.asyncProperty(someWorld, async (of) => {
        await make(of)
        const told = async () => {
          const { rows } =
            await sql<Told>`select account_id as account, thread_id as thread, as_lead as lead, since
            from referrals.late(${at.founder.partyId}::uuid, null)`.execute(owner())
          return rows.toSorted(byThread)
        }
        const all = await told()
        const { rows } =
          await sql<Told>`select m.id as account, l.thread_id as thread, l.as_lead as lead, l.since
          from unnest(${at.staff.map((each) => each.accountId)}::uuid[]) m (id) cross join lateral referrals.late_of(${at.founder.partyId}::uuid, m.id) l`.execute(
            owner(),
          )
        expect(rows.toSorted(byThread)).toEqual(all)
        expect(await withoutKey(all)).toEqual([])
        seen += all.length
        asLead += all.filter((each) => each.lead).length
        later += (await plannedOf(all)).length
      }),
      { numRuns: runs, seed: 20261128 },
    )
    // The worlds are not empty: somebody is told, as worker and as lead.
    expect(seen).toBeGreaterThan(runs)
    expect(asLead).toBeGreaterThan(runs / 4)
    expect(seen - asLead).toBeGreaterThan(runs / 4)
    expect(later).toBeGreaterThan(runs / 4)
  })

  test('is nobody’s who is no colleague here, or of another agency', async () => {
    for (const who of [at.partner.accountId, nobody]) {
      const { rows } =
        await sql`select 1 from referrals.late_of(${at.founder.partyId}::uuid, ${who}::uuid)`.execute(owner())
      expect(rows).toEqual([])
    }
  })

  test('cannot be asked for somebody else: no login of the program may', async () => {
    const asked = at.founder.act((db) =>
      sql`select 1 from referrals.late_of(${at.founder.partyId}::uuid, ${at.account(1)}::uuid)`.execute(db),
    )
    await expect(asked).rejects.toThrow(/permission denied/)
  })
})

describe('a list of open referrals, of one worker, of several and of nobody', () => {
  test('has the lines that the fence shows, in the same order, and as many as are counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        someWorld,
        someone,
        fc.uniqueArray(someone, { maxLength: 3 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (of, asking, whose, nobodys, limit) => {
          await make({ ...of, closed: null })
          const workers = whose.map(at.account)
          const states = new Set<string>([...undecided, ...planned, 'unreached'])
          const reader = at.staff[asking] ?? at.founder
          const { ids, plain, counted } = await reader.act(async (db, actor) => {
            const asked = { ...openOf(workers), nobodys }
            const rows = await db
              .selectFrom('referrals.thread as t')
              .select(['t.id', 't.state', 't.assignee_id', 't.side'])
              .select(
                sql<boolean>`exists (select from envelopes.incoming i where i.party_id = t.party_id and i.thread_id = t.id
                and i.kind in ('ask', 'request') and i.state <> 'ended' and (i.ends_at is null or i.ends_at > clock_timestamp()))`.as(
                  'opens',
                ),
              )
              .orderBy(sql`coalesce(t.due_at, 'infinity'::timestamptz)`)
              .orderBy('t.id')
              .execute()
            const all: string[] = []
            let after: string | null = null
            for (;;) {
              const page: readonly { readonly id: string }[] = await listThreads(db, actor.partyId, asked, {
                limit,
                after,
              })
              all.push(...page.map((row) => row.id))
              after = page.at(-1)?.id ?? null
              if (page.length < limit || after === null) break
            }
            return { ids: all, plain: rows, counted: await countThreads(db, asked, null) }
          })
          const due = plain
            .filter((row) => states.has(row.state) && (row.side === 'from' || row.opens))
            .filter((row) => (row.assignee_id === null ? nobodys : workers.includes(row.assignee_id)))
          expect(ids).toEqual(due.map((row) => row.id))
          expect(counted).toBe(due.length)
        },
      ),
      { numRuns: runs, seed: 20261128 },
    )
  })
})
