import type { Sector } from '#platform/access'

/** Who speaks or listens, as the rule tables name them; DVA is a domestic abuse service, OPR the person causing harm. */
export const roleIds = [
  'DVA', // domestic abuse service
  'COA', // its worker sitting in another agency
  'SVA', // victim staff of police or prosecutor
  'MHC', // mental health
  'SUD', // substance use programme
  'PCP', // primary care, hospital
  'CHT', // the record of a child at a clinic
  'CW', // child welfare, children's social care
  'SCH', // school
  'HSG', // housing
  'LEG', // court, lawyer
  'POL', // police
  'BIP', // programme for people causing harm
  'PAY', // payer
  'FUN', // funder, evaluator
  'HMIS', // shared client database of a funder
  'AUD', // auditor of a funder
  'PLT', // whoever runs the server
  'PUB', // public directory
  'FRM', // multi-agency conference
  'TRB', // tribal programme
  'SUR', // the person themself
  'OPR', // the other parent, the person causing harm
  'PXY', // a reader by proxy of somebody's online record
  'OTH', // any other agency
] as const
export type RoleId = (typeof roleIds)[number]

/** What kind of record an item is, R0 (about nobody) to R18 (billing). */
export const recordIds = [
  'R0',
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'R8',
  'R9',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
  'R16',
  'R17',
  'R18',
] as const
export type RecordId = (typeof recordIds)[number]

/** The ground on which something would cross; MOU and NONE never carry anything. */
export const basisIds = [
  'REL', // release; in the UK pack permission
  'AUTH', // authorisation under health privacy rules
  'AUTH-PN', // its own form for therapy notes
  'C2', // substance use consent
  'C2-TPO', // one consent for treatment, payment and operations
  'C2-LEG', // consent for use in proceedings
  'C2-CN', // consent for substance use counselling notes
  'CF', // education records consent
  'TX', // treatment, direct care
  'MAND', // mandated report
  'LAW', // a law or programme rule of the one who shares
  'SAFE', // a stated, reasoned safeguarding decision (UK)
  'ORD', // a judge's order
  'SUBP', // subpoena, summons, solicitor's letter
  'EMRG', // imminent danger
  'AGG', // nothing about one person
  'SELF', // the person asks for their own
  'NEED', // need to know inside one agency
  'ASK', // somebody asks
  'AUTO', // copied by a machine
  'MOU', // an agreement between agencies
  'NONE',
] as const
export type BasisId = (typeof basisIds)[number]

/** The grounds that rest on a signature: they need an active release that lists the item. */
export const consentBases = ['REL', 'AUTH', 'AUTH-PN', 'C2', 'C2-TPO', 'C2-LEG', 'C2-CN', 'CF'] as const
export type ConsentBasis = (typeof consentBases)[number]

/** Sectors of agencies as the directory and the parties name them. */
export const sectorIds = [
  'domestic-abuse',
  'mental-health',
  'child-mental-health',
  'primary-care',
  'education',
  'child-welfare',
  'substance-use',
  'housing',
  'police',
  'abuse-intervention',
  'conference',
  'partnership',
  'operator',
  'other',
] as const satisfies readonly Sector[]

const sectorRoles: Readonly<Record<Sector, RoleId>> = {
  'domestic-abuse': 'DVA',
  'mental-health': 'MHC',
  'child-mental-health': 'MHC',
  'primary-care': 'PCP',
  education: 'SCH',
  'child-welfare': 'CW',
  'substance-use': 'SUD',
  housing: 'HSG',
  police: 'POL',
  'abuse-intervention': 'BIP',
  conference: 'FRM',
  partnership: 'FUN',
  operator: 'PLT',
  other: 'OTH',
}

/** The role in which an agency of this sector shares and receives; an unknown sector is OTH. */
export function roleOf(sector: string): RoleId {
  return isSector(sector) ? sectorRoles[sector] : 'OTH'
}

/** Whether a text names a sector that this program knows. */
export function isSector(sector: string): sector is Sector {
  return (sectorIds as readonly string[]).includes(sector)
}

/**
 * What each role also counts as. A row that names the role itself is read before a row that names its kind:
 * an advocate sitting in a clinic first has rules of their own, then those of the service that employs them.
 */
export const roleKinds: Readonly<Partial<Record<RoleId, RoleId>>> = {
  COA: 'DVA',
  POL: 'LEG',
  HMIS: 'FUN',
  AUD: 'FUN',
  PXY: 'OPR',
}

/** What may come back to the sender, least first; each value includes those before it. */
export const comesBackIds = ['nothing', 'received', 'decision-and-place', 'first-contact', 'outcome'] as const
export type ComesBack = (typeof comesBackIds)[number]

/** Wording and rules of a country. */
export const packIds = ['uk', 'us'] as const
export type PackId = (typeof packIds)[number]

/** A rule's id: the pack and the row, as `us-14`; `us-0` is "no rule allows it". */
export type RuleId = string

/** A word for something that is so, or that was done; needs are facts still missing. */
export type FactId = string

/** One thing that might cross: from whom, to whom, what kind of record, on what ground, and what is so. */
export interface Question {
  readonly from: RoleId
  readonly to: RoleId
  readonly record: RecordId
  readonly basis: BasisId
  readonly facts: readonly FactId[]
}

/** The four answers, mildest first. */
export const outcomeIds = ['allow', 'needs', 'forbidden-unless-order', 'forbidden'] as const
export type Outcome = (typeof outcomeIds)[number]

/** One thing still missing, by which rule, and the key of its sentence. */
export interface Missing {
  readonly need: FactId
  readonly rule: RuleId
  readonly key: string
}

/** The evaluator's answer; `rules` and `sentences` run side by side, the deciding one first. */
export interface Verdict {
  readonly outcome: Outcome
  /** For `needs` what would settle it; for a refusal what alone could open it, empty where nothing does. */
  readonly missing: readonly Missing[]
  readonly sentences: readonly string[]
  readonly rules: readonly RuleId[]
  /** Longest time in days that the rules which spoke leave; null where none sets one or nothing is allowed. */
  readonly maxDays: number | null
  readonly oneTime: boolean
  /** True where a country's or state's own rules are not loaded, and the strictest answer was given. */
  readonly packMissing: boolean
}
