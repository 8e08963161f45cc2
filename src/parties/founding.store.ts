import { sql } from 'kysely'

import type { Pool, Tx } from '#platform/db'

export interface Offer {
  readonly name: string
  readonly sector: string
  readonly pack: 'uk' | 'us'
  readonly area: string
}

/** An offer as it waits: with the office whose place the agency takes, and the number of its first key version. */
export interface OpenOffer extends Offer {
  readonly officeId: string | null
  readonly version: number
}

/** The offer a founding link stands for, or null when it was taken up or ran out. */
export async function foundingFor(db: Pool, tokenHash: Uint8Array): Promise<OpenOffer | null> {
  const { rows } =
    await sql<OpenOffer>`select name, sector, pack, area, office_id as "officeId", version from parties.founding_for(${tokenHash})`.execute(
      db,
    )
  return rows[0] ?? null
}

export interface FoundingRows {
  readonly tokenHash: Uint8Array
  readonly partyId: string
  readonly accountId: string
  readonly agency: {
    readonly name: string
    readonly sector: string
    readonly area: string
    readonly phone: string
  }
  readonly party: {
    readonly boxPublic: Uint8Array
    readonly signPublic: Uint8Array
    readonly wrap: Uint8Array
    readonly version: number
  }
  readonly account: {
    readonly login: Uint8Array
    readonly mail: Uint8Array
    readonly totp: Uint8Array
    readonly publicKey: Uint8Array
    readonly salt: Uint8Array
    readonly params: number
    readonly secret: Uint8Array
    readonly recovery: Uint8Array
  }
  readonly card: Uint8Array
  readonly roles: readonly string[]
}

/** Writes agency, keys, account and membership in one act; false when the offer is gone or the login is taken. */
export async function found(db: Pool, rows: FoundingRows): Promise<boolean> {
  const { account, agency, party } = rows
  const done = await sql<{
    ok: boolean
  }>`select parties.found(${rows.tokenHash}, ${rows.partyId}::uuid, ${rows.accountId}::uuid,
    ${agency.name}, ${agency.sector}, ${agency.area}, ${agency.phone}, ${party.boxPublic}, ${party.signPublic}, ${account.login}, ${account.mail},
    ${account.totp}, ${account.publicKey}, ${account.salt}, ${account.params}, ${account.secret}, ${account.recovery},
    ${party.wrap}, ${rows.card}, ${[...rows.roles]}::text[], ${party.version}) as ok`.execute(db)
  return done.rows[0]?.ok === true
}

/** Writes down an offer as the owner of the database; the link's token is the only way to take it up. */
export async function offerAsOwner(owner: Pool, tokenHash: Uint8Array, offer: Offer): Promise<void> {
  await sql`insert into parties.founding (token_hash, name, sector, pack, area, ends_at)
    values (${tokenHash}, ${offer.name}, ${offer.sector}, ${offer.pack}, ${offer.area}, now() + interval '72 hours')`.execute(
    owner,
  )
}

/** True when no agency exists yet: then the first start prints a founding link. */
export async function nobodyYet(owner: Pool): Promise<boolean> {
  const { rows } = await sql<{
    empty: boolean
  }>`select not exists (select from parties.agency) as empty`.execute(owner)
  return rows[0]?.empty === true
}

/** Writes down an offer as a signed-in operator; false for anybody else. */
export async function offerAsOperator(
  db: Tx,
  tokenHash: Uint8Array,
  offer: Offer,
  officeId: string | null = null,
): Promise<boolean> {
  const { rows } = await sql<{
    ok: boolean
  }>`select parties.offer(${tokenHash}, ${offer.name}, ${offer.sector}, ${offer.pack}, ${offer.area}, ${officeId}::uuid) as ok`.execute(
    db,
  )
  return rows[0]?.ok === true
}

/** An office of exactly this name that is written to by link; for a signed-in operator alone. */
export async function officeNamed(db: Tx, name: string, pack: string): Promise<string | null> {
  const { rows } = await sql<{
    id: string
  }>`select office_id as id from parties.office_named(${name}, ${pack})`.execute(db)
  return rows[0]?.id ?? null
}
