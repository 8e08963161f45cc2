import { sql } from 'kysely'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

/** A time that somebody asked to have in their own calendar. The subject is an entry of the diary, or a referral. */
export interface Invitation {
  readonly subjectId: string
  readonly uid: string
  readonly at: Date
  readonly minutes: number | null
  readonly sequence: number
}

const columns = ['subject_id as subjectId', 'uid', 'at', 'minutes', 'sequence'] as const

/** What the asker has in their calendar of this subject; null when it is not there. */
export async function invitationOf(db: Tx, actor: Actor, subjectId: string): Promise<Invitation | null> {
  const row = await db
    .selectFrom('calendar.invitation')
    .select(columns)
    .where('party_id', '=', actor.partyId)
    .where('account_id', '=', actor.accountId)
    .where('subject_id', '=', subjectId)
    .where('state', '=', 'planned')
    .executeTakeFirst()
  return row ?? null
}

/** Puts a time into the asker's calendar, or at another time. */
export async function writeInvitation(
  db: Tx,
  actor: Actor,
  time: Pick<Invitation, 'subjectId' | 'at' | 'minutes'>,
): Promise<void> {
  const { subjectId, at, minutes } = time
  await sql`
    insert into calendar.invitation as i (party_id, account_id, subject_id, at, minutes)
    values (${actor.partyId}, ${actor.accountId}, ${subjectId}, ${at}, ${minutes})
    on conflict (party_id, account_id, subject_id) do update
      set at = excluded.at, minutes = excluded.minutes, state = 'planned', sequence = i.sequence + 1
      where i.state <> 'planned' or i.at <> excluded.at or i.minutes is distinct from excluded.minutes`.execute(
    db,
  )
}

/** Takes a time out of the asker's calendar. */
export async function callOff(db: Tx, actor: Actor, subjectId: string): Promise<void> {
  await db
    .updateTable('calendar.invitation')
    .set((row) => ({ state: 'out', sequence: row('sequence', '+', 1) }))
    .where('party_id', '=', actor.partyId)
    .where('account_id', '=', actor.accountId)
    .where('subject_id', '=', subjectId)
    .where('state', '=', 'planned')
    .execute()
}

/** The meeting of a referral is at this time, or off: in the calendar of everybody here who has it. */
export async function meetingAt(db: Tx, threadId: string, at: Date | null): Promise<void> {
  await sql`select calendar.meeting_at(${threadId}, ${at})`.execute(db)
}

/** What was planned in the diary stands there as another entry from now on. */
export async function movedTo(db: Tx, entryId: string, newEntryId: string): Promise<void> {
  await sql`select calendar.moved_to(${entryId}, ${newEntryId})`.execute(db)
}

interface ToTell {
  readonly party_id: string
  readonly account_id: string
  readonly subject_id: string
  readonly email: Buffer
  readonly uid: string
  readonly at: Date
  readonly minutes: number | null
  readonly sequence: number
  readonly off: boolean
}

/** What has still to be mailed, held against another server's job. */
export async function toTell(db: Tx): Promise<readonly ToTell[]> {
  return (await sql<ToTell>`select * from calendar.to_tell()`.execute(db)).rows
}

/** Puts the mail, once, and keeps that it was put. */
export async function told(db: Tx, row: ToTell, order: Uint8Array): Promise<void> {
  await sql`select calendar.tell(${row.party_id}, ${row.account_id}, ${row.subject_id}, ${row.sequence}, ${order})`.execute(
    db,
  )
}
