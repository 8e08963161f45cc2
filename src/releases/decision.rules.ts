import type { DecisionRecord, DecisionState, KeptDecision, StoredDecision } from './decision.ts'
import type { LawPack } from './law-pack.ts'
import { packField } from './law-pack.rules.ts'
import { type LayerId, type LayerOption, layerOptions } from './layered-test.ts'
import { flaggedByName, type NamedPeople } from './named.rules.ts'
import { itemKindOf, recordOf } from './release.ts'
import type { ReleaseProblem } from './release.ts'
import { judge, type RulesInForce } from './rule-packs.ts'
import { type FactId, type RoleId, roleOf, type Verdict } from './sharing.ts'

/** What the case, the agencies and the rules say about one decision. */
export interface DecisionContext {
  readonly rules: RulesInForce
  readonly fromSector: string
  readonly to: { readonly partyId: string; readonly sector: string }
  readonly people: NamedPeople
  readonly excluded: ReadonlySet<string>
  /** The case is about somebody under eighteen. */
  readonly aboutChild: boolean
}

/** Whether the law of the place knows sharing without agreement at all; where not, no page leads to it. */
export function mayDecide(law: LawPack | null): boolean {
  return packField(law, 'sharing-without-agreement').value === 'layered-test'
}

/** Whether a second person has to agree; not set counts as yes. */
export function wantsSecond(law: LawPack | null): boolean {
  return packField(law, 'second-person').value
}

/** Where a decision stands. It follows from what was done; nobody sets it. */
export function decisionState(kept: KeptDecision): DecisionState {
  if (kept.ended !== null) return 'ended'
  if (kept.sent !== null) return 'sent'
  if (kept.record.decision === 'not-share' || kept.second?.agrees === false) return 'kept'
  return kept.secondWanted && kept.second === null ? 'waiting' : 'agreed'
}

/** When it is looked at again: until then it may be sent, and then a copy that was sent closes. */
export function decisionEnd({ by, record }: KeptDecision): Date {
  return new Date(Date.parse(by.at) + record.days * 86_400_000)
}

/** What a decision waits for from this worker: an answer from a lead who did not make it, sending by whoever did. Null: nothing. */
export function decisionWaits(
  { kept, state, endsAt }: Pick<StoredDecision, 'kept' | 'state' | 'endsAt'>,
  by: { readonly accountId: string; readonly leads: boolean; readonly now: Date },
): 'second' | 'send' | null {
  if (endsAt.getTime() <= by.now.getTime()) return null
  const own = kept.by.accountId === by.accountId
  if (state === 'waiting') return !own && by.leads ? 'second' : null
  return state === 'agreed' && own ? 'send' : null
}

const publicSectors: ReadonlySet<string> = new Set([
  'police',
  'education',
  'child-welfare',
  'primary-care',
  'mental-health',
  'child-mental-health',
])
const voluntarySectors: ReadonlySet<string> = new Set(['domestic-abuse', 'abuse-intervention'])

/** What may be answered at a layer by this agency, for this recipient, under this law. Nothing is ever chosen beforehand. */
export function layerChoices(layer: LayerId, at: DecisionContext): readonly LayerOption[] {
  const from = roleOf(at.fromSector)
  const to = roleOf(at.to.sector)
  return layerOptions.filter(
    (each) =>
      each.layer === layer &&
      (each.laws === null || each.laws.includes(at.rules.law?.id ?? '')) &&
      (each.from?.includes(from) ?? true) &&
      (each.to?.includes(to) ?? true) &&
      !(each.body === 'public' && voluntarySectors.has(at.fromSector)) &&
      !(each.body === 'voluntary' && publicSectors.has(at.fromSector)),
  )
}

/** The answer of the rules for each thing that would go. */
export function decisionVerdicts(given: DecisionRecord, at: DecisionContext): readonly Verdict[] {
  const from = roleOf(at.fromSector)
  const facts = factsOf(given, at)
  return given.items.map((item) =>
    judge(at.rules, {
      from,
      to: roleOf(at.to.sector),
      record: recordOf(item.kind, from),
      basis: 'SAFE',
      facts: [...facts, ...itemKindOf(item.kind).facts],
    }),
  )
}

/** Everything that keeps the decision from being made, in the order of the form. */
export function decisionProblems(given: DecisionRecord, at: DecisionContext): readonly ReleaseProblem[] {
  const sharing = given.decision === 'share'
  const problems = [
    ...missingWords(given, sharing),
    ...childProblems(given, at),
    ...(given.agreement === 'agrees' ? [problem('agreement', 'agreed')] : []),
    ...(flaggedByName(at.people, given.adviser) === null ? [] : [problem('adviser', 'adviser-not-safe')]),
    ...(sharing ? [...layerProblems(given, at), ...itemProblems(given, at)] : []),
  ]
  return problems.filter((each, index) => problems.findIndex((other) => other.field === each.field) === index)
}

function problem(field: string, rule: string): ReleaseProblem {
  return { field, rule: `decision-${rule}`, key: `releases.decision.problem.${rule}` }
}

function missingWords(given: DecisionRecord, sharing: boolean): readonly ReleaseProblem[] {
  const always = ['purpose', 'wishes', 'capacity', 'riskOfSharing', 'riskOfNot'] as const
  return [
    ...always.filter((field) => given[field] === '').map((field) => problem(field, `missing-${field}`)),
    ...(given.agreement !== 'agrees' && given.agreementWhy === ''
      ? [problem('agreementWhy', 'missing-agreementWhy')]
      : []),
    ...(sharing && given.told === 'not-yet' && given.toldWhy === ''
      ? [problem('toldWhy', 'missing-toldWhy')]
      : []),
    ...(given.atRisk.length === 0 ? [problem('atRisk', 'missing-atRisk')] : []),
    ...(given.atRisk.includes('nobody-else') && given.atRisk.length > 1
      ? [problem('atRisk', 'nobody-and-somebody')]
      : []),
    ...(sharing && given.rights === '' ? [problem('rights', 'missing-rights')] : []),
    ...(sharing && !given.proportionate ? [problem('proportionate', 'missing-proportionate')] : []),
  ]
}

/** A child who is a victim in their own right is asked, or there is a reason why not. */
function childProblems(given: DecisionRecord, at: DecisionContext): readonly ReleaseProblem[] {
  const child = at.aboutChild || given.atRisk.includes('child')
  return child && packField(at.rules.law, 'child-in-own-right').value && given.childWishes === ''
    ? [problem('childWishes', 'missing-childWishes')]
    : []
}

const fields = {
  power: 'power',
  'article-6': 'article6',
  'article-9': 'article9',
  offence: 'offence',
  confidence: 'confidence',
} as const satisfies Readonly<Record<LayerId, keyof DecisionRecord>>

function layerProblems(given: DecisionRecord, at: DecisionContext): readonly ReleaseProblem[] {
  const picked = (Object.keys(fields) as readonly LayerId[]).flatMap((layer) => {
    const id = given[fields[layer]]
    return id === ''
      ? []
      : [{ layer, option: layerChoices(layer, at).find((each) => each.id === id) ?? null }]
  })
  const options = picked.flatMap(({ option }) => option ?? [])
  const child = at.aboutChild || given.atRisk.includes('child')
  return [
    ...picked.filter(({ option }) => option === null).map(({ layer }) => problem(fields[layer], 'not-open')),
    ...options.filter((each) => each.child && !child).map((each) => problem(fields[each.layer], 'no-child')),
    ...options
      .filter((each) => each.careNeeds && !child && !given.careNeeds)
      .map((each) => problem(fields[each.layer], 'paragraph-18')),
    ...(given.special === '' ? [problem('special', 'missing-special')] : []),
    ...(given.special === 'yes' && given.article9 === '' ? [problem('article9', 'missing-article9')] : []),
    ...(given.offenceData === '' ? [problem('offenceData', 'missing-offenceData')] : []),
    ...(given.offenceData === 'yes' && given.offence === '' ? [problem('offence', 'missing-offence')] : []),
    ...(options.some((each) => each.words) && given.powerWords === ''
      ? [problem('powerWords', 'missing-powerWords')]
      : []),
    ...(options.some((each) => each.statedNeed) && given.statedNeed === ''
      ? [problem('statedNeed', 'missing-statedNeed')]
      : []),
    // What nobody has checked is not relied on alone.
    ...(options.some((each) => each.standing !== 'seen') && given.adviser === ''
      ? [problem('adviser', 'missing-adviser')]
      : []),
  ]
}

/** The field at which a need of the rules is answered. */
const needFields: Readonly<Record<FactId, string>> = {
  'power-named': 'power',
  'lawful-basis-named': 'article6',
  'special-category-named': 'article9',
  'offence-condition-named': 'offence',
  'confidence-answered': 'confidence',
  'hidden-online': 'steps',
  'kept-from-child-record': 'steps',
}

function itemProblems(given: DecisionRecord, at: DecisionContext): readonly ReleaseProblem[] {
  if (given.items.length === 0) return [problem('pick', 'missing-items')]
  return decisionVerdicts(given, at).flatMap((verdict): readonly ReleaseProblem[] => {
    if (verdict.outcome === 'allow') return []
    if (verdict.outcome !== 'needs')
      return [{ field: 'pick', rule: verdict.rules[0] ?? '', key: verdict.sentences[0] ?? '' }]
    return verdict.missing.flatMap((each) => {
      const field = needFields[each.need]
      return field === undefined ? [] : [{ field, rule: each.rule, key: each.key }]
    })
  })
}

function factsOf(given: DecisionRecord, at: DecisionContext): readonly FactId[] {
  const answered = (layer: LayerId) =>
    layerChoices(layer, at).some((each) => each.id === given[fields[layer]])
  return [
    'decision-recorded',
    ...(answered('power') ? ['power-named'] : []),
    ...(answered('article-6') ? ['lawful-basis-named'] : []),
    ...(answered('article-9') ? ['special-category-named'] : []),
    ...(answered('offence') ? ['offence-condition-named'] : []),
    ...(answered('confidence') ? ['confidence-answered'] : []),
    ...(given.proportionate ? ['necessary-and-proportionate', 'minimum-only'] : []),
    ...(given.atRisk.length > 0 ? ['who-else-at-risk'] : []),
    ...(given.wishes === '' ? [] : ['wishes-recorded']),
    ...(given.told === 'yes' || given.toldWhy !== '' ? ['person-told-or-reason'] : []),
    ...(at.aboutChild ? ['about-child'] : []),
    ...(at.excluded.has(at.to.partyId) ? ['recipient-excluded'] : []),
    ...given.steps.filter((step) => step === 'hidden-online' || step === 'kept-from-child-record'),
  ]
}

/** The steps that a recipient of this kind has to be asked for. */
export function stepsAsked(to: RoleId): readonly ('hidden-online' | 'kept-from-child-record')[] {
  return to === 'PCP' ? ['hidden-online', 'kept-from-child-record'] : []
}
