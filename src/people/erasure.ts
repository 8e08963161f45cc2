import { z } from 'zod'

/** What an erasure can destroy, as the proof sheet names it. */
export const erasedSorts = [
  'cards',
  'pages',
  'notes',
  'releases',
  'drafts',
  'sent',
  'received',
  'threads',
  'links',
  'holds',
  'asks',
  'letters',
  'keys',
  'envelope-keys',
  'details',
  'others',
] as const
export type ErasedSort = (typeof erasedSorts)[number]

/** Why a case was erased. */
export const erasureReasons = ['asked', 'retention', 'mistake'] as const
export type ErasureReason = (typeof erasureReasons)[number]

const count = z.int().min(0)

/** The sealed part of a proof: counts and days. It holds no word and no number of the case. */
export const ErasureProofBody = z.strictObject({
  why: z.enum(erasureReasons),
  counts: z.partialRecord(z.enum(erasedSorts), count),
  /** How many other agencies had been sent something. Which ones they were is not kept. */
  agencies: count,
  /** The last day on which a backup of the keys could still open what was erased. */
  backupsUntil: z.iso.date(),
})
export type ErasureProofBody = Readonly<z.infer<typeof ErasureProofBody>>

/** A proof as the privacy lead reads it. */
export interface ErasureProof extends ErasureProofBody {
  readonly id: string
  readonly erasedOn: string
  readonly decidedBy: string
}
