import { sql } from 'kysely'

import type { BackLevel } from '#envelopes'

import { lateForMe, writeChaseSetting } from '../../src/referrals/chase.store.ts'
import type { Person } from './agencies.ts'
import { sendReferral } from './referrals.ts'
import { type SendingWorld, sendingWorld } from './sending-world.ts'

/** Two agencies and the five who are told of what is late between them. */
export interface ChasingWorld {
  readonly at: SendingWorld
  /** Northmere: a worker who sends, and a lead. */
  readonly ash: Person
  readonly lena: Person
  /** The clinic: a worker, the lead who is named, and another. */
  readonly dora: Person
  readonly colin: Person
  readonly fern: Person
}

/** Makes it. Who founded the agencies is on leave: only the five are told of anything. */
export async function chasingWorld(): Promise<ChasingWorld> {
  const at = await sendingWorld()
  const { world, advocate, clinician } = at
  const ash = await world.join(advocate, 'Ash Reed', ['worker'])
  const lena = await world.join(advocate, 'Lena Marsh', ['lead'])
  const dora = await world.join(clinician, 'Dora Marsh', ['worker'])
  const colin = await world.join(clinician, 'Colin Dale', ['lead'])
  const fern = await world.join(clinician, 'Fern Pike', ['lead'])
  await sql`update access.membership set roles = array['agency-administrator'] where account_id in
    (${advocate.accountId}::uuid, ${clinician.accountId}::uuid)`.execute(world.owner)
  await clinician.act((db, actor) =>
    writeChaseSetting(db, actor.partyId, { leadId: colin.accountId, tries: null }),
  )
  return { at, ash, lena, dora, colin, fern }
}

/** Nothing from the test before: no thread is late, nothing waits, nobody was mailed. */
export async function quietAgain({ at: { world } }: ChasingWorld): Promise<void> {
  await sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(world.owner)
  await sql`update referrals.thread set due_at = null, expected_at = null`.execute(world.owner)
  await sql`update referrals.thread set ask_at = null`.execute(world.owner)
  await sql`delete from referrals.notice`.execute(world.owner)
  await sql`delete from referrals.event where kind = 'nudged'`.execute(world.owner)
  await sql`delete from jobs.mail`.execute(world.owner)
  await sql`update access.account set notified_at = null, mail_hour = null, mail_zone = null`.execute(
    world.owner,
  )
}

/** A referral from Ash to the clinic that Dora has taken up; its answer was due so many hours ago, four hours after it was sent. */
export async function lateReferral(
  { at: { world }, ash, dora }: ChasingWorld,
  hours: number,
  comesBack: BackLevel = 'outcome',
) {
  const sent = await sendReferral(ash, dora, comesBack)
  await sql`update referrals.thread set assignee_id = ${dora.accountId}::uuid
    where id = ${sent.threadId}::uuid and side = 'to'`.execute(world.owner)
  await sql`update envelopes.incoming set state = 'opened' where thread_id = ${sent.threadId}::uuid`.execute(
    world.owner,
  )
  await sql`delete from referrals.notice`.execute(world.owner)
  await sql`update referrals.thread set due_at = clock_timestamp() - make_interval(secs => ${hours * 3600}),
      started_at = clock_timestamp() - make_interval(secs => ${hours * 3600}) - interval '4 hours'
    where id = ${sent.threadId}::uuid and (side = 'to' or referrals.reach(comes_back) >= 3)`.execute(
    world.owner,
  )
  return sent
}

/** Who gets the mail of this minute, by the login that jobs have. */
export async function mailed({ at: { world }, ...staff }: ChasingWorld): Promise<readonly string[]> {
  await sql`select jobs.notify_waiting()`.execute(world.pools.jobs)
  const { rows } = await sql<{ id: string }>`
    select id from access.account where notified_at > clock_timestamp() - interval '1 minute'`.execute(
    world.owner,
  )
  const told = new Set(rows.map((row) => row.id))
  return Object.entries(staff)
    .filter(([, person]) => told.has(person.accountId))
    .map(([name]) => name)
}

/** As whom somebody has a thread among what is late; null: not at all. */
export async function seenBy(who: Person, threadId: string): Promise<'worker' | 'lead' | null> {
  const { late } = await who.act((db) => lateForMe(db, 50))
  const line = late.find((each) => each.threadId === threadId)
  return line === undefined ? null : line.asLead ? 'lead' : 'worker'
}
