import type { ServiceDetail } from '#directory'
import type { CaseFile } from '#people'
import type { ReleaseProblem } from '#releases'
import {
  asKind,
  type DraftContext,
  flaggedByName,
  type HeldItem,
  isAboutAChild,
  itemKey,
  itemKindOf,
  itemOf,
  itemVerdicts,
  itemWords,
  type KeptRelease,
  kindOfRelease,
  withItems,
} from '#releases'

import type { PickForm, TalkForm } from './sending.ts'

/** More names of people at the recipient, or longer ones, than travel. */
export function tooMany(names: readonly string[]): boolean {
  return names.length > 20 || names.some((name) => name.length > 120)
}

/** What page one made of a form: the draft with exactly these items, or what keeps it from being one. */
export interface Picked {
  readonly kept: KeptRelease
  readonly problems: readonly ReleaseProblem[]
}

/** What page one says of a draft. */
type Picks = Pick<
  PickForm,
  'kind' | 'pick' | 'more' | 'person' | 'unit' | 'to-unit' | 'add-kind' | 'add-words' | 'add-reason'
>

/**
 * Puts the ticked items on a draft. What is not among the things shown cannot be ticked (release-wildcard), what the rules
 * forbid is refused with its rule, whatever was posted.
 */
export function withPicks(
  kept: KeptRelease,
  form: Picks,
  shown: readonly HeldItem[],
  addedTitle: (kind: HeldItem['kind']) => string,
  context: DraftContext,
): Picked {
  const known = new Map([...keptItems(kept), ...shown].map((item) => [item.key, item]))
  const keys = [...new Set([...form.pick, ...form.more])]
  const unknown = keys.filter((key) => !known.has(key))
  const picked = keys.flatMap((key) => known.get(key) ?? [])
  const added = addedItem(form, picked, addedTitle)
  const items = [...picked, ...(added === null ? [] : [added])]
  const reasons = new Map(kept.release.items.map((item) => [itemKey(item), item.reason]))
  const released = items.map((item) =>
    itemOf(item, item === added ? form['add-reason'] : (reasons.get(item.key) ?? null)),
  )
  const sides = sidesOf(kept.release, form)
  const release = withItems(
    { ...asKind(kept.release, form.kind ?? kindOfRelease(kept.release)), ...sides },
    released,
  )
  const refused = itemVerdicts(release, released, context)
    .filter(({ verdict }) => verdict.outcome !== 'allow' && verdict.outcome !== 'needs')
    .map(({ verdict }) => ({
      field: 'pick',
      rule: verdict.rules[0] ?? '',
      key: verdict.sentences[0] ?? '',
    }))
  return {
    kept: {
      ...kept,
      release,
      words: items.map(({ kind, ref, text, data }) => ({
        kind,
        ref,
        text,
        ...(data === undefined ? {} : { data }),
      })),
      talked: false,
    },
    problems: [
      ...(unknown.length > 0
        ? [{ field: 'pick', rule: 'release-wildcard', key: 'releases.problem.release-wildcard' }]
        : []),
      ...refused,
      ...addProblems(form),
    ],
  }
}

/** The details that a service's thresholds ask for and may ask for: these are offered first. */
export function facetsAsked(service: Pick<ServiceDetail, 'thresholds'>): ReadonlySet<string> {
  return new Set(
    service.thresholds.flatMap((clause) =>
      Object.keys(clause.condition).filter((facet) => !clause.forbiddenFacets.includes(facet)),
    ),
  )
}

/** The longest wait that was told, in days; null when nobody told. */
export function waitDays({ capacity }: Pick<ServiceDetail, 'capacity'>): number | null {
  const weeks = capacity?.waitWeeksTo ?? capacity?.waitWeeks ?? null
  return weeks === null ? null : weeks * 7
}

/** The items of a draft, as page one shows them again. */
export function keptItems(kept: KeptRelease): readonly HeldItem[] {
  return kept.release.items.map((item) => {
    const words = itemWords(kept, item)
    return {
      key: itemKey(item),
      kind: item.kind,
      ref: item.ref,
      title: item.title,
      text: words?.text ?? '',
      ...(words?.data === undefined ? {} : { data: words.data }),
      start: 'offered' as const,
    }
  })
}

/** Puts page two on a draft. `endsAt` is the end of the day that was chosen, in the person's own zone. */
export function withTalk(
  kept: KeptRelease,
  form: TalkForm,
  given: {
    readonly endsAt: Date
    readonly file: CaseFile
    readonly worker: string
    readonly context: DraftContext
  },
): KeptRelease {
  const done = new Set(form.talked)
  const readOut = done.has('read-out')
  const { release } = kept
  const work = release.work === 'emergency-contact' ? release.work : form.work
  return {
    ...kept,
    talked: true,
    signers: signersOf(form, given.file, release),
    release: {
      ...release,
      subject: {
        ...release.subject,
        tooYoung: release.subject.kind === 'child' && form.young === 'too-young',
      },
      purpose: form.purpose,
      work,
      times: work === 'hand-over' ? 'one-time' : 'repeat',
      startsAt: given.context.now.toISOString(),
      endsAt: given.endsAt.toISOString(),
      mayComeBack: form.back,
      talked: { ...release.talked, risksAndBenefits: done.has('risks'), otherWays: done.has('other-ways') },
      shown: {
        notACondition: readOut,
        mayWithdraw: readOut,
        redisclosure: readOut,
        dutyToReport: readOut,
        notAWaiver: readOut,
        refusalConsequences: readOut,
      },
      signerSafe: done.has('signer-safe') ? { attestedBy: given.worker } : null,
      interpreter:
        form.interpreter === ''
          ? null
          : { name: form.interpreter, familyOrFriend: form.relation === 'family' },
      language: form.language,
      identity: form.identity,
      reading: form.reading,
      steps: form.steps.map((step) => ({ step, by: given.worker })),
      signatures: [],
      copy: null,
    },
  }
}

/** Problems that page two can settle: what only the person's turn gives is left out. */
export function talkProblems(problems: readonly ReleaseProblem[]): readonly ReleaseProblem[] {
  const later = new Set(['copy', 'need-minor-signed', 'need-safe-parent-signed'])
  return problems.filter((each) => !later.has(each.field) && each.rule !== 'release-signature')
}

/** Problems that only page one can settle: what is on the list, and whom to ask for there. */
export function pickProblems(problems: readonly ReleaseProblem[]): readonly ReleaseProblem[] {
  return problems.filter(
    (each) =>
      ['items', 'form', 'excluded', 'person'].includes(each.field) ||
      each.field.startsWith('reason-') ||
      each.field.startsWith('item-'),
  )
}

/** A guardian who was not offered: somebody the case names as not safe, or nobody in it. */
export function guardianProblems(
  form: Pick<TalkForm, 'guardian'>,
  file: CaseFile,
  context: DraftContext,
): readonly ReleaseProblem[] {
  if (form.guardian === '') return []
  if (possibleGuardians(file, context).some((card) => card.id === form.guardian)) return []
  const rule = `${context.rules.tables[0].id}-4`
  return [{ field: 'guardian', rule, key: 'releases.problem.named-not-safe' }]
}

/** Adults of the case who could sign for a child: never anybody named as causing harm or not safe. */
export function possibleGuardians(file: CaseFile, context: DraftContext) {
  const { people } = context
  return file.cards.filter(
    (card) =>
      card.role !== 'child' &&
      card.role !== 'personCausingHarm' &&
      card.id !== people.subjectId &&
      card.name !== '' &&
      !people.flagged.has(card.id) &&
      flaggedByName(people, card.name) === null,
  )
}

/** Both sides with the part of the agency that was written down, and whom to ask for there. */
function sidesOf(
  { discloser, recipient }: Pick<KeptRelease['release'], 'discloser' | 'recipient'>,
  form: Pick<PickForm, 'person' | 'unit' | 'to-unit'>,
): Pick<KeptRelease['release'], 'discloser' | 'recipient'> {
  const said = (text: string) => (text === '' ? null : text)
  return {
    discloser: { ...discloser, unit: said(form.unit) },
    recipient: { ...recipient, unit: said(form['to-unit']), person: said(form.person) },
  }
}

function signersOf(
  form: TalkForm,
  file: CaseFile,
  { pack, subject: about }: KeptRelease['release'],
): KeptRelease['signers'] {
  const subject = file.survivor ?? file.cards.find((card) => card.role === 'child') ?? null
  const self = { personRef: subject?.id ?? 'subject', name: subject?.name ?? '', authority: null }
  if (!isAboutAChild(file)) return [{ as: 'self', ...self }]
  const parent = file.cards.find((card) => card.id === form.guardian)
  const authority = form.authority === '' ? null : form.authority
  const guardian = { as: 'guardian' as const, personRef: form.guardian, name: parent?.name ?? '', authority }
  if (form.young === 'too-young') return [guardian]
  const minor = { as: 'minor' as const, ...self }
  const alone = form.guardian === '' && (pack === 'uk' || about.agreesAlone)
  return alone ? [minor] : [minor, guardian]
}

function addedItem(
  form: Pick<PickForm, 'add-kind' | 'add-words'>,
  picked: readonly HeldItem[],
  titleOf: (kind: HeldItem['kind']) => string,
): HeldItem | null {
  const kind = form['add-kind']
  if (kind === undefined || form['add-words'] === '') return null
  const refs = new Set(picked.filter((item) => item.kind === kind).map((item) => item.ref))
  let ref = 1
  while (refs.has(`added-${ref}`)) ref += 1
  const item = { kind, ref: `added-${ref}` }
  return { ...item, key: itemKey(item), title: titleOf(kind), text: form['add-words'], start: 'on-request' }
}

function addProblems(
  form: Pick<PickForm, 'add-kind' | 'add-words' | 'add-reason'>,
): readonly ReleaseProblem[] {
  const kind = form['add-kind']
  if (kind === undefined && form['add-words'] !== '')
    return [{ field: 'add-kind', rule: 'add', key: 'releases.sending.add-kind-missing' }]
  if (kind !== undefined && form['add-words'] === '')
    return [{ field: 'add-words', rule: 'add', key: 'releases.sending.add-words-missing' }]
  if (kind !== undefined && itemKindOf(kind).needsReason && form['add-reason'] === '')
    return [{ field: 'add-reason', rule: 'release-reason', key: 'releases.problem.release-reason' }]
  return []
}

/** What a permission names now and the one before did not, or otherwise: by its titles, once each. */
export function newTitles(before: KeptRelease, now: KeptRelease): readonly string[] {
  const old = new Map(keptItems(before).map((item) => [item.key, item.text]))
  const fresh = keptItems(now).filter((item) => old.get(item.key) !== item.text)
  return [...new Set(fresh.map((item) => item.title))]
}
