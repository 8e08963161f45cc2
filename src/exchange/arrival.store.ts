import { sql } from 'kysely'
import type { ImportReport } from '#directory'
import { asJob } from '#platform/access'
import type { Pools, Tx } from '#platform/db'
import type { Applied, Arrival, ArrivalState, LeftNow } from './arrival.ts'

const columns = sql`a.party_id as "partyId", a.id, a.feed_id as "feedId", a.by_account as "byAccount", a.name,
  a.key_version as "keyVersion", a.came_at as "cameAt", a.size, a.sha256, a.format, a.mapping, a.state, a.refused, a.done, a.total,
  a.imported, a.imported_with_warnings as "importedWithWarnings", a.held, a.rejected, a.hides,
  a.asked_by as "askedBy"`

/** Writes down that something came in. */
export async function addArrival(
  db: Tx,
  arrival: {
    readonly partyId: string
    readonly id: string
    readonly feedId: string | null
    readonly byAccount: string | null
    readonly name: Uint8Array | null
    readonly keyVersion: number | null
    readonly size: number
    readonly sha256: Uint8Array | null
    readonly format: string | null
    readonly state: ArrivalState
  },
): Promise<void> {
  await db
    .insertInto('exchange.arrival')
    .values({
      party_id: arrival.partyId,
      id: arrival.id,
      feed_id: arrival.feedId,
      by_account: arrival.byAccount,
      name: arrival.name,
      key_version: arrival.keyVersion,
      size: arrival.size,
      sha256: arrival.sha256,
      format: arrival.format,
      state: arrival.state,
    })
    .execute()
}

/** One of the agency's, or null. `lock` makes two acts on it wait for each other. */
export async function arrivalById(db: Tx, id: string, lock = false): Promise<Arrival | null> {
  const { rows } = await sql<Arrival>`
    select ${columns} from exchange.arrival a where a.id::text = ${id.toLowerCase()} ${lock ? sql`for update` : sql``}`.execute(
    db,
  )
  return rows[0] ?? null
}

/** The files that the agency's editors brought, newest first. */
export async function arrivalsOf(
  db: Tx,
  page: number,
  perPage = 20,
): Promise<{ readonly arrivals: readonly Arrival[]; readonly pages: number }> {
  const { rows } = await sql<Arrival & { readonly all: number }>`
    select ${columns}, count(*) over ()::integer as all from exchange.arrival a where a.feed_id is null
    order by a.id desc limit ${perPage} offset ${(page - 1) * perPage}`.execute(db)
  return { arrivals: rows, pages: Math.max(1, Math.ceil((rows[0]?.all ?? 0) / perPage)) }
}

/** The state of a feed that waits for a person, or null. */
export async function readyArrivalOf(db: Tx, feedId: string): Promise<Arrival | null> {
  const { rows } = await sql<Arrival>`
    select ${columns} from exchange.arrival a where a.feed_id = ${feedId}::uuid and a.state in ('ready', 'applying')
    order by a.id desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** The beginning of a feed's table that waits for its columns to be named, or null. */
export async function askingArrivalOf(db: Tx, feedId: string): Promise<Arrival | null> {
  const { rows } = await sql<Arrival>`
    select ${columns} from exchange.arrival a where a.feed_id::text = ${feedId.toLowerCase()} and a.state = 'mapping'
    order by a.id desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** Says where an arrival stands. */
export async function setArrival(
  db: Tx,
  id: string,
  to: {
    readonly state: ArrivalState
    readonly refused?: string | null
    readonly format?: string
    readonly mapping?: unknown
    readonly hides?: readonly string[]
    readonly askedBy?: string
  },
): Promise<void> {
  await sql`
    update exchange.arrival a set state = ${to.state}, refused = ${to.refused ?? null}, format = coalesce(${to.format ?? null}, a.format),
      mapping = coalesce(${to.mapping === undefined ? null : JSON.stringify(to.mapping)}::jsonb, a.mapping),
      hides = coalesce(${to.hides === undefined ? null : [...to.hides]}::uuid[], a.hides), asked_by = ${to.askedBy ?? null}::uuid, lease = null, leased_until = null,
      tries = 0, done = 0, total = null
    where a.id = ${id}::uuid`.execute(db)
}

/** Writes how many of its records came to what. */
export async function setCounts(db: Tx, id: string, report: Omit<ImportReport, 'records'>): Promise<void> {
  await sql`
    update exchange.arrival set imported = ${report.imported}, imported_with_warnings = ${report.importedWithWarnings},
      held = ${report.held}, rejected = ${report.rejected} where id = ${id}::uuid`.execute(db)
}

/** An older state of a feed gives way to a newer one; who applied what of it stays. */
export async function endOlder(db: Tx, feedId: string, newest: string): Promise<void> {
  await sql`
    delete from exchange.staged s using exchange.arrival a where a.party_id = s.party_id and a.id = s.arrival_id
      and a.feed_id = ${feedId}::uuid and a.id <> ${newest}::uuid`.execute(db)
  await sql`
    update exchange.arrival a set state = 'over' where a.feed_id = ${feedId}::uuid and a.id <> ${newest}::uuid
      and a.state <> 'over'`.execute(db)
}

/** Keeps one sealed piece of a file that was not read yet. */
export async function addPiece(
  db: Tx,
  at: { readonly partyId: string; readonly arrivalId: string; readonly nth: number },
  body: Uint8Array,
): Promise<void> {
  await db
    .insertInto('exchange.piece')
    .values({ party_id: at.partyId, arrival_id: at.arrivalId, nth: at.nth, body })
    .execute()
}

/** The sealed pieces in their order. */
export async function piecesOf(db: Tx, arrivalId: string): Promise<readonly Uint8Array[]> {
  const rows = await db
    .selectFrom('exchange.piece')
    .select('body')
    .where('arrival_id', '=', arrivalId)
    .orderBy('nth')
    .execute()
  return rows.map((row) => row.body)
}

/** Forgets the file itself: it has been read. */
export async function dropPieces(db: Tx, arrivalId: string): Promise<void> {
  await db.deleteFrom('exchange.piece').where('arrival_id', '=', arrivalId).execute()
}

/** Writes down that something went into the directory. */
export async function addApplied(
  db: Tx,
  applied: {
    readonly partyId: string
    readonly arrivalId: string
    readonly runId: string
    readonly byAccount: string | null
    readonly records: number
  },
): Promise<void> {
  await sql`
    insert into exchange.applied (party_id, arrival_id, run_id, by_account, records)
    values (${applied.partyId}, ${applied.arrivalId}, ${applied.runId}, ${applied.byAccount}::uuid, ${applied.records})`.execute(
    db,
  )
}

// Only ids are kept: a name is what it is now.
const undoneLeft = sql`coalesce((select jsonb_agg(x.entry || jsonb_build_object('name', coalesce(
    (select s.name from directory.service s where s.id::text = x.entry ->> 'id'),
    (select o.name from directory.organization o where o.id::text = x.entry ->> 'id'))) order by x.nth)
  from jsonb_array_elements(p.undone_left) with ordinality x(entry, nth)), '[]')`

/** What went in of these arrivals, newest first. */
export async function appliedOf(
  db: Tx,
  arrivalIds: readonly string[],
): Promise<readonly (Applied & { readonly arrivalId: string })[]> {
  const { rows } = await sql<Applied & { readonly arrivalId: string }>`
    select p.arrival_id as "arrivalId", p.run_id as "runId", p.by_account as "byAccount", p.at, p.records, p.undone_at as "undoneAt",
      ${undoneLeft} as "undoneLeft"
    from exchange.applied p where p.arrival_id = any(${[...arrivalIds]}::uuid[]) order by p.at desc, p.run_id desc limit 200`.execute(
    db,
  )
  return rows
}

/** What went in of a feed, newest first. */
export async function appliedOfFeed(
  db: Tx,
  feedId: string,
): Promise<readonly (Applied & { readonly arrivalId: string })[]> {
  const { rows } = await sql<Applied & { readonly arrivalId: string }>`
    select p.arrival_id as "arrivalId", p.run_id as "runId", p.by_account as "byAccount", p.at, p.records,
      p.undone_at as "undoneAt", ${undoneLeft} as "undoneLeft"
    from exchange.applied p join exchange.arrival a on a.party_id = p.party_id and a.id = p.arrival_id
    where a.feed_id = ${feedId}::uuid order by p.at desc, p.run_id desc limit 50`.execute(db)
  return rows
}

/** Marks a run as taken back; false when it was already, or is none of the agency's. */
export async function markUndone(
  db: Tx,
  runId: string,
  byAccount: string,
  left: readonly Omit<LeftNow, 'name'>[],
): Promise<boolean> {
  const { rows } = await sql`
    update exchange.applied set undone_at = now(), undone_by = ${byAccount}::uuid, undone_left = ${JSON.stringify(left)}::jsonb
    where run_id = ${runId}::uuid and undone_at is null returning run_id`.execute(db)
  return rows.length > 0
}

const leaseMinutes = 10

/** Takes the next file that waits to be read or applied; null when there is none, or another server has them. */
export async function claimArrival(
  pools: Pools,
): Promise<{ readonly id: string; readonly state: ArrivalState; readonly lease: string } | null> {
  return asJob(pools, async (db) => {
    const { rows } = await sql<{ id: string; state: ArrivalState; lease: string }>`
      select id, state, lease from exchange.claim_arrival(${leaseMinutes})`.execute(db)
    return rows[0] ?? null
  })
}

/** Says how far it is, for the page that waits. */
export async function noteProgress(
  pools: Pools,
  lease: string,
  done: number,
  total: number | null,
): Promise<void> {
  await asJob(pools, (db) =>
    sql`select exchange.note_progress(${lease}::uuid, ${done}, ${total}::integer, ${leaseMinutes})`.execute(
      db,
    ),
  )
}

/** Forgets files that nobody went on with. */
export async function forgetOld(db: Tx): Promise<void> {
  await sql`select exchange.forget()`.execute(db)
}

/** Writes what a file that has come in whole is. */
export async function setUploaded(
  db: Tx,
  id: string,
  file: {
    readonly name: Uint8Array
    readonly keyVersion: number
    readonly size: number
    readonly sha256: Uint8Array
    readonly format: string
    readonly state: ArrivalState
  },
): Promise<void> {
  await db
    .updateTable('exchange.arrival')
    .set({
      name: file.name,
      key_version: file.keyVersion,
      size: file.size,
      sha256: file.sha256,
      format: file.format,
      state: file.state,
    })
    .where('id', '=', id)
    .execute()
}

/** The columns that were chosen lately, the newest first, then those that were saved by a name: the same table comes again and again. */
export async function lastMappings(db: Tx): Promise<readonly unknown[]> {
  const { rows } = await sql<{ mapping: unknown }>`
    (select mapping from exchange.arrival where mapping is not null order by id desc limit 20)
    union all (select jsonb_build_object('mapping', 1, 'fields', fields) from exchange.mapping order by saved_on desc, name limit 100)`.execute(
    db,
  )
  return rows.map((row) => row.mapping)
}
