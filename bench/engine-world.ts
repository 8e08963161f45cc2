import type { Scale } from './engine-generator.ts'

/** A condition of the file, by facet. */
export type Condition = Record<string, unknown>
/** Draws from 0 up to 1. */
export type Random = () => number

/** A kind of service with thresholds that vary from one to the next. */
export interface Template {
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

/** The facets of a system of this scale. */
export function facetsOf(scale: Scale) {
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

export const POSSIBLE: Condition[] = [
  { person: ['child'], age: { max: 12 }, pregnant: ['no'] },
  { person: ['young-person'], age: { min: 13, max: 17 } },
  { person: ['adult', 'person-using-abuse'], age: { min: 16 } },
]

export const WEIGHTS = {
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
export const CHILDREN = { person: ['child', 'young-person'] }

export const NEEDS = [
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

export const TEMPLATES: readonly Template[] = [
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

export function names(of: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${of}-${i}`)
}

export function int(random: Random, below: number): number {
  return Math.floor(random() * below)
}

export function chance<T>(random: Random, share: number, a: T, b: T): T {
  return random() < share ? a : b
}
