import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#platform/db'
import type { TermAsked } from './having.store.ts'
import { listNamed } from './having.store.ts'
import type { HsdsTaxonomy, HsdsTerm } from './hsds.ts'
import { given } from './hsds-organization.rules.ts'
import { termOf } from './taxonomy.rules.ts'
import { fixedTaxonomies, fixedTerm, fixedTerms, taxonomyNamed } from './vocabulary.ts'

/** What a list of terms is narrowed to; a taxonomy or a parent that nobody has fits nothing. */
export interface TermFilter {
  readonly search: string | null
  readonly taxonomy: HsdsTaxonomy | 'unknown' | null
  readonly topOnly: boolean
  /** The id of the term above. */
  readonly parent: string | null
}

interface TermRow {
  readonly code: string
  readonly taxonomy: string
  readonly label: string
  readonly uri: string | null
  readonly parent: string | null
}

/** Every taxonomy: our own, and those of lists that were brought in. */
export async function taxonomies(db: Tx): Promise<readonly HsdsTaxonomy[]> {
  const { rows } = await sql<{ name: string }>`select distinct upper(split_part(k.code, ':', 1)) as name
    from directory.taxonomy_term k where k.taxonomy <> 'anydoor' order by 1`.execute(db)
  return [...fixedTaxonomies, ...rows.map((row) => taxonomyNamed(row.name))]
}

/** A term by its id, or null. */
export async function termById(db: Tx, id: string): Promise<HsdsTerm | null> {
  const fixed = fixedTerm(id)
  if (fixed !== null) return detailed(fixed)
  const { rows } = await sql<TermRow>`${columns} where k.listed_id = ${id}::uuid`.execute(db)
  const [row] = rows
  return row === undefined ? null : termInHsds(row)
}

/** What an id of a term asks of an entry, or null for one that nobody has. */
export async function termAsked(db: Tx, id: string): Promise<TermAsked | null> {
  const fixed = fixedTerm(id)
  if (fixed !== null) return { taxonomy: fixed.taxonomy ?? '', code: fixed.code ?? '', row: null }
  const { rows } = await sql<{ code: string }>`
    select code from directory.taxonomy_term k where k.listed_id = ${id}::uuid`.execute(db)
  const [row] = rows
  return row === undefined ? null : { taxonomy: 'anydoor-term', code: row.code, row: row.code }
}

/** A page of terms: those that every installation has, then those of the database, each in the order of their ids. */
export async function termsPage(
  db: Tx,
  filter: TermFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly terms: readonly HsdsTerm[] }> {
  const fixed = fixedTerms.filter((term) => fits(term, filter))
  const counted = await sql<{ total: number }>`
    select count(*) as total from directory.taxonomy_term k where ${where(filter)}`.execute(db)
  const total = fixed.length + Number(counted.rows[0]?.total ?? 0)
  const first = fixed.slice(offset, offset + limit).map(detailed)
  const rest = limit - first.length
  if (rest === 0) return { total, terms: first }
  const { rows } = await sql<TermRow>`${columns} where ${where(filter)}
    order by k.listed_id limit ${rest} offset ${Math.max(0, offset - fixed.length)}`.execute(db)
  return { total, terms: [...first, ...rows.map(termInHsds)] }
}

const columns = sql`select k.code, k.taxonomy, k.label, k.uri, p.listed_id as parent
  from directory.taxonomy_term k left join directory.taxonomy_term p on p.code = k.parent`

function where({ search, taxonomy, topOnly, parent }: TermFilter): RawBuilder<unknown> {
  const named =
    taxonomy === null
      ? sql`true`
      : taxonomy === 'unknown'
        ? sql`false`
        : taxonomy.name === 'anydoor-term'
          ? sql`k.taxonomy = 'anydoor'`
          : sql`(${listNamed(taxonomy.name)})`
  return sql.join(
    [
      named,
      ...(search === null
        ? []
        : [sql`to_tsvector('english'::regconfig, k.label) @@ plainto_tsquery('english', ${search})`]),
      ...(topOnly ? [sql`k.parent is null`] : []),
      ...(parent === null
        ? []
        : [
            sql`k.parent in (select p.code from directory.taxonomy_term p where p.listed_id = ${parent}::uuid)`,
          ]),
    ],
    sql` and `,
  )
}

// None of these stands under another.
function fits(term: HsdsTerm, { search, taxonomy, parent }: TermFilter): boolean {
  if (parent !== null || taxonomy === 'unknown') return false
  if (taxonomy !== null && term.taxonomy !== taxonomy.name) return false
  const said = `${term.name} ${term.description}`.toLowerCase()
  return (
    search === null ||
    search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => said.includes(word))
  )
}

function termInHsds({ code, taxonomy, label, uri, parent }: TermRow): HsdsTerm {
  if (taxonomy === 'anydoor')
    return detailed({ ...termOf('anydoor-term', code, label), ...given('parent_id', parent) })
  const [list = '', ...rest] = code.split(':')
  return detailed({
    ...termOf(list.toUpperCase(), rest.join(':'), label),
    ...given('parent_id', parent),
    ...given('term_uri', uri),
  })
}

function detailed(term: HsdsTerm): HsdsTerm {
  const name = term.taxonomy ?? ''
  const taxonomy = fixedTaxonomies.find((each) => each.name === name) ?? taxonomyNamed(name)
  return { ...term, taxonomy_detail: taxonomy }
}
