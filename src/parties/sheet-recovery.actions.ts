import { randomUUIDv7 } from 'node:crypto'

import { openParty, type PartyKeys, rowOf, sealParty } from '#platform/access'
import { countFailure, delayOf, loginHash, type Wait } from '#platform/auth'
import {
  type BoxPair,
  boxPairOf,
  type Bytes,
  fingerprint,
  fingerprintWords,
  fromText,
  type Installation,
  keyedDigest,
  newCookie,
  sameBytes,
  Unopenable,
} from '#platform/crypto'
import type { Pool, Tx } from '#platform/db'
import { recordToBox } from '#platform/ledger'

import { MemberCard } from './agency.ts'
import { keepInvitation, keepMember, keepPartyWraps } from './invitation.store.ts'
import { sealCard, sealVersions } from './member.ts'
import {
  admitFromSheet,
  answeredBySheet,
  endSheetInvitations,
  loginTaken,
  publicKeysOf,
  type SheetRow,
  sheetRows,
} from './sheet-recovery.store.ts'
import { openFromSheet } from './sheet.ts'

const HOURS = 72

export type SheetRefusal =
  | { readonly refused: 'wrong-sheet' }
  | {
      readonly refused: 'used' | 'older' | 'altered' | 'login-taken' | 'nobody-ready' | 'other-words'
      readonly agency: string
    }
  | Wait

/** The first half, at the machine: the sheet makes one link for a new administrator of its agency, and nothing else yet. */
export async function inviteBySheet(
  owner: Pool,
  at: Installation,
  sheet: string,
  who: { readonly login: string; readonly name: string },
): Promise<{ readonly agency: string; readonly token: string } | SheetRefusal> {
  return withSheet(owner, at, sheet, async (db, opened) => {
    const { agency, partyId, keys } = opened
    const login = loginHash(at.pepper, who.login)
    if (await loginTaken(db, login)) return { refused: 'login-taken', agency }
    await endSheetInvitations(db, partyId)
    const [token, id] = [newCookie(), randomUUIDv7()]
    await keepInvitation(db, {
      party_id: partyId,
      id,
      token_hash: rowOf(token),
      login_hash: login,
      key_version: keys.party.version,
      card: sealParty(opened, 'parties.invitation', 'card', id, { name: who.name, title: '' }),
      roles: ['agency-administrator'],
      ends_at: new Date(Date.now() + HOURS * 3_600_000),
      by_sheet: true,
    })
    await tell(db, opened, { what: 'sheet-link', invitation: id })
    return { agency, token }
  })
}

/**
 * The second half: whoever answered the link reads six words aloud, and the sheet seals the agency's secrets to the key that
 * has these words. The sheet is used up by it.
 */
export async function admitBySheet(
  owner: Pool,
  at: Installation,
  sheet: string,
  words: readonly string[],
): Promise<{ readonly agency: string; readonly name: string } | SheetRefusal> {
  return withSheet(owner, at, sheet, async (db, opened) => {
    const { agency, partyId, keys } = opened
    const ready = await answeredBySheet(db, partyId)
    if (ready.length === 0) return { refused: 'nobody-ready', agency }
    const said = words.join(' ').toLowerCase()
    const one = ready.find((row) => fingerprintWords(fingerprint(row.public_key)).join(' ') === said)
    if (one === undefined) return { refused: 'other-words', agency }
    const accountId = await admitFromSheet(db, partyId, one.id)
    if (accountId === null) return { refused: 'nobody-ready', agency }
    const wraps = sealVersions(one.public_key, partyId, keys.versions)
    await keepPartyWraps(db, partyId, accountId, wraps)
    const card = MemberCard.parse(
      openParty(opened, one.key_version, 'parties.invitation', 'card', one.id, one.card),
    )
    await keepMember(db, {
      party_id: partyId,
      account_id: accountId,
      key_version: keys.party.version,
      card: sealCard({ accountId, partyId, keys }, accountId, { card, publicKey: one.public_key }),
    })
    await tell(db, opened, { what: 'sheet-admitted', account: accountId })
    return { agency, name: card.name }
  })
}

interface Opened {
  readonly agency: string
  readonly partyId: string
  readonly keys: {
    readonly user: BoxPair
    readonly party: PartyKeys
    readonly versions: ReadonlyMap<number, PartyKeys>
  }
}

/** One transaction with the agency's secrets open in memory; a sheet that opens nothing waits as a wrong password does. */
async function withSheet<T extends object>(
  owner: Pool,
  at: Installation,
  sheet: string,
  work: (db: Tx, opened: Opened) => Promise<T | SheetRefusal>,
): Promise<T | SheetRefusal> {
  const tries = keyedDigest(at.pepper, 'anydoor/sheet-tries')
  const wait = await delayOf(owner, tries)
  if (wait !== null) return wait
  const done = await owner.transaction().execute(async (db) => {
    const opened = await openSheet(db, sheet)
    return 'refused' in opened ? opened : work(db, opened)
  })
  if ('refused' in done && done.refused === 'wrong-sheet') await countFailure(owner, tries)
  return done
}

async function openSheet(db: Tx, sheet: string): Promise<Opened | SheetRefusal> {
  const user = pairOf(sheet)
  const rows = user === null ? [] : await sheetRows(db, user.publicKey)
  const [first] = rows
  if (user === null || first === undefined) return { refused: 'wrong-sheet' }
  const { agency, party_id: partyId } = first
  if (first.used) return { refused: 'used', agency }
  const known = await publicKeysOf(db, partyId)
  if (known.at(-1)?.version !== rows.at(-1)?.version) return { refused: 'older', agency }
  const versions = openAll(user, rows, known)
  if (versions === null) return { refused: 'altered', agency }
  const party = [...versions.values()].at(-1)
  if (party === undefined) return { refused: 'wrong-sheet' }
  return { agency, partyId, keys: { user, party, versions } }
}

function pairOf(sheet: string): BoxPair | null {
  try {
    const secretKey = fromText(sheet.replaceAll(/\s/g, ''))
    return secretKey.length === 32 ? boxPairOf(secretKey) : null
  } catch (error) {
    if (error instanceof Unopenable) return null
    throw error
  }
}

/** Every version that was sealed to the sheet; null when one is not as it was printed, or not the key the agency is known by. */
function openAll(
  user: BoxPair,
  rows: readonly SheetRow[],
  known: Awaited<ReturnType<typeof publicKeysOf>>,
): ReadonlyMap<number, PartyKeys> | null {
  try {
    const all = rows.map((row) => openFromSheet(user, row.party_id, row))
    const good = all.every((keys) => {
      const publicly = known.find(({ version }) => version === keys.version)
      return publicly !== undefined && belongs(keys, publicly)
    })
    return good ? new Map(all.map((keys) => [keys.version, keys])) : null
  } catch (error) {
    if (error instanceof Unopenable) return null
    throw error
  }
}

/** New wraps must carry what partners seal to: a public key that somebody else wrote down is noticed here. */
function belongs(
  keys: PartyKeys,
  publicly: { readonly box_public: Bytes; readonly sign_public: Bytes },
): boolean {
  return (
    sameBytes(boxPairOf(keys.box.secretKey).publicKey, publicly.box_public) &&
    sameBytes(keys.sign.secretKey.subarray(32), publicly.sign_public)
  )
}

function tell(db: Tx, { partyId, keys }: Opened, detail: Readonly<Record<string, string>>): Promise<void> {
  const { version, box } = keys.party
  return recordToBox(db, { partyId, version, boxPublic: box.publicKey }, { kind: 'party.sheet-used', detail })
}
