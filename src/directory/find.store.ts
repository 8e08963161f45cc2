import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#platform/db'
import type { Band, Found, FoundPage, Wanted, WhereAbouts, Without } from './find.ts'
import { filters } from './find.ts'
import {
  all,
  any,
  cellQuery,
  everywhereQuery,
  filterQuery,
  keptQuery,
  lexeme,
  narrowings,
  thereQuery,
  wordsQuery,
} from './find.rules.ts'
import { whereAbouts } from './place.store.ts'
import { readWords } from './word.store.ts'
import { servicesByIds } from './service.store.ts'

const perPage = 20
/** More than so many are not counted; of more, only the best `few` are put in order. */
const most = 1_000
/** Of confidential services elsewhere, no more than this many go into one list, and one more is looked for. */
const few = 200

/** What a public search finds: those with most of the words first, the nearest first among them. Bounded work, whatever is asked. */
export async function findServices(db: Tx, wanted: Wanted, pack: 'uk' | 'us'): Promise<FoundPage> {
  await mayScan(db, false)
  const { stems, corrected } = await readWords(db, wanted.words)
  const place = wanted.place === '' ? null : await whereAbouts(db, wanted.place, pack)
  const placeUnknown = wanted.place !== '' && place === null
  const nothing = placeUnknown || (wanted.words !== '' && stems.length === 0)
  const asked: Asked = { wanted, pack, stems, place }
  const { ids, more } = nothing ? { ids: [], more: false } : await bestOf(db, asked)
  const pages = Math.max(1, Math.ceil(ids.length / perPage))
  const page = Math.min(Math.max(wanted.page, 1), pages)
  const listed = await orderedPage(db, asked, ids, page)
  return { found: listed, total: ids.length, more, page, pages, corrected, place, placeUnknown }
}

/** How many each filter fewer would bring, most first; asked only when nothing was found. */
export async function withoutEach(db: Tx, wanted: Wanted, pack: 'uk' | 'us'): Promise<readonly Without[]> {
  const set = filters.filter((filter) => wanted[filter] !== '')
  if (set.length === 0) return []
  await mayScan(db, false)
  const { stems } = await readWords(db, wanted.words)
  const place = wanted.place === '' ? null : await whereAbouts(db, wanted.place, pack)
  const found: Without[] = []
  for (const filter of set) {
    const rest = { ...wanted, [filter]: '' }
    const open = {
      wanted: rest,
      pack,
      stems: filter === 'words' ? [] : stems,
      place: filter === 'place' ? null : place,
    }
    if ((rest.words !== '' && stems.length === 0) || (rest.place !== '' && place === null)) continue
    const { ids, more } = await bestOf(db, open)
    if (ids.length > 0) found.push({ filter, count: ids.length, more })
  }
  return found.toSorted((a, b) => b.count - a.count)
}

interface Asked {
  readonly wanted: Wanted
  readonly pack: 'uk' | 'us'
  readonly stems: readonly string[]
  readonly place: WhereAbouts | null
}

/** What is listed: all that fits or, of too many, the best; and whether there are more. */
interface Best {
  readonly ids: readonly string[]
  readonly more: boolean
}

/**
 * Near a place its own services are looked for apart from the confidential ones elsewhere: those are many in a country, any of them
 * may be wanted, and none is nearer than another.
 */
async function bestOf(db: Tx, asked: Asked): Promise<Best> {
  const near = await bestNear(db, asked)
  await mayScan(db, false)
  if (asked.place === null) return near
  const kept = await bestKept(db, asked)
  return { ids: [...new Set([...near.ids, ...kept.ids])], more: near.more || kept.more }
}

/** All there are; of too many those with all of the words and near first, then with fewer words and further away. */
async function bestNear(db: Tx, asked: Asked): Promise<Best> {
  const least = Math.min(1, asked.stems.length)
  const { miles: far } = asked.wanted
  const simple = asked.place === null && narrowings(asked.wanted) < 2
  await mayScan(db, simple)
  const fit = await hits(db, asked, 'near', { words: least, miles: far, limit: most + 1 })
  if (fit.length <= most) return { ids: fit.map(({ id }) => id), more: false }
  const best = new Set<string>()
  const steps = asked.place === null || far <= 10 ? [far] : [10, far]
  for (let words = asked.stems.length; words >= least && best.size < few; words -= 1) {
    // What fits at all is known already: it fills the list up.
    for (const miles of words > least ? steps : steps.slice(0, -1)) {
      if (best.size >= few) break
      // Both go by the order in which the rows lie: with enough of them among what fits, these are the ones.
      const known = fit.filter(({ matched }) => matched !== null && matched >= words).slice(0, few)
      // And where they are no rarity there, the rest is met soon.
      if (simple) await mayScan(db, known.length >= few / 10)
      const found = known.length === few ? known : await hits(db, asked, 'near', { words, miles, limit: few })
      for (const { id } of found) best.add(id)
    }
  }
  for (const { id } of fit) if (best.size < few) best.add(id)
  return { ids: [...best], more: true }
}

/** Those with all of the words first, then with fewer, until there are enough. */
async function bestKept(db: Tx, asked: Asked): Promise<Best> {
  const least = Math.min(1, asked.stems.length)
  const best = new Set<string>()
  for (let words = asked.stems.length; words >= least && best.size <= few; words -= 1) {
    const bounds = { words, miles: asked.wanted.miles, limit: few + 1 }
    for (const { id } of await hits(db, asked, 'kept', bounds)) best.add(id)
  }
  return { ids: [...best].slice(0, few), more: best.size > few }
}

type Where = 'near' | 'kept'

interface Hit {
  readonly id: string
  /** How many of the words it has; null near a place, where how near it is matters too. */
  readonly matched: number | null
}

async function hits(
  db: Tx,
  { wanted, pack, stems, place }: Asked,
  where: Where,
  bounds: { readonly words: number; readonly miles: number; readonly limit: number },
): Promise<readonly Hit[]> {
  const around =
    place === null
      ? ''
      : where === 'kept'
        ? keptQuery
        : any([thereQuery(place), everywhereQuery, cellQuery(place, bounds.miles)])
  const query = all([filterQuery(wanted, pack), wordsQuery(stems, bounds.words), around])
  const corners = where === 'near' ? within(place, bounds.miles) : sql``
  const matched = place === null ? matchedOf(stems) : sql`null::int`
  const result = await sql<Hit>`
    select f.service_id as id, ${matched} as matched from directory.find f where f.search @@ ${query}::tsquery ${corners}
    limit ${bounds.limit}`.execute(db)
  return result.rows
}

/** How many of the words a service has; with a weight, only where they stand so. */
function matchedOf(stems: readonly string[], weight = ''): RawBuilder<unknown> {
  if (stems.length === 0) return sql`0`
  return sql.join(
    stems.map((stem) => sql`(f.search @@ ${lexeme(stem) + weight}::tsquery)::int`),
    sql` + `,
  )
}

/**
 * Whether PostgreSQL may look for what fits by reading row after row, from now to the end of the transaction. That ends early
 * where much fits, and reads the whole directory where the parts of a search seldom meet: a need, and words that hardly any
 * service with that need has. How often they meet no statistics tell it, so it may only where a single part narrows, and for
 * several words together only where what fits shows that they are no rarity. Always
 * from the first row on, or a search that finds too many would list others each time. Nothing is compiled first: that would
 * take longer than the search.
 */
async function mayScan(db: Tx, may: boolean): Promise<void> {
  await sql`select set_config('enable_seqscan', ${may ? 'on' : 'off'}, true), set_config('synchronize_seqscans', 'off', true),
    set_config('jit', 'off', true)`.execute(db)
}

/** Cuts the corners of the quarter degrees off. */
function within(place: WhereAbouts | null, miles: number): RawBuilder<unknown> {
  if (place === null || place.point === null) return sql``
  const stay = any([thereQuery(place), everywhereQuery])
  return sql`and (f.search @@ ${stay}::tsquery or (${nearest(place.point)}) <= ${miles})`
}

/** Miles from the point to the nearest public place of a service, by haversine; nothing for one without. */
function nearest([latitude, longitude]: readonly [number, number]): RawBuilder<unknown> {
  return sql`select min(7917.6 * asin(least(1, sqrt(sind((f.points[i] - ${latitude}::float8) / 2) ^ 2
      + cosd(f.points[i]) * ${Math.cos((latitude * Math.PI) / 180)}::float8 * sind((f.points[i + 1] - ${longitude}::float8) / 2) ^ 2)))) as miles
    from generate_series(1, cardinality(f.points), 2) i`
}

interface HitRow {
  readonly id: string
  readonly band: Band | null
  readonly region: string | null
}

async function orderedPage(
  db: Tx,
  { stems, place }: Asked,
  ids: readonly string[],
  page: number,
): Promise<readonly Found[]> {
  if (ids.length === 0) return []
  const result = await sql<HitRow>`
    select id, band, region from (
      select f.service_id as id, f.name, ${bandOf(place)} as band, ${matchedOf(stems)} as matched, ${matchedOf(stems, ':A')} as named,
        case when f.spot like 'kept:_%' then substr(f.spot, 6) end as region
      from directory.find f
      cross join lateral (${place?.point ? nearest(place.point) : sql`select null::float8 as miles`}) d
      where f.service_id = any(${ids}::uuid[])
    ) hit
    order by matched desc, array_position(array['there', 'miles-10', 'miles-25', 'miles-50', 'wide', 'kept'], band),
      named desc, name, id
    limit ${perPage} offset ${(page - 1) * perPage}`.execute(db)
  const services = await servicesByIds(
    db,
    result.rows.map((row) => row.id),
  )
  const rows = new Map(result.rows.map((row) => [row.id, row]))
  return services.map((service) => {
    const row = rows.get(service.id)
    return { service, band: row?.band ?? null, region: row?.region ?? null }
  })
}

/** How near, in bands. A confidential place is told by its region and never reaches a distance: it has no point. */
function bandOf(place: WhereAbouts | null): RawBuilder<unknown> {
  if (place === null) return sql`null::text`
  const there = sql`f.search @@ ${thereQuery(place)}::tsquery`
  return sql`case when ${there} then 'there' when d.miles <= 10 then 'miles-10' when d.miles <= 25 then 'miles-25'
    when d.miles <= 50 then 'miles-50' when f.search @@ '''§kept''' then 'kept' else 'wide' end`
}
