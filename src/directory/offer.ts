import type { PartnerDetail, Practical, Purpose, ServiceTime } from './practical.ts'

/** Workers trained about abuse, by the organisation's own word and, where another one has confirmed it, by theirs. */
export interface Training {
  readonly until: string
  /** By the database's clock. */
  readonly inDate: boolean
  readonly confirmedBy: string | null
  readonly confirmedOn: string | null
  /** The day on which a confirmation was taken back. */
  readonly withdrawnOn: string | null
}

/** What the page of a service says beside its listing; nothing that only partners see. */
export interface Offer {
  readonly practical: Practical
  /** `place` names the one it is of, where it is of one of several. */
  readonly times: readonly (Omit<ServiceTime, 'locationSource'> & { readonly place: string | null })[]
  readonly terms: readonly { readonly code: string; readonly label: string }[]
  readonly training: Training | null
}

/** Somebody to ring, as a partner's worker sees them today. */
export interface NamedContact {
  readonly id: string
  readonly serviceId: string
  readonly serviceName: string
  readonly organizationName: string
  readonly partyId: string | null
  readonly name: string
  readonly role: string
  readonly purpose: Purpose
  readonly phone: string | null
  readonly email: string | null
  readonly away: boolean
  readonly awayFrom: string | null
  readonly awayUntil: string | null
  readonly coverId: string | null
  readonly confirmedOn: string | null
  /** Confirmed too long ago to count (`freshness.json`), or never. */
  readonly stale: boolean
}

/** What partners see of one service. */
export interface PartnerPart {
  readonly detail: PartnerDetail | null
  readonly contacts: readonly NamedContact[]
}
