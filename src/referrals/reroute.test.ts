import { randomUUIDv7 } from 'node:crypto'

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { Answers, openForWork, saveNeeds, saveSituation } from '#people'
import { releasesOf } from '#releases'

import type { Person } from '../../test/world/agencies.ts'
import { threadNow, threadOf } from '../../test/world/referrals.ts'
import { caseWith, send, standing, walkToSend } from '../../test/world/sending.ts'
import { received, type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'
import { writeChaseSetting } from './chase.store.ts'

let at: SendingWorld
let worker: Person
let lena: Person

beforeAll(async () => {
  at = await sendingWorld()
  worker = await at.world.join(at.advocate, 'Wren', ['worker'])
  lena = await at.world.join(at.advocate, 'Lena Marsh', ['lead'])
})
afterAll(() => at?.world.close())

const page = async (path: string, who: Person) => (await at.served.get(path, who)).text()

/** The boy of nine: abuse that stops and starts, a worry that nobody has decided about. */
const childNine = {
  who: 'child',
  age: 108,
  abuse: 'on-and-off',
  'same-home': 'yes',
  severity: 'moderate',
  weeks: 16,
  complex: 'yes',
  tried: 'one',
  safeguarding: 'worry',
  agreement: 'one-parent',
  'other-help': 'none',
  school: 'taking-part',
}

/** A referral to the clinic, page by page, and the clinic's no through its own page. */
async function turnedAway(fields: Readonly<Record<string, string>>) {
  const { caseId } = await caseWith(at.advocate)
  const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
  expect((await send(at.served, at.advocate, caseId, draft)).status).toBe(303)
  const threadId = (await received(at.clinician))[0]?.thread_id ?? ''
  const { version } = await threadNow(at.clinician, threadId)
  const said = { next: 'nowhere', who: 'Our advice line', version: String(version), ...fields }
  const done = await at.served.post(`/referrals/${threadId}/decline`, said, at.clinician)
  expect(done.status).toBe(303)
  return { caseId, threadId, draft }
}

describe('after a no', () => {
  test('the next referral is filled in, and the permission before covers nobody else', async () => {
    const { caseId, draft } = await turnedAway({ reason: 'age' })
    const first = await page(`/cases/${caseId}/referrals/new?service=${at.keyAdult}`, at.advocate)
    expect(first).toContain('Filled in from what the person agreed before.')
    expect(first).toContain('Tried so far')
    expect(first).toMatch(/Said no, [^:<]*: Age outside what we do/)
    const menus = await page(`/cases/${caseId}/menu?need=crisis`, at.advocate)
    expect(menus).toMatch(/Said no, [^:<]*: Age outside what we do/)
    const begun = await at.served.post(`/cases/${caseId}/referrals/new`, standing(first), at.advocate)
    const next = /new\/([0-9a-f-]{36})\/talk/.exec(begun.headers.get('location') ?? '')?.[1]
    const talk = await page(`/cases/${caseId}/referrals/new/${next}/talk`, at.advocate)
    expect(talk).toContain('So that I do not have to tell it all again')
    const releases = await at.advocate.act(async (db, actor) => {
      const opened = await openForWork(db, actor, caseId, 'reading')
      return opened === null ? [] : releasesOf(db, opened.key)
    })
    const made = releases.find(({ id }) => id === next)
    expect(made).toMatchObject({ state: 'draft', kept: { signers: [], talked: false } })
    expect(made?.kept.release.signatures).toEqual([])
    expect(releases.find(({ id }) => id === draft)?.recipientId).toBe(at.clinician.partyId)
    const unsent = await at.served.post(
      `/cases/${caseId}/referrals/new/${next}/send`,
      { version: String(made?.version), step: 'send' },
      at.advocate,
    )
    expect(unsent.status).not.toBe(303)
  })

  test('a disability is asked about as an effect of the abuse, and the sender hears what was looked at', async () => {
    const silent = await turnedAway({ reason: 'disability' })
    expect(await page(`/referrals/${silent.threadId}`, at.advocate)).toContain(
      'They did not look at whether this is an effect of the abuse.',
    )
    const looked = await turnedAway({ reason: 'diagnosis', 'effect-diagnosis': 'no' })
    const heard = await page(`/referrals/${looked.threadId}`, at.advocate)
    expect(heard).toContain('We looked, and still say no')
    const other = await turnedAway({ reason: 'age', 'effect-diagnosis': 'no' })
    expect(await page(`/referrals/${other.threadId}`, at.advocate)).not.toContain('an effect of the abuse')
  })

  test('the case says in one sentence who keeps hold', async () => {
    const { caseId } = await turnedAway({ reason: 'age' })
    expect(await page(`/cases/${caseId}`, at.advocate)).toContain(
      'You keep hold of the person now: Hill Clinic said no, and nobody else has said that they have the person.',
    )
    expect(await page(`/cases/${caseId}/closing`, at.advocate)).toContain(
      'said no, and nobody else has said that they have the person',
    )
  })
})

describe('turned away twice', () => {
  /** A thread out of a case, as it stands at the sender. */
  async function more(caseId: string, first: string, kind: 'ask' | 'referral' = 'referral'): Promise<string> {
    const row = await threadOf(at.advocate, first)
    const id = randomUUIDv7()
    await sql`insert into referrals.thread (party_id, case_id, id, side, other_party, kind, state, comes_back)
      values (${row?.party_id}, ${caseId}, ${id}, 'from', ${row?.other_party}, ${kind}, 'received', 'outcome')`.execute(
      at.world.owner,
    )
    return id
  }

  const becomes = (id: string, state: string) =>
    at.advocate.act((db) => sql`update referrals.thread set state = ${state} where id = ${id}`.execute(db))

  /** Who gets the mail now, with nothing else that waits, by the login that jobs have. */
  async function mailed(): Promise<readonly string[]> {
    const { owner, pools } = at.world
    await sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(owner)
    await sql`update access.account set notified_at = null`.execute(owner)
    await sql`select jobs.notify_waiting()`.execute(pools.jobs)
    const { rows } = await sql<{ id: string }>`
      select id from access.account where notified_at is not null`.execute(owner)
    const known = { advocate: at.advocate, worker, lena }
    return Object.entries(known)
      .filter(([, person]) => rows.some(({ id }) => id === person.accountId))
      .map(([name]) => name)
  }

  test('every lead is mailed once, or the named one alone, and nobody once somebody has them', async () => {
    const { caseId, threadId } = await turnedAway({ reason: 'age' })
    // Cases of the tests before wait no more.
    await sql`update referrals.keeping set kept_since = kept_since - interval '10 days' where case_id <> ${caseId}::uuid`.execute(
      at.world.owner,
    )
    expect(await mailed()).toEqual([])
    const second = await more(caseId, threadId)
    const third = await more(caseId, threadId)
    await becomes(second, 'declined')
    expect(await mailed()).toEqual(['advocate', 'lena'])
    const name = (leadId: string | null) =>
      at.advocate.act((db, actor) => writeChaseSetting(db, actor.partyId, { leadId, tries: null }))
    await name(lena.accountId)
    expect(await mailed()).toEqual(['lena'])
    // What is held from a lead is not counted for them: then it is the other’s.
    const held = (from: readonly string[]) =>
      sql`update referrals.thread set held_from = ${`{${from.join(',')}}`}::uuid[] where id = ${second}::uuid`.execute(
        at.world.owner,
      )
    await held([lena.accountId])
    expect(await mailed()).toEqual(['advocate'])
    await held([])
    await name(null)
    const { rows } = await sql`select from access.account a
      join referrals.waits() w on w.account_id = a.id and w.since > a.notified_at`.execute(at.world.owner)
    expect(rows).toEqual([])
    await becomes(third, 'accepted')
    expect(await mailed()).toEqual([])
  })

  test('a lead finds it in My work with who said no; a worker does not; a yes elsewhere takes it away', async () => {
    const { caseId, threadId } = await turnedAway({ reason: 'age' })
    expect(await page('/work', at.advocate)).not.toContain('Turned away twice')
    const asked = await more(caseId, threadId, 'ask')
    const promised = await more(caseId, threadId, 'ask')
    const taken = await more(caseId, threadId)
    await becomes(asked, 'declined')
    const work = await page('/work', at.advocate)
    expect(work).toContain('Turned away twice')
    expect(work).toContain('2 noes')
    expect(work).toContain(`/cases/${caseId}`)
    expect(await page('/work', worker)).not.toContain('Turned away twice')
    // A yes to a question without a name has nobody.
    await becomes(promised, 'accepted')
    expect(await page('/work', at.advocate)).toContain('Turned away twice')
    await becomes(taken, 'accepted')
    expect(await page('/work', at.advocate)).not.toContain('Turned away twice')
  })
})

describe('a need that nobody takes', () => {
  const rows = () => at.world.owner.selectFrom('directory.unmet_need').selectAll().execute()

  async function caseOf(age: number): Promise<string> {
    const { caseId } = await caseWith(at.advocate, { age })
    await at.advocate.act(async (db, actor) => {
      await saveNeeds(db, actor, { caseId, version: 1 }, [
        { id: 'n1', code: 'child-mental-health', words: '' },
      ])
      await saveSituation(
        db,
        actor,
        { caseId, version: 1 },
        {
          age: { state: 'known', value: age, askedOn: '2026-11-20' },
        },
      )
    })
    return caseId
  }

  test('uk-G1: is counted once a month for a case and a need, and the row holds nobody', async () => {
    const before = (await rows()).length
    const caseId = await caseOf(108)
    const path = `/cases/${caseId}/nowhere`
    const said = { need: 'child-mental-health', why: 'abuse-ongoing' }
    const bare = await at.served.post(path, { why: 'abuse-ongoing' }, at.advocate)
    expect(bare.status).toBe(422)
    expect(await bare.text()).toContain('Choose at least one need')
    const first = await at.served.post(path, said, at.advocate)
    expect(first.headers.get('location')).toBe(`${path}?done=counted`)
    const again = await at.served.post(path, said, at.advocate)
    expect(again.headers.get('location')).toBe(`${path}?done=before`)
    const counted = await rows()
    expect(counted).toHaveLength(before + 1)
    const [one] = counted.filter(({ why }) => why === 'abuse-ongoing')
    expect(Object.keys(one ?? {}).toSorted()).toEqual(['age_band', 'id', 'month', 'need', 'region', 'why'])
    expect(one).toMatchObject({ age_band: '5-10', need: 'child-mental-health' })
    // A random id tells no time.
    expect(one?.id[14]).toBe('4')
    const others = await at.served.post(path, { need: 'housing', why: 'age' }, at.advocate)
    expect(others.status).toBe(422)
  })

  test('uk-G1: an empty menu counts it as well, once, and not while an answer could change it', async () => {
    const caseId = await caseOf(108)
    const counted = async () =>
      (await rows()).filter(({ why }) => why === 'nobody' || why === 'only-by-asking').length
    const before = await counted()
    await page(`/cases/${caseId}/menu?need=child-mental-health`, at.advocate)
    expect(await counted()).toBe(before)
    const known = Object.entries(childNine).map(([facet, value]) => [
      facet,
      { state: 'known', value, askedOn: '2026-11-20' },
    ])
    await at.advocate.act((db, actor) =>
      saveSituation(db, actor, { caseId, version: 2 }, Answers.parse(Object.fromEntries(known))),
    )
    const menu = await page(`/cases/${caseId}/menu?need=child-mental-health`, at.advocate)
    expect(menu).toContain('Nobody takes them: say so')
    expect(await counted()).toBe(before + 1)
    await page(`/cases/${caseId}/menu?need=child-mental-health`, at.advocate)
    await page(`/cases/${caseId}/menu?need=housing`, at.advocate)
    expect(await counted()).toBe(before + 1)
  })

  test('no login reads the rows, and a sum is shown from five on, for a quarter that is over', async () => {
    const { owner } = at.world
    for (const login of ['anydoor_web', 'anydoor_public', 'anydoor_jobs', 'anydoor_sealer']) {
      const { rows: may } = await sql<{
        may: boolean
      }>`select has_table_privilege(${login}, 'directory.unmet_need',
        'select, insert, update, delete') as may`.execute(owner)
      expect([login, may[0]?.may]).toEqual([login, false])
    }
    const region = (await rows())[0]?.region ?? ''
    const put = (need: string, times: number, month: string) =>
      sql`insert into directory.unmet_need (month, region, age_band, need, why)
        select ${month}::date, ${region}, '5-10', ${need}, 'abuse-ongoing' from generate_series(1, ${times}::integer)`.execute(
        owner,
      )
    await put('safe-place', 4, '2026-02-01')
    await put('housing', 5, '2026-02-01')
    await put('talk', 9, Temporal.Now.plainDateISO().with({ day: 1 }).toString())
    await sql`insert into directory.unmet_need (month, region, age_band, need, why)
      select '2026-02-01', 'us:elsewhere', '5-10', 'safety', 'age' from generate_series(1, 40)`.execute(owner)
    const text = await page('/unmet-needs', at.advocate)
    const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(text)?.[1] ?? ''
    expect(main).toContain('A home to live in')
    for (const hidden of ['A safe place to stay', 'Someone to talk to', 'Being safer'])
      expect(main).not.toContain(hidden)
    expect((await at.served.get('/unmet-needs', worker)).status).toBe(404)
    const asWorker = await worker.act((db) => sql`select * from directory.unmet_needs()`.execute(db))
    expect(asWorker.rows).toEqual([])
  })
})
