import { sql } from 'kysely'

import type { ThreadState } from '#envelopes'
import type { Bytes } from '#platform/crypto'
import type { Tx } from '#platform/db'

import type { Side, ThreadKind } from './thread.ts'

/** So many threads with one partner stand in one state; `told` false: the release lets no answer come back. */
export interface StateCount {
  readonly otherParty: string
  readonly sector: string
  readonly kind: ThreadKind
  readonly state: ThreadState
  readonly told: boolean
  readonly threads: number
}

/** How long the first answer took: for half of those that were answered it came within so many hours. */
export interface AnswerTime {
  readonly line: 'partner' | 'sector' | 'all'
  readonly otherParty: string | null
  readonly sector: string | null
  readonly threads: number
  readonly answered: number
  readonly halfWithinHours: number | null
}

/** Where the agency's threads of one side stand that began in a period, as far as the actor may see them. */
export async function flowOf(
  db: Tx,
  asked: { readonly side: Side; readonly since: Date; readonly until: Date },
): Promise<{ readonly states: readonly StateCount[]; readonly times: readonly AnswerTime[] }> {
  const { rows } = await sql<
    Omit<StateCount, 'threads'> &
      Omit<AnswerTime, 'line'> & { readonly line: 'state' | AnswerTime['line']; readonly threads: number }
  >`select other_party as "otherParty", sector, kind, state, told, line, threads::integer as threads,
      answered::integer as answered, (extract(epoch from half_within) / 3600)::float8 as "halfWithinHours"
    from referrals.flow(${asked.side}, ${asked.since}::timestamptz, ${asked.until}::timestamptz)`.execute(db)
  return {
    states: rows.flatMap((row) =>
      row.line === 'state'
        ? [
            {
              otherParty: row.otherParty ?? '',
              sector: row.sector ?? '',
              kind: row.kind,
              state: row.state,
              told: row.told,
              threads: row.threads,
            },
          ]
        : [],
    ),
    times: rows.flatMap((row) =>
      row.line === 'state'
        ? []
        : [
            {
              line: row.line,
              otherParty: row.otherParty,
              sector: row.sector,
              threads: row.threads,
              answered: row.answered,
              halfWithinHours: row.halfWithinHours,
            },
          ],
    ),
  }
}

/** A reason as it is sealed to one side, with the version of that side's keys. */
interface SealedReason {
  readonly reason: Bytes
  readonly version: number
}

/** Counts a no for the side that gave it, and for the side that asked as far as it hears of it. */
export async function countNoRow(
  db: Tx,
  threadId: string,
  { own, theirs }: { readonly own: SealedReason; readonly theirs: SealedReason },
): Promise<void> {
  await sql`select referrals.count_no(${threadId}::uuid, ${own.reason}, ${own.version}::integer,
    ${theirs.reason}, ${theirs.version}::integer)`.execute(db)
}

/** Why no, sealed, from the answers of whole months, the newest month first. */
export async function sealedReasons(
  db: Tx,
  partyId: string,
  asked: { readonly side: Side; readonly since: Date; readonly until: Date },
  most: number,
): Promise<readonly { readonly keyVersion: number; readonly reason: Bytes }[]> {
  const { rows } = await sql<{ keyVersion: number; reason: Buffer }>`
    select key_version as "keyVersion", reason from referrals.answer_count
    where party_id = ${partyId} and side = ${asked.side}
      -- The middle of the first and of the last month: in every zone the same month.
      and month between date_trunc('month', ${asked.since}::timestamptz + interval '15 days')::date
        and date_trunc('month', ${asked.until}::timestamptz - interval '15 days')::date
    order by month desc, id limit ${most}`.execute(db)
  return rows
}
