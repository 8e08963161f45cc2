import { type KeptRelease, withItems } from '#releases'

/**
 * A draft with one more line in the person's own words, or without it. It is signed again, and talked about again only where it
 * was not yet: purpose, end and signers stay.
 */
export function withWords(
  kept: KeptRelease,
  line: { readonly ref: string; readonly title: string; readonly text: string },
): KeptRelease {
  const others = kept.release.items.filter((item) => item.ref !== line.ref)
  const words = kept.words.filter((each) => each.ref !== line.ref)
  const own = { kind: 'own-words' as const, ref: line.ref }
  const told = line.text !== ''
  return {
    ...kept,
    release: withItems(kept.release, [
      ...others,
      ...(told ? [{ ...own, title: line.title, reason: null }] : []),
    ]),
    words: [...words, ...(told ? [{ ...own, text: line.text }] : [])],
    signed: null,
  }
}
