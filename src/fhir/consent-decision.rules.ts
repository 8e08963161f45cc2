import { systems } from '#exchange'
import type { ConsentIn, Provision } from './read.ts'

/** What somebody would do with what, asked of a Consent. */
export interface ConsentQuestion {
  /** Every reference under which the recipient is known: `Organization/1`, or the value of an identifier. */
  readonly recipient: readonly string[]
  /** The people who would read it there. */
  readonly readers?: readonly string[]
  readonly action: 'disclose' | 'access'
  readonly purpose: string
  /** Confidentiality and sensitivity of what would be given, and what it is, by code. */
  readonly level: string
  readonly sensitivity?: readonly string[]
  readonly codes?: readonly string[]
  /** Resources that would be given. */
  readonly data?: readonly string[]
  readonly at: Date
}

/** Yes, or what said no. `rootType`: the root says permit or deny, which R4 does not allow there; the import report tells it. */
export interface ConsentDecision {
  readonly permits: boolean
  readonly why:
    | 'permitted'
    | 'not-active'
    | 'other-scope'
    | 'denied'
    | 'outside-period'
    | 'nothing-permits'
    | 'names-nobody'
    | 'names-another'
    | 'other-action'
    | 'other-purpose'
    | 'label-too-high'
    | 'not-listed'
  readonly rootType: boolean
}

/**
 * What a Consent of anybody's lets us do (standards.md 4.4). R4 gives conflicts no precedence; ours: deny beats permit, narrower does
 * not beat deny, and what nobody permits by naming the recipient is refused, whatever the base policy says. A root that says
 * permit or deny is read as a rule of its own; one that says neither, under a base that permits, is read as what is left out.
 */
export function decideConsent(consent: ConsentIn, asked: ConsentQuestion): ConsentDecision {
  const root = consent.provision ?? {}
  const rootType = root.type !== undefined
  const say = (why: ConsentDecision['why']): ConsentDecision => ({
    permits: why === 'permitted',
    why,
    rootType,
  })
  if (consent.status !== 'active') return say('not-active')
  if (!codesOf([consent.scope]).includes('patient-privacy')) return say('other-scope')
  const rules = rulesIn(root, isOptIn(consent))
  if (rules.some(({ type, chain }) => type === 'deny' && chain.every((each) => touches(each, asked))))
    return say('denied')
  if (!within(root.period, asked.at)) return say('outside-period')
  const answers = rules
    .filter(({ type }) => type === 'permit')
    .map(({ chain }) => chain.map((each) => lack(each, asked)).find((why) => why !== null) ?? 'permitted')
  // Of several refusals the one that came furthest is said.
  const [best] = answers.toSorted((a, b) => order.indexOf(b) - order.indexOf(a))
  return say(best ?? 'nothing-permits')
}

const order: readonly ConsentDecision['why'][] = [
  'names-nobody',
  'names-another',
  'outside-period',
  'other-action',
  'other-purpose',
  'label-too-high',
  'not-listed',
  'permitted',
]

interface Rule {
  readonly type: 'deny' | 'permit'
  /** The rule and the typed ones around it; all have to fit. */
  readonly chain: readonly Provision[]
}

function rulesIn(root: Provision, optIn: boolean): readonly Rule[] {
  const type = root.type ?? (optIn && selects(root) ? 'deny' : null)
  const own = type === null ? [] : [{ type, chain: [root] }]
  const around = root.type === 'permit' ? [root] : []
  const inner = (root.provision ?? []).flatMap((each) => nested(each, around))
  return [...own, ...(root.type === 'deny' ? inner.filter((each) => each.type === 'deny') : inner)]
}

function nested(provision: Provision, around: readonly Provision[]): readonly Rule[] {
  // A nested rule has to say which it is; one that does not permits nothing.
  const chain = [...around, provision]
  const own = provision.type === undefined ? [] : [{ type: provision.type, chain }]
  const inner = (provision.provision ?? []).flatMap((each) =>
    nested(each, provision.type === 'permit' ? chain : around),
  )
  // What lies in a refusal can only refuse more.
  return [...own, ...(provision.type === 'deny' ? inner.filter(({ type }) => type === 'deny') : inner)]
}

function selects(root: Provision): boolean {
  return [
    root.actor,
    root.action,
    root.code,
    root.class,
    root.data,
    root.purpose,
    root.securityLabel,
    root.dataPeriod,
  ].some((each) => each !== undefined)
}

function isOptIn({ policyRule }: ConsentIn): boolean {
  return policyRule !== undefined && codesOf([policyRule]).some((code) => code.startsWith('OPTIN'))
}

/** Whether a refusal is about what is asked: each element that it names has to touch it. */
function touches(rule: Provision, asked: ConsentQuestion): boolean {
  const who = [...asked.recipient, ...(asked.readers ?? [])]
  const levels = (rule.securityLabel ?? []).filter(isLevel)
  const sensitive = (rule.securityLabel ?? [])
    .filter((label) => !isLevel(label))
    .map(({ code }) => code ?? '')
  const listed = listedIn(rule)
  return (
    within(rule.period, asked.at) &&
    (rule.actor === undefined || rule.actor.some(({ reference }) => names(reference, who))) &&
    (rule.action === undefined || codesOf(rule.action).includes(asked.action)) &&
    (rule.purpose === undefined || rule.purpose.some(({ code }) => code === asked.purpose)) &&
    // A level that is refused covers what is lower; what is higher is refused all the more.
    (rule.securityLabel === undefined || levels.length > 0 || overlap(sensitive, asked.sensitivity)) &&
    (listed === null || overlap(listed, asked.codes)) &&
    (rule.data === undefined || rule.data.some(({ reference }) => names(reference, asked.data ?? [])))
  )
}

const recipients: ReadonlySet<string> = new Set(['IRCP', 'PRCP'])

/** What a permission lacks for what is asked; null: nothing. */
function lack(rule: Provision, asked: ConsentQuestion): ConsentDecision['why'] | null {
  if (rule.actor === undefined) return 'names-nobody'
  const named = rule.actor.some(
    ({ role, reference }) =>
      codesOf([role]).some((code) => recipients.has(code)) && names(reference, asked.recipient),
  )
  if (!named) return 'names-another'
  if (!within(rule.period, asked.at)) return 'outside-period'
  if (rule.action !== undefined && !codesOf(rule.action).includes(asked.action)) return 'other-action'
  if (rule.purpose !== undefined && !rule.purpose.some(({ code }) => code === asked.purpose))
    return 'other-purpose'
  if (!covers(rule, asked)) return 'label-too-high'
  const listed = listedIn(rule)
  const codes = asked.codes ?? []
  if (listed !== null && (codes.length === 0 || codes.some((code) => !listed.includes(code))))
    return 'not-listed'
  // Which data lies in a stretch of time or behind a reference is not asked of us: it permits nothing that we could check.
  return rule.dataPeriod !== undefined || rule.data !== undefined ? 'not-listed' : null
}

const levels = ['U', 'L', 'M', 'N', 'R', 'V']

/** The high-water mark: a level covers itself and what is lower. Sensitive things that a rule names one by one are the only ones. */
function covers({ securityLabel }: Provision, { level, sensitivity = [] }: ConsentQuestion): boolean {
  if (securityLabel === undefined) return true
  const highest = Math.max(-1, ...securityLabel.filter(isLevel).map(({ code }) => levels.indexOf(code ?? '')))
  const asked = levels.indexOf(level)
  if (asked < 0 || asked > highest) return false
  const named = securityLabel.filter((label) => !isLevel(label)).map(({ code }) => code ?? '')
  return named.length === 0 || sensitivity.every((code) => named.includes(code))
}

type CodingIn = NonNullable<Provision['securityLabel']>[number]

function isLevel({ system }: CodingIn): boolean {
  return system === systems.confidentiality
}

function listedIn({ code, class: classes }: Provision): readonly string[] | null {
  if (code === undefined && classes === undefined) return null
  return [...codesOf(code ?? []), ...(classes ?? []).flatMap((each) => each.code ?? [])]
}

type ReferenceIn = NonNullable<Provision['actor']>[number]['reference']

function names({ reference, identifier }: ReferenceIn, who: readonly string[]): boolean {
  return who.some((each) => each === reference || each === identifier?.value)
}

function overlap(a: readonly string[], b: readonly string[] = []): boolean {
  return a.some((each) => b.includes(each))
}

function codesOf(
  concepts: readonly { readonly coding?: readonly CodingIn[] | undefined }[],
): readonly string[] {
  return concepts.flatMap(({ coding }) => (coding ?? []).flatMap(({ code }) => code ?? []))
}

/** Whether a moment lies in a period; a date without a time lasts to its end, in UTC. */
function within(period: Provision['period'], at: Date): boolean {
  const start = period?.start === undefined ? -Infinity : momentOf(period.start, false)
  const end = period?.end === undefined ? Infinity : momentOf(period.end, true)
  return at.getTime() >= start && at.getTime() < end
}

function momentOf(text: string, end: boolean): number {
  if (text.includes('T')) return Date.parse(text)
  const [year = 0, month, day] = text.split('-').map(Number)
  if (month === undefined) return Date.UTC(end ? year + 1 : year, 0)
  if (day === undefined) return Date.UTC(year, end ? month : month - 1)
  return Date.UTC(year, month - 1, end ? day + 1 : day)
}
