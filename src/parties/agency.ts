import { z } from 'zod'

import { roles, sectors } from '#platform/access'

/** The card of a member, sealed under the agency's key: what colleagues and partners call them. */
export const MemberCard = z.object({
  name: z.string().min(1).max(80),
  title: z.string().max(80),
})
export type MemberCard = z.infer<typeof MemberCard>

/** An age, and the place in the law where the agency read it. */
export interface Young {
  readonly from: number
  readonly citation: string
}

/** An agency as the public register has it. */
export interface Agency {
  readonly partyId: string
  readonly name: string
  readonly sector: (typeof sectors)[number]
  readonly pack: 'uk' | 'us'
  readonly area: string
  readonly publicPhone: string
  /** The pack of the state's or nation's law it works under, as `us-wa`; null: not said. */
  readonly law: string | null
  /** From which age a young person agrees alone to what it shares, as it read its law; null: not said. */
  readonly young: Young | null
  /** It has no account: our agency writes to it by mail and link. */
  readonly light?: true
}

/** What the first administrator says when they take up the offer. */
export interface Founder {
  readonly agencyName: string
  /** Counts only where the offer leaves the sector open. */
  readonly sector: (typeof sectors)[number]
  readonly area: string
  readonly publicPhone: string
  readonly login: string
  readonly password: string
  readonly card: MemberCard
  readonly roles: readonly (typeof roles)[number][]
  /** Base32 secret of the authenticator, already shown to work. */
  readonly authenticator: string
}
