import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { roles } from '#platform/access'
import { castGrounds } from './grounds.ts'
import { cast } from './cast.ts'

interface FacetData {
  readonly id: string
  readonly min?: number
  readonly max?: number
  readonly values?: Readonly<Record<string, string>>
  readonly for?: readonly string[]
}

const facets = (read('../directory/facets.json') as { facets: readonly FacetData[] }).facets
const needs = (read('../directory/needs.json') as { needs: readonly { id: string }[] }).needs
const services = ['./northmere.hsds.json', './us-county.hsds.json'].flatMap(
  (file) =>
    (read(file) as { contents: readonly { alternate_name: string; organization: { id: string } }[] })
      .contents,
)

describe('the agencies', () => {
  test('every role has somebody', () => {
    const held = new Set(cast.agencies.flatMap((agency) => agency.staff.flatMap((each) => each.roles)))
    expect(roles.filter((role) => !held.has(role))).toEqual([])
  })

  test('every agency has an administrator, and no two people share an id', () => {
    const staff = cast.agencies.flatMap((agency) => agency.staff)
    const without = cast.agencies.filter(
      (agency) => !agency.staff.some((each) => each.roles.includes('agency-administrator')),
    )
    expect(without.map((agency) => agency.id)).toEqual([])
    expect(new Set(staff.map((each) => each.id)).size).toBe(staff.length)
  })

  test('every organisation is in the directory file', () => {
    const known = new Set(services.map((service) => service.organization.id))
    const lost = cast.agencies.filter((agency) => agency.organization && !known.has(agency.organization))
    expect(lost.map((agency) => agency.id)).toEqual([])
  })
})

describe('the people', () => {
  test('twenty-five, ten of them in depth', () => {
    expect(cast.people.length).toBeGreaterThanOrEqual(25)
    expect(cast.people.filter((person) => person.deep)).toHaveLength(10)
  })

  test.each(cast.people.map((person) => [person.id, person] as const))('%s is well told', (_id, person) => {
    const agency = cast.agencies.find((each) => each.id === person.agency)
    expect(agency?.staff.map((each) => each.id)).toContain(person.worker)
    expect(
      Object.entries(person.facets).filter(([id, value]) => !isValue(id, value, person.facets['who'])),
    ).toEqual([])
    expect(person.needs.filter((need) => !needs.some((each) => each.id === need.code))).toEqual([])
    const named = [...person.earlierAnswers, ...person.referrals].map((each) => each.service)
    const offered = person.menu.flatMap((each) => [
      ...each.takes,
      ...each.asks,
      ...Object.keys(each.doesNotTake),
    ])
    const known = services.map((service) => service.alternate_name)
    expect([...named, ...offered].filter((service) => !known.includes(service))).toEqual([])
  })

  test('nobody has a gendered pronoun, and no deep story lacks its comment', () => {
    expect(JSON.stringify([cast, castGrounds])).not.toMatch(/\b(he|she|him|her|his|hers|himself|herself)\b/i)
    expect(cast.people.filter((person) => person.deep && person.comment === '')).toEqual([])
  })
})

function isValue(id: string, value: string | number, who: string | number | undefined): boolean {
  const facet = facets.find((each) => each.id === id)
  if (!facet || (facet.for && !facet.for.includes(String(who)))) return false
  if (typeof value === 'number') return value >= (facet.min ?? 0) && value <= (facet.max ?? 0)
  return facet.values !== undefined && value in facet.values
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
}
