import type { Helper } from '#people'
import type { Release } from '#releases'

import type { HelperLine, HelperList } from './who-helps.ts'
import type { Letter } from './letter.ts'

/** The lines that one recipient may see: what the permission lists and the person still has on the list, in the person's order. */
export function linesFor(release: Pick<Release, 'items'>, helpers: readonly Helper[]): readonly HelperLine[] {
  const listed = new Set(
    release.items.filter((item) => item.kind === 'helper-pointer').map((item) => item.ref),
  )
  return helpers
    .filter((helper) => listed.has(helper.id))
    .map(({ id, agency, person, role, phone, next }) => ({ ref: id, agency, person, role, phone, next }))
}

/** The list as the other side passed it on last and may still be read; null where there is none. */
export function listReceived(
  pieces: readonly { readonly way: 'in' | 'out'; readonly letter: Letter | null }[],
): HelperList | null {
  const found = pieces.findLast((piece) => piece.way === 'in' && piece.letter?.about === 'helpers')?.letter
  return found?.about === 'helpers' ? found : null
}
