import { type Actor, admittedKeys, clientKeys, type Role, sealPartyKeys } from '#platform/access'
import { newBoxPair, newPartySecrets, toText } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { MemberCard } from './agency.ts'
import { keepPartyWraps } from './invitation.store.ts'
import { openCard } from './member.ts'
import {
  changeRoles,
  keepPartyKey,
  keepSheet,
  lockMembers,
  membersOf,
  onlyHolder,
  removeMember,
} from './member.store.ts'
import { newestKeys } from './pin.store.ts'
import { sealToSheet } from './sheet.ts'

/** A colleague as the agency knows them. */
export interface Member {
  readonly accountId: string
  readonly card: MemberCard
  readonly roles: readonly string[]
}

/** Everyone who is a member now, by name. */
export async function members(db: Tx, actor: Actor): Promise<readonly Member[]> {
  const rows = await membersOf(db, actor.partyId)
  return rows
    .map((row) => ({
      accountId: row.account_id,
      card: openCard(actor, row.account_id, row),
      roles: row.roles,
    }))
    .toSorted((a, b) => a.card.name.localeCompare(b.card.name))
}

export type MemberRefusal = { readonly refused: 'yourself' | 'last-administrator' | 'only-holder' | 'gone' }

/**
 * Lets somebody go: their seals, sessions and case wraps end now, and what is written from here on is sealed under new keys.
 * It protects the future, not a copy that was already taken. Partners are asked to confirm the new keys.
 * Refused while a closed case would lose its last key with them.
 */
export async function letGo(
  db: Tx,
  actor: Actor,
  accountId: string,
): Promise<{ readonly version: number } | MemberRefusal> {
  if (accountId === actor.accountId) return { refused: 'yourself' }
  await lockMembers(db)
  if (await onlyHolder(db, accountId)) return { refused: 'only-holder' }
  if (!(await removeMember(db, accountId))) return { refused: 'gone' }
  const version = await newVersion(db, actor)
  await record(db, actor, { kind: 'member.removed', detail: { account: accountId, version } })
  return { version }
}

/** Makes the agency's next keys, sealed to every member and to every system of its own. */
async function newVersion(db: Tx, actor: Actor): Promise<number> {
  const secrets = newPartySecrets()
  // Another administrator may have made one since this session read its keys.
  const newest = await newestKeys(db, actor.partyId)
  const version = (newest?.version ?? actor.keys.party.version) + 1
  const left = await membersOf(db, actor.partyId)
  await keepPartyKey(db, {
    party_id: actor.partyId,
    version,
    box_public: secrets.box.publicKey,
    sign_public: secrets.sign.publicKey,
  })
  const keyed = { ...secrets, version }
  const members = left.map((row) => row.account_id)
  const holders = [...(await admittedKeys(db, actor, members)), ...(await clientKeys(db, actor))]
  for (const { accountId, publicKey } of holders) {
    const wrap = sealPartyKeys(publicKey, actor.partyId, keyed, actor.keys.party)
    await keepPartyWraps(db, actor.partyId, accountId, [{ version, secrets: wrap }])
  }
  return version
}

/** Changes what a member may do; the last administrator stays one. */
export async function setRoles(
  db: Tx,
  actor: Actor,
  accountId: string,
  roles: readonly Role[],
): Promise<{ readonly changed: true } | MemberRefusal> {
  await lockMembers(db)
  const others = (await membersOf(db, actor.partyId)).filter(
    (row) => row.account_id !== accountId && row.roles.includes('agency-administrator'),
  )
  if (!roles.includes('agency-administrator') && others.length === 0) return { refused: 'last-administrator' }
  if (!(await changeRoles(db, accountId, roles))) return { refused: 'gone' }
  await record(db, actor, { kind: 'member.roles', detail: { account: accountId, roles } })
  return { changed: true }
}

/**
 * Makes a recovery sheet: an offline pair, printed once, to which every version of the agency's secrets is sealed. It stands
 * for the last member; a version made later needs a new sheet.
 */
export async function printSheet(db: Tx, actor: Actor): Promise<string> {
  const pair = newBoxPair()
  const rows = [...actor.keys.versions.values()].map((keys) => ({
    party_id: actor.partyId,
    version: keys.version,
    sheet_public: pair.publicKey,
    secrets: sealToSheet(pair, actor.partyId, keys),
  }))
  await keepSheet(db, actor.partyId, rows)
  await record(db, actor, { kind: 'party.sheet', detail: { version: actor.keys.party.version } })
  return toText(pair.secretKey)
}
