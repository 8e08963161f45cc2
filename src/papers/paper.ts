import { z } from 'zod'

import { paperKindIds } from './kind.rules.ts'

/** Octets of a file that one row holds: with the mark of its end exactly 64 KiB. */
export const pieceBytes = 64 * 1024 - 1
/** What a piece is filled up to before it is sealed. */
export const sealedFrom = 64 * 1024

/** What is sealed about a paper under the case's key. `key` opens its pieces and nothing else. */
export const PaperHead = z.object({
  title: z.string().max(200),
  kind: z.enum(paperKindIds),
  size: z.int().min(1),
  pieces: z.int().min(1),
  key: z.string(),
  /** Whether place, time and device were taken out of a picture. */
  cleaned: z.boolean(),
})
export type PaperHead = z.infer<typeof PaperHead>

/** A paper of a case as a list shows it. */
export interface Paper extends Omit<PaperHead, 'key'> {
  readonly id: string
  readonly authorId: string
  readonly addedAt: Date
}

/** Rows that a file of `pieces` takes: 1, 2, 3, 4, 6, 8, 12 and so on, so that its length is told only roughly. */
export function rowsFor(pieces: number): number {
  let power = 1
  while (power * 2 <= pieces) power *= 2
  if (pieces === power) return power
  return pieces <= power * 1.5 ? power * 1.5 : power * 2
}
