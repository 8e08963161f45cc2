import type { ItemKindId } from '#releases'

import type { CorrectionBody } from './ask.ts'
import { releaseItemKinds } from './correction-parts.ts'

interface Standing {
  readonly id: string
  readonly state: string
  readonly agency: string
  readonly kinds: readonly ItemKindId[]
}

/**
 * The releases whose recipient may be told: those that stand, that list what the correction is about, and were not told yet.
 * A correction is a disclosure of its own: it says nothing that the release does not let out (rules us-6, uk-6).
 */
export function releasesToTell(
  ask: Pick<CorrectionBody, 'part' | 'told'>,
  releases: readonly Standing[],
): readonly Standing[] {
  const about = releaseItemKinds[ask.part]
  return releases.filter(
    (release) =>
      release.state === 'active' &&
      release.kinds.some((kind) => about.includes(kind)) &&
      !ask.told.some((told) => told.release === release.id),
  )
}
