import type { Tx } from '#platform/db'
import { countListed, everyListedService, organizationsAlone } from './listed.store.ts'

/**
 * The public directory as one HSDS 3.1 file: a page that holds every service, one a line, and beside it the organisations that
 * list none. Made piece by piece, so that its size does not matter.
 */
export async function* hsdsFile(db: Tx): AsyncGenerator<string> {
  const total = await countListed(db)
  const page = {
    total_items: total,
    total_pages: 1,
    page_number: 1,
    size: total,
    first_page: true,
    last_page: true,
    empty: total === 0,
  }
  yield `${JSON.stringify(page).slice(0, -1)},"contents":[`
  yield* listed(everyListedService(db))
  yield '],"organizations":['
  yield* listed(organizationsAlone(db))
  yield ']}\n'
}

async function* listed(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let before = '\n'
  for await (const page of pages) {
    yield before + page.map((each) => JSON.stringify(each)).join(',\n')
    before = ',\n'
  }
}
