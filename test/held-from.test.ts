import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { openFile, searchNames } from '#people'
import { caseKeys } from '#platform/access'
import { readLines } from '#platform/ledger'

import { saveKnown } from '../src/people/known.actions.ts'
import { takeIntoRecord } from '../src/referrals/take.actions.ts'
import type { Person } from './world/agencies.ts'
import { counted } from './world/counted-work.ts'
import { sendReferral } from './world/referrals.ts'
import { caseWith, walkToSend } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let colin: Person
let dora: Person
let fern: Person

beforeAll(async () => {
  at = await sendingWorld()
  const { world, clinician } = at
  colin = await world.join(clinician, 'Colin Dale', ['worker', 'lead'])
  dora = await world.join(clinician, 'Dora Marsh', ['worker'])
  fern = await world.join(clinician, 'Fern Pike', ['worker'])
})
afterAll(() => at?.world.close())

const row = async (threadId: string) => {
  const { rows } = await sql<{ id: string; names: Buffer | null; held_from: readonly string[] }>`
    select id, names, held_from from envelopes.incoming where thread_id = ${threadId}::uuid`.execute(
    at.world.owner,
  )
  return rows[0] ?? { id: '', names: null, held_from: [] }
}
const page = async (who: Person, path: string) => {
  const answer = await at.served.get(path, who)
  return { status: answer.status, body: (await answer.text()).replaceAll(/nonce="[^"]*"/g, '') }
}
/** Whose account a mail was put for; the addresses themselves are sealed. */
async function mailed(): Promise<readonly string[]> {
  await sql`update access.account set notified_at = null`.execute(at.world.owner)
  await sql`select jobs.notify_waiting()`.execute(at.world.pools.jobs)
  const { rows } = await sql<{
    id: string
  }>`select id from access.account where notified_at is not null`.execute(at.world.owner)
  return rows.map((each) => each.id)
}
/** Everything that waited is opened, so that a mail can only be about what comes next. */
const openAll = () =>
  sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(at.world.owner)

/** What somebody reads in their agency's ledger about a thread. */
const linesOf = (who: Person, threadId: string) =>
  who.act(async (db, actor) => {
    const lines = await readLines(db, actor, { limit: 500 }, (ids) => caseKeys(db, actor, ids))
    return lines.filter((line) => line.detail?.['thread'] === threadId).map((line) => line.kind)
  })

/** A referral to the clinic as a worker sends it, with what they wrote into the field. */
async function sendNaming(names: string): Promise<string> {
  const { caseId } = await caseWith(at.advocate, { name: 'Ash Larch', harm: 'Kit Larch' })
  const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
  const path = `/cases/${caseId}/referrals/new/${draft}/send`
  const shown = await at.served.get(path, at.advocate)
  const html = await shown.text()
  expect(html).toContain('Does anybody at Hill Clinic know them?')
  const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
  const done = await at.served.post(path, { version, step: 'send', 'not-for': names }, at.advocate)
  expect(done.status).toBe(303)
  const { rows } = await sql<{ thread_id: string }>`
    select thread_id from envelopes.incoming where party_id = ${at.clinician.partyId}::uuid order by received_at desc limit 1`.execute(
    at.world.owner,
  )
  return rows[0]?.thread_id ?? ''
}

describe('somebody at the recipient whom the person named', () => {
  test('is shown nothing, though theirs is the first request after it came; everybody else is', async () => {
    await openAll()
    const before = [await page(colin, '/work'), await page(colin, '/referrals')]
    const theirs = (await page(dora, '/work')).body
    const threadId = await sendNaming('Dale, Colin')
    const arrived = await row(threadId)
    expect(arrived.names).not.toBeNull()
    expect(await mailed()).toEqual([])
    expect([await page(colin, '/work'), await page(colin, '/referrals')]).toEqual(before)
    const after = await row(threadId)
    expect(after).toEqual({ id: arrived.id, names: null, held_from: [colin.accountId] })
    expect((await page(colin, `/referrals/${threadId}`)).status).toBe(404)
    expect(await linesOf(colin, threadId)).toEqual([])
    expect(await linesOf(dora, threadId)).toContain('envelope.received')
    expect(await colin.act((db, actor) => openIncoming(db, actor, arrived.id))).toEqual({
      refused: 'missing',
    })
    const told = await mailed()
    expect(told).toContain(dora.accountId)
    expect(told).not.toContain(colin.accountId)
    expect((await page(dora, '/work')).body).not.toBe(theirs)
    expect((await page(dora, `/referrals/${threadId}`)).status).toBe(200)
    expect(await dora.act((db, actor) => openIncoming(db, actor, arrived.id))).toHaveProperty('body')
  })

  test('sees what a missing thread shows, by the same work', async () => {
    const threadId = await sendNaming('Colin Dale')
    await page(dora, '/work')
    const missing = '01890000-0000-7000-8000-00000000fffe'
    const look = async (id: string) => {
      const { result, work } = await counted(() => at.served.get(`/referrals/${id}`, colin))
      const text = (await result.text()).replaceAll(/nonce="[^"]*"/g, '')
      return { status: result.status, text, statements: work.statements, crypto: work.crypto }
    }
    await look(missing)
    expect(await look(threadId)).toEqual(await look(missing))
  })

  test('does not find the case that grows out of it', async () => {
    const threadId = await sendNaming('Colin Dale')
    await page(dora, '/work')
    await sql`update referrals.thread set state = 'accepted' where id = ${threadId}::uuid`.execute(
      at.world.owner,
    )
    const taken = await dora.act(async (db, actor) => {
      const thread = await db
        .selectFrom('referrals.thread')
        .select('version')
        .where('party_id', '=', actor.partyId)
        .where('id', '=', threadId)
        .executeTakeFirstOrThrow()
      return takeIntoRecord(db, actor, { threadId, version: thread.version }, [0, 1, 2, 3])
    })
    if ('refused' in taken) throw new Error(taken.refused)
    expect(await dora.act((db, actor) => openFile(db, actor, taken.caseId))).toMatchObject({ sort: 'closed' })
    expect(await colin.act((db, actor) => openFile(db, actor, taken.caseId))).toBeNull()
    expect((await colin.act((db, actor) => searchNames(db, actor, { query: 'Ash Larch' }))).total).toBe(0)
  })

  test('nobody is told before the names were compared, and what was typed is kept where it cannot be sent', async () => {
    const { caseId } = await caseWith(at.advocate)
    const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
    const long = 'Colin Dale '.repeat(20)
    const answer = await at.served.post(
      `/cases/${caseId}/referrals/new/${draft}/send`,
      { version: '0', step: 'send', 'not-for': long },
      at.advocate,
    )
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(long.trim())
  })
})

describe('somebody at the recipient whom the person named when a question was asked without a name', () => {
  /** A question to the clinic as a worker asks it. */
  async function ask(names: string) {
    const { caseId } = await caseWith(at.advocate, { name: 'Ash Larch', harm: 'Kit Larch' })
    const path = `/cases/${caseId}/referrals/ask`
    const shown = await at.served.get(`${path}?service=${at.talking}`, at.advocate)
    expect(await shown.text()).toContain('Does anybody at Hill Clinic know them?')
    const typed = { service: at.talking, facet: ['age'], need: [], name: 'Sam Reed', phone: '' }
    const answer = await at.served.post(path, { ...typed, 'not-for': names }, at.advocate)
    const { rows } = await sql<{ thread_id: string }>`
      select thread_id from envelopes.incoming where party_id = ${at.clinician.partyId}::uuid order by id desc limit 1`.execute(
      at.world.owner,
    )
    return { answer, threadId: rows[0]?.thread_id ?? '' }
  }

  test('is shown nothing of it; everybody else is', async () => {
    await openAll()
    const before = [await page(colin, '/work'), await page(colin, '/referrals')]
    const { answer, threadId } = await ask('Dale, Colin')
    expect(answer.status).toBe(303)
    expect((await row(threadId)).names).not.toBeNull()
    expect(await mailed()).toEqual([])
    expect([await page(colin, '/work'), await page(colin, '/referrals')]).toEqual(before)
    expect(await row(threadId)).toMatchObject({ names: null, held_from: [colin.accountId] })
    expect((await page(colin, `/referrals/${threadId}`)).status).toBe(404)
    expect(await linesOf(colin, threadId)).toEqual([])
    expect((await page(dora, `/referrals/${threadId}`)).status).toBe(200)
  })

  test('whoever is named travels nowhere else: neither page nor our own copy says the name', async () => {
    const { threadId } = await ask('Colin Dale')
    expect((await page(dora, `/referrals/${threadId}`)).body).not.toContain('Colin Dale')
    expect((await page(at.advocate, `/referrals/${threadId}`)).body).not.toContain('Colin Dale')
  })

  test('where nobody is named, no names travel', async () => {
    expect(await row((await ask('')).threadId)).toMatchObject({ names: null, held_from: [] })
  })

  test('a name too long is said at the field, with all that was typed', async () => {
    const long = 'Colin Dale '.repeat(20)
    const { answer } = await ask(long)
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain(long.trim())
    expect(text).toContain('Write no more than 20 names')
    expect(text).toContain('value="Sam Reed"')
  })
})

describe('somebody at the recipient whose own list has the person', () => {
  test('is shown nothing; where nobody keeps a list, no names travel', async () => {
    const before = await sendReferral(at.advocate, at.clinician, 'outcome', 'Wren Moss')
    expect(await row(before.threadId)).toMatchObject({ names: null, held_from: [] })
    await fern.act((db, actor) => saveKnown(db, actor, 0, ['Wren Moss']))
    const { threadId } = await sendReferral(at.advocate, at.clinician, 'outcome', 'Wren Moss')
    expect((await row(threadId)).names).not.toBeNull()
    expect((await page(fern, `/referrals/${threadId}`)).status).toBe(404)
    expect(await row(threadId)).toMatchObject({ names: null, held_from: [fern.accountId] })
    expect((await page(dora, `/referrals/${threadId}`)).status).toBe(200)
    const other = await sendReferral(at.advocate, at.clinician, 'outcome', 'Wren Vale')
    expect((await page(fern, `/referrals/${other.threadId}`)).status).toBe(200)
  })
})
