import { sql } from 'kysely'
import { asJob } from '#platform/access'
import type { Pool, Pools, Tx } from '#platform/db'
import type { Feed, FeedForm } from './feed.ts'
import type { Trouble } from './feed-get.ts'
import type { Pace } from './feed.rules.ts'
import type { Mapping } from './mapping.ts'

const columns = sql`f.party_id as "partyId", f.id, f.name, f.address, f.pace, f.keeper_id as "keeperId", f.by_itself as "byItself",
  f.state, f.made_at as "madeAt", f.trouble, f.trouble_since as "troubleSince", f.failures, f.next_at as "nextAt",
  f.tried_at as "triedAt", f.good_at as "goodAt", f.records,
  f.lease is not null and f.leased_until > now() as fetching,
  (select count(*)::integer from exchange.staged s join exchange.arrival a on a.party_id = s.party_id and a.id = s.arrival_id
    where a.party_id = f.party_id and a.feed_id = f.id and a.state = 'ready' and s.decision = 'waiting'
      and s.difference in ('new', 'changed', 'gone', 'held')) as waiting,
  exists (select from exchange.arrival a where a.party_id = f.party_id and a.feed_id = f.id and a.state = 'mapping') as "asksColumns",
  f.mapping is not null as "hasColumns"`

/** The agency's feeds, those in trouble first. */
export async function feedsOf(db: Tx): Promise<readonly Feed[]> {
  const { rows } = await sql<Feed>`
    select ${columns} from exchange.feed f order by f.state, (f.trouble is null), lower(f.name), f.id limit 200`.execute(
    db,
  )
  return rows
}

/** One of the agency's, or null. */
export async function feedById(db: Tx, id: string): Promise<Feed | null> {
  const { rows } = await sql<Feed>`
    select ${columns} from exchange.feed f where f.id::text = ${id.toLowerCase()}`.execute(db)
  return rows[0] ?? null
}

/** Whether the agency follows this address already. */
export async function follows(db: Tx, address: string): Promise<boolean> {
  const { rows } = await sql`select from exchange.feed where address = ${address}`.execute(db)
  return rows.length > 0
}

/** Begins to follow; gives its id. */
export async function addFeed(
  db: Tx,
  by: { readonly partyId: string; readonly accountId: string },
  form: FeedForm,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into exchange.feed (party_id, name, address, pace, keeper_id, by_itself, made_by)
    values (${by.partyId}, ${form.name}, ${form.address}, ${form.pace}, ${form.keeper === '' ? null : form.keeper}::uuid,
      ${form.byItself === 'yes'}, ${by.accountId}) returning id`.execute(db)
  return rows[0]?.id ?? ''
}

/** Changes how it is followed. The address stays: another address is another feed. */
export async function changeFeed(db: Tx, id: string, form: Omit<FeedForm, 'address'>): Promise<void> {
  await sql`
    update exchange.feed set name = ${form.name}, pace = ${form.pace}, keeper_id = ${form.keeper === '' ? null : form.keeper}::uuid,
      by_itself = ${form.byItself === 'yes'} where id = ${id}::uuid`.execute(db)
}

/** Stops following, or goes on; what has come in stays. */
export async function setFollowing(db: Tx, id: string, state: Feed['state']): Promise<void> {
  await sql`
    update exchange.feed set state = ${state}, lease = null, leased_until = null, failures = 0, next_at = now()
    where id = ${id}::uuid`.execute(db)
}

/** Asks for a look soon, at most one in five minutes; `trusted` lets a shrunken state pass once. */
export async function lookSoon(db: Tx, id: string, trusted: boolean): Promise<void> {
  await sql`
    update exchange.feed set next_at = greatest(now(), tried_at + interval '5 minutes'),
      trusted = trusted or ${trusted} where id = ${id}::uuid and state = 'following'`.execute(db)
}

/** Keeps which column of a feed's table is which, or forgets it so that it is asked for again; either way the source is read anew. */
export async function setColumns(db: Tx, id: string, mapping: Mapping | null): Promise<void> {
  await sql`
    update exchange.feed set mapping = ${mapping === null ? null : JSON.stringify(mapping)}::jsonb, sha256 = null, etag = null,
      modified = null, next_at = greatest(now(), tried_at + interval '1 minute') where id = ${id}::uuid`.execute(
    db,
  )
}

/** Makes a feed due at once: for the demo, whose source does not tire. */
export async function lookAgain(db: Tx, id: string): Promise<void> {
  await sql`update exchange.feed set next_at = now() - interval '1 second' where id = ${id}::uuid`.execute(db)
}

/** A feed that is due and now ours to look at. */
export interface ClaimedFeed {
  readonly partyId: string
  readonly id: string
  readonly address: string
  readonly pace: Pace
  readonly etag: string | null
  readonly modified: string | null
  readonly sha256: Uint8Array | null
  readonly failures: number
  readonly byItself: boolean
  readonly trusted: boolean
  /** Which column of a table is which, as a person has said. */
  readonly mapping: unknown
  readonly lease: string
}

const leaseMinutes = 5

/** Takes the next feed that is due; null when none is, or another server has them. */
export async function claimFeed(pools: Pools): Promise<ClaimedFeed | null> {
  return asJob(pools, async (db) => {
    const { rows } = await sql<ClaimedFeed>`
      select party_id as "partyId", id, address, pace, etag, modified, sha256, failures, by_itself as "byItself", trusted, mapping, lease
      from exchange.claim_feed(${leaseMinutes})`.execute(db)
    return rows[0] ?? null
  })
}

/** Holds it longer; false when it is no longer ours. */
export async function holdFeed(pools: Pools, lease: string): Promise<boolean> {
  return asJob(pools, async (db) => {
    const { rows } = await sql<{ ours: boolean }>`
      select exchange.hold_feed(${lease}::uuid, ${leaseMinutes}) as ours`.execute(db)
    return rows[0]?.ours === true
  })
}

/** Gives it back until the next look. */
export async function endFeed(
  pools: Pools,
  lease: string,
  trouble: Trouble | null,
  waitMs: number,
): Promise<void> {
  await asJob(pools, (db) =>
    sql`select exchange.end_feed(${lease}::uuid, ${trouble}, ${waitMs / 1000})`.execute(db),
  )
}

/** One transaction for the agency whose lease this is; null when it is over. */
export async function asImport<T>(
  pools: Pools,
  lease: string,
  work: (db: Tx, partyId: string) => Promise<T>,
): Promise<T | null> {
  return pools.web.transaction().execute(async (db) => {
    const { rows } = await sql<{ party: string | null }>`
      select exchange.begin_import(${lease}::uuid) as party`.execute(db)
    const party = rows[0]?.party ?? null
    return party === null ? null : work(db, party)
  })
}

/** What the source answered last, so that it need not say it again. */
export async function keepValidators(
  db: Tx,
  feedId: string,
  kept: {
    readonly etag: string | null
    readonly modified: string | null
    readonly sha256: Uint8Array
    readonly records: number
  },
): Promise<void> {
  await sql`
    update exchange.feed set etag = ${kept.etag}, modified = ${kept.modified}, sha256 = ${kept.sha256}, records = ${kept.records}
    where id = ${feedId}::uuid`.execute(db)
}

/** For the demo, whose invented council is this server itself: its feed moves with it when it listens elsewhere than at first. */
export async function moveFeed(owner: Pool, address: URL): Promise<void> {
  await sql`
    update exchange.feed set address = ${address.href}, trouble = null, trouble_since = null, failures = 0, next_at = now()
    where address ~ '^http://(127[.]0[.]0[.]1|localhost|\\[::1\\])(:[0-9]+)?/' and address like ${`%${address.pathname}`}
      and address <> ${address.href}`.execute(owner)
}
