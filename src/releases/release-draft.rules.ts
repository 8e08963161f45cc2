import { evaluateRelease, usuallyExcluded, verdictProblems } from './release-items.rules.ts'
import type { JudgingContext } from './release-items.rules.ts'
import { suggestEnd, usualComesBack } from './release-times.rules.ts'
import { durationOfRelease, releaseProblems } from './release.rules.ts'
import { itemKindOf } from './release.ts'
import type { Release, ReleaseProblem } from './release.ts'
import type { RulesInForce } from './rule-packs.ts'

/** What has to be known before a release can be drafted; everything else starts empty, unticked or usual. */
export interface DraftGiven
  extends
    Pick<Release, 'pack' | 'state' | 'discloser' | 'recipient' | 'items' | 'worker' | 'language'>,
    Partial<Pick<Release, 'work' | 'form' | 'purpose'>> {
  readonly caseId: string
  readonly nameToUse: string
  readonly kind?: Release['subject']['kind']
  readonly rules: RulesInForce
  readonly now: Date
  readonly expectedWaitDays: number | null
}

/** A draft with the usual end, the usual things left out, and nothing ticked on the person's behalf. */
export function draftRelease(given: DraftGiven): Release {
  const { pack, state, discloser, recipient, items, worker, language, now } = given
  const chosen = new Set(items.map((item) => item.kind))
  const forms = items.flatMap((item) => itemKindOf(item.kind).form ?? [])
  const draft: Release = {
    pack,
    state,
    rulesVersion: given.rules.version,
    subject: {
      caseId: given.caseId,
      nameToUse: given.nameToUse,
      kind: given.kind ?? 'adult',
      tooYoung: false,
      agreesAlone: false,
    },
    discloser,
    recipient,
    form: given.form ?? forms[0] ?? 'general',
    work: given.work ?? 'hand-over',
    items,
    excluded: usuallyExcluded().filter((kind) => !chosen.has(kind)),
    purpose: given.purpose ?? '',
    how: 'through-anydoor',
    talked: { risksAndBenefits: false, otherWays: false, note: '' },
    startsAt: now.toISOString(),
    endsAt: now.toISOString(),
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
    language,
    reading: 'read-aloud',
    copy: null,
    worker,
    witness: null,
    mayComeBack: usualComesBack(pack),
    steps: [],
    attachments: [],
  }
  const end = suggestEnd({
    now,
    expectedWaitDays: given.expectedWaitDays,
    kind: durationOfRelease(draft, given.rules.law),
  })
  return { ...draft, endsAt: end.endsAt.toISOString() }
}

/** Everything that stands between this release and signing it off: its own fields, then the rules on each item. */
export function unfinished(given: Release, context: JudgingContext): readonly ReleaseProblem[] {
  const verdicts = evaluateRelease(given, given.items, context)
  return [
    ...releaseProblems(given, { ...context, law: context.rules.law }),
    ...verdictProblems(given, verdicts),
  ]
}
