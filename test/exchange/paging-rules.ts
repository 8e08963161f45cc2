/** A page as the standards have it. */
export interface PageAnswer {
  readonly total_items: number
  readonly total_pages: number
  readonly page_number: number
  readonly size: number
  readonly first_page: boolean
  readonly last_page: boolean
  readonly empty: boolean
  readonly contents: readonly Readonly<Record<string, unknown>>[]
}

export type PagingRule = 'first_page' | 'last_page' | 'empty' | 'size' | 'per_page'

/** The paging rules that a page breaks (standards.md 2.3); `perPage` is what was asked for, where something was. */
export function brokenPaging(page: PageAnswer, perPage: number | null = null): readonly PagingRule[] {
  const items = page.contents.length
  const last = page.page_number === page.total_pages
  const holds: Readonly<Record<PagingRule, boolean>> = {
    first_page: page.first_page === (page.page_number === 1),
    last_page: page.last_page === last,
    empty: page.empty === (items === 0),
    size: page.size === items,
    per_page: perPage === null || items === perPage || (last && items < perPage),
  }
  return (Object.keys(holds) as PagingRule[]).filter((rule) => !holds[rule])
}

/** The pages to fetch besides the first: a middle one and the last, where there are so many. */
export function furtherPages({ total_pages: pages }: Pick<PageAnswer, 'total_pages'>): readonly number[] {
  if (pages < 2) return []
  return pages > 2 ? [Math.ceil(pages / 2), pages] : [pages]
}
