import type { CapabilityStatement, HealthcareService, OperationOutcome } from '@medplum/fhirtypes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ownTaxonomy } from '#exchange'
import { fhirApi } from '../../src/exchange/fhir.api.ts'
import { ask as askSmall, smallApp } from '../../src/platform/http/small-app.fixture.ts'
import { fhirOrigin, fhirPath, fhirServed, type FhirServed, fhirTypes, matches } from './fhir-served.ts'

let at: FhirServed

beforeAll(async () => {
  at = await fhirServed()
})
afterAll(() => at.close())

describe('searching', () => {
  const term = `urn:uuid:${ownTaxonomy('anydoor-term').id}`
  const sector = `urn:uuid:${ownTaxonomy('anydoor-sector').id}`

  test('finds by the start of a name, by a part, or by the whole; capitals and accents do not count', async () => {
    expect(await at.names('/HealthcareService?name=northmere%20idva')).toEqual(['Northmere Idva team'])
    expect(await at.names('/HealthcareService?name=idva')).toEqual([])
    expect(await at.names('/HealthcareService?name:contains=IDVA')).toEqual([
      'Health Idva',
      'Northmere Idva team',
    ])
    expect(await at.names('/HealthcareService?name:exact=Health%20Idva')).toEqual(['Health Idva'])
    expect(await at.names('/HealthcareService?name:exact=health%20idva')).toEqual([])
    expect(await at.names('/HealthcareService?name=h%C3%A9alth%20idva,early')).toEqual([
      'Early help for families',
      'Health Idva',
    ])
    expect(await at.names('/HealthcareService?name:contains=%25')).toEqual([])
  })

  test('finds by category and type, with or without the code system', async () => {
    const refuges = await at.names('/HealthcareService?service-type=kind.refuge')
    expect(refuges).toEqual(['Emergency shelter', 'Northmere refuge places'])
    expect(await at.names(`/HealthcareService?service-type=${term}|kind.refuge`)).toEqual(refuges)
    expect(await at.names('/HealthcareService?service-type=urn:other|kind.refuge')).toEqual([])
    expect(await at.names('/HealthcareService?service-type=safe-place&service-type=kind.refuge')).toEqual(
      refuges,
    )
    expect(await at.names(`/HealthcareService?service-category=${sector}|education`)).toEqual([
      'Key adult at school',
      'School counselor',
    ])
    expect(await at.names('/HealthcareService?service-category=education&name=school')).toEqual([
      'School counselor',
    ])
    expect((await at.ask(`/HealthcareService?service-category=${sector}|`)).json.total).toBe(36)
  })

  test('finds by organisation and by place', async () => {
    const service = matches((await at.ask('/HealthcareService?name=iris')).json)[0] as HealthcareService
    const organization = service.providedBy?.reference ?? ''
    const place = service.location?.[0]?.reference ?? ''
    expect(await at.names(`/HealthcareService?organization=${organization}`)).toContain(service.name)
    expect(
      await at.names(`/HealthcareService?organization=${fhirOrigin}${fhirPath}/${organization}`),
    ).toContain(service.name)
    expect(await at.names(`/HealthcareService?location=${place}`)).toContain(service.name)
    expect(
      await at.names(`/HealthcareService?organization:Organization=${organization.split('/')[1]}`),
    ).toContain(service.name)
    expect(await at.names(`/HealthcareService?organization=${place}`)).toEqual([])
    expect((await at.ask(`/Location?organization=${organization}`)).json.total).toBeGreaterThan(0)
  })

  test('keeps work with people who use abuse apart', async () => {
    const all = await at.names('/HealthcareService?_count=100')
    const apart = await at.names('/HealthcareService?service-category=for-people-using-abuse')
    expect(apart.length).toBe(4)
    expect(all.filter((name) => apart.includes(name))).toEqual([])
    const found = matches((await at.ask('/HealthcareService?service-category=for-people-using-abuse')).json)
    for (const each of found) {
      const { location, availableTime, availabilityExceptions } = each as HealthcareService
      expect([location, availableTime, availabilityExceptions]).toEqual([undefined, undefined, undefined])
    }
  })

  test('finds by id, by state and by when it was changed', async () => {
    const one = matches((await at.ask('/HealthcareService?_count=1')).json)[0]
    expect((await at.ask(`/HealthcareService?_id=${one?.id},nobody`)).json.total).toBe(1)
    expect((await at.ask('/HealthcareService?active=true')).json.total).toBe(36)
    expect((await at.ask('/HealthcareService?active=false')).json.total).toBe(0)
    expect((await at.ask('/Organization?active=true')).json.total).toBe(20)
    const day = (one?.meta?.lastUpdated ?? '').slice(0, 10)
    for (const [date, total] of [
      [day, 36],
      [`ge${day}`, 36],
      [`lt${day}`, 0],
      [`gt${day}`, 0],
      [`le${day.slice(0, 7)}`, 36],
      [`ne${day.slice(0, 4)}`, 0],
      [`ge${day}T00:00:00%2B00:00`, 36],
    ] as const)
      expect([date, (await at.ask(`/HealthcareService?_lastUpdated=${date}`)).json.total]).toEqual([
        date,
        total,
      ])
  })

  test('goes page by page, each resource once; a page has at most 100 and may have none', async () => {
    const ids = (await at.everything()).map((each) => `${each.resourceType}/${each.id}`)
    expect(new Set(ids).size).toBe(ids.length)
    const none = (await at.ask('/HealthcareService?_count=0')).json
    expect([none.total, none.entry, none.link?.length]).toEqual([36, undefined, 1])
    expect((await at.ask('/HealthcareService?_count=500000')).json.link?.[0]?.url).toContain('_count=100')
  })
})

describe('what cannot be', () => {
  const issue = (json: OperationOutcome) =>
    json.issue.map((each) => `${each.severity} ${each.code} ${each.expression?.[0] ?? ''}`)

  test('an unknown parameter is left out and told, and refused where the client wants it strictly', async () => {
    const { json, status } = await at.ask('/HealthcareService?nonsense=1&name=health%20idva')
    expect([status, json.total]).toEqual([200, 1])
    const told = json.entry?.find((each) => each.search?.mode === 'outcome')?.resource as OperationOutcome
    expect(issue(told)).toEqual(['warning not-supported http.nonsense'])
    expect(json.link?.[0]?.url).not.toContain('nonsense')
    const strict = await at.ask<OperationOutcome>('/HealthcareService?nonsense=1', {
      headers: { prefer: 'handling=strict' },
    })
    expect([strict.status, ...issue(strict.json)]).toEqual([400, 'error not-supported http.nonsense'])
  })

  test.each([
    ['/HealthcareService?_count=many', 400, 'error value http._count'],
    ['/HealthcareService?active=perhaps', 400, 'error value http.active'],
    ['/HealthcareService?_lastUpdated=2026-13-45', 400, 'error value http._lastUpdated'],
    ['/HealthcareService?name:sounds=x', 400, 'error not-supported http.name:sounds'],
    ['/HealthcareService?_after=%20', 400, 'error value http._after'],
    ['/HealthcareService?_page=abc', 400, 'error invalid http._page'],
    [`/HealthcareService?${'name=a&'.repeat(21)}`, 400, 'error too-costly http.name'],
    ['/HealthcareService?_format=xml', 406, 'error not-supported http._format'],
    ['/metadata?_format=application/fhir%2Bxml', 406, 'error not-supported http._format'],
    ['/HealthcareService/00000000-0000-4000-8000-000000000000', 404, 'error not-found '],
    ['/HealthcareService/kept-x', 404, 'error not-found '],
    ['/Location/kept-00000000-0000-4000-8000-000000000000', 404, 'error not-found '],
    ['/Patient', 404, 'error not-found '],
    ['/Patient/1', 404, 'error not-found '],
    ['', 404, 'error not-found '],
    ['/HealthcareService/_history', 404, 'error not-found '],
  ])('%s is answered %d in FHIR', async (path, status, line) => {
    const answer = await at.ask<OperationOutcome>(path)
    expect([answer.status, ...issue(answer.json)]).toEqual([status, line])
    expect(answer.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8')
  })

  test('nothing is written, and what the edge refuses is told in FHIR too', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await at.ask<OperationOutcome>('/HealthcareService', { method, body: '{}' })
      expect([method, answer.status, answer.json.resourceType]).toEqual([method, 404, 'OperationOutcome'])
    }
    const large = await at.post<OperationOutcome>('/Location/_search', { name: 'x'.repeat(300_000) })
    expect([large.status, ...issue(large.json)]).toEqual([413, 'error too-long '])
    const noForm = await at.ask<OperationOutcome>('/Location/_search', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect([noForm.status, ...issue(noForm.json)]).toEqual([400, 'error invalid '])
  })

  test.each([
    ['too much in a minute', { perMinute: 0.5 }, true, 429, 'throttled', '10'],
    ['too many at once', { perMinute: 100 }, false, 503, 'transient', '5'],
  ] as const)(
    '%s is told in FHIR, and when to come again',
    async (_name, more, passes, status, code, wait) => {
      const app = smallApp()
      const gate = { run: async <T>(work: () => Promise<T>) => (passes ? work() : null) }
      app.route('/', fhirApi({ bounds: { atOnce: 1, waiting: 0, ...more }, gate }) as unknown as typeof app)
      const answer = await askSmall(app, `${fhirPath}/Location`)
      const told = (await answer.json()) as OperationOutcome
      expect([answer.status, told.issue[0]?.code, answer.headers.get('retry-after')]).toEqual([
        status,
        code,
        wait,
      ])
    },
  )

  test('another site’s page can read nothing: no answer opens itself to it', async () => {
    for (const path of ['/metadata', '/HealthcareService', '/Patient']) {
      const { headers } = await at.ask(path, { headers: { origin: 'https://other.example.org' } })
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    }
  })
})

describe('searching by POST', () => {
  test('finds the same, and no word of it lies in a link or in the log', async () => {
    const before = at.logged.length
    const first = await at.post('/HealthcareService/_search', { 'name:contains': 'northmere', _count: '2' })
    expect(first.status).toBe(200)
    const links = (first.json.link ?? []).map((link) => link.url ?? '')
    expect(links).toHaveLength(2)
    expect(links.join().toLowerCase()).not.toContain('northmere')
    const found = [...matches(first.json)]
    let next = first.json.link?.find((link) => link.relation === 'next')?.url
    while (next !== undefined) {
      const page = await at.ask(next)
      found.push(...matches(page.json))
      next = page.json.link?.find((link) => link.relation === 'next')?.url
    }
    expect(found.map((each) => (each as HealthcareService).name).toSorted()).toEqual(
      await at.names('/HealthcareService?name:contains=northmere'),
    )
    const self = await at.ask(links[0] ?? '')
    expect(matches(self.json)).toEqual(matches(first.json))
    await at.ask('/HealthcareService?name=canary-in-the-address')
    expect(at.logged.length).toBeGreaterThan(before)
    expect(at.logged.join('').toLowerCase()).not.toMatch(/northmere|canary|_page/)
  })

  test('its links open nothing else: not another resource, nothing that was changed', async () => {
    const { json } = await at.post('/HealthcareService/_search', { name: 'northmere', _count: '1' })
    const self = json.link?.[0]?.url ?? ''
    expect((await at.ask(self)).status).toBe(200)
    expect((await at.ask(self.replace('/HealthcareService?', '/Location?'))).status).toBe(400)
    const flipped = self.slice(0, -4) + (self.at(-4) === 'A' ? 'B' : 'A') + self.slice(-3)
    expect((await at.ask(flipped)).status).toBe(400)
    const long = await at.post<OperationOutcome>('/HealthcareService/_search', {
      name: Array.from({ length: 90 }, () => 'x'.repeat(100)).join(),
    })
    expect([long.status, long.json.issue[0]?.code]).toEqual([400, 'too-costly'])
  })
})

test('the statement of what can be done here claims no profile, and names what is there', async () => {
  const { json } = await at.ask<CapabilityStatement>('/metadata')
  expect([json.fhirVersion, json.format, json.kind]).toEqual([
    '4.0.1',
    ['json', 'application/fhir+json'],
    'instance',
  ])
  const text = JSON.stringify(json)
  expect(text).not.toMatch(
    /us-core|uk-core|ukcore|gravity|sdoh|"supportedProfile"|"profile"|implementationGuide/i,
  )
  const [rest] = json.rest ?? []
  expect(rest?.security?.cors).toBe(false)
  expect(rest?.resource?.map((each) => each.type)).toEqual(fhirTypes)
  for (const each of rest?.resource ?? []) {
    expect(each.interaction?.map((one) => one.code)).toEqual(['read', 'search-type'])
    for (const { name, type } of each.searchParam ?? []) {
      const value = type === 'date' ? '2026' : name === 'active' ? 'true' : 'x'
      const strict = await at.ask(`/${each.type}?${name}=${value}`, {
        headers: { prefer: 'handling=strict' },
      })
      expect([each.type, name, strict.status]).toEqual([each.type, name, 200])
    }
  }
})
