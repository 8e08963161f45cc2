import { randomUUIDv7 } from 'node:crypto'

import { invite } from '#parties'
import { countRepeats } from '#people'
import {
  type Actor,
  type CaseKey,
  caseKey,
  newCaseKey,
  rowOf,
  sealCase,
  wrapForMembers,
} from '#platform/access'
import type { Tx } from '#platform/db'
import { newCookie, newBoxPair } from '#platform/crypto'
import { sealLedger, witnessHead } from '#platform/ledger'
import { sendEnvelope } from '#envelopes'

import { fillLight } from './filled-light.ts'
import { insertVisit } from '../../src/releases/visit.store.ts'
import { type Person, type TestWorld, testWorld } from './agencies.ts'
import { fillChasing } from './filled-chasing.ts'
import { fillAnswers } from './filled-referrals.ts'
import { fillConflicts } from './filled-conflicts.ts'
import { fillDiary, fillOwnDiary } from './filled-diary.ts'
import { fillClients, fillFamily, fillPlan, fillTogether } from './filled-rooms.ts'
import { fillForms } from './filled-forms.ts'
import { fillHarm } from './filled-harm.ts'
import { fillCaseload, fillPapers } from './filled-papers.ts'

export interface Seen {
  readonly partyId: string
  /** What the session's row is found by, as `access.begin` takes it. */
  readonly row: Uint8Array
}

/** Three parties with a row in every table that a party can have, a closed case, a member outside it, and a guest. */
export interface FilledWorld {
  readonly world: TestWorld
  readonly a: Seen
  readonly b: Seen
  readonly excluded: Seen
  readonly closedCase: string
  readonly guest: { readonly row: Uint8Array; readonly caseId: string }
  /** Tables that may stay without a row of the first party. */
  readonly mayBeEmpty: readonly string[]
}

export async function fillEverything(): Promise<FilledWorld> {
  const world = await testWorld()
  const a = await world.found('First Door', 'domestic-abuse', [
    'agency-administrator',
    'worker',
    'privacy-lead',
  ])
  const b = await world.found('Second Door', 'mental-health')
  const c = await world.found('Third Door', 'education')
  const outside = await world.join(a, 'Outside', ['worker'])
  await world.pair(a, b)
  await world.pair(a, c)
  const closedCase = await fillCase(a, b)
  await fillCase(b, a)
  await fillCase(c, a)
  await closeCase(a, closedCase)
  await fillRest(world, a, b.accountId)
  await fillRest(world, b, a.accountId)
  for (const person of [a, b]) await fillLight(world, person).then(() => fillClients(world, person))
  for (const person of [a, b]) await fillAnswers(world, person)
  const guest = await seatGuest(world, a, closedCase)
  while ((await sealLedger(world.pools, world.installation.sign)) > 0);
  for (const person of [a, b, c]) await person.act((db, actor) => witnessHead(db, actor))
  return {
    world,
    a: seen(a),
    b: seen(b),
    excluded: seen(outside),
    closedCase,
    guest,
    mayBeEmpty: ['keyring.erased', 'access.recovery'],
  }
}

function seen(person: Person): Seen {
  return { partyId: person.partyId, row: rowOf(person.cookie) }
}

/** A case with a row in each of its tables, a thread, a release and an envelope to the partner. */
async function fillCase(person: Person, partner: Person): Promise<string> {
  const caseId = randomUUIDv7()
  await person.act(async (db, actor) => {
    const key = await newCaseKey(db, actor, caseId)
    const ids = { party_id: actor.partyId, case_id: caseId }
    const cell = (table: string, row: string) => sealCase(key, table, 'body', row, { words: 'canary' })
    await db
      .insertInto('people.case')
      .values({ party_id: actor.partyId, id: caseId, owner_id: actor.accountId })
      .execute()
    const card = randomUUIDv7()
    await db
      .insertInto('people.card')
      .values({ ...ids, id: card, body: cell('people.card', card) })
      .execute()
    await db
      .insertInto('people.sheet')
      .values({ ...ids, kind: 'needs', body: cell('people.sheet', 'needs'), updated_by: actor.accountId })
      .execute()
    const note = randomUUIDv7()
    await db
      .insertInto('people.note')
      .values({ ...ids, id: note, author_id: actor.accountId, body: cell('people.note', note) })
      .execute()
    const hold = randomUUIDv7()
    await db
      .insertInto('people.legal_hold')
      .values({
        ...ids,
        id: hold,
        placed_by: actor.accountId,
        // Lifted: a hold in force would stop the erasing that the checks try.
        lifted_at: new Date(),
        lifted_by: actor.accountId,
        body: cell('people.legal_hold', hold),
      })
      .execute()
    await db
      .insertInto('people.exclusion')
      .values({ ...ids, account_id: actor.accountId })
      .execute()
    const ground = randomUUIDv7()
    await db
      .insertInto('grounds.glass_try')
      .values({ party_id: actor.partyId, account_id: actor.accountId })
      .execute()
    await db
      .insertInto('grounds.ground')
      .values({ ...ids, id: ground, made_by: actor.accountId, body: cell('grounds.ground', ground) })
      .execute()
    const ask = randomUUIDv7()
    await db
      .insertInto('asks.ask')
      .values({ ...ids, id: ask, kind: 'file', made_by: actor.accountId, body: cell('asks.ask', ask) })
      .execute()
    await db
      .insertInto('asks.retention')
      .values({
        ...ids,
        field: 'notes',
        decided_by: actor.accountId,
        body: cell('asks.retention', `${caseId}/notes`),
      })
      .execute()
    for (const fill of [fillPlan, fillDiary, fillForms, fillFamily, fillTogether, fillPapers])
      await fill(db, actor, key)
    await fillCrossing(db, actor, key, partner)
  })
  return caseId
}

/** A release, a thread with its first event, and an envelope on its way. */
async function fillCrossing(db: Tx, actor: Actor, key: CaseKey, partner: Person): Promise<void> {
  await fillHarm(db, key, actor.accountId)
  const ids = { party_id: actor.partyId, case_id: key.caseId }
  const release = randomUUIDv7()
  await db
    .insertInto('releases.release')
    .values({
      ...ids,
      id: release,
      recipient_id: partner.partyId,
      state: 'signed',
      made_by: actor.accountId,
      body: sealCase(key, 'releases.release', 'body', release, { words: 'canary' }),
    })
    .execute()
  const decision = randomUUIDv7()
  await db
    .insertInto('releases.decision')
    .values({
      ...ids,
      id: decision,
      made_by: actor.accountId,
      body: sealCase(key, 'releases.decision', 'body', decision, { words: 'canary' }),
    })
    .execute()
  await fillVisit(db, actor, key, release)
  const thread = randomUUIDv7()
  await db
    .insertInto('referrals.thread')
    .values({
      ...ids,
      id: thread,
      side: 'from',
      other_party: partner.partyId,
      kind: 'referral',
      state: 'sent',
      comes_back: 'outcome',
    })
    .execute()
  await db
    .insertInto('referrals.event')
    .values({ party_id: actor.partyId, thread_id: thread, kind: 'request' })
    .execute()
  await db
    .insertInto('referrals.keeping')
    .values({
      ...ids,
      thread_id: thread,
      body: sealCase(key, 'referrals.keeping', 'body', thread, { words: 'canary' }),
    })
    .execute()
  await fillChasing(db, actor, { thread, partnerId: partner.partyId, givenTo: partner.accountId })
  await fillSession(db, actor, key, thread)
  const sent = await sendEnvelope(db, actor, {
    kind: 'request',
    threadId: thread,
    toParty: partner.partyId,
    ofCase: key,
    releaseId: release,
    endsAt: null,
    body: { words: 'canary' },
    news: {},
    back: 'outcome',
  })
  if ('refused' in sent) throw new Error(sent.refused)
}

/** A session that did not come about, on a thread of the case. */
async function fillSession(db: Tx, actor: Actor, key: CaseKey, thread: string): Promise<void> {
  const session = randomUUIDv7()
  await db
    .insertInto('referrals.session')
    .values({
      party_id: actor.partyId,
      thread_id: thread,
      id: session,
      made_by: actor.accountId,
      key_version: key.version,
      body: sealCase(key, 'referrals.session', 'body', session, {
        went: 'not-attended',
        on: '2026-11-20',
        barriers: ['other'],
        words: 'canary',
      }),
    })
    .execute()
}

/** A code on its way to the person. */
async function fillVisit(db: Tx, actor: Actor, key: CaseKey, releaseId: string): Promise<void> {
  const sealed = Buffer.from('sealed')
  await insertVisit(db, {
    partyId: key.partyId,
    caseId: key.caseId,
    id: randomUUIDv7(),
    releaseId,
    releaseVersion: 1,
    madeBy: actor.accountId,
    hold: sealed,
    codeHash: rowOf(newCookie()),
    secretRow: rowOf(newCookie()),
    salt: sealed,
    wrap: sealed,
    page: sealed,
  })
}

async function closeCase(person: Person, caseId: string): Promise<void> {
  await person.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    if (key === null) throw new Error('no key')
    await wrapForMembers(db, actor, key, [actor.accountId])
    await db
      .deleteFrom('keyring.case_wrap')
      .where('party_id', '=', actor.partyId)
      .where('case_id', '=', caseId)
      .where('holder', '=', actor.partyId)
      .execute()
  })
}

/** The party's tables that no case fills: an invitation, a recovery sheet, an offer, an erasure. */
async function fillRest(world: TestWorld, person: Person, coverId: string): Promise<void> {
  await person.act(fillCaseload)
  await person.act(async (db, actor) => {
    await invite(db, actor, world.installation, {
      login: `invited-${actor.partyId}@example.org`,
      card: { name: 'Invited', title: '' },
      roles: ['worker'],
    })
    await db
      .insertInto('keyring.party_sheet')
      .values({
        party_id: actor.partyId,
        version: 1,
        sheet_public: newBoxPair().publicKey,
        secrets: Buffer.from('sealed'),
      })
      .execute()
    await fillConflicts(db, actor)
    await countRepeats(db, actor.partyId, [{ month: '2026-11-01', group: 'home' }])
    await db
      .insertInto('people.erasure_proof')
      .values({
        party_id: actor.partyId,
        decided_by: actor.accountId,
        key_version: 1,
        body: Buffer.from('sealed'),
      })
      .execute()
    await db
      .insertInto('asks.letter')
      .values({
        party_id: actor.partyId,
        received_on: '2026-11-01',
        due_on: '2026-12-01',
        key_version: 1,
        body: Buffer.from('sealed'),
      })
      .execute()
    await fillExchange(db, actor)
    await fillOwnDiary(db, actor, coverId)
  })
}

/** A feed with a state that waits, and a file on its way. */
async function fillExchange(db: Tx, actor: Actor): Promise<void> {
  const ids = { party_id: actor.partyId }
  const [feed_id, arrival_id] = [randomUUIDv7(), randomUUIDv7()]
  const source_key = 'service invented'
  const digest = Buffer.from('digest')
  await db
    .insertInto('exchange.feed')
    .values({
      ...ids,
      id: feed_id,
      name: 'Invented',
      address: 'https://feed.example.org',
      made_by: actor.accountId,
    })
    .execute()
  await db
    .insertInto('exchange.arrival')
    .values({ ...ids, id: arrival_id, feed_id, size: 1, state: 'ready' })
    .execute()
  await db
    .insertInto('exchange.piece')
    .values({ ...ids, arrival_id, nth: 0, body: Buffer.from('sealed') })
    .execute()
  await db
    .insertInto('exchange.staged')
    .values({
      ...ids,
      arrival_id,
      nth: 0,
      kind: 'service',
      source_id: 'invented',
      name: 'Invented',
      path: '$',
      outcome: 'imported',
      difference: 'new',
    })
    .execute()
  await db
    .insertInto('exchange.applied')
    .values({ ...ids, arrival_id, run_id: randomUUIDv7(), records: 1 })
    .execute()
  await db
    .insertInto('exchange.seen')
    .values({ ...ids, feed_id, source_key, name: 'Invented', digest })
    .execute()
  await db
    .insertInto('exchange.kept')
    .values({ ...ids, feed_id, source_key, digest, by_account: actor.accountId })
    .execute()
}

async function seatGuest(world: TestWorld, host: Person, caseId: string) {
  const token = newCookie()
  await host.act(async (db, actor) => {
    const endsAt = new Date(Date.now() + 3_600_000)
    const bearer = await db
      .insertInto('access.bearer')
      .values({ id_hash: rowOf(token), party_id: actor.partyId, case_id: caseId, ends_at: endsAt })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('keyring.case_wrap')
      .values({
        party_id: actor.partyId,
        case_id: caseId,
        holder: bearer.id,
        key_version: 1,
        party_version: 1,
        wrap: Buffer.from('sealed to the guest'),
        ends_at: endsAt,
      })
      .execute()
  })
  return { row: rowOf(token), caseId }
}
