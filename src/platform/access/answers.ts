import { sql } from 'kysely'
import { z } from 'zod'

import { type Bytes, keyedDigest, openJson, sameBytes, sealJson, toText } from '#platform/crypto'
import type { Tx } from '#platform/db'

import type { Actor } from './actor.ts'

type Keyholder = Pick<Actor, 'accountId' | 'partyId' | 'keys'>

const KeptAnswer = z.object({
  status: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string(),
})
/** An answer as it went out: its body in base64url. */
export type KeptAnswer = z.output<typeof KeptAnswer>

/** What is known of a request that names itself by a key. */
export type KnownRequest =
  | { readonly known: 'new' }
  | { readonly known: 'running' | 'other-request' }
  | { readonly known: 'done'; readonly answer: KeptAnswer }

/** A client's key for one request. All that is kept of it opens with the client's own pair and the key together. */
export interface RequestKey {
  readonly row: Bytes
  readonly request: Bytes
  readonly seal: Bytes
}

/** What the request's rows are found and sealed by. `request` is everything that makes it this request and no other. */
export function requestKey({ keys }: Keyholder, key: string, ...request: readonly Bytes[]): RequestKey {
  const named = new TextEncoder().encode(key)
  const own = keys.user.secretKey
  return {
    row: keyedDigest(own, 'anydoor/client/done/row', named),
    request: keyedDigest(own, 'anydoor/client/done/request', named, ...request),
    seal: keyedDigest(own, 'anydoor/client/done/answer', named),
  }
}

/** Holds the key until the transaction ends, and says whether its request was answered already. */
export async function takeRequest(db: Tx, actor: Keyholder, key: RequestKey): Promise<KnownRequest> {
  const turn = Buffer.from(key.row).readBigInt64BE(0)
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${turn.toString()}::bigint) as mine`.execute(db)
  if (rows[0]?.mine !== true) return { known: 'running' }
  const row = await db
    .selectFrom('clients.done')
    .select(['request', 'answer'])
    .where('party_id', '=', actor.partyId)
    .where('client_id', '=', actor.accountId)
    .where('key_hash', '=', Buffer.from(key.row))
    .where(sql<boolean>`made_at > clock_timestamp() - interval '1 day'`)
    .executeTakeFirst()
  if (row === undefined) return { known: 'new' }
  if (!sameBytes(row.request, key.request)) return { known: 'other-request' }
  return { known: 'done', answer: KeptAnswer.parse(openJson(key.seal, addressOf(actor, key), row.answer)) }
}

/** Keeps the answer in the transaction of what it answers: both are there, or neither. */
export async function keepAnswer(
  db: Tx,
  actor: Keyholder,
  key: RequestKey,
  answer: KeptAnswer,
): Promise<void> {
  const own = { party_id: actor.partyId, client_id: actor.accountId, key_hash: key.row }
  await db
    .deleteFrom('clients.done')
    .where('party_id', '=', own.party_id)
    .where('client_id', '=', own.client_id)
    .where('key_hash', '=', Buffer.from(key.row))
    .execute()
  await db
    .insertInto('clients.done')
    .values({ ...own, request: key.request, answer: sealJson(key.seal, addressOf(actor, key), answer) })
    .execute()
}

function addressOf({ partyId }: Keyholder, { row }: RequestKey) {
  return { party: partyId, table: 'clients.done', column: 'answer', row: toText(row), keyVersion: 1 }
}
