import type { Tx } from '#platform/db'
import type { HsdsTaxonomy } from './hsds.ts'
import { countedList, type ServedList } from './list.ts'
import type { ListQuery } from './list-query.ts'
import { taxonomies, termsPage } from './list-term.store.ts'

/** The list of taxonomies: few, and read whole. */
export function taxonomyList(query: ListQuery): ServedList {
  return countedList(async (db, { offset, limit }) => {
    const words = query.search?.toLowerCase().split(/\s+/) ?? []
    const all = (await taxonomies(db)).filter((each) => {
      const said = `${each.name} ${each.description}`.toLowerCase()
      return words.every((word) => said.includes(word))
    })
    return { total: all.length, entries: all.slice(offset, offset + limit) }
  })
}

/** One taxonomy, or null. */
export async function taxonomyById(db: Tx, id: string): Promise<HsdsTaxonomy | null> {
  return (await taxonomies(db)).find((each) => each.id === id.toLowerCase()) ?? null
}

/** The list of terms. */
export async function termList(db: Tx, query: ListQuery): Promise<ServedList> {
  const { taxonomy_id: id } = query
  const taxonomy = id === undefined ? null : ((await taxonomyById(db, id)) ?? ('unknown' as const))
  const filter = {
    search: query.search ?? null,
    taxonomy,
    topOnly: query.top_only,
    parent: query.parent_id ?? null,
  }
  return countedList(async (reader, at) => {
    const { total, terms } = await termsPage(reader, filter, at)
    return { total, entries: terms }
  })
}
