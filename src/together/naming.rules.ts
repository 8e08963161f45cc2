import { namingRef } from '#referrals'
import { standingOf, type StoredRelease } from '#releases'

import type { NamedSide } from './pick.rules.ts'

/** Whether a letter says who comes along in the same piece of work. */
export function namesOthers(release: StoredRelease): boolean {
  return release.kept.release.items.some((item) => item.ref === namingRef)
}

/** A permission as the rule about naming looks at it. */
export function sideOf(release: StoredRelease, now: Date): NamedSide {
  const { signatures, endsAt } = release.kept.release
  const standing = standingOf(release, now)
  return {
    names: namesOthers(release),
    agreed:
      signatures.length > 0 && (standing === 'draft' || standing === 'active' || standing === 'not-yet'),
    endsAt: new Date(endsAt).getTime(),
  }
}

/** Another letter may rest on this one: while it counts its step stays, so that both letters stop together. */
export function holdsAnother(release: StoredRelease, now: Date): boolean {
  const { names, agreed } = sideOf(release, now)
  return names && agreed
}
