import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { WhereAbouts } from './find.ts'
import { lexeme } from './find.rules.ts'
import {
  areaMiddles,
  areaOfTown,
  outcodeOf,
  plainName,
  postcodeAreas,
  spokenName,
  townNames,
  zip3Of,
} from './place.rules.ts'
import { nearestWord, spelledNear } from './spelling.rules.ts'

/**
 * What we know of a place that somebody typed, without asking anybody: the first part of a postcode or ZIP code, a main town,
 * or a name that the listed services use; a name with a slip by the one that was likely meant. Null when we do not know it.
 */
export async function whereAbouts(db: Tx, text: string, pack: 'uk' | 'us'): Promise<WhereAbouts | null> {
  if (pack === 'uk') {
    const code = outcodeOf(text)
    if (code !== null) return ofOutcode(db, code.outcode, code.letters)
  } else {
    const zip = zip3Of(text)
    if (zip !== null) return ofListed(db, `${zip}…`, `zip-${zip}`, pack)
  }
  const name = plainName(text)
  if (name === '') return null
  const known = await ofName(db, text.trim(), name, pack)
  if (known !== null) return known
  const meant = await nameMeant(db, name, pack)
  const found = meant === null ? null : await ofName(db, spokenName(meant), meant, pack)
  return found === null ? null : { ...found, corrected: { typed: text.trim(), meant: found.label } }
}

async function ofName(db: Tx, label: string, name: string, pack: 'uk' | 'us'): Promise<WhereAbouts | null> {
  const letters = pack === 'uk' ? areaOfTown(name) : null
  const area = letters === null ? undefined : postcodeAreas[letters]
  if (area === undefined) return ofListed(db, label, name, pack)
  const names = [name, plainName(area[1])]
  return { label: area[0], names, point: [area[2], area[3]], rough: true, corrected: null }
}

/** The name that is spelt nearest: of a main town, or one that a listed service of this country uses. */
async function nameMeant(db: Tx, typed: string, pack: 'uk' | 'us'): Promise<string | null> {
  if (!/^\p{L}[\p{L}-]{3,59}$/u.test(typed)) return null
  const near = await sql<{ name: string }>`
    select distinct p.name from unnest(${spelledNear(typed)}::text[]) n
    cross join lateral (select name from directory.place_name where near @> array[n] and pack = ${pack} limit 50) p`.execute(
    db,
  )
  return nearestWord(typed, [...(pack === 'uk' ? townNames : []), ...near.rows.map((row) => row.name)])
}

/** Replaces the middles of postcode districts, and moves every listed service that goes by one. */
export async function storeOutcodes(
  db: Tx,
  outcodes: readonly { readonly code: string; readonly latitude: number; readonly longitude: number }[],
): Promise<void> {
  await sql`delete from directory.outcode`.execute(db)
  await sql`insert into directory.outcode (code, latitude, longitude)
    select code, latitude, longitude from jsonb_to_recordset(${JSON.stringify(outcodes)}::jsonb)
      as r(code text, latitude double precision, longitude double precision)`.execute(db)
  await sql`select directory.derive_find(null, ${areaMiddles}::jsonb)`.execute(db)
}

async function ofOutcode(db: Tx, outcode: string, letters: string): Promise<WhereAbouts | null> {
  const exact = await sql<{ latitude: number; longitude: number }>`
    select latitude, longitude from directory.outcode where code = ${outcode}`.execute(db)
  const area = postcodeAreas[letters]
  const label = area === undefined ? outcode : `${outcode} (${area[0]})`
  const names = [
    plainName(outcode),
    ...(area === undefined ? [plainName(letters)] : [plainName(area[0]), plainName(area[1])]),
  ]
  const [found] = exact.rows
  if (found !== undefined)
    return { label, names, point: [found.latitude, found.longitude], rough: false, corrected: null }
  if (area !== undefined) return { label, names, point: [area[2], area[3]], rough: true, corrected: null }
  return (await isListed(db, names)) ? { label, names, point: null, rough: true, corrected: null } : null
}

/** A name that listed services use; its middle is that of the public places listed there. */
async function ofListed(db: Tx, label: string, name: string, pack: string): Promise<WhereAbouts | null> {
  if (!(await isListed(db, [name]))) return null
  const query = `${lexeme(`§in=${name}`)} & ${lexeme(`§pack=${pack}`)} & !'§wide' & !'§kept'`
  const middle = await sql<{ latitude: number | null; longitude: number | null }>`
    select avg(points[1]) as latitude, avg(points[2]) as longitude
    from (select points from directory.find where search @@ ${query}::tsquery limit 200) first`.execute(db)
  const { latitude = null, longitude = null } = middle.rows[0] ?? {}
  const point = latitude === null || longitude === null ? null : ([latitude, longitude] as const)
  return { label, names: [name], point, rough: true, corrected: null }
}

async function isListed(db: Tx, names: readonly string[]): Promise<boolean> {
  const query = names.map((name) => lexeme(`§in=${name}`)).join(' | ')
  const result = await sql<{ known: boolean }>`
    select exists (select from directory.find where search @@ ${query}::tsquery) as known`.execute(db)
  return result.rows[0]?.known ?? false
}
