import { sql } from 'kysely'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { SuggestionAbout } from './suggestion.ts'
import { staleSql } from './upkeep.store.ts'

/** Something of the directory that waits for a person. */
export interface QueueItem {
  readonly kind: QueueKind
  /** The suggestion's or the held record's id, else the entry's. */
  readonly id: string
  readonly name: string
  readonly organization: string
  /** The agency that keeps it, where one does. */
  readonly agency: string | null
  /** Whether the reader's agency may change the entry itself. */
  readonly mine: boolean
  /** Since when it waits; null where that is not known. */
  readonly since: string | null
  readonly about: SuggestionAbout | null
}

/** Whose queue it is: nobody is asked about another country's entries. */
type Reader = Pick<Actor, 'partyId' | 'pack'>

/** An entry unchecked for too long; one that nobody keeps; a suggestion; a held record; a feed that differs, or is not right. */
export const queueKinds = ['stale', 'nobody', 'suggestion', 'held', 'feed', 'feed-trouble'] as const
export type QueueKind = (typeof queueKinds)[number]

/**
 * What waits for this agency's editors, feeds that are not right first, then the oldest, a page at a time. A partnership's or an operator's editors are
 * stewards: they see what waits at every agency of their country.
 */
export async function queueOf(
  db: Tx,
  who: Reader,
  page: number,
  perPage = 25,
): Promise<{ readonly items: readonly QueueItem[]; readonly pages: number }> {
  const { rows } = await sql<QueueItem & { readonly total: number }>`
    ${waiting(who)} select kind, id, name, organization, agency, mine, coalesce("on"::text, to_json(since) #>> '{}') as since, about,
      count(*) over ()::integer as total
    from item order by (kind <> 'feed-trouble'), since nulls first, kind, id limit ${perPage} offset ${(page - 1) * perPage}`.execute(
    db,
  )
  const items = rows.map(({ total: _total, ...item }) => item)
  return { items, pages: Math.max(1, Math.ceil((rows[0]?.total ?? 0) / perPage)) }
}

/** How many of each wait. */
export async function queueCounts(db: Tx, who: Reader): Promise<Readonly<Record<QueueKind, number>>> {
  const { rows } = await sql<{ kind: QueueKind; n: number }>`
    ${waiting(who)} select kind, count(*)::integer as n from item group by kind`.execute(db)
  const counts = { stale: 0, nobody: 0, suggestion: 0, held: 0, feed: 0, 'feed-trouble': 0 }
  for (const { kind, n } of rows) counts[kind] = n
  return counts
}

// A line for each entry, not two: who keeps it comes first, and then whether it is right. A day stays a day (`on`): as a moment it
// would be the day before wherever the clock is behind.
const waiting = ({ partyId, pack }: Reader) => sql`
  with mine as (
    select s.id, s.name, o.name as organization, a.name as agency, s.assured_on, coalesce(o.party_id, u.party_id) as keeper,
      o.party_id is null or o.party_id = ${partyId}::uuid as mine, s.status in ('active', 'temporarily closed') as listed,
      ${staleSql(sql`s.assured_on`)} as stale
    from directory.service s join directory.organization o on o.id = s.organization_id
    left join directory.upkeep u on u.service_id = s.id
    left join parties.agency a on a.party_id = coalesce(o.party_id, u.party_id)
    where o.party_id = ${partyId}::uuid
      or (o.pack = ${pack} and (o.party_id is null or (select directory.is_steward())))
  ), item as (
    select case when keeper is null then 'nobody' else 'stale' end as kind, id, name, organization, agency, mine,
      assured_on::timestamptz as since, assured_on as "on", null as about from mine where listed and (keeper is null or stale)
    union all
    select 'suggestion', g.id, m.name, m.organization, m.agency, m.mine, g.made_on::timestamptz, g.made_on, g.about
    from directory.suggestion g join mine m on m.id = g.service_id where g.state = 'waiting'
    union all
    select 'held', h.id, coalesce(h.record -> 'service' ->> 'name', h.record -> 'organization' ->> 'name', ''),
      coalesce(h.record -> 'service' -> 'organization' ->> 'name', ''), null, true, h.held_at, null, null
    from directory.held_record h where h.state = 'waiting'
    union all
    select w.kind, w.id, w.name, '', w.agency, w.mine, w.since, null, null from exchange.waiting() w
  )`
