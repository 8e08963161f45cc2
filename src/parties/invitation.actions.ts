import { randomUUIDv7 } from 'node:crypto'

import { type Actor, openParty, type Role, rowOf, sealParty } from '#platform/access'
import { loginHash } from '#platform/auth'
import {
  type Busy,
  type Bytes,
  fingerprint,
  fingerprintWords,
  type Installation,
  newCookie,
  newUser,
  sealTo,
} from '#platform/crypto'
import type { Pool, Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { MemberCard } from './agency.ts'
import {
  admit,
  answerInvitation,
  invitation,
  invitationFor,
  keepInvitation,
  keepMember,
  keepPartyWraps,
  publicKeyOf,
} from './invitation.store.ts'
import { lockMembers } from './member.store.ts'
import { sealCard, sealVersions } from './member.ts'
import { newestKeys } from './pin.store.ts'

const DAYS = 7

export interface Invitee {
  readonly login: string
  readonly card: MemberCard
  readonly roles: readonly Role[]
}

/** Writes an invitation; the token goes into the link and nowhere else. It runs out after seven days. */
export async function invite(
  db: Tx,
  actor: Actor,
  at: Installation,
  invitee: Invitee,
): Promise<{ readonly token: string; readonly id: string }> {
  const token = newCookie()
  const id = randomUUIDv7()
  await keepInvitation(db, {
    party_id: actor.partyId,
    id,
    token_hash: rowOf(token),
    login_hash: loginHash(at.pepper, invitee.login),
    key_version: actor.keys.party.version,
    card: sealParty(actor, 'parties.invitation', 'card', id, invitee.card),
    roles: [...invitee.roles],
    ends_at: new Date(Date.now() + DAYS * 86_400_000),
  })
  await record(db, actor, { kind: 'member.invited', detail: { invitation: id, roles: invitee.roles } })
  return { token, id }
}

export type Answered =
  | { readonly accountId: string; readonly recoveryCode: string; readonly words: readonly string[] }
  | Busy
  | { readonly refused: 'gone' | 'other-login' }

/** The invitee's half: a password makes their pair. The six words are read to the administrator, who compares them. */
export async function answer(
  db: Pool,
  at: Installation,
  token: string,
  login: string,
  password: string,
): Promise<Answered> {
  const open = await invitationFor(db, rowOf(token))
  if (open === null) return { refused: 'gone' }
  if (!loginHash(at.pepper, login).every((byte, i) => byte === open.login_hash[i]))
    return { refused: 'other-login' }
  const user = await newUser(password, at.pepper, 'links')
  if ('refused' in user) return user
  const accountId = await answerInvitation(db, rowOf(token), {
    mail: sealTo(at.mail.publicKey, new TextEncoder().encode(login)),
    publicKey: user.publicKey,
    salt: user.sealed.salt,
    params: user.sealed.params,
    secret: user.sealed.sealedSecret,
    recovery: user.sealed.recoverySealed,
  })
  if (accountId === null) return { refused: 'gone' }
  return { accountId, recoveryCode: user.recoveryCode, words: fingerprintWords(fingerprint(user.publicKey)) }
}

/** The administrator's half, after the words agreed: the agency's secrets are sealed to the new member. */
export async function admitMember(
  db: Tx,
  actor: Actor,
  invitationId: string,
): Promise<{ readonly accountId: string } | { readonly refused: 'gone' }> {
  await lockMembers(db)
  // Keys made while this session was opening are not in its hands: a new member would lack them.
  const newest = await newestKeys(db, actor.partyId)
  if (newest === undefined || newest.version !== actor.keys.party.version) return { refused: 'gone' }
  const row = await invitation(db, actor.partyId, invitationId)
  const accountId = row === undefined ? null : await admit(db, invitationId)
  if (row === undefined || accountId === null) return { refused: 'gone' }
  const publicKey = await publicKeyOf(db, accountId)
  if (publicKey === null) throw new Error('A ready invitation has no key.')
  const wraps = sealVersions(publicKey, actor.partyId, actor.keys.versions)
  await keepPartyWraps(db, actor.partyId, accountId, wraps)
  const card = MemberCard.parse(
    openParty(actor, row.key_version, 'parties.invitation', 'card', row.id, row.card),
  )
  await keepMember(db, {
    party_id: actor.partyId,
    account_id: accountId,
    key_version: actor.keys.party.version,
    card: sealCard(actor, accountId, { card, publicKey }),
  })
  await record(db, actor, { kind: 'member.admitted', detail: { account: accountId, roles: row.roles } })
  return { accountId }
}

/**
 * Seals every version of the agency's secrets to a system of its own, as to a member. False when this session lacks the newest keys:
 * then the system would lack them too.
 */
export async function sealToSystem(
  db: Tx,
  actor: Actor,
  accountId: string,
  publicKey: Bytes,
): Promise<boolean> {
  await lockMembers(db)
  const newest = await newestKeys(db, actor.partyId)
  if (newest === undefined || newest.version !== actor.keys.party.version) return false
  await keepPartyWraps(
    db,
    actor.partyId,
    accountId,
    sealVersions(publicKey, actor.partyId, actor.keys.versions),
  )
  return true
}
