import {
  CHILDREN,
  NEEDS,
  POSSIBLE,
  TEMPLATES,
  WEIGHTS,
  facetsOf,
  int,
  names,
  type Condition,
  type Random,
  type Template,
} from './engine-world.ts'

/** Seeded synthetic service systems with structured, overlapping, imperfect thresholds. No real service is in them. */
export interface Scale {
  readonly seed: number
  readonly services: number
  readonly agencies: number
  readonly pathways: number
  /** Zones within one area; every service serves one or a few. */
  readonly zones: number
  /** Areas as a facet of their own; 0 leaves the facet out. */
  readonly areas: number
}

export const AREA: Scale = { seed: 1, services: 150, agencies: 60, pathways: 190, zones: 4, areas: 0 }
export const REGION: Scale = { seed: 2, services: 2400, agencies: 280, pathways: 900, zones: 16, areas: 0 }
export const COUNTRY: Scale = {
  seed: 3,
  services: 50_000,
  agencies: 9000,
  pathways: 28_500,
  zones: 4,
  areas: 150,
}

/** The system of this scale; the same seed gives the same file, byte for byte. */
export function generate(scale: Scale) {
  const random = mulberry(scale.seed)
  const areas = Math.max(1, scale.areas)
  const agencies = Array.from({ length: scale.agencies }, (_, i) => ({
    id: `agency-${i}`,
    label: `Agency ${i}`,
    sector: TEMPLATES[i % TEMPLATES.length]!.sector,
    door: random() < 0.9,
    arrivals: 1 + Math.floor(random() * 40),
  }))
  const areaOf = (index: number) => index % areas
  const bySector = new Map<string, number[]>()
  for (const [i, agency] of agencies.entries()) {
    const key = `${areaOf(i)} ${agency.sector}`
    bySector.set(key, [...(bySector.get(key) ?? []), i])
  }
  const local = Array.from({ length: areas }, (_, area) =>
    agencies.map((_, i) => i).filter((i) => areaOf(i) === area),
  )
  const services = Array.from({ length: scale.services }, (_, i) => {
    const area = i % areas
    const template = pickTemplate(random)
    const homes = bySector.get(`${area} ${template.sector}`) ?? local[area]!
    return serviceOf(random, scale, { template, i, area, agency: agencies[pick(random, homes)]!.id })
  })
  const servicesOf = Array.from({ length: areas }, (_, area) => services.filter((_, i) => i % areas === area))
  const pathways = Array.from({ length: scale.pathways }, (_, i) => {
    const area = i % areas
    return pathwayOf(random, agencies, {
      from: agencies[pick(random, local[area]!)]!.id,
      local: local[area]!,
      services: servicesOf[area]!,
    })
  })
  return {
    name: `Synthetic system, seed ${scale.seed}`,
    facets: facetsOf(scale),
    possible: POSSIBLE,
    weights: WEIGHTS,
    weightsFrom: 'Invented for the benchmark.',
    needs: NEEDS,
    agencies,
    services,
    pathways,
  }
}

interface ServiceAsk {
  readonly template: Template
  readonly i: number
  readonly area: number
  readonly agency: string
}

function serviceOf(random: Random, scale: Scale, { template, i, area, agency }: ServiceAsk) {
  const where: Condition = scale.areas === 0 ? {} : { area: [`area-${area}`] }
  const zones = subset(random, names('zone', scale.zones), scale.zones <= 4 ? 0.55 : 0.12)
  if (zones.length < scale.zones) where['zone'] = zones
  const first = { ...where, ...template.accepts(random) }
  const accepts =
    random() < 0.25 ? [first, { ...where, ...template.accepts(random), agreement: ['self'] }] : [first]
  return {
    id: `service-${i}`,
    label: `${template.name} ${i}`,
    agency,
    meets: template.meets,
    accepts,
    selfReferral: random() < template.self,
    waitWeeks: Math.round(template.wait * (0.5 + random())),
    ...(template.after !== undefined && random() < 0.5 ? { after: template.after } : {}),
    ...(template.fixed === undefined ? {} : { fixed: template.fixed }),
    ...(random() < 0.03 ? { open: false } : {}),
  }
}

interface PathwayAsk {
  readonly from: string
  readonly local: readonly number[]
  readonly services: readonly { readonly id: string }[]
}

function pathwayOf(
  random: Random,
  agencies: readonly { readonly id: string }[],
  { from, local, services }: PathwayAsk,
) {
  const to =
    random() < 0.5 && services.length > 0
      ? services[int(random, services.length)]!.id
      : agencies[pick(random, local)]!.id
  const kind = ['warm', 'referral', 'referral', 'signpost'][int(random, 4)]!
  const whens: (Condition[] | undefined)[] = [
    undefined,
    undefined,
    [{ risk: { min: 'high' } }],
    [CHILDREN],
    [{ person: ['adult'], agreement: ['self'] }],
  ]
  const when = whens[int(random, whens.length)]
  return { from, to, kind, ...(when === undefined ? {} : { when }) }
}

function pickTemplate(random: Random): Template {
  const total = TEMPLATES.reduce((sum, template) => sum + template.often, 0)
  let left = random() * total
  for (const template of TEMPLATES) {
    left -= template.often
    if (left < 0) return template
  }
  return TEMPLATES[0]!
}

function subset(random: Random, all: readonly string[], share: number): string[] {
  const chosen = all.filter(() => random() < share)
  return chosen.length > 0 ? chosen : [all[int(random, all.length)]!]
}

function pick(random: Random, from: readonly number[]): number {
  return from[int(random, from.length)]!
}

/** A seeded source of numbers from 0 up to 1. */
export function mulberry(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
