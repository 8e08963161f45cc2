import { sql } from 'kysely'
import { z } from 'zod'

import {
  type BoxPair,
  type Bytes,
  digest,
  framed,
  fromText,
  openBytes,
  sameBytes,
  sealBytes,
  sha256,
} from '#platform/crypto'
import { endTransaction, type Tx } from '#platform/db'

import { type Actor, newcomerOf } from './actor.ts'
import { isClientScope, type ClientScope } from './client-scopes.ts'
import type { Doorway, NoSession } from './openers.ts'
import { openParty, sealParty } from './party-cells.ts'

type Keyholder = Pick<Actor, 'partyId' | 'keys'>

/** The system that asks, for one transaction. */
export interface Client {
  readonly id: string
  readonly name: string
  readonly scopes: readonly ClientScope[]
  /** When its token is over. */
  readonly until: Date
}

const Card = z.object({ name: z.string(), key: z.string() })
const table = 'clients.client'

interface Begun {
  readonly account_id: string
  readonly party_id: string
  readonly scopes: string[]
  readonly secret: Buffer
  readonly public_key: Buffer
  readonly key_version: number
  readonly card: Buffer
  readonly ends_at: Date
}

/**
 * One transaction as an API client: a member of its agency with a key pair of its own and no wrap of its own, so that it sees open
 * cases and never a closed one. It has no role: what it may do are its scopes.
 */
export async function asClient<T>(
  at: Doorway,
  token: string,
  purpose: string,
  work: (db: Tx, actor: Actor, client: Client) => Promise<T>,
): Promise<T | NoSession> {
  return at.pools.web.transaction().execute(async (db) => {
    const { rows } = await sql<Begun>`
      select * from access.begin_client(${tokenRow(token)}, ${purpose})`.execute(db)
    const row = rows[0]
    if (row === undefined) return { refused: 'no-session' }
    const secretKey = openBytes(tokenKey(token), tokenAad(row.account_id), row.secret)
    const pair: BoxPair = { publicKey: row.public_key, secretKey }
    const newcomer = await newcomerOf(db, { ...row, roles: [] }, pair)
    if (newcomer === null) return { refused: 'no-session' }
    const { name } = openClientCard(newcomer, row.account_id, row)
    const actor = { ...newcomer, ...(await at.introduce(db, newcomer, name)) }
    const scopes = row.scopes.filter(isClientScope)
    const done = await work(db, actor, { id: row.account_id, name, scopes, until: row.ends_at })
    await endTransaction(db)
    return done
  })
}

/** What a token's row is found by. */
export function tokenRow(token: string): Bytes {
  return sha256(digest('anydoor/client/token/id', new TextEncoder().encode(token)))
}

/** The client's secret key as a token's row holds it: it opens with the token alone. */
export function sealForToken(token: string, clientId: string, pair: BoxPair): Bytes {
  return sealBytes(tokenKey(token), tokenAad(clientId), pair.secretKey)
}

function tokenKey(token: string): Bytes {
  return digest('anydoor/client/token/key', new TextEncoder().encode(token))
}

function tokenAad(clientId: string): Bytes {
  return framed('anydoor/client/token', new TextEncoder().encode(clientId))
}

/** Seals a client's name with the public key it was made with: nobody can swap that later. */
export function sealClientCard(
  actor: Keyholder,
  clientId: string,
  card: { readonly name: string; readonly key: string },
): Bytes {
  return sealParty(actor, table, 'card', clientId, card)
}

/** Opens a client's card; throws Unopenable when it was moved or changed. */
export function openClientCard(
  actor: Keyholder,
  clientId: string,
  sealed: { readonly key_version: number; readonly card: Uint8Array },
): z.output<typeof Card> {
  return Card.parse(openParty(actor, sealed.key_version, table, 'card', clientId, sealed.card))
}

/** The keys of the agency's living clients, as each was made: what is sealed to every member is sealed to them too. */
export async function clientKeys(
  db: Tx,
  actor: Keyholder,
): Promise<readonly { readonly accountId: string; readonly publicKey: Bytes }[]> {
  const rows = await db
    .selectFrom('clients.client as c')
    .innerJoin('keyring.client_key as k', (join) =>
      join.onRef('k.party_id', '=', 'c.party_id').onRef('k.client_id', '=', 'c.id'),
    )
    .select(['c.id', 'c.key_version', 'c.card', 'k.public_key'])
    .where('c.party_id', '=', actor.partyId)
    .where('c.state', '=', 'live')
    .execute()
  return rows.map((row) => {
    if (!sameBytes(fromText(openClientCard(actor, row.id, row).key), row.public_key))
      throw new Error('A client’s public key is not the one it was made with.')
    return { accountId: row.id, publicKey: row.public_key }
  })
}

/** What the agency calls its clients, those of earlier days too: a line of the ledger says who did it. */
export async function clientNames(db: Tx, actor: Keyholder): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('clients.client')
    .select(['id', 'key_version', 'card'])
    .where('party_id', '=', actor.partyId)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return new Map(rows.map((row) => [row.id, openClientCard(actor, row.id, row).name]))
}
