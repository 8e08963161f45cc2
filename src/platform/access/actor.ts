import {
  type BoxPair,
  type Bytes,
  openBytes,
  partyDataKey,
  sessionKey,
  type SignPair,
  unpackPartySecrets,
} from '#platform/crypto'
import type { Tx } from '#platform/db'
import { openPartyKeys } from './member-keys.ts'
import { isRole, type Role } from './roles.ts'
import { sessionSecretAad } from './session.ts'

/** The sectors an agency can work in; words on the screen follow the reader's. */
export const sectors = [
  'domestic-abuse',
  'mental-health',
  'child-mental-health',
  'primary-care',
  'education',
  'child-welfare',
  'substance-use',
  'housing',
  'police',
  'abuse-intervention',
  'conference',
  'partnership',
  'operator',
  'other',
] as const
export type Sector = (typeof sectors)[number]

/** One version of a party's opened secrets. `data` is the symmetric key for cells that belong to the party and to no case. */
export interface PartyKeys {
  readonly version: number
  readonly box: BoxPair
  readonly sign: SignPair
  readonly data: Bytes
}

/** Who acts, for one transaction: nothing of it outlives the request. */
export interface Actor {
  readonly accountId: string
  readonly partyId: string
  readonly roles: readonly Role[]
  readonly pack: 'uk' | 'us'
  /** The state's or nation's law that the agency works under; null: not said. */
  readonly law: string | null
  /** From which age a young person agrees alone to what the agency shares, as the agency read its law; null or left out: not said. */
  readonly young?: { readonly from: number; readonly citation: string } | null
  readonly sector: Sector
  readonly agencyName: string
  readonly displayName: string
  readonly keys: {
    readonly user: BoxPair
    readonly party: PartyKeys
    readonly versions: ReadonlyMap<number, PartyKeys>
    /** Only for who acts for an office by a link: the one partner there is, and by which prints it is known. */
    readonly partner?: {
      readonly partyId: string
      readonly prints: readonly { readonly version: number; readonly print: string }[]
    }
  }
}

/** What the platform knows of an actor before the agency's room has introduced them. */
export type Newcomer = Pick<Actor, 'accountId' | 'partyId' | 'roles' | 'keys'>

/** Gives the newcomer's agency and own name, unless that is known; the room that owns agencies provides it. */
export type Introduce = (
  db: Tx,
  who: Newcomer,
  name?: string,
) => Promise<Pick<Actor, 'pack' | 'law' | 'young' | 'sector' | 'agencyName' | 'displayName'>>

export interface BegunRow {
  readonly account_id: string
  readonly party_id: string
  readonly roles: readonly string[]
  readonly secret: Uint8Array
  readonly public_key: Uint8Array
}

/** Opens the asker's own pair with the cookie, and with it every version of the party's secrets. */
export async function openNewcomer(db: Tx, cookie: string, row: BegunRow): Promise<Newcomer | null> {
  const secretKey = openBytes(sessionKey(cookie), sessionSecretAad(row.account_id), row.secret)
  return newcomerOf(db, row, { publicKey: row.public_key, secretKey })
}

/** The same with a pair that was opened another way. */
export async function newcomerOf(
  db: Tx,
  row: Pick<BegunRow, 'account_id' | 'party_id' | 'roles'>,
  user: BoxPair,
): Promise<Newcomer | null> {
  const wraps = await db
    .selectFrom('keyring.party_wrap')
    .select(['version', 'secrets'])
    .where('party_id', '=', row.party_id)
    .where('account_id', '=', row.account_id)
    .orderBy('version')
    .execute()
  const versions = new Map<number, PartyKeys>()
  for (const wrap of wraps) {
    const packed = openPartyKeys(user, row.party_id, wrap, [...versions.values()])
    versions.set(wrap.version, opened(wrap.version, packed))
  }
  const party = [...versions.values()].at(-1)
  if (party === undefined) return null
  return {
    accountId: row.account_id,
    partyId: row.party_id,
    roles: row.roles.filter(isRole),
    keys: { user, party, versions },
  }
}

function opened(version: number, packed: Bytes): PartyKeys {
  const secrets = unpackPartySecrets(packed)
  return { version, box: secrets.box, sign: secrets.sign, data: partyDataKey(secrets) }
}
