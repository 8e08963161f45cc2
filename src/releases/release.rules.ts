import { z } from 'zod'
import noticeData from './part2-notice.json' with { type: 'json' }
import fieldsData from './release-fields.json' with { type: 'json' }
import type { LawPack } from './law-pack.ts'
import { packField, someMinorAlone } from './law-pack.rules.ts'
import { kindProblems } from './release-kinds.rules.ts'
import { durationFor } from './release-times.rules.ts'
import { itemKindOf, recordOf } from './release.ts'
import type { Release, ReleaseProblem } from './release.ts'
import { ruleKey } from './sharing.rules.ts'
import { roleOf } from './sharing.ts'
import type { ConsentBasis, PackId, RecordId, RoleId } from './sharing.ts'

/** The rule books that a release may have to satisfy; several at once add up. */
export const regimeIds = ['vawa', 'hipaa', 'part2', 'part2-care', 'ferpa', 'uk', 'house'] as const
export type RegimeId = (typeof regimeIds)[number]

const fields = z
  .array(z.strictObject({ id: z.string(), regimes: z.array(z.enum(regimeIds)).min(1) }))
  .parse(fieldsData)

/** Which regimes bind a release: those of the one who shares and those of every record on it. */
export function regimesOf(
  pack: PackId,
  from: RoleId,
  records: readonly RecordId[],
  care = false,
): ReadonlySet<RegimeId> {
  if (pack === 'uk') return new Set<RegimeId>(['house', 'uk'])
  const regimes = new Set<RegimeId>(['house'])
  if (['MHC', 'PCP', 'PAY', 'SUD'].includes(from)) regimes.add('hipaa')
  if (from === 'SUD' || records.some((record) => record === 'R8' || record === 'R9')) regimes.add('part2')
  if (care && regimes.has('part2')) regimes.add('part2-care')
  if (from === 'SCH' || records.includes('R16')) regimes.add('ferpa')
  // Nobody who is not plainly under another book is let off the strictest one.
  if (!regimes.has('hipaa') && !regimes.has('ferpa')) regimes.add('vawa')
  if (['DVA', 'COA', 'SVA', 'TRB'].includes(from)) regimes.add('vawa')
  return regimes
}

/** What travels with everything that leaves on such a release: the prescribed statement, and what was agreed to. */
export function attachmentsFor(
  given: Pick<Release, 'pack' | 'discloser' | 'items' | 'form'>,
): Release['attachments'] {
  const from = roleOf(given.discloser.sector)
  const records = given.items.map((item) => recordOf(item.kind, from))
  const bound = regimesOf(given.pack, from, records, given.form === 'care').has('part2')
  return bound && noticeData.text !== '' ? ['part2-notice', 'consent-copy'] : []
}

/** The prescribed statement, as its file has it. */
export const part2Notice: string = noticeData.text

/** The fields that these regimes demand. */
export function demandedFields(regimes: ReadonlySet<RegimeId>): readonly string[] {
  return fields
    .filter((field) => field.regimes.some((regime) => regimes.has(regime)))
    .map((field) => field.id)
}

/** The ground that a signed release gives: by country, by who shares, by the form that was signed. */
export function basisOf(given: Pick<Release, 'pack' | 'form' | 'discloser'>): ConsentBasis {
  const from = roleOf(given.discloser.sector)
  if (given.form === 'therapy-notes') return 'AUTH-PN'
  if (given.form === 'counselling-notes') return given.pack === 'us' ? 'C2-CN' : 'AUTH-PN'
  if (given.pack === 'uk') return 'REL'
  if (from === 'SUD') return given.form === 'care' ? 'C2-TPO' : given.form === 'proceedings' ? 'C2-LEG' : 'C2'
  if (from === 'MHC' || from === 'PCP' || from === 'PAY') return 'AUTH'
  return from === 'SCH' ? 'CF' : 'REL'
}

/** What the case knows that a release cannot know about itself. */
export interface SigningContext {
  readonly now: Date
  /** Person references that are named in this case as causing harm or not safe. */
  readonly flagged: ReadonlySet<string>
  /** The law of the state or nation; without one everything that hangs on it is at its strictest. */
  readonly law?: LawPack | null
}

/** Everything that keeps the release from being saved, in the order of the form; empty when it may be signed off. */
export function releaseProblems(given: Release, context: SigningContext): readonly ReleaseProblem[] {
  const records = given.items.map((item) => recordOf(item.kind, roleOf(given.discloser.sector)))
  const regimes = regimesOf(given.pack, roleOf(given.discloser.sector), records, given.form === 'care')
  const unsaid = packField(context.law ?? null, 'not-a-waiver-line').value ? null : 'not-a-waiver'
  const missing = demandedFields(regimes).flatMap((field) =>
    field === unsaid || fieldHolds(field, given) ? [] : [problem(field, `release-${field}`)],
  )
  return [
    ...missing,
    ...itemProblems(given),
    ...kindProblems(given, context.law ?? null),
    ...timeProblems(given, context),
    ...signerProblems(given, context),
  ]
}

/** How long this release may last by its kind and by the law of the place. */
export function durationOfRelease(given: Release, law: LawPack | null) {
  return durationFor({
    law,
    pack: given.pack,
    from: roleOf(given.discloser.sector),
    to: roleOf(given.recipient.sector),
    work: given.work,
    form: given.form,
    items: given.items.map((item) => item.kind),
    aboutChild: isAboutChild(given),
  })
}

/** Whether the release is about a child, or names something about one. */
export function isAboutChild(given: Pick<Release, 'subject' | 'items'>): boolean {
  return (
    given.subject.kind === 'child' ||
    given.items.some((item) => itemKindOf(item.kind).facts.includes('about-child'))
  )
}

function problem(field: string, rule: string, values?: ReleaseProblem['values']): ReleaseProblem {
  const key = rule.startsWith('release-') ? `releases.problem.${rule}` : ruleKey(rule)
  return { field, rule, key, ...(values ? { values } : {}) }
}

const fieldTests: Readonly<Record<string, (given: Release) => boolean>> = {
  subject: (given) => given.subject.nameToUse !== '',
  discloser: (given) => given.discloser.agency !== '',
  recipient: (given) => given.recipient.agency !== '' && given.recipient.partyId !== given.discloser.partyId,
  items: (given) => given.items.length > 0,
  purpose: (given) => given.purpose !== '',
  how: (given) => given.how.length > 0,
  talked: (given) => given.talked.risksAndBenefits,
  'other-ways': (given) => given.talked.otherWays,
  'starts-and-ends': (given) => Date.parse(given.startsAt) < Date.parse(given.endsAt),
  times: (given) => given.times.length > 0,
  'not-a-condition': (given) => given.shown.notACondition,
  'may-withdraw': (given) => given.shown.mayWithdraw,
  redisclosure: (given) => given.shown.redisclosure,
  'duty-to-report': (given) => given.shown.dutyToReport,
  signature: (given) =>
    given.signatures.length > 0 && given.signatures.every((each) => each.typedName !== ''),
  'signer-safe': (given) => given.signerSafe !== null && given.signerSafe.attestedBy !== '',
  interpreter: (given) =>
    given.interpreter === null || (given.interpreter.name !== '' && !given.interpreter.familyOrFriend),
  language: (given) => given.language !== '',
  copy: (given) => given.copy !== null,
  worker: (given) => given.worker.name !== '',
  'not-a-waiver': (given) => given.shown.notAWaiver,
  'refusal-consequences': (given) => given.shown.refusalConsequences,
  'notice-attached': (given) =>
    given.attachments.includes('part2-notice') && given.attachments.includes('consent-copy'),
}

function fieldHolds(field: string, given: Release): boolean {
  const holds = fieldTests[field]
  if (!holds) throw new Error(`No test for the release field ${field}`)
  return holds(given)
}

const everything =
  /^(the )?(whole|entire|complete|full|all)( of)?( the| their| my)? (case|chart|file|files|folder|notes|record|records)$|^(everything|all|any|\*)$/i

function itemProblems(given: Release): readonly ReleaseProblem[] {
  const keys = given.items.map((item) => `${item.kind} ${item.ref ?? ''}`)
  const needsForm = given.items.flatMap((item) => itemKindOf(item.kind).form ?? [])
  const mixed =
    needsForm.some((form) => form !== given.form) || (needsForm.length > 0 && needsForm.length < keys.length)
  return [
    ...given.items
      .filter((item) => everything.test(item.title))
      .map(() => problem('items', 'release-wildcard')),
    ...given.items
      .filter((item) => itemKindOf(item.kind).needsReason && !item.reason)
      .map((item) => problem(`reason-${item.kind}`, 'release-reason')),
    ...(given.items.some((item) => given.excluded.includes(item.kind))
      ? [problem('excluded', 'release-excluded')]
      : []),
    ...(new Set(keys).size < keys.length ? [problem('items', 'release-twice')] : []),
    ...(mixed ? [problem('form', given.pack === 'us' ? 'us-48' : 'uk-36')] : []),
  ]
}

function timeProblems(given: Release, { now, law }: SigningContext): readonly ReleaseProblem[] {
  const { ceiling, oneTime } = durationOfRelease(given, law ?? null)
  const days = (Date.parse(given.endsAt) - Date.parse(given.startsAt)) / 86_400_000
  return [
    ...(days > ceiling ? [problem('endsAt', 'release-ceiling', { days: ceiling })] : []),
    ...(Date.parse(given.endsAt) <= now.getTime() ? [problem('endsAt', 'release-already-over')] : []),
    ...(oneTime && given.times === 'repeat' ? [problem('times', 'release-one-time')] : []),
  ]
}

function signerProblems(given: Release, { flagged, now, law }: SigningContext): readonly ReleaseProblem[] {
  const signers = new Set(given.signatures.map((each) => each.as))
  const late = given.signatures.some((each) => Date.parse(each.at) > now.getTime() + 60_000)
  const unsafe = given.signatures.some((each) => flagged.has(each.personRef))
  const unproved = given.signatures.some((each) => isForAnother(each.as) && !each.authority)
  return [
    ...(unsafe ? [problem('signature', `${given.pack}-4`)] : []),
    ...(unproved ? [problem('authority', 'release-authority')] : []),
    ...(late ? [problem('signature', 'release-signed-later')] : []),
    ...wantedSigners(given, law ?? null)
      .filter((wanted) => given.signatures.length > 0 && !wanted.some((as) => signers.has(as)))
      .map((wanted) => problem('signature', `release-signer-${wanted[0]}`)),
  ]
}

type Signer = Release['signatures'][number]['as']

function isForAnother(as: Signer): boolean {
  return as === 'guardian' || as === 'representative'
}

/** Who has to sign; each entry is satisfied by any one of its signers. */
function wantedSigners(given: Release, law: LawPack | null): readonly (readonly Signer[])[] {
  const { kind, tooYoung, agreesAlone } = given.subject
  if (kind === 'adult') return [['self', 'representative']]
  if (tooYoung) return [['guardian']]
  if (given.pack === 'uk') return [['minor']]
  // Alone only where the law of the place says so for what this agency holds.
  if (agreesAlone && someMinorAlone(law, roleOf(given.discloser.sector))) return [['minor']]
  return [['minor'], ['guardian']]
}
