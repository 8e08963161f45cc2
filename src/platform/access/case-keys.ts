import {
  type Bytes,
  newKey,
  openBytes,
  openJson,
  openSealed,
  sealBytes,
  sealJson,
  sealTo,
} from '#platform/crypto'
import type { Tx } from '#platform/db'
import type { Actor } from './actor.ts'
import { admittedKeys } from './member-keys.ts'

/** An opened case key: whoever holds it can read and write the case's cells. */
export interface CaseKey {
  readonly partyId: string
  readonly caseId: string
  readonly version: number
  readonly key: Bytes
}

type Keyholder = Pick<Actor, 'accountId' | 'partyId' | 'keys'>

/** Opens a case's key; null when the case is missing or not the actor's to see, which are the same answer. */
export async function caseKey(db: Tx, actor: Keyholder, caseId: string): Promise<CaseKey | null> {
  const keys = await caseKeys(db, actor, [caseId])
  return keys.get(caseId) ?? null
}

/** Opens the keys of many cases in one query; cases that are not the actor's are absent. */
export async function caseKeys(
  db: Tx,
  actor: Keyholder,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, CaseKey>> {
  const found = new Map<string, CaseKey>()
  if (caseIds.length === 0) return found
  const wraps = await db
    .selectFrom('keyring.case_wrap')
    .select(['case_id', 'holder', 'key_version', 'party_version', 'wrap'])
    .where('party_id', '=', actor.partyId)
    .where('case_id', 'in', [...new Set(caseIds)])
    .where('holder', 'in', [actor.partyId, actor.accountId])
    .execute()
  for (const wrap of wraps) found.set(wrap.case_id, openWrap(actor, wrap))
  return found
}

export interface CaseWrapRow {
  readonly case_id: string
  readonly holder: string
  readonly key_version: number
  readonly party_version: number
  readonly wrap: Uint8Array
}

/**
 * Opens one wrap: the party's own for an open case, the member's for a closed one. Both were made by somebody who holds the
 * party's secrets and are bound to their case: a wrap that was moved or written by somebody else does not open.
 */
export function openWrap(actor: Keyholder, wrap: CaseWrapRow): CaseKey {
  const about = { partyId: actor.partyId, caseId: wrap.case_id, version: wrap.key_version }
  const party = actor.keys.versions.get(wrap.party_version)
  if (party === undefined)
    throw new Error('A case is wrapped for a version of the party that this member does not hold.')
  const sealed = wrap.holder === actor.partyId ? wrap.wrap : openSealed(actor.keys.user, wrap.wrap)
  return { ...about, key: openBytes(party.data, wrapAad(about, wrap.party_version), sealed) }
}

/** Makes the key of a new case, open to the whole agency. The case's row is inserted after it. */
export async function newCaseKey(db: Tx, actor: Keyholder, caseId: string): Promise<CaseKey> {
  const made: CaseKey = { partyId: actor.partyId, caseId, version: 1, key: newKey() }
  await wrapForParty(db, actor, made)
  return made
}

/** Wraps a case's key for every member of the party. */
export async function wrapForParty(db: Tx, actor: Keyholder, made: CaseKey): Promise<void> {
  const party = actor.keys.party
  await db
    .insertInto('keyring.case_wrap')
    .values({
      party_id: made.partyId,
      case_id: made.caseId,
      holder: made.partyId,
      key_version: made.version,
      party_version: party.version,
      wrap: partyWrap(actor, made),
    })
    .execute()
}

/** Wraps a case's key for named members only, each to their own public key; the party's wrap must be taken away by the caller. */
export async function wrapForMembers(
  db: Tx,
  actor: Keyholder,
  made: CaseKey,
  accountIds: readonly string[],
  endsAt: Date | null = null,
): Promise<void> {
  const people = await admittedKeys(db, actor, accountIds)
  await db
    .insertInto('keyring.case_wrap')
    .values(
      people.map((person) => ({
        party_id: made.partyId,
        case_id: made.caseId,
        holder: person.accountId,
        key_version: made.version,
        party_version: actor.keys.party.version,
        wrap: sealTo(person.publicKey, partyWrap(actor, made)),
        ends_at: endsAt,
      })),
    )
    .execute()
}

/**
 * Takes every wrap of the case away and wraps its new key for these members only. Every cell must lie under the new key by
 * now: whoever is not among the members, the actor included, sees nothing of the case from here on.
 */
export async function rewrapForMembers(
  db: Tx,
  actor: Keyholder,
  made: CaseKey,
  accountIds: readonly string[],
): Promise<void> {
  await db
    .deleteFrom('keyring.case_wrap')
    .where('party_id', '=', made.partyId)
    .where('case_id', '=', made.caseId)
    .execute()
  await wrapForMembers(db, actor, made, accountIds)
}

/** Takes away a member's own wrap that has an end; the party's stays. */
export async function unwrapForMember(db: Tx, of: CaseKey, accountId: string): Promise<void> {
  await db
    .deleteFrom('keyring.case_wrap')
    .where('party_id', '=', of.partyId)
    .where('case_id', '=', of.caseId)
    .where('holder', '=', accountId)
    .where('ends_at', 'is not', null)
    .execute()
}

/** Seals a JSON value into a cell of the case. `row` is the row's own id. */
export function sealCase(k: CaseKey, table: string, column: string, row: string, value: unknown): Bytes {
  return sealJson(k.key, { party: k.partyId, table, column, row, keyVersion: k.version }, value)
}

/** Opens a cell of the case; throws Unopenable when it was moved or changed. */
export function openCase(
  k: CaseKey,
  table: string,
  column: string,
  row: string,
  sealed: Uint8Array,
): unknown {
  return openJson(k.key, { party: k.partyId, table, column, row, keyVersion: k.version }, sealed)
}

function partyWrap({ keys }: Keyholder, made: CaseKey): Bytes {
  return sealBytes(keys.party.data, wrapAad(made, keys.party.version), made.key)
}

/** The octets a wrap is bound to. */
export function wrapAad(about: Pick<CaseKey, 'partyId' | 'caseId' | 'version'>, partyVersion: number): Bytes {
  return new TextEncoder().encode(
    `anydoor case wrap|${about.partyId}|${about.caseId}|${about.version}|${partyVersion}`,
  )
}
