import { z } from 'zod'

import { type Installation, openSealed, sealTo, Unopenable } from '#platform/crypto'

const Secret = z.object({ secret: z.string().startsWith('whsec_'), until: z.iso.datetime().nullable() })

const Endpoint = z.object({
  use: z.literal('events'),
  party: z.uuid(),
  url: z.url(),
  secrets: z.array(Secret).min(1).max(2),
})

/** Where events go, and the secrets that sign them; an older one until it ends. */
export type Endpoint = Readonly<Omit<z.infer<typeof Endpoint>, 'use'>>

/** Seals it to the installation: its job sends and holds no key of any agency, so the server can read this. */
export function sealEndpoint(at: Pick<Installation, 'mail'>, endpoint: Endpoint): Uint8Array {
  return sealTo(at.mail.publicKey, new TextEncoder().encode(JSON.stringify({ use: 'events', ...endpoint })))
}

/** Opens it; null for what is not this agency's, or was sealed to another installation. */
export function openEndpoint(
  at: Pick<Installation, 'mail'>,
  partyId: string,
  sealed: Uint8Array,
): Endpoint | null {
  try {
    const text = new TextDecoder().decode(openSealed(at.mail, sealed))
    const read = Endpoint.safeParse(JSON.parse(text))
    return read.success && read.data.party === partyId ? read.data : null
  } catch (error) {
    if (error instanceof Unopenable || error instanceof SyntaxError) return null
    throw error
  }
}

/** The secrets that sign now: the new one first. */
export function secretsNow(endpoint: Endpoint, now: Date): readonly string[] {
  return endpoint.secrets.flatMap(({ secret, until }) =>
    until === null || new Date(until) > now ? [secret] : [],
  )
}

/** A new secret beside the one that was new, which holds for another day. */
export function rotated(endpoint: Endpoint, secret: string, now: Date): Endpoint {
  const [last] = endpoint.secrets
  const until = new Date(now.getTime() + 24 * 3_600_000).toISOString()
  return {
    ...endpoint,
    secrets: [{ secret, until: null }, ...(last === undefined ? [] : [{ secret: last.secret, until }])],
  }
}
