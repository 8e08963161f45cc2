import { randomUUIDv7 } from 'node:crypto'

import { rowOf } from '#platform/access'
import { loginHash, sealAuthenticator } from '#platform/auth'
import {
  type Busy,
  type Installation,
  newPartySecrets,
  type NewUser,
  newUser,
  packPartySecrets,
  partyDataKey,
  sealTo,
} from '#platform/crypto'
import type { Pool } from '#platform/db'

import type { Founder } from './agency.ts'
import { found, foundingFor, type OpenOffer } from './founding.store.ts'
import { sealCard } from './member.ts'

export interface Founded {
  readonly partyId: string
  readonly accountId: string
  /** Shown once, to be written down. */
  readonly recoveryCode: string
}

/**
 * Takes up a founding offer, in the place of an office that was written to by link where the offer says so: makes the agency's keys and its first member, and seals the one to the other.
 * Refuses when the link was used or ran out, or the login belongs to somebody.
 */
export async function foundAgency(
  db: Pool,
  at: Installation,
  token: string,
  founder: Founder,
): Promise<Founded | Busy | { readonly refused: 'gone' }> {
  const offer = await foundingFor(db, rowOf(token))
  if (offer === null) return { refused: 'gone' }
  const user = await newUser(founder.password, at.pepper)
  if ('refused' in user) return user
  const first = await take(db, at, { token, offer, founder, user })
  if (first !== null) return first
  // Somebody wrote to the office while the password was stretched: the agency's own key version is the one after that.
  const now = await foundingFor(db, rowOf(token))
  if (now === null || now.version === offer.version) return { refused: 'gone' }
  return (await take(db, at, { token, offer: now, founder, user })) ?? { refused: 'gone' }
}

interface Taking {
  readonly token: string
  readonly offer: OpenOffer
  readonly founder: Founder
  readonly user: NewUser
}

/** Writes it; null when the offer is gone, the login is taken, or the number of the key version is. */
async function take(
  db: Pool,
  at: Installation,
  { token, offer, founder, user }: Taking,
): Promise<Founded | null> {
  const secrets = newPartySecrets()
  const partyId = offer.officeId ?? randomUUIDv7()
  const accountId = randomUUIDv7()
  const { version } = offer
  const party = { version, ...secrets, data: partyDataKey(secrets) }
  const keys = {
    user: { publicKey: user.publicKey, secretKey: user.secretKey },
    party,
    versions: new Map([[version, party]]),
  }
  const done = await found(db, {
    tokenHash: rowOf(token),
    partyId,
    accountId,
    agency: {
      name: founder.agencyName,
      sector: founder.sector,
      area: founder.area,
      phone: founder.publicPhone,
    },
    party: {
      boxPublic: secrets.box.publicKey,
      signPublic: secrets.sign.publicKey,
      wrap: sealTo(user.publicKey, packPartySecrets(secrets)),
      version,
    },
    account: {
      login: loginHash(at.pepper, founder.login),
      mail: sealTo(at.mail.publicKey, new TextEncoder().encode(founder.login)),
      totp: sealAuthenticator(user.publicKey, founder.authenticator),
      publicKey: user.publicKey,
      salt: user.sealed.salt,
      params: user.sealed.params,
      secret: user.sealed.sealedSecret,
      recovery: user.sealed.recoverySealed,
    },
    card: sealCard({ accountId, partyId, keys }, accountId, {
      card: founder.card,
      publicKey: user.publicKey,
    }),
    roles: founder.roles,
  })
  return done ? { partyId, accountId, recoveryCode: user.recoveryCode } : null
}
