import { sha256 } from '#platform/crypto'

import { itemKey, itemWords, type KeptRelease } from './kept-release.ts'

/**
 * A digest of everything that the person reads before signing, and of what a program would be given with it. A signature holds for
 * these words and no others: sending compares it once more.
 */
export function wordsDigest({ release, words, warned, service, signers }: KeptRelease): string {
  const { discloser, recipient } = release
  const exact = [
    [release.pack, release.rulesVersion, release.form, release.work, release.times, release.mayComeBack],
    [release.subject.nameToUse, release.subject.kind, release.purpose, release.endsAt],
    [discloser.partyId, discloser.agency, discloser.unit],
    [recipient.partyId, recipient.agency, recipient.unit, recipient.person, service.id, service.name],
    release.items.map((item) => {
      const said = itemWords({ words }, item)
      return [item.kind, item.ref, item.title, item.reason, said?.text ?? null, said?.data ?? null]
    }),
    warned ?? null,
    signers.map((signer) => [signer.as, signer.personRef, signer.name]),
  ]
  return Buffer.from(sha256(Buffer.from(JSON.stringify(exact), 'utf8'))).toString('hex')
}

/** The same without what the person struck. Striking takes away and never adds. */
export function withoutItems(kept: KeptRelease, struck: readonly string[]): KeptRelease {
  if (struck.length === 0) return kept
  const gone = new Set(struck)
  return {
    ...kept,
    release: { ...kept.release, items: kept.release.items.filter((item) => !gone.has(itemKey(item))) },
    words: kept.words.filter((each) => !gone.has(itemKey(each))),
  }
}
