import type { Letter, ThreadFile } from '#referrals'

/** An agency as a resource names it. */
export interface AgencyNamed {
  readonly partyId: string
  readonly name: string
}

/** What the permission of a referral says, as far as this side knows it: its own release, or what stands in the letter. */
export interface PermissionSeen {
  readonly holds: boolean
  /** Null: it runs until somebody ends it, or this side is not told. */
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  readonly signedAt: Date | null
  /** Kinds of items that are named, and on the side that gave it those that are ruled out. */
  readonly items: readonly string[]
  readonly excluded: readonly string[]
  /** Who agreed: the person, or somebody for them. */
  readonly by: 'person' | 'somebody-for-them'
}

/** Why something went without the person's permission: the purpose of use that FHIR has for it. */
export type OtherGround = 'legal' | 'threat' | 'break-glass'

/** A referral as one side sees it: what its own page shows, and no more. */
export interface ReferralSeen {
  readonly file: ThreadFile
  readonly us: AgencyNamed
  readonly other: AgencyNamed
  /** The other agency has no account: its answers are written down by us. */
  readonly light: boolean
  /** Null where it went on another ground. */
  readonly permission: PermissionSeen | null
  readonly ground: OtherGround | null
  /** Invented data: never to be taken for a real person. */
  readonly demo: boolean
  readonly now: Date
}

/** The newest letter of a sort that opens and was not taken back. */
export function lastLetter<A extends Letter['about']>(
  file: ThreadFile,
  ...about: readonly A[]
): Extract<Letter, { readonly about: A }> | null {
  const found = file.pieces.findLast(
    ({ letter, undone }) => !undone && letter !== null && about.some((each) => each === letter.about),
  )
  return (found?.letter ?? null) as Extract<Letter, { readonly about: A }> | null
}

/** Who asks and who was asked. */
export function endsOf({ file, us, other }: Pick<ReferralSeen, 'file' | 'us' | 'other'>): {
  readonly requester: AgencyNamed
  readonly target: AgencyNamed
} {
  return file.thread.side === 'from' ? { requester: us, target: other } : { requester: other, target: us }
}
