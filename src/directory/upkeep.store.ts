import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/db'
import { freshness } from './freshness.ts'

/** Who keeps an entry right: the agency, and the colleague who does, where one is named. */
export interface Keeper {
  readonly partyId: string | null
  readonly agencyName: string | null
  readonly ownerId: string | null
}

/** An entry in an editor's list, with how fresh it is by the database's clock. */
export interface KeptEntry {
  readonly id: string
  readonly own: boolean
  readonly assuredOn: string | null
  readonly stale: boolean
}

/** What a link from a mail opens. */
export interface LinkEntry {
  readonly id: string
  readonly name: string
  readonly organization: string
  readonly pack: 'uk' | 'us'
  readonly assuredOn: string | null
  readonly said: boolean
}

/** True in SQL when nobody has checked the entry for as long as it counts as right, or never. */
export function staleSql(assuredOn: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`coalesce(${assuredOn} < current_date - ${freshness.staleDays}::integer, true)`
}

/** Who keeps this entry. */
export async function keeperOf(db: Tx, serviceId: string): Promise<Keeper> {
  const { rows } = await sql<Keeper>`
    select coalesce(o.party_id, u.party_id) as "partyId", a.name as "agencyName",
      case when u.party_id = coalesce(o.party_id, u.party_id) then u.owner_id end as "ownerId"
    from directory.service s join directory.organization o on o.id = s.organization_id
    left join directory.upkeep u on u.service_id = s.id
    left join parties.agency a on a.party_id = coalesce(o.party_id, u.party_id)
    where s.id = ${serviceId}`.execute(db)
  return rows[0] ?? { partyId: null, agencyName: null, ownerId: null }
}

/** Names this agency, and perhaps one colleague of it, as who keeps the entry. */
export async function writeOwner(
  db: Tx,
  serviceId: string,
  partyId: string,
  ownerId: string | null,
): Promise<void> {
  await sql`
    insert into directory.upkeep (service_id, party_id, owner_id) values (${serviceId}, ${partyId}, ${ownerId}::uuid)
    on conflict (service_id) do update set party_id = excluded.party_id, owner_id = excluded.owner_id, since = now()`.execute(
    db,
  )
}

/** Says that these entries are right as of today. */
export async function writeAssured(db: Tx, ids: readonly string[], by: string): Promise<void> {
  await sql`
    update directory.service set assured_on = current_date, assured_by = ${by}, updated_at = now()
    where id = any(${ids}::uuid[])`.execute(db)
}

/** Who is to be asked now, each with the entries that are due: for the job. */
export async function ownersToAsk(db: Tx): Promise<
  readonly {
    readonly accountId: string
    readonly partyId: string
    readonly address: Uint8Array
    readonly services: readonly string[]
  }[]
> {
  const { staleDays, askAheadDays, restDays } = freshness
  const { rows } = await sql<{
    accountId: string
    partyId: string
    address: Uint8Array
    services: readonly string[]
  }>`select account_id as "accountId", party_id as "partyId", address, services
    from directory.owners_to_ask(${staleDays}, ${askAheadDays}, ${restDays})`.execute(db)
  return rows
}

/** Puts one owner's mail and its link into the queue, together; false when it was too early for another. */
export async function askOwner(
  db: Tx,
  who: { readonly accountId: string; readonly partyId: string; readonly services: readonly string[] },
  tokenRow: Uint8Array,
  address: Uint8Array,
): Promise<boolean> {
  const { linkDays, restDays } = freshness
  const { rows } = await sql<{ asked: boolean }>`
    select directory.ask_owner(${who.accountId}::uuid, ${who.partyId}::uuid, ${who.services}::uuid[], ${tokenRow}, ${address},
      ${linkDays}, ${restDays}) as asked`.execute(db)
  return rows[0]?.asked === true
}

/** Forgets links that are over, once they hold no mail back any more. */
export async function forgetLinks(db: Tx): Promise<void> {
  await sql`select directory.forget_links(${freshness.restDays})`.execute(db)
}

/** The entries of a link, the ones longest unchecked first; none when it is over, unknown or used wrongly. */
export async function linkOpens(db: Tx, tokenRow: Uint8Array): Promise<readonly LinkEntry[]> {
  const { rows } = await sql<LinkEntry>`
    select id, name, organization, pack, assured_on as "assuredOn", said from directory.link_opens(${tokenRow})`.execute(
    db,
  )
  return rows
}

/** Says by a link that an entry is still right. `not-listed` counts as a wrong try; five end the link. */
export async function sayByLink(
  db: Tx,
  tokenRow: Uint8Array,
  serviceId: string,
): Promise<'said' | 'not-listed' | 'gone'> {
  const { rows } = await sql<{ outcome: 'said' | 'not-listed' | 'gone' }>`
    select directory.say_by_link(${tokenRow}, ${serviceId}::uuid) as outcome`.execute(db)
  return rows[0]?.outcome ?? 'gone'
}
