import { type BoxPair, type Bytes, openSealed, sealTo, Unopenable } from '#platform/crypto'

/** So many answers are opened in one request, the newest; more than that is said on the page. */
export const mostOpened = 2000

/** Every reason takes the same room, so that its size does not tell which it is. */
const room = 64
const code = /^[a-z][a-z-]{1,40}$/

/** Seals why somebody was not taken to the agency that counts it. It names no thread, no partner and no day. */
export function sealReason(publicKey: Bytes, reason: string): Bytes {
  if (!code.test(reason)) throw new Error('That is no code of a reason.')
  return sealTo(publicKey, new TextEncoder().encode(reason.padEnd(room)))
}

/** The reason; null where it does not open, or is none: another agency sealed it. */
export function openReason(pair: BoxPair, sealed: Bytes): string | null {
  try {
    const reason = new TextDecoder().decode(openSealed(pair, sealed)).trimEnd()
    return code.test(reason) ? reason : null
  } catch (error) {
    if (error instanceof Unopenable) return null
    throw error
  }
}

/** How often which, most often first. */
export function tally(
  reasons: readonly string[],
): readonly { readonly reason: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count || a.reason.localeCompare(b.reason))
}
