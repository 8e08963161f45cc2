import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiServer, apiServer } from './api-server.ts'
import { brokenPaging, furtherPages, type PageAnswer } from './paging-rules.ts'
import { compiled, faultsOf, standardJson, standardsFolder } from './standards.ts'

const here = standardsFolder() !== null
let server: ApiServer
let inList: Validators
let alone: Validators
const lists = ['services', 'organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms'] as const
type List = (typeof lists)[number]
type Validators = Readonly<Record<List, ReturnType<typeof compiled>>>
const root = '/api/hsds/3.1'

// Schemas first: they take seconds, in which a server would let idle connections go.
beforeAll(async () => {
  if (here) [inList, alone] = validators()
  server = await apiServer()
}, 240_000)
afterAll(() => server.close())

const ask = (path: string, init: RequestInit = {}) => fetch(`${server.address}${root}${path}`, init)
const read = async (path: string, init: RequestInit = {}) =>
  (await ask(path, init)).json() as Promise<unknown>
const page = async (path: string, init: RequestInit = {}) => (await read(path, init)) as PageAnswer
const form = (fields: Readonly<Record<string, string>>) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})
const body = (json: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(json),
})

/** The standard's schemas, closed: of what a list holds, and of one entry. */
function validators(): readonly [Validators, Validators] {
  const schema = (name: string) => standardJson('hsds', '3.1', 'schema', 'compiled', `${name}.json`)
  const closed = (json: unknown) => compiled(json, { closed: true })
  const service = schema('service')
  // Compiled schemas of terms and taxonomies stand only where they are used.
  const term = at(service, 'attributes', 'items', 'taxonomy_term')
  const vocabulary = { taxonomies: closed(at(term, 'taxonomy_detail')), taxonomy_terms: closed(term) }
  return [
    {
      services: closed(schema('service_list')),
      organizations: closed(schema('organization_list')),
      service_at_locations: closed(schema('service_at_location_list')),
      ...vocabulary,
    },
    {
      services: closed(service),
      organizations: closed(schema('organization')),
      service_at_locations: closed(schema('service_at_location')),
      ...vocabulary,
    },
  ]
}

/** A schema inside another one. */
function at(schema: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, step) => {
    const json = inner as Readonly<Record<string, Readonly<Record<string, unknown>>>>
    return step === 'items' ? json['items'] : json['properties']?.[step]
  }, schema)
}

/** Every entry of a list, page after page. */
async function everyId(list: List): Promise<readonly string[]> {
  const ids: string[] = []
  for (let at = 1; ; at += 1) {
    const one = await page(`/${list}?per_page=100&page=${at}`)
    ids.push(...one.contents.map((each) => String(each['id'])))
    if (one.last_page) return ids
  }
}

describe.skipIf(!here)(
  'the HSDS 3.1 API against the standard’s compiled schemas, closed (skipped without ../shared/standards)',
  () => {
    test.each(lists)(
      '%s: first, middle and last page, and every id',
      async (list) => {
        const item = inList[list]
        const first = await page(`/${list}?per_page=7`)
        const pages = [first]
        for (const at of furtherPages(first)) pages.push(await page(`/${list}?per_page=7&page=${at}`))
        for (const each of pages) {
          expect(brokenPaging(each, 7)).toEqual([])
          expect(each.contents.flatMap((entry) => faultsOf(item, entry))).toEqual([])
        }
        expect(pages.length).toBe(first.total_pages > 2 ? 3 : first.total_pages)
        const ids = await everyId(list)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).toHaveLength(first.total_items)
        const whole = alone[list]
        for (const id of ids) {
          const answer = await ask(`/${list}/${id}`)
          expect([id, answer.status]).toEqual([id, 200])
          const entry = (await answer.json()) as { readonly id: string }
          expect([entry.id, faultsOf(whole, entry)]).toEqual([id, []])
        }
      },
      240_000,
    )

    test('the whole nested forms of lists, asked for by form and by JSON', async () => {
      const service = alone.services
      const organization = alone.organizations
      const place = alone.service_at_locations
      const services = await page('/services', form({ full: 'true', per_page: '100' }))
      expect(services.contents.length).toBeGreaterThan(30)
      expect(services.contents.flatMap((entry) => faultsOf(service, entry))).toEqual([])
      for (const asked of [{ full: true }, { full_service: true }]) {
        const organizations = await page('/organizations', body(asked))
        expect(organizations.contents.flatMap((entry) => faultsOf(organization, entry))).toEqual([])
        expect(organizations.contents.some((entry) => 'services' in entry)).toBe(true)
      }
      const places = await page('/service_at_locations', body({ full: true, per_page: 100 }))
      expect(places.contents.flatMap((entry) => faultsOf(place, entry))).toEqual([])
    })

    test('ndjson gives every entry once, a line each, in short and whole', async () => {
      const item = inList.services
      const whole = alone.services
      for (const [query, validate] of [
        ['', item],
        ['&full=true', whole],
      ] as const) {
        const answer = await ask(`/services?format=ndjson${query}`)
        expect(answer.headers.get('content-type')).toMatch(/^application\/x-ndjson/)
        const lines = (await answer.text()).trimEnd().split('\n')
        const entries = lines.map((line) => JSON.parse(line) as { readonly id: string })
        expect(entries.map((entry) => entry.id)).toEqual(await everyId('services'))
        expect(entries.flatMap((entry) => faultsOf(validate, entry))).toEqual([])
      }
    })

    test('a key that the standard does not know would be found', async () => {
      const { contents } = await page('/services')
      expect(faultsOf(inList.services, { ...contents[0], secret: 1 })).toEqual([
        '/ additionalProperties:secret',
      ])
    })
  },
)
