import { packField } from './law-pack.rules.ts'
import type { LawPack } from './law-pack.ts'
import type { ItemKindId, Release, ReleaseProblem } from './release.ts'
import { roleKinds, roleOf } from './sharing.ts'
import type { PackId, RoleId } from './sharing.ts'

/** What kind of permission is made; each is a form of its own, chosen before anything is ticked. */
export const releaseKindIds = ['general', 'emergency-contact', 'care', 'proceedings', 'after-death'] as const
export type ReleaseKindId = (typeof releaseKindIds)[number]

const treating: ReadonlySet<RoleId> = new Set(['MHC', 'PCP', 'SUD', 'PAY'])

/** Who shares with whom, and under which law: what the kinds on offer hang on. */
export interface KindQuestion {
  readonly pack: PackId
  readonly from: RoleId
  readonly to: RoleId
  readonly law: LawPack | null
}

/**
 * The kinds that can be made here. A consent for treatment, payment and operations goes only to those who treat or pay, one for
 * proceedings only to a court or the police, one for after a death only where the law of the place knows it.
 */
export function kindsFor({ pack, from, to, law }: KindQuestion): readonly ReleaseKindId[] {
  const part2 = pack === 'us' && from === 'SUD'
  const court = to === 'LEG' || roleKinds[to] === 'LEG'
  return releaseKindIds.filter((kind) => {
    if (kind === 'care') return part2 && treating.has(to)
    if (kind === 'proceedings') return part2 && court
    return kind !== 'after-death' || packField(law, 'after-death-release').value
  })
}

/** Which kind a release is. */
export function kindOfRelease({ form, work }: Pick<Release, 'form' | 'work'>): ReleaseKindId {
  if (form === 'care' || form === 'proceedings' || form === 'after-death') return form
  return work === 'emergency-contact' ? work : 'general'
}

/** The same release as another kind; a form of its own stays what it is whatever is ticked. */
export function asKind(release: Release, kind: ReleaseKindId): Release {
  if (kindOfRelease(release) === kind) return release
  const own = kind === 'care' || kind === 'proceedings' || kind === 'after-death'
  const work = kind === 'emergency-contact' ? kind : 'hand-over'
  const left = kind === 'emergency-contact' ? release.items.filter((item) => inEmergency(item.kind)) : null
  return { ...release, form: own ? kind : 'general', work, items: left ?? release.items, signatures: [] }
}

/** In an emergency only this goes: who, how to be in touch, what is needed to understand each other, who is not safe. */
export function inEmergency(kind: ItemKindId): boolean {
  return ['name-to-use', 'safe-contact', 'access-needs', 'people-not-safe'].includes(kind)
}

/** What keeps a release from being of its kind. */
export function kindProblems(given: Release, law: LawPack | null): readonly ReleaseProblem[] {
  const kind = kindOfRelease(given)
  const [from, to] = [roleOf(given.discloser.sector), roleOf(given.recipient.sector)]
  if (kind === 'emergency-contact') {
    return given.items.every((item) => inEmergency(item.kind))
      ? []
      : [problem('items', 'release-emergency', 'release-emergency')]
  }
  if (kindsFor({ pack: given.pack, from, to, law }).includes(kind)) return []
  return kind === 'after-death'
    ? [problem('form', packField(law, 'after-death-release').row, 'release-after-death')]
    : [problem('form', `release-form-${kind}`, `release-form-${kind}`)]
}

function problem(field: string, rule: string, word: string): ReleaseProblem {
  return { field, rule, key: `releases.problem.${word}` }
}

/**
 * The rights that the person reads or hears, in their order, as word keys: what the form of this kind has to say, and what the law
 * of the place asks for. Each stands on the page that is signed, on the copy and in what is read out.
 */
export function rightsOf(release: Pick<Release, 'form' | 'work'>, law: LawPack | null): readonly string[] {
  const kind = kindOfRelease(release)
  return [
    ...(kind === 'general' ? [] : [`releases.kind.${kind}.says`]),
    kind === 'care' ? 'releases.turn.care-refused' : 'releases.turn.not-a-condition',
    'releases.turn.withdraw',
    'releases.turn.what-stays',
    ...(packField(law, 'not-a-waiver-line').value ? ['releases.turn.not-a-waiver'] : []),
    ...(packField(law, 'copy-on-request').value ? ['releases.turn.copy-later'] : []),
  ]
}
