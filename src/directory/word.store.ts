import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { needs } from './facet.ts'
import type { Corrected } from './find.ts'
import { mostWords } from './find.rules.ts'
import { nearestWord, spelledNear } from './spelling.rules.ts'

/** The words of a search as they are looked up, each that nobody uses in place of the word that was likely meant. */
export async function readWords(
  db: Tx,
  text: string,
): Promise<{ readonly stems: readonly string[]; readonly corrected: readonly Corrected[] }> {
  const typed = [
    ...new Set(
      text
        .slice(0, 500)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [],
    ),
  ].slice(0, 40)
  if (typed.length === 0) return { stems: [], corrected: [] }
  const read = await sql<{ word: string; stem: string; used: boolean }>`
    select t.word, s.stem, case when t.word = any(${labelWords}::text[]) or exists (select from directory.word w where w.stem = s.stem) then true
      else exists (select from directory.find f where f.search @@ quote_literal(s.stem)::tsquery) end as used
    from unnest(${typed}::text[]) with ordinality t (word, n)
    cross join lateral (select (tsvector_to_array(to_tsvector('english', t.word)))[1] as stem) s
    where s.stem is not null order by t.n limit ${mostWords}`.execute(db)
  const stems: string[] = []
  const corrected: Corrected[] = []
  for (const { word, stem, used } of read.rows) {
    const meant = used ? null : await meantBy(db, word)
    stems.push(meant?.stem ?? stem)
    if (meant !== null) corrected.push({ typed: word, meant: meant.word })
  }
  return { stems: [...new Set(stems)], corrected }
}

/** The word that is spelt nearest, among those that a listed service uses. */
async function meantBy(
  db: Tx,
  typed: string,
): Promise<{ readonly word: string; readonly stem: string } | null> {
  if (!/^\p{L}{3,30}$/u.test(typed)) return null
  const near = await sql<{ word: string; stem: string }>`
    select distinct w.word, w.stem from unnest(${spelledNear(typed)}::text[]) n
    cross join lateral (select word, stem from directory.word where near @> array[n] limit 50) w`.execute(db)
  const word = nearestWord(
    typed,
    near.rows.map((row) => row.word),
  )
  return near.rows.find((row) => row.word === word) ?? null
}

/** Words of our own labels of needs: nearly every service has some of them, so nobody need look. */
const labelWords = [...new Set(needs.flatMap((need) => need.label.toLowerCase().match(/\p{L}+/gu) ?? []))]
