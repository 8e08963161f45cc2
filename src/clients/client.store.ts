import { sql } from 'kysely'

import type { Bytes } from '#platform/crypto'
import type { Pool, Tx } from '#platform/db'

/** A client to be made. */
export interface NewClient {
  readonly id: string
  readonly hash: Bytes
  readonly scopes: readonly string[]
  readonly days: number
  readonly keyVersion: number
  readonly card: Bytes
  readonly publicKey: Bytes
  readonly secret: Bytes
}

/** Makes a client with its own key; false when the asker is no administrator. */
export async function addClient(db: Tx, c: NewClient): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`
    select clients.make(${c.id}::uuid, ${c.hash}, ${[...c.scopes]}::text[], ${c.days}, ${c.keyVersion}, ${c.card},
      ${c.publicKey}, ${c.secret}) as ok`.execute(db)
  return rows[0]?.ok === true
}

/** Ends a client with everything that hangs on it; false when the asker is no administrator or it is over. */
export async function endClient(db: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`select clients.revoke(${id}::uuid) as ok`.execute(db)
  return rows[0]?.ok === true
}

const columns = [
  'id',
  'scopes',
  'state',
  'made_by',
  'made_at',
  'ends_at',
  'ended_at',
  'key_version',
  'card',
  sql<string | null>`to_char(used_on, 'YYYY-MM-DD')`.as('used_on'),
] as const

/** The agency's clients, the newest first, those of earlier days too. */
export async function clientRows(db: Tx, partyId: string) {
  return db
    .selectFrom('clients.client')
    .select(columns)
    .where('party_id', '=', partyId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** One client of the agency. */
export async function clientRow(db: Tx, partyId: string, id: string) {
  return db
    .selectFrom('clients.client')
    .select(columns)
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** How many of the agency's clients work now. */
export async function liveClients(db: Tx, partyId: string): Promise<number> {
  const { many } = await db
    .selectFrom('clients.client')
    .select(sql<number>`count(*)::integer`.as('many'))
    .where('party_id', '=', partyId)
    .where('state', '=', 'live')
    .executeTakeFirstOrThrow()
  return many
}

interface Material {
  readonly client_id: string
  readonly party_id: string
  readonly scopes: string[]
  readonly public_key: Buffer
  readonly secret: Buffer
}

/** What the database holds of a client's pair, or null; the caller does the same work either way. */
export async function clientMaterial(db: Pool, hash: Bytes): Promise<Material | null> {
  const { rows } = await sql<Material>`select * from clients.material(${hash})`.execute(db)
  return rows[0] ?? null
}

/** Starts a token; false when the client ended in the meantime. */
export async function startToken(
  db: Pool,
  token: {
    readonly row: Bytes
    readonly hash: Bytes
    readonly scopes: readonly string[]
    readonly secret: Bytes
  },
): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`
    select clients.start_token(${token.row}, ${token.hash}, ${[...token.scopes]}::text[], ${token.secret}) as ok`.execute(
    db,
  )
  return rows[0]?.ok === true
}

/** A right secret ends the counting of wrong ones; how many no line of the ledger tells yet. */
export async function endFailures(db: Pool, hash: Bytes): Promise<number> {
  const { rows } = await sql<{ untold: number }>`select access.sign_in_succeeded(${hash}) as untold`.execute(
    db,
  )
  return rows[0]?.untold ?? 0
}
