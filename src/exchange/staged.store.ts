import { sql } from 'kysely'
import type { ReadRecord, Weighed } from '#directory'
import type { Tx } from '#platform/db'
import type { DifferenceCounts, ProblemGroup, Staged, StagedDifference } from './arrival.ts'

/** One record to be kept until a person decides, with what it would change. */
export interface ToStage {
  readonly nth: number
  readonly weighed: Weighed
  readonly digest: Uint8Array
  readonly safe: boolean
  readonly decision: 'waiting' | 'kept'
  /** ISO instant; null is now. */
  readonly since: string | null
}

const columns = sql`s.nth, s.kind, s.source_id as "sourceId", s.name, s.path, s.outcome, s.problems, s.difference, s.fields,
  s.service_id as "serviceId", s.since, s.safe, s.decision`

/** Keeps records with their differences. */
export async function stageRecords(
  db: Tx,
  at: { readonly partyId: string; readonly arrivalId: string },
  rows: readonly ToStage[],
): Promise<void> {
  if (rows.length === 0) return
  const json = rows.map(({ nth, weighed, digest, safe, decision, since }) => {
    const { record } = weighed
    return {
      nth,
      kind: record.organization === null ? 'service' : 'organization',
      sourceId: record.id,
      name: (record.service?.name ?? record.organization?.name ?? '').slice(0, 300),
      path: record.path,
      outcome: record.outcome,
      problems: record.problems,
      difference: weighed.difference,
      fields: weighed.fields,
      serviceId: weighed.serviceId,
      read:
        record.outcome === 'rejected' ? null : { service: record.service, organization: record.organization },
      digest: Buffer.from(digest).toString('hex'),
      safe,
      decision,
      since,
    }
  })
  await sql`
    insert into exchange.staged (party_id, arrival_id, nth, kind, source_id, name, path, outcome, problems, difference, fields,
      service_id, read, digest, since, safe, decision)
    select ${at.partyId}::uuid, ${at.arrivalId}::uuid, r.nth, r.kind, r."sourceId", r.name, r.path, r.outcome, r.problems,
      r.difference, r.fields, r."serviceId", r.read, decode(r.digest, 'hex'), coalesce(r.since, now()), r.safe, r.decision
    from jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as r(nth integer, kind text, "sourceId" text, name text, path text,
      outcome text, problems jsonb, difference text, fields jsonb, "serviceId" uuid, read jsonb, digest text,
      since timestamptz, safe boolean, decision text)`.execute(db)
}

/** Keeps what is gone from a feed and still listed, for a person. A withdrawn entry is gone already. */
export async function stageGone(
  db: Tx,
  at: { readonly partyId: string; readonly arrivalId: string; readonly feedId: string },
  from: number,
): Promise<void> {
  await sql`
    insert into exchange.staged (party_id, arrival_id, nth, kind, source_id, name, path, outcome, difference, service_id, digest,
      since, decision)
    select ${at.partyId}::uuid, ${at.arrivalId}::uuid, ${from}::integer + row_number() over (order by n.source_key)::integer, 'service', s.source_id,
      s.name, '', 'imported', 'gone', s.id, ${goneDigest}, n.gone_at, case when k.digest = ${goneDigest} then 'kept' else 'waiting' end
    from exchange.seen n join directory.service s on 'service ' || lower(s.source_id) = n.source_key
    join directory.organization o on o.id = s.organization_id
    left join exchange.kept k on k.party_id = n.party_id and k.feed_id = n.feed_id and k.source_key = n.source_key
    where n.feed_id = ${at.feedId}::uuid and n.gone_at is not null and s.status in ('active', 'temporarily closed')
      and (o.party_id is null or o.party_id = ${at.partyId}::uuid)`.execute(db)
}

const goneDigest = Buffer.from('gone')

/** A page of what came in, of one kind of difference. */
export async function stagedOf(
  db: Tx,
  arrivalId: string,
  asked: { readonly difference: StagedDifference; readonly page: number; readonly perPage: number },
): Promise<{ readonly staged: readonly Staged[]; readonly pages: number }> {
  const { rows } = await sql<Staged & { readonly all: number }>`
    select ${columns}, count(*) over ()::integer as all from exchange.staged s
    where s.arrival_id = ${arrivalId}::uuid and s.difference = ${asked.difference}
    order by (s.decision <> 'waiting'), s.nth limit ${asked.perPage} offset ${(asked.page - 1) * asked.perPage}`.execute(
    db,
  )
  return { staged: rows, pages: Math.max(1, Math.ceil((rows[0]?.all ?? 0) / asked.perPage)) }
}

/** The first records, as they were read. */
export async function firstStaged(db: Tx, arrivalId: string, most: number): Promise<readonly Staged[]> {
  const { rows } = await sql<Staged>`
    select ${columns} from exchange.staged s where s.arrival_id = ${arrivalId}::uuid order by s.nth limit ${most}`.execute(
    db,
  )
  return rows
}

/** How many of each kind there are, and how many of them wait. */
export async function differenceCounts(
  db: Tx,
  arrivalId: string,
): Promise<{ readonly all: DifferenceCounts; readonly waiting: DifferenceCounts }> {
  const { rows } = await sql<{ difference: StagedDifference; all: number; waiting: number }>`
    select difference, count(*)::integer as all, count(*) filter (where decision = 'waiting')::integer as waiting
    from exchange.staged where arrival_id = ${arrivalId}::uuid group by difference`.execute(db)
  const none = { new: 0, changed: 0, same: 0, gone: 0, others: 0, held: 0, rejected: 0 }
  const of = (key: 'all' | 'waiting') =>
    ({ ...none, ...Object.fromEntries(rows.map((row) => [row.difference, row[key]])) }) as DifferenceCounts
  return { all: of('all'), waiting: of('waiting') }
}

/** The problems of a file by their rule, the most frequent first, each with the first place where it stands. */
export async function problemGroups(db: Tx, arrivalId: string): Promise<readonly ProblemGroup[]> {
  const { rows } = await sql<ProblemGroup>`
    select p.value ->> 'rule' as rule, count(*)::integer as count, (array_agg(p.value ->> 'at' order by s.nth))[1] as path,
      (array_agg(p.value ->> 'message' order by s.nth))[1] as message
    from exchange.staged s cross join lateral jsonb_array_elements(s.problems) p
    where s.arrival_id = ${arrivalId}::uuid group by 1 order by 2 desc, 1`.execute(db)
  return rows
}

/** A page of the records that one rule noted something about. */
export async function stagedWithProblem(
  db: Tx,
  arrivalId: string,
  asked: { readonly rule: string; readonly page: number; readonly perPage: number },
): Promise<{ readonly staged: readonly Staged[]; readonly pages: number }> {
  const { rows } = await sql<Staged & { readonly all: number }>`
    select ${columns}, count(*) over ()::integer as all from exchange.staged s
    where s.arrival_id = ${arrivalId}::uuid and s.problems @> ${JSON.stringify([{ rule: asked.rule }])}::jsonb
    order by s.nth limit ${asked.perPage} offset ${(asked.page - 1) * asked.perPage}`.execute(db)
  return { staged: rows, pages: Math.max(1, Math.ceil((rows[0]?.all ?? 0) / asked.perPage)) }
}

/** What is to be taken over next, with the record as it was read, in the order of the file. */
export async function stagedToApply(
  db: Tx,
  arrivalId: string,
  asked: {
    readonly after: number
    readonly most: number
    readonly only?: number | undefined
    readonly safe?: boolean | undefined
  },
): Promise<readonly (Staged & { readonly read: Pick<ReadRecord, 'service' | 'organization'> | null })[]> {
  const { rows } = await sql<Staged & { readonly read: Pick<ReadRecord, 'service' | 'organization'> | null }>`
    select ${columns}, s.read from exchange.staged s where s.arrival_id = ${arrivalId}::uuid and s.nth > ${asked.after}
      and s.decision = 'waiting' and s.difference in ('new', 'changed', 'held')
      and (${asked.only ?? null}::integer is null or s.nth = ${asked.only ?? null}::integer)
      and (${asked.safe !== true} or s.safe)
    order by s.nth limit ${asked.most}`.execute(db)
  return rows
}

/** How many could be taken over. */
export async function waitingOf(db: Tx, arrivalId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from exchange.staged where arrival_id = ${arrivalId}::uuid and decision = 'waiting'
      and difference in ('new', 'changed', 'held')`.execute(db)
  return rows[0]?.n ?? 0
}

/** Marks records as taken over, or left. */
export async function decide(
  db: Tx,
  arrivalId: string,
  nths: readonly number[],
  decision: 'applied' | 'kept' | 'waiting',
  runId: string | null = null,
): Promise<void> {
  await sql`
    update exchange.staged set decision = ${decision}, run_id = ${runId}::uuid where arrival_id = ${arrivalId}::uuid and nth = any(${[...nths]}::integer[])`.execute(
    db,
  )
}

/** Lets what went in with a run wait again: the run was taken back. */
export async function waitAgain(db: Tx, runId: string): Promise<void> {
  await sql`
    update exchange.staged set decision = 'waiting', run_id = null, safe = false where run_id = ${runId}::uuid`.execute(
    db,
  )
}

/** Writes what a record would change now, where what we hold has moved since it came in. */
export async function weighAgain(
  db: Tx,
  arrivalId: string,
  rows: readonly { readonly nth: number; readonly weighed: Weighed }[],
): Promise<void> {
  const json = rows.map(({ nth, weighed }) => ({
    nth,
    difference: weighed.difference,
    fields: weighed.fields,
    serviceId: weighed.serviceId,
  }))
  await sql`
    update exchange.staged s set difference = r.difference, fields = r.fields, service_id = r."serviceId", safe = false
    from jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as r(nth integer, difference text, fields jsonb, "serviceId" uuid)
    where s.arrival_id = ${arrivalId}::uuid and s.nth = r.nth`.execute(db)
}

/** Remembers that a person left a difference as it is, until the source says something else. */
export async function keepOurs(
  db: Tx,
  at: {
    readonly partyId: string
    readonly arrivalId: string
    readonly feedId: string
    readonly accountId: string
  },
  nth: number,
): Promise<void> {
  await sql`
    insert into exchange.kept (party_id, feed_id, source_key, digest, by_account)
    select s.party_id, ${at.feedId}::uuid, s.kind || ' ' || lower(s.source_id), s.digest, ${at.accountId}::uuid
    from exchange.staged s where s.arrival_id = ${at.arrivalId}::uuid and s.nth = ${nth} and s.digest is not null
    on conflict (party_id, feed_id, source_key) do update set digest = excluded.digest, by_account = excluded.by_account, at = now()`.execute(
    db,
  )
}

/** One record by its place, or null. */
export async function stagedAt(db: Tx, arrivalId: string, nth: number): Promise<Staged | null> {
  const { rows } = await sql<Staged>`
    select ${columns} from exchange.staged s where s.arrival_id = ${arrivalId}::uuid and s.nth = ${nth}`.execute(
    db,
  )
  return rows[0] ?? null
}

/** Forgets what waits. */
export async function dropStaged(db: Tx, arrivalId: string): Promise<void> {
  await db.deleteFrom('exchange.staged').where('arrival_id', '=', arrivalId).execute()
}
