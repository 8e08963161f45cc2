import { randomUUIDv7 } from 'node:crypto'

import { sealToSystem } from '#parties'
import { type Actor, type ClientScope, openClientCard, sealClientCard } from '#platform/access'
import { type Installation, newBoxPair, toText } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { type ListedClient, mostClients } from './client.ts'
import { addClient, clientRow, clientRows, endClient, liveClients } from './client.store.ts'
import { clientHash, newSecret, sealPair } from './secret.ts'

/** What an administrator gives to a system. */
export interface Asked {
  readonly name: string
  readonly scopes: readonly ClientScope[]
  readonly days: number
}

/**
 * Makes a client and seals the agency's secrets to it, as to a member. The secret is in this answer and nowhere else: neither the
 * database nor the ledger nor a log can give it again.
 */
export async function makeClient(
  db: Tx,
  actor: Actor,
  at: Pick<Installation, 'pepper'>,
  asked: Asked,
): Promise<{ readonly id: string; readonly secret: string } | { readonly refused: 'gone' | 'too-many' }> {
  const id = randomUUIDv7()
  const [pair, secret] = [newBoxPair(), newSecret()]
  if ((await liveClients(db, actor.partyId)) >= mostClients) return { refused: 'too-many' }
  // Takes the members' turn first: nobody makes new keys while a client is made without them.
  if (!(await sealToSystem(db, actor, id, pair.publicKey))) return { refused: 'gone' }
  const made = await addClient(db, {
    id,
    hash: clientHash(at.pepper, id),
    scopes: asked.scopes,
    days: asked.days,
    keyVersion: actor.keys.party.version,
    card: sealClientCard(actor, id, { name: asked.name, key: toText(pair.publicKey) }),
    publicKey: pair.publicKey,
    secret: sealPair(at.pepper, secret, id, pair),
  })
  if (!made) throw new Error('Only an administrator makes a client.')
  await record(db, actor, {
    kind: 'client.made',
    detail: { client: id, scopes: asked.scopes, days: asked.days },
  })
  return { id, secret }
}

/** Ends a client at once: its seals, tokens and kept answers go in this transaction. */
export async function revokeClient(
  db: Tx,
  actor: Actor,
  id: string,
): Promise<{ readonly revoked: true } | { readonly refused: 'gone' }> {
  if (!(await endClient(db, id))) return { refused: 'gone' }
  await record(db, actor, { kind: 'client.revoked', detail: { client: id } })
  return { revoked: true }
}

/** The agency's clients, the newest first. */
export async function listedClients(db: Tx, actor: Actor): Promise<readonly ListedClient[]> {
  return (await clientRows(db, actor.partyId)).map((row) => listed(actor, row))
}

/** One of them, or null. */
export async function listedClient(db: Tx, actor: Actor, id: string): Promise<ListedClient | null> {
  const row = await clientRow(db, actor.partyId, id)
  return row === undefined ? null : listed(actor, row)
}

function listed(actor: Actor, row: Awaited<ReturnType<typeof clientRows>>[number]): ListedClient {
  const over = row.state === 'live' && row.ends_at <= new Date()
  return {
    id: row.id,
    name: openClientCard(actor, row.id, row).name,
    scopes: row.scopes,
    state: over ? 'ended' : (row.state as ListedClient['state']),
    madeBy: row.made_by,
    madeAt: row.made_at,
    endsAt: row.ends_at,
    endedAt: over ? row.ends_at : row.ended_at,
    usedOn: row.used_on,
  }
}
