import type { CaseFile } from '#people'

import type { HeldItem } from './held-items.view.ts'
import { type KeptRelease } from './kept-release.ts'
import { excludedParties, flaggedByName, namedIn, type NamedPeople } from './named.rules.ts'
import {
  evaluateRelease,
  type ItemVerdict,
  type JudgingContext,
  usuallyExcluded,
  verdictProblems,
} from './release-items.rules.ts'
import { kindOfRelease } from './release-kinds.rules.ts'
import { suggestEnd, type SuggestedEnd, usualComesBack } from './release-times.rules.ts'
import { attachmentsFor, durationOfRelease, releaseProblems } from './release.rules.ts'
import { itemKindOf } from './release.ts'
import type { Release, ReleaseItem, ReleaseMarks, ReleaseProblem } from './release.ts'
import { rulesFor, type RulesInForce, type WhoseRules } from './rule-packs.ts'
import { isSector, type PackId, roleOf } from './sharing.ts'
import { mayAgreeAlone } from './law-pack.rules.ts'
import type { YoungRead } from './young.rules.ts'

/** An agency on either side of a release. */
export interface Side {
  readonly partyId: string
  readonly name: string
  readonly sector: string
}

/** What a new release starts from. */
export interface Beginning {
  readonly pack: PackId
  /** The state's or nation's law that the agency works under. */
  readonly law: string | null
  /** How the agency itself read that law for the young. */
  readonly young?: YoungRead | null | undefined
  readonly file: CaseFile
  readonly subjectName: string
  readonly worker: { readonly accountId: string; readonly name: string }
  readonly from: Side
  readonly to: Side
  readonly now: Date
}

const dayMs = 86_400_000
const adultMonths = 216

/** A release with nothing chosen and nothing said yet. */
export function blankRelease(start: Beginning): Release {
  const { pack, law, file, now } = start
  const kind = isAboutAChild(file) ? 'child' : 'adult'
  const rules = rulesFor({ pack, law, sector: start.from.sector, young: start.young ?? null })
  return {
    pack,
    state: law,
    rulesVersion: rules.version,
    subject: {
      caseId: file.caseId,
      nameToUse: start.subjectName,
      kind,
      tooYoung:
        kind === 'child' && ['one-parent', 'both-parents'].includes(String(file.situation['agreement'])),
      agreesAlone:
        kind === 'child' && mayAgreeAlone(rules.law, roleOf(side(start.from).sector), monthsOf(file)).may,
    },
    discloser: side(start.from),
    recipient: { ...side(start.to), person: null },
    form: 'general',
    work: 'hand-over',
    items: [],
    excluded: [...usuallyExcluded()],
    purpose: '',
    how: 'through-anydoor',
    talked: { risksAndBenefits: false, otherWays: false, note: '' },
    startsAt: now.toISOString(),
    endsAt: new Date(now.getTime() + dayMs).toISOString(),
    times: 'one-time',
    shown: {
      notACondition: false,
      mayWithdraw: false,
      redisclosure: false,
      dutyToReport: false,
      notAWaiver: false,
      refusalConsequences: false,
    },
    signatures: [],
    present: [],
    identity: 'known-to-us',
    signerSafe: null,
    interpreter: null,
    language: file.contact?.language ?? 'en',
    reading: 'read-aloud',
    copy: null,
    worker: { userId: start.worker.accountId, name: start.worker.name },
    witness: null,
    mayComeBack: usualComesBack(pack),
    steps: [],
    attachments: [],
  }
}

/** The same release with these items and no others; whoever signed before has to sign again. */
export function withItems(release: Release, items: readonly ReleaseItem[]): Release {
  const picked = new Set(items.map((item) => item.kind))
  const ofItems = items.flatMap((item) => itemKindOf(item.kind).form ?? [])[0] ?? 'general'
  const kind = kindOfRelease(release)
  const form = kind === 'general' || kind === 'emergency-contact' ? ofItems : release.form
  const excluded = usuallyExcluded().filter((kind) => !picked.has(kind))
  const next = { ...release, items: [...items], excluded, form, signatures: [], copy: null }
  return { ...next, attachments: attachmentsFor(next) }
}

/** An item as a release names it. */
export function itemOf(
  held: Pick<HeldItem, 'kind' | 'ref' | 'title'>,
  reason: string | null = null,
): ReleaseItem {
  return { kind: held.kind, ref: held.ref, title: held.title, reason: reason === '' ? null : reason }
}

/** What the case and the clock say about a release. */
export interface DraftContext {
  readonly rules: RulesInForce
  readonly now: Date
  readonly people: NamedPeople
  readonly excluded: ReadonlySet<string>
}

/** Gathers for one request what the case, the agencies, the rules in force and the clock say. */
export function draftContext(
  who: WhoseRules,
  file: CaseFile,
  agencies: readonly { readonly partyId: string; readonly name: string }[],
  now: Date,
): DraftContext {
  return {
    rules: rulesFor(who),
    now,
    people: namedIn(file),
    excluded: excludedParties(file.danger?.notSafeToTalkTo ?? '', agencies),
  }
}

/** A verdict for each item, as if the rest of the form were answered: for the page on which items are picked. */
export function itemVerdicts(
  release: Release,
  items: readonly ReleaseItem[],
  at: DraftContext,
): readonly ItemVerdict[] {
  return items.map((item) => {
    const alone = withItems(answered(release), [{ ...item, reason: item.reason ?? 'asked for below' }])
    const [verdict] = evaluateRelease(alone, alone.items, judging(at, null))
    if (verdict === undefined) throw new Error('An item was judged without an answer')
    return { ...verdict, item }
  })
}

/** A verdict for each listed item under what is really answered. */
export function listedVerdicts(
  release: Release,
  at: DraftContext,
  marks: ReleaseMarks | null = null,
): readonly ItemVerdict[] {
  return evaluateRelease(release, release.items, judging(at, marks))
}

/** Everything that keeps this release from being signed and sent. */
export function problemsOf(
  kept: KeptRelease,
  at: DraftContext,
  marks: ReleaseMarks | null = null,
): readonly ReleaseProblem[] {
  const { release } = kept
  const named = [
    ...namedProblem(at, release.recipient.person, 'person'),
    ...namedProblem(at, release.witness, 'witness'),
    ...namedProblem(at, release.interpreter?.name ?? null, 'interpreter'),
    ...release.present.flatMap((who) => namedProblem(at, who, 'present')),
  ]
  return [
    ...named,
    ...releaseProblems(release, { now: at.now, flagged: at.people.flagged, law: at.rules.law }),
    ...verdictProblems(release, listedVerdicts(release, at, marks)),
  ]
}

/** Whether somebody may be asked for, witness or interpret: not when the case names them as not safe (us-4, uk-4). */
export function namedProblem(
  at: Pick<DraftContext, 'people' | 'rules'>,
  name: string | null,
  field: string,
): readonly ReleaseProblem[] {
  if (name === null || flaggedByName(at.people, name) === null) return []
  return [{ field, rule: `${at.rules.tables[0].id}-4`, key: 'releases.problem.named-not-safe' }]
}

/** The end to offer beside the wait, no later than every rule that speaks leaves. */
export function endFor(release: Release, waitDays: number | null, at: DraftContext): SuggestedEnd {
  const kind = durationOfRelease(release, at.rules.law)
  const limits = itemVerdicts(release, release.items, at).flatMap(({ verdict }) => verdict.maxDays ?? [])
  const ceiling = Math.min(kind.ceiling, ...limits)
  // Only a referral waits: what is for an emergency or a death is no longer than its kind.
  const waits = kindOfRelease(release) !== 'emergency-contact' && release.form !== 'after-death'
  return suggestEnd({
    now: at.now,
    expectedWaitDays: waits ? waitDays : null,
    kind: { days: kind.days, ceiling },
  })
}

/** Whether the permission is about somebody under eighteen. */
export function isAboutAChild(file: Pick<CaseFile, 'survivor' | 'cards' | 'situation'>): boolean {
  const age = file.situation['age']
  if (typeof age === 'number') return age < adultMonths
  return file.survivor === null && file.cards.some((card) => card.role === 'child')
}

function judging(at: DraftContext, marks: ReleaseMarks | null): JudgingContext {
  return {
    rules: at.rules,
    now: at.now,
    marks,
    danger: null,
    flagged: at.people.flagged,
    excludedParties: at.excluded,
  }
}

function answered(release: Release): Release {
  return {
    ...release,
    purpose: release.purpose === '' ? '…' : release.purpose,
    talked: { ...release.talked, risksAndBenefits: true, otherWays: true },
    shown: { ...release.shown, dutyToReport: true },
    signatures: [],
    signerSafe: { attestedBy: release.worker.name },
  }
}

function side({ partyId, name, sector }: Side): Release['discloser'] {
  return { partyId, agency: name, unit: null, sector: isSector(sector) ? sector : 'other' }
}

function monthsOf(file: Pick<CaseFile, 'situation'>): number | null {
  const age = file.situation['age']
  return typeof age === 'number' ? age : null
}
