import { z } from 'zod'

import { clientScopes } from '#platform/access'
import { dateField } from '#platform/http'

/** The longest that a client works before somebody looks at it again. */
export const mostDays = 365

/** So many systems an agency has at once. */
export const mostClients = 20

/** What an administrator says of a system. */
export const ClientForm = z.object({
  name: z.string('clients.form.name-missing').min(1, 'clients.form.name-missing').max(80),
  scopes: z.array(z.enum(clientScopes)).min(1, 'clients.form.scopes-missing'),
  until: dateField({ missing: 'clients.form.until-missing' }),
})

/** A client as its agency's administrators see it. */
export interface ListedClient {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly state: 'live' | 'revoked' | 'ended'
  readonly madeBy: string
  readonly madeAt: Date
  readonly endsAt: Date
  readonly endedAt: Date | null
  /** The day alone: when somebody works in the other system is not this agency's to watch. */
  readonly usedOn: string | null
}
