import { expect } from 'vitest'
import { dialects } from '#exchange'
import type { Served } from '../world/served.ts'

const whole = [
  'per_page=500',
  'per_page=500&full=true',
  'full=true&full_service=true',
  'format=ndjson&full=true&full_service=true',
]
const apiLists = ['services', 'organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms']

/** Every list of the open APIs as pages and as lines, by GET and by POST, with the words and places of the searches, and every id. */
export async function openApis(
  served: Served,
  heap: Map<string, string>,
  asked: { readonly words: readonly string[]; readonly places: readonly string[] },
): Promise<void> {
  for (const { root } of dialects) {
    for (const list of apiLists) {
      const at = `${root}/${list}`
      await wideList(served, heap, at)
      for (const search of asked.words) await apiSearch(served, heap, at, { search, full: 'true' })
      for (const postcode of asked.places) {
        await apiSearch(served, heap, at, { postcode, full: 'true' })
        await apiSearch(served, heap, at, { postcode, proximity: '200000', format: 'ndjson', full: 'true' })
      }
    }
  }
}

/** Every list of the open APIs with all that it says of every entry, by pages and by lines, and every entry by its id. */
export async function wideLists(served: Served, heap: Map<string, string>): Promise<void> {
  for (const { root } of dialects)
    for (const list of apiLists) await wideList(served, heap, `${root}/${list}`)
}

async function wideList(served: Served, heap: Map<string, string>, at: string): Promise<void> {
  for (const query of whole) heap.set(`${at}?${query}`, await (await served.get(`${at}?${query}`)).text())
  const short = (await (await served.get(`${at}?per_page=500`)).json()) as {
    readonly contents: readonly { readonly id: string }[]
  }
  for (const { id } of short.contents) heap.set(`${at}/${id}`, await (await served.get(`${at}/${id}`)).text())
}

/** As a form and as JSON. What was sent is never said back, so nothing is taken out before looking. */
async function apiSearch(
  served: Served,
  heap: Map<string, string>,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const name = `${path} ${JSON.stringify(fields)}`
  heap.set(`${name} form`, await (await served.post(path, fields)).text())
  const answer = await served.app.request(`http://127.0.0.1:3000${path}`, {
    method: 'POST',
    headers: { host: '127.0.0.1:3000', 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  })
  expect([name, answer.status]).toEqual([name, 200])
  heap.set(`${name} json`, await answer.text())
}
