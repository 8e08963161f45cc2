import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiServer, apiServer } from './api-server.ts'
import { brokenPaging, furtherPages, type PageAnswer } from './paging-rules.ts'
import { compiled, faultsOf, standardJson, standardsFolder } from './standards.ts'

interface Profile {
  readonly profile: string
  readonly testGroups: readonly {
    readonly name: string
    readonly tests: readonly {
      readonly name: string
      readonly endpoint: string
      readonly schema: string
      readonly pagination?: boolean
      readonly useIdFrom?: string
    }[]
  }[]
}

const here = ['oruk', '3.0', 'validator'] as const
const present = standardsFolder() !== null
const profile = present ? (standardJson(...here, 'test-profile-HSDS-UK-3.0.json') as Profile) : null
const tests = (profile?.testGroups ?? []).flatMap((group) =>
  group.tests.map((each) => ({ ...each, level: group.name.slice(0, 7) })),
)
const root = '/api/oruk/3.0'
let server: ApiServer
beforeAll(async () => {
  server = await apiServer()
}, 120_000)
afterAll(() => server.close())

async function read(path: string): Promise<unknown> {
  const answer = await fetch(`${server.address}${root}${path}`)
  expect([path, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([path, 200, '*'])
  return answer.json()
}

describe.skipIf(!present)(
  'the Open Referral UK 3.0 API by the official test profile (skipped without ../shared/standards)',
  () => {
    test.each(tests)('$level $endpoint: $name', async ({ endpoint, schema, pagination, useIdFrom }) => {
      const validate = compiled(standardJson(...here, 'schema', schema.split('/').at(-1) ?? ''))
      if (useIdFrom !== undefined) {
        const list = (await read(endpoint.replace(/\/$/, ''))) as PageAnswer
        expect(list.contents.length).toBeGreaterThan(3)
        for (const { id } of list.contents.slice(0, 10))
          expect([id, faultsOf(validate, await read(`${endpoint}${String(id)}`))]).toEqual([id, []])
        return
      }
      if (pagination !== true) return expect(faultsOf(validate, await read(endpoint))).toEqual([])
      const first = (await read(`${endpoint}?per_page=3`)) as PageAnswer
      expect(first.total_pages).toBeGreaterThan(2)
      for (const at of [1, ...furtherPages(first)]) {
        const page = (await read(`${endpoint}?per_page=3&page=${at}`)) as PageAnswer
        expect([at, brokenPaging(page, 3), faultsOf(validate, page)]).toEqual([at, [], []])
      }
    })

    test('says the profile’s version, and where its description and its document are', async () => {
      for (const path of ['', '/'])
        expect(await read(path)).toEqual({
          version: profile?.profile,
          profile: expect.stringMatching(/^https:/),
          openapi_url: `${server.address}${root}/openapi.json`,
        })
    })
  },
)

test('puts back the three fields of the UK profile wherever their objects stand, and changes nothing else', async () => {
  const hsds = await (await fetch(`${server.address}/api/hsds/3.1/services?full=true&per_page=100`)).json()
  const uk = await read('/services?full=true&per_page=100')
  const seen = new Map<string, number>()
  expect(taken(uk, seen)).toEqual(hsds)
  expect([...seen.keys()].toSorted()).toEqual(['service_area', 'term'])
  const term = (await read('/taxonomy_terms?per_page=1')) as PageAnswer
  expect(term.contents[0]?.['term']).toBe(term.contents[0]?.['name'])
})

/** The same without the fields that were put back, each checked against its twin. */
function taken(json: unknown, seen: Map<string, number>): unknown {
  if (Array.isArray(json)) return json.map((each) => taken(each, seen))
  if (typeof json !== 'object' || json === null) return json
  const inner = json as Readonly<Record<string, unknown>>
  const twins = { service_area: 'name', term: 'name', accessibility: 'description' } as const
  return Object.fromEntries(
    Object.entries(inner).flatMap(([key, value]) => {
      if (key in twins && typeof value === 'string') {
        expect(value).toBe(inner[twins[key as keyof typeof twins]])
        seen.set(key, (seen.get(key) ?? 0) + 1)
        return []
      }
      return [[key, taken(value, seen)] as const]
    }),
  )
}
