import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { match, matchIndex } from '#engine/matching'
import { readSituation, readSystem } from '#engine/space'
import { cast, type CastPerson } from './cast.ts'

interface Attribute {
  readonly value: string
  readonly taxonomy_term: { readonly taxonomy: string; readonly code: string }
}

interface Listed {
  readonly alternate_name: string
  readonly attributes: readonly Attribute[]
  readonly organization: { readonly id: string; readonly attributes: readonly Attribute[] }
}

interface Facet {
  readonly id: string
  readonly kind: string
  readonly min?: number
  readonly max?: number
  readonly values?: Readonly<Record<string, string>>
}

const facetData = read('../directory/facets.json') as { possible: unknown; facets: readonly Facet[] }
const needData = read('../directory/needs.json') as { needs: readonly { id: string; arises?: unknown }[] }
const forbidden = read('../directory/forbidden.json') as {
  rules: readonly { sectors: string[]; facets: string[]; packs: string[] }[]
}

const indexes = {
  uk: { firm: indexOf('uk', false), asking: indexOf('uk', true) },
  us: { firm: indexOf('us', false), asking: indexOf('us', true) },
}

/** What the cast states must hold; the directory may grow beside it. */
test.each(cast.people.map((person) => [person.id, person] as const))(
  'the menu of %s is what the directory and the engine answer',
  (_id, person) => {
    const pack = cast.agencies.find((agency) => agency.id === person.agency)?.pack ?? 'uk'
    expect(person.menu.map((stated) => stated.need)).toEqual([
      ...new Set(person.needs.map((need) => need.code)),
    ])
    for (const { need, takes, asks, dependsOn, doesNotTake } of person.menu) {
      const answer = menuFor(pack, person, need)
      expect(answer.takes).toEqual(expect.arrayContaining(takes))
      expect(answer.asks).toEqual(expect.arrayContaining(asks))
      expect(answer.dependsOn).toMatchObject(dependsOn)
      expect(answer.doesNotTake).toMatchObject(doesNotTake)
      if (takes.length + asks.length === 0) expect(answer.takes).toEqual([])
    }
  },
)

/** Firm clauses say takes; where only a clause that says "ask first" would take, the service is in `asks`. */
function menuFor(pack: 'uk' | 'us', person: CastPerson, need: string) {
  const { firm, asking } = indexes[pack]
  const now = match(firm.index, situationIn(firm, person), { need })
  const asked = match(asking.index, situationIn(asking, person), { need })
  return {
    takes: now.takes.map(code),
    asks: asked.takes.filter((service) => !now.takes.includes(service)).map(code),
    dependsOn: Object.fromEntries(
      asked.dependsOn
        .filter(({ service }) => !now.takes.includes(service))
        .map(({ service, questions }) => [code(service), questions]),
    ),
    doesNotTake: Object.fromEntries(asked.doesNotTake.map(({ service, blocks }) => [code(service), blocks])),
  }
}

function indexOf(pack: 'uk' | 'us', withSoft: boolean) {
  const file = pack === 'uk' ? './northmere.hsds.json' : './us-county.hsds.json'
  const { contents } = read(file) as { contents: readonly Listed[] }
  const services = contents.map((service) => ({
    id: service.alternate_name.toLowerCase(),
    agency: service.organization.id,
    meets: valuesOf(service.attributes, 'anydoor-need'),
    after: valuesOf(service.attributes, 'anydoor-after'),
    accepts: acceptsOf(service, pack, withSoft),
  }))
  const system = readSystem({
    facets: facetData.facets.map(({ id, kind, min, max, values }) =>
      kind === 'integer' ? { id, kind, min, max } : { id, kind, values: Object.keys(values ?? {}) },
    ),
    possible: facetData.possible,
    needs: needData.needs.map(({ id, arises }) => (arises ? { id, arises } : { id })),
    agencies: [...new Set(services.map((service) => service.agency))].map((id) => ({ id })),
    services,
    pathways: [],
  })
  if (!system.ok) throw new Error(JSON.stringify(system))
  return { facets: system.value.facets, index: matchIndex(system.value) }
}

function acceptsOf(service: Listed, pack: string, withSoft: boolean) {
  const [sector = ''] = valuesOf(service.organization.attributes, 'anydoor-sector')
  const never = forbidden.rules
    .filter((rule) => rule.packs.includes(pack) && rule.sectors.includes(sector))
    .flatMap((rule) => rule.facets)
  return service.attributes
    .filter(
      ({ taxonomy_term: term }) =>
        term.taxonomy === 'anydoor-threshold' && (withSoft || term.code === 'hard'),
    )
    .map(({ value }) => {
      const condition = JSON.parse(value) as Record<string, unknown>
      return Object.fromEntries(Object.entries(condition).filter(([facet]) => !never.includes(facet)))
    })
}

function situationIn({ facets }: ReturnType<typeof indexOf>, person: CastPerson) {
  const situation = readSituation(facets, person.facets)
  if (!situation.ok) throw new Error(JSON.stringify(situation))
  return situation.value
}

function valuesOf(attributes: readonly Attribute[], taxonomy: string): string[] {
  return attributes.filter(({ taxonomy_term: term }) => term.taxonomy === taxonomy).map(({ value }) => value)
}

function code(id: string): string {
  return id.toUpperCase()
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
}
