import { type Bytes, framed, sha256 } from '#platform/crypto'
import { leafHash } from './tree.ts'

/** What the tree knows of a line: everything but the detail, which it only commits to. */
export interface EntryFacts {
  readonly kind: string
  readonly partyId: string
  /** As `minuteOf` writes it: `2026-11-22T06:17Z`. */
  readonly minute: string
  readonly commitment: Bytes
}

/** SHA-256(nonce ‖ detail), the nonce being 32 random octets, so that nobody can try out details. */
export function entryCommitment(nonce: Bytes, detail: Bytes): Bytes {
  if (nonce.length !== 32) throw new RangeError('A commitment takes a nonce of 32 octets.')
  return sha256(nonce, detail)
}

/** A line's leaf hash: SHA-256(0x00 ‖ kind, party, minute, commitment), each with its length. */
export function entryLeaf({ kind, partyId, minute, commitment }: EntryFacts): Bytes {
  return leafHash(
    framed(
      'anydoor/ledger/entry/1',
      Buffer.from(kind),
      Buffer.from(partyId),
      Buffer.from(minute),
      commitment,
    ),
  )
}
