/**
 * Fills an empty installation with an area's referrals: twelve agencies, and one of them in a third of everything, with twenty
 * workers and a case behind what it sends and has taken in. Its cases, keys and lists are sealed as the program seals them; what
 * no list opens is written as octets of the usual length. Run by referrals.ts: `node bench/referrals-world.ts FILE COUNT`.
 */
import { randomUUIDv7 } from 'node:crypto'
import { writeFileSync } from 'node:fs'

import { sql } from 'kysely'

import { acceptPartner } from '#parties'
import { CardBody, saveCard, startCase } from '#people'
import { type Actor, type CaseKey, newCaseKey, sealCase, sealParty } from '#platform/access'
import { readConfig } from '#platform/config'
import { cryptoReady, openInstallation } from '#platform/crypto'
import { openDatabase, openPool, type Pool, type Tx } from '#platform/db'
import { startAndSend } from '#referrals'

import { found, type Hand, join, type Place } from './hands.ts'
import { nextThread, type Side } from './referrals-rows.ts'

/** Who can look, and at what. */
export interface ReferralsWorld {
  readonly workers: readonly { readonly cookie: string; readonly accountId: string }[]
  readonly leads: readonly { readonly cookie: string }[]
  readonly partners: readonly string[]
  /** Threads whose envelopes open. */
  readonly threads: readonly string[]
  readonly total: number
}

const agencies = 12
const batch = 400
const [file, wanted] = process.argv.slice(2)
if (file !== undefined) writeFileSync(file, JSON.stringify(await fill(Number(wanted ?? 100_000))))

async function fill(total: number): Promise<ReferralsWorld> {
  const config = readConfig(process.env, process.cwd())
  if ('refused' in config) throw new Error(config.message)
  await cryptoReady()
  const database = await openDatabase(config)
  if ('refused' in database) throw new Error(database.message)
  const { installation } = openInstallation(config.keysDir)
  const owner = openPool(database.ownerUrl, 2)
  const at: Place = { pools: database.pools, owner, installation }
  const own = await found(at, 'Bench Advocacy', 'domestic-abuse')
  const others: Hand[] = []
  for (let i = 1; i < agencies; i += 1) others.push(await found(at, `Bench Partner ${i}`, 'mental-health'))
  const [first] = others
  if (first === undefined) throw new Error('There is no partner.')
  await own.act((db, actor) => acceptPartner(db, actor, first.partyId))
  await first.act((db, actor) => acceptPartner(db, actor, own.partyId))
  const workers: Hand[] = []
  for (let i = 0; i < 20; i += 1) workers.push(await join(at, own, i, ['worker']))
  const leads: Hand[] = []
  for (let i = 20; i < 24; i += 1) leads.push(await join(at, own, i, ['worker', 'lead']))
  const partners = others.map((each) => each.partyId)
  const ids = workers.map((each) => each.accountId)
  await fillOwn(own, Math.floor(total / 3), { partners, workers: ids })
  await fillOthers(owner, own.partyId, partners, total - Math.floor(total / 3))
  const threads = await sendTruly(first, own, 60)
  await sql`vacuum analyze`.execute(owner)
  await owner.destroy()
  await database.close()
  return {
    workers: workers.map(({ cookie, accountId }) => ({ cookie, accountId })),
    leads: leads.map(({ cookie }) => ({ cookie })),
    partners,
    threads,
    total,
  }
}

interface About {
  readonly partners: readonly string[]
  readonly workers: readonly string[]
}

/** What the measured agency sends and receives: half and half, two threads to a case. */
async function fillOwn(hand: Hand, count: number, about: About): Promise<void> {
  for (let from = 0; from < count; from += batch) {
    await hand.act((db, actor) => ownBatch(db, actor, { from, until: Math.min(from + batch, count) }, about))
    process.stderr.write('.')
  }
  process.stderr.write('\n')
}

async function ownBatch(
  db: Tx,
  actor: Actor,
  { from, until }: { readonly from: number; readonly until: number },
  about: About,
): Promise<void> {
  const threads = []
  const cases = []
  const cards = []
  let key: CaseKey | null = null
  for (let i = from; i < until; i += 1) {
    const side: Side = i % 4 < 2 ? 'from' : 'to'
    const next = nextThread(i, side, about)
    if (i % 2 === 0) {
      key = null
      if (side === 'from' || next.inCase) {
        const caseId = randomUUIDv7()
        key = await newCaseKey(db, actor, caseId)
        const ownerId = about.workers[(i / 2) % about.workers.length] ?? actor.accountId
        cases.push({
          party_id: actor.partyId,
          id: caseId,
          owner_id: ownerId,
          ...(i % 10 === 0 ? { due_at: next.started_at } : {}),
        })
        const cardId = randomUUIDv7()
        const card = CardBody.parse({ name: next.name, role: 'survivor' })
        const body = sealCase(key, 'people.card', 'body', cardId, card)
        cards.push({ party_id: actor.partyId, case_id: caseId, id: cardId, body })
      }
    }
    const { inCase: _in, name, ...row } = next
    const body = { serviceId: null, serviceName: 'Talking room', who: name, contacts: [], notes: '' }
    threads.push({
      ...row,
      party_id: actor.partyId,
      case_id: key?.caseId ?? null,
      key_version: key?.version ?? actor.keys.party.version,
      body:
        key === null
          ? sealParty(actor, 'referrals.thread', 'body', row.id, { ...body, who: '' })
          : sealCase(key, 'referrals.thread', 'body', row.id, body),
    })
  }
  if (cases.length > 0) await db.insertInto('people.case').values(cases).execute()
  if (cards.length > 0) await db.insertInto('people.card').values(cards).execute()
  await db.insertInto('referrals.thread').values(threads).execute()
}

/** The other side of each of those, everything among the others, and the envelopes and timelines of all. */
async function fillOthers(
  owner: Pool,
  own: string,
  partners: readonly string[],
  count: number,
): Promise<void> {
  const all = sql`${[...partners]}::uuid[]`
  await sql`insert into referrals.thread (party_id, id, side, other_party, kind, state, comes_back, started_at, due_at)
    select t.other_party, t.id, case t.side when 'from' then 'to' else 'from' end, t.party_id, t.kind, t.state, t.comes_back, t.started_at, t.due_at
    from referrals.thread t where t.party_id = ${own}`.execute(owner)
  await sql`
    with made as (
      select uuidv7() as id, (${all})[1 + i % 11] as one, (${all})[1 + (i + 1 + (i / 11) % 10) % 11] as two,
        (array['received', 'question', 'waiting', 'accepted', 'started', 'met', 'met', 'ended', 'ended', 'declined'])[1 + i % 10] as state,
        now() - make_interval(hours => i % 9000) as at
      from generate_series(1, ${count}::integer) i
    )
    insert into referrals.thread (party_id, id, side, other_party, kind, state, comes_back, started_at, due_at)
    select one, id, 'from', two, 'referral', state, 'outcome', at, at + interval '2 days' from made
    union all select two, id, 'to', one, 'referral', state, 'outcome', at, at + interval '2 days' from made`.execute(
    owner,
  )
  const octets = (length: number) => sql`decode(repeat(md5(t.id::text), ${length / 16}::integer), 'hex')`
  await sql`
    insert into envelopes.incoming (party_id, case_id, id, thread_id, from_party, kind, received_at, state, size, header, ciphertext, signature)
    select t.party_id, t.case_id, uuidv7(), t.id, t.other_party, 'request', t.started_at,
      case when t.state = 'received' and t.assignee_id is null then 'waiting' else 'opened' end, 2048, ${octets(256)}, ${octets(2048)}, ${octets(64)}
    from referrals.thread t where t.side = 'to'`.execute(owner)
  await sql`
    insert into envelopes.outgoing (party_id, case_id, id, thread_id, to_party, kind, sent_at, sender_id, size, header, ciphertext, signature)
    select t.party_id, t.case_id, uuidv7(), t.id, t.other_party, 'request', t.started_at, t.assignee_id, 2048, ${octets(256)}, ${octets(2048)}, ${octets(64)}
    from referrals.thread t where t.side = 'from' and t.assignee_id is not null`.execute(owner)
  await sql`
    insert into referrals.event (party_id, thread_id, kind, at)
    select t.party_id, t.id, k, t.started_at from referrals.thread t, unnest(array['request', 'received', 'decision']) k`.execute(
    owner,
  )
}

/** Referrals that a partner sends as the program does, so that their pages open. */
async function sendTruly(from: Hand, to: Hand, count: number): Promise<readonly string[]> {
  return from.act(async (db, actor) => {
    const threads: string[] = []
    for (let i = 0; i < count; i += 1) {
      const { caseId, key } = await startCase(db, actor)
      const name = `Rowan Vale ${i}`
      await saveCard(db, actor, { caseId, id: null, version: 0 }, CardBody.parse({ name, role: 'survivor' }))
      const items = ['The name to use', 'What they want help with', 'A short summary'].map((title) => ({
        kind: 'short-summary',
        ref: null,
        title,
        text: `${title}: ${'what was agreed, in plain words. '.repeat(6)}`,
      }))
      const sent = await startAndSend(
        db,
        actor,
        {
          kind: 'referral',
          toParty: to.partyId,
          serviceId: null,
          serviceName: 'Talking room',
          ofCase: key,
          comesBack: 'outcome',
          dueAt: new Date(Date.now() + 86_400_000),
          body: { who: name },
        },
        {
          kind: 'request',
          releaseId: randomUUIDv7(),
          endsAt: null,
          body: {
            about: 'request',
            service: { id: null, name: 'Talking room' },
            items,
            handling: [],
            purpose: 'So that nothing has to be told again.',
            safeContact: ['Text only, on weekdays'],
            comesBack: 'outcome',
            ask: null,
            answerTo: { name: 'Robin', phone: '01632 960123', cover: '' },
            amends: false,
          },
        },
      )
      if ('refused' in sent) throw new Error(sent.refused)
      threads.push(sent.threadId)
    }
    return threads
  })
}
