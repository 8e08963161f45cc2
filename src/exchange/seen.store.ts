import { sql } from 'kysely'
import type { Tx } from '#platform/db'

/** What a feed said of a record when it was last whole. */
export interface Seen {
  readonly key: string
  readonly digest: Uint8Array
  readonly since: string
  readonly gone: boolean
}

/** Everything a feed has said, by its key. */
export async function seenOf(db: Tx, feedId: string): Promise<ReadonlyMap<string, Seen>> {
  const { rows } = await sql<Seen>`
    select source_key as key, digest, since, gone_at is not null as gone from exchange.seen
    where feed_id = ${feedId}::uuid`.execute(db)
  return new Map(rows.map((row) => [row.key, row]))
}

/** The digests that a person has looked at and left. */
export async function keptOf(db: Tx, feedId: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { rows } = await sql<{ key: string; digest: Uint8Array }>`
    select source_key as key, digest from exchange.kept where feed_id = ${feedId}::uuid`.execute(db)
  return new Map(rows.map((row) => [row.key, row.digest]))
}

/** Writes what the feed says now; what it no longer says is marked as gone since now. */
export async function keepSeen(
  db: Tx,
  at: { readonly partyId: string; readonly feedId: string },
  now: readonly { readonly key: string; readonly name: string; readonly digest: Uint8Array }[],
): Promise<void> {
  const json = now.map((each) => ({ ...each, digest: Buffer.from(each.digest).toString('hex') }))
  await sql`
    with said as (select r.key, r.name, decode(r.digest, 'hex') as digest
      from jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as r(key text, name text, digest text)),
    went as (update exchange.seen n set gone_at = coalesce(n.gone_at, now()) where n.feed_id = ${at.feedId}::uuid
      and not exists (select from said where said.key = n.source_key))
    insert into exchange.seen (party_id, feed_id, source_key, name, digest)
    select ${at.partyId}::uuid, ${at.feedId}::uuid, said.key, said.name, said.digest from said
    on conflict (party_id, feed_id, source_key) do update set name = excluded.name, gone_at = null,
      since = case when seen.digest = excluded.digest then seen.since else now() end, digest = excluded.digest`.execute(
    db,
  )
}
