import type {
  Bundle,
  CapabilityStatement,
  HealthcareService,
  Location,
  OperationOutcome,
  Resource,
} from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { importDirectory } from '#directory'
import { exportFormats } from '#exchange'
import { readResource } from '../../src/exchange/fhir-read.rules.ts'
import { testWorld } from '../world/agencies.ts'
import { serveWorld } from '../world/served.ts'
import { demoFile, fhirPath, fhirServed, type FhirServed, fhirTypes, matches } from './fhir-served.ts'
import { fhirValidator } from './fhir-valid.ts'
import { standardJson, standardsFolder } from './standards.ts'

const valid = fhirValidator()
let at: FhirServed

beforeAll(async () => {
  at = await fhirServed()
})
afterAll(() => at.close())

function codesOf(resource: Resource): readonly string[] {
  return (resource.meta?.security ?? []).map((label) => label.code ?? '').toSorted()
}

describe('conformance: fhir', () => {
  test('everything that is served passes both validators without an issue, and the pages do', async () => {
    const all = await at.everything()
    const counts = fhirTypes.map((type) => all.filter((each) => each.resourceType === type).length)
    expect(counts).toEqual([40, 9, 20])
    for (const each of all) {
      expect([each.id, valid(each)]).toEqual([each.id, []])
      expect(readResource(each)).toEqual({ ok: true, resource: each })
    }
    for (const type of fhirTypes) expect(valid((await at.ask(`/${type}?_count=100`)).json)).toEqual([])
    expect(valid((await at.ask('/HealthcareService?name=nobody-has-this')).json)).toEqual([])
    expect(valid((await at.ask('/HealthcareService?nonsense=1')).json)).toEqual([])
    expect(valid((await at.ask<OperationOutcome>('/Patient')).json)).toEqual([])
    expect(valid((await at.ask<CapabilityStatement>('/metadata')).json)).toEqual([])
  })

  test('both validators see what is wrong', () => {
    const right = { resourceType: 'Location', id: 'x', status: 'active', name: 'x' } as const
    expect(valid(right)).toEqual([])
    expect(valid({ ...right, status: 'banana' } as unknown as Resource)).toEqual([
      expect.stringContaining('fhir: Location.status'),
    ])
    expect(valid({ ...right, banana: 1 } as unknown as Resource).map((line) => line.split(':')[0])).toEqual([
      'fhir',
      'medplum',
    ])
    // A rule of the standard that only one of them knows: nobody lives at an organisation.
    const atHome = { system: 'phone', value: '01632 960100', use: 'home' } as const
    expect(valid({ resourceType: 'Organization', name: 'x', telecom: [atHome] })).toEqual([
      expect.stringContaining('medplum: Constraint org-3'),
    ])
  })

  test('every reference leads to something that is served', async () => {
    const all = await at.everything()
    const there = new Set(all.map((each) => `${each.resourceType}/${each.id}`))
    const named = all.flatMap((each) =>
      [...JSON.stringify(each).matchAll(/"reference":"([^"]+)"/g)].map((one) => one[1]),
    )
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((each) => !there.has(each ?? ''))).toEqual([])
    for (const each of all) {
      const read = await at.ask<Resource>(`/${each.resourceType}/${each.id}`)
      expect(read.json).toEqual(each)
    }
  })
})

test('a place names no organisation that is not served', async () => {
  const other = await testWorld()
  try {
    await other.owner
      .transaction()
      .execute((db) => importDirectory(db, JSON.stringify(demoFile('northmere'))))
    const { get } = serveWorld(other)
    const read = async (path: string) => (await get(`${fhirPath}${path}`)).json() as Promise<Bundle>
    const placeOf = async (id: string | undefined) => (await read(`/Location/${id}`)) as Resource as Location
    const [place] = matches(await read('/Location?name=quayside'))
    const owner = (await placeOf(place?.id)).managingOrganization?.reference
    expect(await read(`/${owner}`)).toMatchObject({ resourceType: 'Organization' })
    const [another] = matches(await read('/Organization?name=northmere%20children'))
    await sql`update directory.location set organization_id = (select id from directory.organization
      where source_id = ${another?.id}) where source_id = ${place?.id}`.execute(other.owner)
    expect((await placeOf(place?.id)).managingOrganization?.reference).toBe(`Organization/${another?.id}`)
    await sql`update directory.service set status = 'inactive' where organization_id = (select id from directory.organization
      where source_id = ${another?.id})`.execute(other.owner)
    expect(await read(`/Organization/${another?.id}`)).toMatchObject({ resourceType: 'OperationOutcome' })
    expect((await placeOf(place?.id)).managingOrganization).toBeUndefined()
    expect((await read(`/Location?organization=${another?.id}`)).total).toBe(0)
  } finally {
    await other.close()
  }
})

test('the file holds what is served, each resource once, a line each', async () => {
  const pieces = exportFormats.find((each) => each.format === 'fhir')?.pieces
  const file = await at.world.pools.public.transaction().execute(async (db) => {
    let text = ''
    for await (const piece of pieces?.(db) ?? []) text += piece.toString()
    return text
  })
  expect(file.endsWith('\n')).toBe(true)
  const lines = file
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Resource)
  const inOrder = (all: readonly Resource[]) =>
    all.toSorted((a, b) => `${a.resourceType}/${a.id}`.localeCompare(`${b.resourceType}/${b.id}`))
  expect(inOrder(lines)).toEqual(inOrder(await at.everything()))
})

describe('labels', () => {
  interface Labels {
    readonly class: string
    readonly confidentiality: string
    readonly sensitivity: readonly string[]
    readonly refrain?: readonly string[]
  }
  const classes = (name: string) =>
    (standardJson('crosswalk', 'data-class-labels.json') as { classes: readonly Labels[] }).classes
      .filter((each) => each.class === name)
      .flatMap((each) => [each.confidentiality, ...each.sensitivity, ...(each.refrain ?? [])])

  test.skipIf(standardsFolder() === null)(
    'are at least those of the crosswalk (skipped where the standards are not beside this checkout)',
    async () => {
      const open = classes('directory-public')
      const kept = classes('directory-confidential-address')
      expect([open, kept]).toEqual([['U'], ['V', 'LOCIS', 'SSP', 'NOLIST']])
      for (const each of await at.everything()) {
        const least = (each as Location).mode === 'kind' ? kept : open
        expect(codesOf(each)).toEqual(expect.arrayContaining([...least, 'HTEST']))
      }
    },
  )

  test('say SSP of a refuge, of whoever runs it, and of a page that holds one', async () => {
    const refuge = await at.ask('/HealthcareService?service-type=kind.refuge')
    for (const each of matches(refuge.json)) expect(codesOf(each)).toEqual(['HTEST', 'SSP', 'U'])
    expect(codesOf(refuge.json)).toEqual(['HTEST', 'SSP', 'U'])
    const runs = matches(refuge.json).flatMap(
      (each) => (each as HealthcareService).providedBy?.reference ?? [],
    )
    expect(runs.length).toBeGreaterThan(1)
    for (const each of runs) expect(codesOf((await at.ask<Resource>(`/${each}`)).json)).toContain('SSP')
    const school = await at.ask('/HealthcareService?name=key%20adult')
    expect(codesOf(matches(school.json)[0] as Resource)).toEqual(['HTEST', 'U'])
    expect(codesOf((await at.ask('/Location')).json)).toEqual(['HTEST', 'LOCIS', 'NOLIST', 'SSP', 'V'])
  })

  test('call only invented data invented', async () => {
    await sql`update access.installation set demo = false`.execute(at.world.owner)
    const { json } = await at.ask('/HealthcareService')
    await sql`update access.installation set demo = true`.execute(at.world.owner)
    expect(matches(json).map(codesOf).flat()).not.toContain('HTEST')
  })
})

describe('a confidential place', () => {
  test('is a kind of place without address or point, and says nothing but its name', async () => {
    const kept = matches((await at.ask('/Location?name=address%20kept')).json)
    expect(kept).toHaveLength(2)
    for (const each of kept) {
      expect(Object.keys(each).toSorted()).toEqual(
        ['id', 'managingOrganization', 'meta', 'mode', 'name', 'resourceType', 'status'].toSorted(),
      )
      expect(each).toMatchObject({ mode: 'kind', name: 'Address kept confidential' })
    }
    const service = await at.ask(`/HealthcareService?location=${kept[0]?.id}`)
    expect(matches(service.json)).toMatchObject([{ location: [{ reference: `Location/${kept[0]?.id}` }] }])
  })

  test('of a service that turns secret goes by another id, and the old one leads nowhere', async () => {
    const other = await testWorld()
    try {
      const file = demoFile('northmere')
      await other.owner.transaction().execute((db) => importDirectory(db, JSON.stringify(file)))
      const { get } = serveWorld(other)
      const read = async (path: string) => (await get(`${fhirPath}${path}`)).json() as Promise<Bundle>
      const [service] = matches(await read('/HealthcareService?name=little%20steps')) as HealthcareService[]
      const place = service?.location?.[0]?.reference ?? ''
      expect(await read(`/${place}`)).toMatchObject({ mode: 'instance', address: { city: 'Northmere' } })
      for (const each of file.contents.filter(({ id }) => id === service?.id))
        each.attributes.push({
          value: 'location-privacy:address-confidential',
          taxonomy_term: { taxonomy: 'location-privacy', code: 'address-confidential' },
        })
      await other.owner.transaction().execute((db) => importDirectory(db, JSON.stringify(file)))
      expect(await read(`/${place}`)).toMatchObject({ resourceType: 'OperationOutcome' })
      const [now] = matches(await read(`/HealthcareService?_id=${service?.id}`)) as HealthcareService[]
      expect(now?.location).toEqual([{ reference: `Location/kept-${service?.id}` }])
      expect(await read(`/Location/kept-${service?.id}`)).toMatchObject({ mode: 'kind' })
      expect((await read(`/HealthcareService?location=${place}`)).total).toBe(0)
    } finally {
      await other.close()
    }
  })
})
