import { basisOf, isAboutChild } from './release.rules.ts'
import { releaseState } from './release-times.rules.ts'
import type { DangerChange } from './release-times.rules.ts'
import { itemKindOf, itemKinds, recordOf } from './release.ts'
import type { ItemKindId, Release, ReleaseItem, ReleaseMarks, ReleaseProblem } from './release.ts'
import { judge } from './rule-packs.ts'
import type { RulesInForce } from './rule-packs.ts'
import { ruleKey } from './sharing.rules.ts'
import { roleOf } from './sharing.ts'
import type { FactId, RecordId, Verdict } from './sharing.ts'

/** What the case and the clock add to a release when its items are judged. */
export interface JudgingContext {
  readonly rules: RulesInForce
  readonly now: Date
  /** Null while the release is still being made: then it is judged as if it were signed now. */
  readonly marks: ReleaseMarks | null
  readonly danger: DangerChange | null
  /** Person references named in this case as causing harm or not safe. */
  readonly flagged: ReadonlySet<string>
  /** Parties that the person named as not to see this. */
  readonly excludedParties: ReadonlySet<string>
  /** More that is so, as `received`. */
  readonly facts?: readonly FactId[]
}

/** The verdict on one item of a release. */
export interface ItemVerdict {
  readonly item: ReleaseItem
  readonly record: RecordId
  readonly verdict: Verdict
}

/** A verdict for each item; an item that the release does not list is refused, the others are not held up by it. */
export function evaluateRelease(
  given: Release,
  items: readonly ReleaseItem[],
  context: JudgingContext,
): readonly ItemVerdict[] {
  const from = roleOf(given.discloser.sector)
  return items.map((item) => {
    const record = recordOf(item.kind, from)
    const verdict = judge(context.rules, {
      from,
      to: roleOf(given.recipient.sector),
      record,
      basis: basisOf(given),
      facts: [...factsOfRelease(given, context), ...factsOfItem(given, item), ...(context.facts ?? [])],
    })
    return { item, record, verdict }
  })
}

/** Whether a worker can settle this need by a tick with their name; the others follow from the form itself. */
export function isConfirmable(need: FactId): boolean {
  return !derivedFacts.has(need)
}

/** What the verdicts leave to be done before this may be signed: refused items, missing needs, an end too far off. */
export function verdictProblems(given: Release, verdicts: readonly ItemVerdict[]): readonly ReleaseProblem[] {
  const days = (Date.parse(given.endsAt) - Date.parse(given.startsAt)) / 86_400_000
  const problems = verdicts.flatMap(({ item, verdict }): readonly ReleaseProblem[] => {
    const rule = verdict.rules[0] ?? ''
    if (verdict.outcome === 'needs') {
      return verdict.missing.map((each) => ({ field: `need-${each.need}`, rule: each.rule, key: each.key }))
    }
    if (verdict.outcome !== 'allow') return [{ field: `item-${item.kind}`, rule, key: ruleKey(rule) }]
    if (verdict.maxDays === null || days <= verdict.maxDays) return []
    const values = { days: verdict.maxDays }
    return [{ field: 'endsAt', rule, key: 'releases.problem.release-ceiling', values }]
  })
  return problems.filter((each, index) => problems.findIndex((other) => other.field === each.field) === index)
}

/** One thing that may go on a release; the page words it by its kind, `words` are the person's own. */
export interface ItemChoice {
  readonly kind: ItemKindId
  readonly ref: string | null
  readonly words: string | null
}

/** What a case holds that a release could start from. */
export interface HelloCase {
  readonly hasNameToUse: boolean
  readonly hasSafeContact: boolean
  readonly needs: readonly { readonly id: string; readonly words: string }[]
  /** Answered details; `asked` marks those that the recipient's thresholds ask for. */
  readonly details: readonly { readonly id: string; readonly words: string; readonly asked: boolean }[]
  /** Anything else that the case holds, by kind. */
  readonly others?: readonly ItemChoice[]
}

/**
 * "Enough to say hello": the name to use, how to be in touch safely, what they want. The rest is offered
 * unticked, what the recipient asks for first; a diagnosis and its like are only there on request.
 */
export function enoughToSayHello(given: HelloCase): {
  readonly chosen: readonly ItemChoice[]
  readonly offered: readonly ItemChoice[]
  readonly onRequest: readonly ItemChoice[]
} {
  const details = given.details.toSorted((a, b) => Number(b.asked) - Number(a.asked))
  const held: readonly ItemChoice[] = [
    ...(given.hasNameToUse ? [{ kind: 'name-to-use' as const, ref: null, words: null }] : []),
    ...(given.hasSafeContact ? [{ kind: 'safe-contact' as const, ref: null, words: null }] : []),
    ...given.needs.map(({ id, words }) => ({ kind: 'what-they-want' as const, ref: id, words })),
    ...details.map(({ id, words }) => ({ kind: 'matching-detail' as const, ref: id, words })),
    ...(given.others ?? []),
  ]
  const starting = (start: string) => held.filter((choice) => itemKindOf(choice.kind).start === start)
  return { chosen: starting('chosen'), offered: starting('offered'), onRequest: starting('on-request') }
}

/** The kinds that a release leaves out unless the person picks them, for the list "not shared". */
export function usuallyExcluded(): readonly ItemKindId[] {
  return [...itemKinds.values()].filter((kind) => kind.start === 'on-request').map((kind) => kind.id)
}

/** Facts that only the form, the case or the clock can give; a tick cannot. */
const derivedFacts: ReadonlySet<FactId> = new Set([
  'release-active',
  'listed',
  'signer-cleared',
  'one-recipient',
  'purpose-stated',
  'specific-items',
  'recipient-named-in-consent',
  'parts-picked',
  'duty-shown',
  'consent-talk',
  'other-ways-considered',
  'separate-form',
  'diagnosis-reason',
  'diagnosis',
  'abuse-detail',
  'yes-or-no',
  'location-named',
  'about-child',
  'too-young',
  'minor-consents-alone',
  'minor-signed',
  'safe-parent-signed',
  'part2-notice',
  'consent-copy',
  'through-platform',
  'recipient-excluded',
  'recipient-not-flagged',
  'state-allows',
  'judges-order',
  'judge-named-this-reader',
  'two-people',
  'imminent-danger',
  'names-nobody',
  'small-numbers-hidden',
  'received',
  'linkage',
  'deceased',
  'death-release',
  'recipient-in-death-release',
])

function factsOfRelease(given: Release, context: JudgingContext): readonly FactId[] {
  const { subject, shown, talked, signatures } = given
  const signed = (as: string) =>
    signatures.some((each) => each.as === as && !context.flagged.has(each.personRef))
  const unsafe = signatures.some((each) => context.flagged.has(each.personRef))
  const active =
    context.marks === null || releaseState(context.marks, context.now, context.danger) === 'active'
  const cleared =
    context.marks === null ? !unsafe : !unsafe && signatures.length > 0 && given.signerSafe !== null
  return [
    'one-recipient',
    'specific-items',
    'recipient-named-in-consent',
    'through-platform',
    ...when(active, 'release-active'),
    ...when(cleared, 'signer-cleared'),
    ...when(given.purpose !== '', 'purpose-stated'),
    ...when(shown.dutyToReport, 'duty-shown'),
    ...when(talked.risksAndBenefits, 'consent-talk'),
    ...when(talked.otherWays, 'other-ways-considered'),
    ...when(subject.tooYoung, 'too-young'),
    ...when(subject.agreesAlone, 'minor-consents-alone'),
    ...when(isAboutChild(given), 'about-child'),
    ...childSignatures(given, signed),
    ...when(given.form === 'after-death', 'death-release'),
    ...when(given.form === 'after-death', 'recipient-in-death-release'),
    ...when(context.excludedParties.has(given.recipient.partyId), 'recipient-excluded'),
    ...given.attachments,
    ...given.steps.map((each) => each.step).filter(isConfirmable),
  ]
}

/** On a parent's own release that names children, the parent's signature is the safe parent's. */
function childSignatures(given: Release, signed: (as: string) => boolean): readonly FactId[] {
  const ofAdult = given.subject.kind === 'adult' && signed('self')
  return [
    ...when(signed('minor'), 'minor-signed'),
    ...when(signed('guardian') || ofAdult, 'safe-parent-signed'),
  ]
}

function factsOfItem(given: Release, item: ReleaseItem): readonly FactId[] {
  const kind = itemKindOf(item.kind)
  const listed = given.items.some((each) => each.kind === item.kind && each.ref === item.ref)
  const sameForm = given.items.every((each) => itemKindOf(each.kind).form === kind.form)
  return [
    ...kind.facts,
    ...when(listed, 'listed'),
    ...when(item.ref !== null, 'parts-picked'),
    ...when(item.kind === 'area' && Boolean(item.reason), 'location-named'),
    ...when(item.kind === 'diagnosis' && Boolean(item.reason), 'diagnosis-reason'),
    ...when((kind.form === given.form || given.form === 'proceedings') && sameForm, 'separate-form'),
  ]
}

function when(holds: boolean, fact: FactId): readonly FactId[] {
  return holds ? [fact] : []
}
