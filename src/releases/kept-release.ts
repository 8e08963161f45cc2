import { z } from 'zod'

import { itemKindIds, Release, type ReleaseItem } from './release.ts'

const moment = z.iso.datetime({ offset: true })
const words = z.string().trim().max(4000)

/** What one item says, exactly as the person read it. */
const ItemWords = z.strictObject({
  kind: z.enum(itemKindIds),
  ref: z.string().max(100).nullable(),
  text: words,
  /** The same for a program, so that the recipient types nothing twice; it says no more than `text`. */
  data: z.unknown().optional(),
})

/** How somebody said that a permission ends or is to wait. */
export const saidHow = [
  'spoken-here',
  'by-telephone',
  'in-writing',
  'by-somebody-trusted',
  'we-decided',
] as const
export type SaidHow = (typeof saidHow)[number]

/** How a signature was given: on our screen, on the person's own page, or in spoken words that were read out and heard. */
export const signedWays = ['here', 'apart', 'spoken'] as const
export type SignedWay = (typeof signedWays)[number]

/** Who heard a spoken agreement beside the worker who read. */
export const hearers = ['interpreter', 'second-person'] as const

/** A spoken agreement: who read which words to whom, and who heard the answer. */
const Spoken = z.strictObject({
  readBy: z.string().max(200),
  heardBy: z.strictObject({ as: z.enum(hearers), name: z.string().max(200) }).nullable(),
  /** The words that were read, exactly as they stood on the screen. */
  script: z.string().max(60_000),
  language: z.string().max(35),
  /** The rule or pack field that allows it. */
  rule: z.string().max(100),
})
export type Spoken = Readonly<z.infer<typeof Spoken>>

/** How and for which exact words a release was signed. */
const Signed = z.strictObject({
  way: z.enum(signedWays),
  /** Digest of the exact words; sending compares it. */
  words: z.string().max(64),
  at: moment,
  language: z.string().max(35),
  /** What the person took away before signing, by name. */
  struck: z.array(z.string().max(200)).max(100),
  spoken: Spoken.nullable(),
})

/** The sealed body of a release: what was agreed, what each item says, and what it is for us. */
export const KeptRelease = z.strictObject({
  release: Release,
  words: z.array(ItemWords).max(100),
  service: z.strictObject({ id: z.uuid().nullable(), name: z.string().max(200) }),
  /** The wait as it was told when this was made. */
  wait: z.strictObject({ text: z.string().max(400), days: z.int().nullable() }),
  /** What was read out about the recipient: what they must report, who else could read it. */
  warned: z.array(z.string().max(1000)).max(10).optional(),
  /** The question without a name that this grew out of. */
  ask: z.uuid().nullable(),
  /** The release that this one stands in for, and the referral that goes on under it. */
  renews: z.strictObject({ release: z.uuid(), thread: z.uuid().nullable() }).nullable(),
  /** Who is to sign, chosen before the person's turn; a guardian or representative with what lets them. */
  signers: z
    .array(
      z.strictObject({
        as: z.enum(['self', 'minor', 'guardian', 'representative']),
        personRef: z.string().max(100),
        name: z.string().max(200),
        authority: z.string().max(200).nullable(),
      }),
    )
    .max(4),
  /** The second page was answered. */
  talked: z.boolean(),
  signed: Signed.nullable().optional(),
  /** For a permission that goes after a death only: how that is known, who said so here, and when it went. */
  death: z
    .strictObject({ known: words.min(1), by: z.string().max(200), at: moment })
    .nullable()
    .optional(),
  confirmedAt: moment.nullable(),
  ended: z.strictObject({ how: z.enum(saidHow), by: z.string().max(200), at: moment }).nullable(),
})
export type KeptRelease = Readonly<z.infer<typeof KeptRelease>>

/** A release as its agency reads it: the clear row, and what is sealed. */
export interface StoredRelease {
  readonly id: string
  readonly caseId: string
  readonly recipientId: string
  readonly state: 'draft' | 'signed' | 'suspended' | 'withdrawn'
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  readonly withdrawnAt: Date | null
  readonly madeBy: string
  /** The person did not want it again, or not then: nothing asks any more. */
  readonly leftAt: Date | null
  readonly version: number
  readonly kept: KeptRelease
}

/** One name for an item in forms and lists: its kind, and the part of the case it is about. */
export function itemKey(item: Pick<ReleaseItem, 'kind' | 'ref'>): string {
  return item.ref === null ? item.kind : `${item.kind}~${item.ref}`
}

/** What an item says, as kept; null where nothing is kept for it. */
export function itemWords(
  kept: Pick<KeptRelease, 'words'>,
  item: Pick<ReleaseItem, 'kind' | 'ref'>,
): KeptRelease['words'][number] | null {
  return kept.words.find((each) => each.kind === item.kind && each.ref === item.ref) ?? null
}
