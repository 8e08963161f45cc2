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

type Condition = Record<string, unknown>
type Random = () => number

interface Template {
  readonly name: string
  readonly sector: string
  readonly meets: readonly string[]
  readonly accepts: (random: Random) => Condition
  readonly wait: number
  readonly self: number
  readonly after?: readonly string[]
  readonly fixed?: readonly string[]
  readonly often: number
}

const PERSON = ['adult', 'child', 'young-person', 'person-using-abuse']
const ABUSE = [
  'living-with',
  'separated-ongoing',
  'intermittent',
  'ended-under-3-months',
  'ended-3-to-12-months',
  'ended-over-year',
]
const ENDED = ['ended-under-3-months', 'ended-3-to-12-months', 'ended-over-year']
const RISK = ['not-assessed', 'standard', 'medium', 'high', 'conference']
const SEVERITY = ['none', 'mild', 'moderate', 'severe', 'crisis']
const SELF_HARM = ['none', 'thoughts', 'plan', 'recent-attempt']
const HOUSING = ['settled', 'refuge', 'temporary', 'moving']
const SAFEGUARDING = ['none', 'early-help', 'assessment', 'enquiry', 'plan']
const AGREEMENT = ['self', 'one-parent', 'both-parents', 'none']

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

function facetsOf(scale: Scale) {
  const area = scale.areas === 0 ? [] : [{ id: 'area', kind: 'choice', values: names('area', scale.areas) }]
  return [
    ...area,
    { id: 'zone', kind: 'choice', values: names('zone', scale.zones) },
    { id: 'person', kind: 'choice', values: PERSON },
    { id: 'age', kind: 'integer', min: 0, max: 99 },
    { id: 'severity', kind: 'ordered', values: SEVERITY },
    { id: 'abuse', kind: 'choice', values: ABUSE },
    { id: 'risk', kind: 'ordered', values: RISK },
    { id: 'self-harm', kind: 'ordered', values: SELF_HARM },
    { id: 'housing', kind: 'choice', values: HOUSING },
    { id: 'safeguarding', kind: 'ordered', values: SAFEGUARDING },
    { id: 'agreement', kind: 'choice', values: AGREEMENT },
    { id: 'other-therapy', kind: 'choice', values: ['no', 'yes'] },
    { id: 'substance', kind: 'ordered', values: ['none', 'some', 'dependent'] },
    { id: 'proceedings', kind: 'choice', values: ['none', 'family', 'criminal'] },
    { id: 'pregnant', kind: 'choice', values: ['no', 'yes'] },
  ]
}

const POSSIBLE: Condition[] = [
  { person: ['child'], age: { max: 12 }, pregnant: ['no'] },
  { person: ['young-person'], age: { min: 13, max: 17 } },
  { person: ['adult', 'person-using-abuse'], age: { min: 16 } },
]

const WEIGHTS = {
  person: { adult: 50, child: 30, 'young-person': 12, 'person-using-abuse': 8 },
  age: [
    { min: 0, max: 4, weight: 9 },
    { min: 5, max: 17, weight: 31 },
    { min: 18, max: 44, weight: 42 },
    { min: 45, max: 64, weight: 14 },
    { min: 65, max: 99, weight: 4 },
  ],
  severity: { none: 20, mild: 30, moderate: 28, severe: 16, crisis: 6 },
  abuse: {
    'living-with': 20,
    'separated-ongoing': 22,
    intermittent: 14,
    'ended-under-3-months': 12,
    'ended-3-to-12-months': 14,
    'ended-over-year': 18,
  },
  'self-harm': { none: 74, thoughts: 17, plan: 6, 'recent-attempt': 3 },
  pregnant: { no: 94, yes: 6 },
}

const ADULT = { person: ['adult'] }
const CHILDREN = { person: ['child', 'young-person'] }

const NEEDS = [
  { id: 'child-therapy', arises: [{ ...CHILDREN, severity: { min: 'mild' } }], importance: 3 },
  { id: 'adult-therapy', arises: [{ ...ADULT, severity: { min: 'mild' } }], importance: 3 },
  {
    id: 'safety',
    arises: [{ person: ['adult', 'young-person'], abuse: { not: ['ended-over-year'] } }],
    importance: 5,
  },
  {
    id: 'refuge',
    arises: [{ ...ADULT, housing: ['moving', 'temporary'], risk: { min: 'medium' } }],
    importance: 4,
  },
  { id: 'recovery', arises: [{ ...CHILDREN }], importance: 2 },
  { id: 'crisis', arises: [{ severity: ['crisis'] }, { 'self-harm': { min: 'plan' } }], importance: 5 },
  { id: 'behaviour-change', arises: [{ person: ['person-using-abuse'] }], importance: 2 },
  { id: 'housing', arises: [{ ...ADULT, housing: { not: ['settled'] } }], importance: 3 },
  { id: 'substance', arises: [{ substance: { min: 'some' }, age: { min: 16 } }], importance: 2 },
  { id: 'family-help', arises: [{ ...CHILDREN, safeguarding: { min: 'early-help' } }], importance: 2 },
  { id: 'perinatal', arises: [{ pregnant: ['yes'], severity: { min: 'mild' } }], importance: 1 },
  { id: 'legal', arises: [{ proceedings: { not: ['none'] } }], importance: 2 },
]

const TEMPLATES: readonly Template[] = [
  {
    name: 'child-mental-health',
    sector: 'child-mental-health',
    meets: ['child-therapy'],
    wait: 26,
    self: 0.1,
    often: 12,
    accepts: (r) => ({
      age: { min: 4 + int(r, 3), max: 16 + int(r, 2) },
      severity: { min: 'moderate', max: 'severe' },
      safeguarding: { max: chance(r, 0.4, 'early-help', 'assessment') },
      agreement: { not: ['none'] },
    }),
  },
  {
    name: 'school-team',
    sector: 'education',
    meets: ['child-therapy'],
    wait: 6,
    self: 0.3,
    often: 12,
    accepts: (r) => ({
      age: { min: 5 + int(r, 2), max: 15 + int(r, 4) },
      severity: { min: 'mild', max: 'moderate' },
      'self-harm': { max: chance(r, 0.5, 'none', 'thoughts') },
      'other-therapy': ['no'],
    }),
  },
  {
    name: 'recovery-group',
    sector: 'domestic-abuse',
    meets: ['recovery', 'child-therapy'],
    wait: 14,
    self: 0.6,
    after: ['safety'],
    often: 10,
    accepts: (r) => ({
      age: { min: 6 + int(r, 2), max: 13 + int(r, 3) },
      abuse: ENDED.slice(int(r, 2)),
      housing: ['settled', 'refuge'],
      'other-therapy': ['no'],
      risk: { max: 'medium' },
    }),
  },
  {
    name: 'child-worker',
    sector: 'domestic-abuse',
    meets: ['recovery', 'family-help'],
    wait: 9,
    self: 0.5,
    often: 10,
    accepts: (r) => ({
      age: { min: 4 + int(r, 2), max: 15 + int(r, 3) },
      abuse: { not: ['living-with'] },
      agreement: { not: ['none'] },
    }),
  },
  {
    name: 'advocate',
    sector: 'domestic-abuse',
    meets: ['safety'],
    wait: 0,
    self: 0.8,
    often: 14,
    accepts: (r) => ({
      age: { min: 16 + int(r, 3) },
      risk: { min: chance(r, 0.7, 'high', 'medium') },
      abuse: { not: ['ended-over-year'] },
    }),
  },
  {
    name: 'outreach',
    sector: 'domestic-abuse',
    meets: ['safety', 'legal'],
    wait: 2,
    self: 0.9,
    often: 12,
    accepts: (r) => ({
      age: { min: 16 + int(r, 3) },
      risk: { max: chance(r, 0.6, 'medium', 'high') },
      abuse: { not: ['ended-over-year'] },
    }),
  },
  {
    name: 'refuge',
    sector: 'domestic-abuse',
    meets: ['refuge', 'housing'],
    wait: 1,
    self: 0.7,
    fixed: ['age'],
    often: 8,
    accepts: (r) => ({
      age: { min: 16 + 2 * int(r, 2) },
      person: ['adult'],
      severity: { max: chance(r, 0.5, 'moderate', 'severe') },
      substance: { max: chance(r, 0.6, 'none', 'some') },
    }),
  },
  {
    name: 'talking-therapies',
    sector: 'adult-mental-health',
    meets: ['adult-therapy'],
    wait: 18,
    self: 0.9,
    often: 12,
    accepts: (r) => ({
      age: { min: 17 + int(r, 2) },
      severity: { min: 'mild', max: 'moderate' },
      'self-harm': { max: chance(r, 0.5, 'none', 'thoughts') },
      substance: { max: 'some' },
      'other-therapy': ['no'],
      risk: { max: chance(r, 0.5, 'medium', 'high') },
    }),
  },
  {
    name: 'community-team',
    sector: 'adult-mental-health',
    meets: ['adult-therapy'],
    wait: 12,
    self: 0,
    often: 8,
    accepts: () => ({ age: { min: 18, max: 64 }, severity: ['severe'] }),
  },
  {
    name: 'trauma-psychology',
    sector: 'adult-mental-health',
    meets: ['adult-therapy'],
    wait: 52,
    self: 0,
    after: ['housing', 'safety'],
    often: 5,
    accepts: () => ({ age: { min: 18 }, severity: { min: 'moderate', max: 'severe' }, housing: ['settled'] }),
  },
  {
    name: 'crisis-team',
    sector: 'health',
    meets: ['crisis'],
    wait: 0,
    self: 0.5,
    often: 8,
    accepts: (r) => (chance(r, 0.6, true, false) ? { age: { min: 18 } } : { age: { max: 17 } }),
  },
  {
    name: 'change-programme',
    sector: 'justice',
    meets: ['behaviour-change'],
    wait: 12,
    self: 0.6,
    fixed: ['age'],
    often: 6,
    accepts: (r) => ({
      age: { min: 18 },
      proceedings: ['none'],
      substance: { max: chance(r, 0.5, 'none', 'some') },
    }),
  },
  {
    name: 'housing-options',
    sector: 'housing',
    meets: ['housing'],
    wait: 3,
    self: 0.9,
    often: 8,
    accepts: (r) => ({ age: { min: 16 + int(r, 3) }, housing: { not: ['settled'] } }),
  },
  {
    name: 'substance-service',
    sector: 'health',
    meets: ['substance'],
    wait: 3,
    self: 0.9,
    often: 6,
    accepts: () => ({ age: { min: 18 }, severity: { max: 'severe' } }),
  },
  {
    name: 'early-help',
    sector: 'child-welfare',
    meets: ['family-help'],
    wait: 4,
    self: 0.3,
    often: 8,
    accepts: (r) => ({
      age: { max: 17 },
      safeguarding: { min: 'early-help', max: chance(r, 0.5, 'early-help', 'assessment') },
      agreement: { not: ['none'] },
    }),
  },
  {
    name: 'social-care',
    sector: 'child-welfare',
    meets: ['family-help'],
    wait: 1,
    self: 0.1,
    often: 6,
    accepts: () => ({ age: { max: 17 }, safeguarding: { min: 'assessment' } }),
  },
  {
    name: 'perinatal',
    sector: 'health',
    meets: ['perinatal', 'adult-therapy'],
    wait: 4,
    self: 0.1,
    often: 4,
    accepts: () => ({ pregnant: ['yes'], severity: { min: 'moderate' } }),
  },
  {
    name: 'legal-advice',
    sector: 'justice',
    meets: ['legal'],
    wait: 3,
    self: 0.8,
    after: ['safety'],
    often: 5,
    accepts: () => ({ age: { min: 16 }, proceedings: { not: ['none'] } }),
  },
]

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

function names(of: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${of}-${i}`)
}

function pick(random: Random, from: readonly number[]): number {
  return from[int(random, from.length)]!
}

function int(random: Random, below: number): number {
  return Math.floor(random() * below)
}

function chance<T>(random: Random, share: number, a: T, b: T): T {
  return random() < share ? a : b
}

function mulberry(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
