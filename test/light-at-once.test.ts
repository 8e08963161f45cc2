import { randomUUID } from 'node:crypto'

import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { endLink, makeLink, prepareLink } from '#light'
import { acceptedKeys, acceptPartner, handOver, pinsOf } from '#parties'
import { eraseCase, openForWork } from '#people'
import { caseKey } from '#platform/access'
import { newCookie } from '#platform/crypto'
import { takeBack } from '#referrals'

import { type ArgonCost, argonCosts, currentCost } from '../src/platform/crypto/argon.ts'
import type { Person, TestWorld } from './world/agencies.ts'
import { atOffice, linkOf, madeLink, sentToOffice, serviceOf, waysIn } from './world/light.ts'
import { standing } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'
import { visitor } from './world/visitor.ts'

type Sent = Awaited<ReturnType<typeof sentToOffice>>

let at: SendingWorld
let world: TestWorld
let advocate: Person
let harbour: { readonly id: string; readonly organizationId: string }
let outside: pg.Client
let watcher: pg.Client

beforeAll(async () => {
  at = await sendingWorld()
  ;({ world, advocate } = at)
  harbour = await serviceOf(world, 'Harbour Voices')
  outside = new pg.Client({ connectionString: world.database.superUrl })
  watcher = new pg.Client({ connectionString: world.database.superUrl })
  await Promise.all([outside.connect(), watcher.connect()])
})
afterAll(async () => {
  await outside?.end()
  await watcher?.end()
  await world?.close()
})

const sent = (service = harbour) => sentToOffice(at.served, advocate, service, 'office@harbour.example')
const link = (threadId: string) => madeLink(world, at.served, advocate, threadId)
const gone = { wraps: 0, bearers: 0 }

function withdrawn({ caseId, draft }: Sent): Promise<unknown> {
  return advocate.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    return key === null ? null : takeBack(db, actor, key, draft, 'spoken-here')
  })
}

/** Makes a link, and does something else before it is committed. */
async function making(threadId: string, meanwhile: () => Promise<unknown> = async () => {}) {
  const prepared = await prepareLink(world.installation)
  if ('refused' in prepared) throw new Error(prepared.refused)
  return advocate.act(async (db, actor) => {
    const made = await makeLink(db, actor, threadId, prepared, {
      installation: world.installation,
      publicUrl: 'https://anydoor.example',
      mail: 'office@harbour.example',
    })
    await meanwhile()
    return made
  })
}

/** Until a session waits for a lock, or the act is through without waiting. */
async function untilWaits(act: Promise<unknown>): Promise<void> {
  let through = false
  const end = () => {
    through = true
  }
  act.then(end, end)
  for (;;) {
    const { rows } = await watcher.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (through || (rows[0]?.n ?? 0) > 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function rowsOf(text: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
  return (await watcher.query<Record<string, unknown>>(text, [...values])).rows
}

describe('a link to an office, at once with', () => {
  test('a permission taken back: the right code at that moment never undoes it, and both end in order', async () => {
    const one = await sent()
    await link(one.threadId)
    const [secret] = await rowsOf(
      'select l.token_hash, b.id_hash from light.link l join access.bearer b on b.id = l.bearer_id where l.thread_id = $1',
      [one.threadId],
    )
    await outside.query('begin')
    await outside.query('select * from light.knock($1, $2)', [secret?.['token_hash'], secret?.['id_hash']])
    const back = withdrawn(one)
    await untilWaits(back)
    const entered = outside.query('select light.enter($1, $2, $3, $4) as done', [
      secret?.['token_hash'],
      secret?.['id_hash'],
      Buffer.alloc(32, 7),
      Buffer.alloc(64, 7),
    ])
    const through = await Promise.allSettled([entered.finally(() => outside.query('commit')), back])
    expect(through.map((each) => each.status)).toEqual(['fulfilled', 'fulfilled'])
    expect([(await linkOf(advocate, one.threadId)).state, await waysIn(world, one.threadId)]).toEqual([
      'ended',
      gone,
    ])
  })

  test('a permission taken back while it is made: it ends with it', async () => {
    const one = await sent()
    let back: Promise<unknown> = Promise.resolve()
    await making(one.threadId, async () => {
      back = withdrawn(one)
      await untilWaits(back)
    })
    await back
    expect([(await linkOf(advocate, one.threadId)).state, await waysIn(world, one.threadId)]).toEqual([
      'ended',
      gone,
    ])
  })

  test('another one, or its end: one at most is open, and an end meets what was made', async () => {
    const { threadId } = await sent()
    let second: Promise<unknown> = Promise.resolve()
    await making(threadId, async () => {
      second = making(threadId)
      await untilWaits(second)
    })
    await second
    expect(await waysIn(world, threadId)).toEqual({ wraps: 1, bearers: 1 })
    await making(threadId, async () => {
      second = advocate.act((db, actor) => endLink(db, actor, threadId))
      await untilWaits(second)
    })
    await second
    expect(await waysIn(world, threadId)).toEqual(gone)
  })
})

test('a flood of codes for one link, or for made-up ones, keeps no other office out, and takes nobody the way to a new link', async () => {
  const [flooded, other] = [(await sent()).threadId, (await sent()).threadId]
  const [first, second] = [await link(flooded), await link(other)]
  const anybody = visitor(at.served)
  const tries = async (path: () => string, fields = {}) => {
    const seen = new Map<number, string>()
    for (let n = 0; n < 90 && !seen.has(429); n += 1) {
      const answer = await anybody.post(path(), fields)
      seen.set(answer.status, await answer.text())
    }
    return seen
  }
  const wrong = await tries(() => `/l/${newCookie()}`, { code: '0000000000' })
  expect([...wrong.keys()]).toEqual([422])
  expect(wrong.get(422)).toContain('This does not open anything')
  expect([...(await tries(() => `/l/${newCookie()}/again`)).keys()]).toEqual([200])
  expect((await tries(() => first.path)).get(429)).toContain('Too many tries just now')
  await atOffice(at.served, second)
  expect((await anybody.post(`${first.path}/again`, {})).status).toBe(200)
  const full = (await tries(() => `${first.path}/again`)).get(429)
  expect(full).toContain('nobody was told that you ask')
  expect(full).not.toContain('Thank you')
  expect((await anybody.post(`${second.path}/again`, {})).status).toBe(200)
})

test('no code is stretched for an end, for a form with something missing, for somebody who may not, or for a made-up token', async () => {
  const { threadId } = await sent()
  await link(threadId)
  const path = `/referrals/${threadId}/link`
  const page = standing(await (await at.served.get(path, advocate)).text())
  const make = { ...page, told: 'rang', step: 'make' }
  const costs = argonCosts as Map<number, ArgonCost>
  const cost = argonCosts.get(currentCost)
  if (cost === undefined) throw new Error('There is no cost.')
  // Whatever would stretch a code is a fault now.
  costs.delete(currentCost)
  try {
    const answers = [
      await at.served.post(path, { ...page, step: 'make' }, advocate),
      await at.served.post(path, make, at.clinician),
      await at.served.post(`/referrals/${randomUUID()}/link`, make, advocate),
      await visitor(at.served).post(`/l/${newCookie()}`, { code: '0000000000' }),
      await at.served.post(path, { ...page, step: 'end' }, advocate),
      await at.served.post(path, make, advocate),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 404, 404, 422, 303, 500])
  } finally {
    costs.set(currentCost, cost)
  }
})

test('a file that is erased leaves no trace of the office it was sent to, and its key’s number stays taken', async () => {
  const one = await sent()
  await link(one.threadId)
  const [key] = await rowsOf('select office_id, version from parties.office_key where thread_id = $1', [
    one.threadId,
  ])
  await advocate.act((db, actor) => eraseCase(db, actor, one.caseId))
  const shadow = `select 'pin' from parties.pin where partner_id = $1 and partner_version = $2
    union all select 'key' from keyring.party_key where thread_id = $3 or (party_id = $1 and version = $2 and made_for <> $1)
    union all select 'link' from light.link where thread_id = $3`
  expect(await rowsOf(shadow, [key?.['office_id'], key?.['version'], one.threadId])).toEqual([])
  const next = await sent()
  const [later] = await rowsOf('select version from parties.office_key where thread_id = $1', [next.threadId])
  expect(Number(later?.['version'])).toBeGreaterThan(Number(key?.['version']))
})

test('a link that was made before its thread had a case goes with the thread, and is closed with the case', async () => {
  const one = await sent()
  await link(one.threadId)
  for (const table of ['light.link', 'parties.office_key'])
    await outside.query(`update ${table} set case_id = null where thread_id = $1`, [one.threadId])
  await outside.query("update referrals.thread set case_id = null where id = $1 and side = 'from'", [
    one.threadId,
  ])
  await outside.query("update referrals.thread set case_id = $2 where id = $1 and side = 'from'", [
    one.threadId,
    one.caseId,
  ])
  expect(await rowsOf('select case_id from light.link where thread_id = $1', [one.threadId])).toEqual([
    { case_id: one.caseId },
  ])
  await advocate.act((db, actor) => eraseCase(db, actor, one.caseId))
  expect(await rowsOf('select 1 from parties.office_key where thread_id = $1', [one.threadId])).toEqual([])
})

describe('an office that founds its account', () => {
  test('at once with a referral: the referral makes no keys over the agency’s own, and the founder gets in', async () => {
    const { threadId } = await sent()
    const officeId = await officeOf(threadId)
    await outside.query('begin')
    await outside.query('select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 177))', [officeId])
    await outside.query('delete from keyring.party_key where thread_id = $1', [threadId])
    await outside.query("update parties.agency set state = 'active' where party_id = $1", [officeId])
    const adding = advocate.act(async (db) => {
      const { rows } = await sql<{ version: number | null }>`
        select parties.add_office_key(${officeId}::uuid, ${threadId}::uuid, ${Buffer.alloc(32, 1)}, ${Buffer.alloc(32, 2)}) as version`.execute(
        db,
      )
      return rows[0]?.version
    })
    await untilWaits(adding)
    await outside.query('commit')
    expect(await adding).toBeNull()
    await outside.query("update parties.agency set state = 'light' where party_id = $1", [officeId])

    const other = await sent()
    await outside.query('begin')
    await outside.query('select pg_advisory_xact_lock(hashtextextended($1::uuid::text, 177))', [officeId])
    const founding = world.found('Harbour Voices', 'domestic-abuse', undefined, 'uk', officeId)
    await untilWaits(founding)
    await outside.query(
      `insert into keyring.party_key (party_id, version, box_public, sign_public, made_for, thread_id)
        select party_id, version + 1, box_public, sign_public, made_for, gen_random_uuid() from keyring.party_key where thread_id = $1`,
      [other.threadId],
    )
    await outside.query('commit')
    expect((await founding).partyId).toBe(officeId)
  })

  test('is a partner only once its own words were compared', async () => {
    const officeId = await officeOf(
      (await rowsOf('select thread_id from parties.office_key limit 1', []))[0]?.['thread_id'],
    )
    const before = await advocate.act(async (db, actor) => ({
      keys: await acceptedKeys(db, actor, officeId),
      pins: (await pinsOf(db, actor.partyId)).map((pin) => pin.partner_id),
    }))
    expect(before.keys).toEqual({ refused: 'partner-not-accepted' })
    expect(before.pins).not.toContain(officeId)
  })

  test('gets what was sent to it, however much waits for another whose words nobody compared', async () => {
    const [free] = await rowsOf(
      `select s.id, o.id as "organizationId" from directory.service s join directory.organization o on o.id = s.organization_id
        where o.party_id is null and o.pack = 'uk' and o.id <> $1 and s.needs && (select needs from directory.service where id = $2) order by s.id limit 1`,
      [harbour.organizationId, harbour.id],
    )
    const service = { id: String(free?.['id']), organizationId: String(free?.['organizationId']) }
    const { threadId } = await sent(service)
    const officeId = await officeOf(threadId)
    const [crowd] = await rowsOf(
      `select k.thread_id from parties.office_key k join parties.agency a on a.party_id = k.office_id where a.state = 'active' limit 1`,
      [],
    )
    for (let n = 0; n < 60; n += 1) {
      const id = `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
      for (const [table, column, and] of [
        ['referrals.thread', 'id', "and side = 'from'"],
        ['parties.office_key', 'thread_id', ''],
      ])
        await outside.query(
          `insert into ${table} select (jsonb_populate_record(x, jsonb_build_object('${column}', $2::text))).* from ${table} x where x.${column} = $1 ${and}`,
          [crowd?.['thread_id'], id],
        )
    }
    const person = await world.found('Another Office', 'housing', undefined, 'uk', officeId)
    await advocate.act((db, actor) => acceptPartner(db, actor, person.partyId))
    await advocate.act((db, actor) =>
      handOver(db, actor, async (caseId) => (await openForWork(db, actor, caseId, 'reading'))?.key ?? null),
    )
    expect(await rowsOf('select party_id from keyring.office_hand', [])).toEqual([{ party_id: officeId }])
  })
})

async function officeOf(threadId: unknown): Promise<string> {
  const [row] = await rowsOf('select office_id from parties.office_key where thread_id = $1', [threadId])
  return String(row?.['office_id'])
}
