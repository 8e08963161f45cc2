import { asClient, type Doorway, sealForToken, tokenRow } from '#platform/access'
import { countFailure, delayOf } from '#platform/auth'
import { type Installation, newCookie } from '#platform/crypto'
import { rateGuard, rateGuards } from '#platform/http'
import { record } from '#platform/ledger'

import { clientMaterial, endFailures, startToken } from './client.store.ts'
import { clientHash, openPair } from './secret.ts'
import { scopesFor, type TokenAsked, type TokenRefusal } from './token.rules.ts'

/** A token as it is handed out, once. */
export interface TokenGiven {
  readonly token: string
  readonly seconds: number
  readonly scopes: readonly string[]
}

export type NoToken =
  | { readonly refused: TokenRefusal }
  | { readonly refused: 'wait'; readonly seconds: number }

const seconds = 600

/** Wrong secrets that are counted in a minute, for everybody together: each leaves a row for a day. */
const wrong = rateGuard(600)

/** Tokens that one system gets in a minute: each leaves a line in its agency's ledger. */
const right = rateGuards(30, 10_000)

/**
 * Gives a token for a right secret. A wrong one and a client that is not there are the same answer after the same work. Only wrong
 * tries wait for others: nobody guesses 256 bits, so a right secret passes at once, 30 times a minute, and nobody can lock a system out.
 */
export async function giveToken(
  at: Doorway & { readonly installation: Installation },
  asked: TokenAsked,
): Promise<TokenGiven | NoToken> {
  const { pepper } = at.installation
  const hash = clientHash(pepper, asked.clientId)
  const known = await clientMaterial(at.pools.web, hash)
  const sealed =
    known === null ? null : { clientId: known.client_id, publicKey: known.public_key, secret: known.secret }
  const pair = openPair(pepper, asked.secret, sealed)
  if (pair === null || known === null) return failed(at, hash)
  if (!right.take(asked.clientId, performance.now())) return { refused: 'wait', seconds: 60 }
  const scopes = scopesFor(known.scopes, asked.scopes)
  if (scopes === null) return { refused: 'invalid_scope' }
  const token = newCookie()
  const secret = sealForToken(token, known.client_id, pair)
  const started = await startToken(at.pools.web, { row: tokenRow(token), hash, scopes, secret })
  const untold = await endFailures(at.pools.web, hash)
  const told = await asClient(at, token, 'client.token', async (db, actor) => {
    if (untold > 0)
      await record(db, actor, { kind: 'client.failed', detail: { client: actor.accountId, failed: untold } })
    await record(db, actor, { kind: 'client.token', detail: { scopes } })
    return true
  })
  // It was revoked in between: then it is no client any more.
  return started && told === true ? { token, seconds, scopes } : { refused: 'invalid_client' }
}

async function failed(at: Doorway, hash: Uint8Array): Promise<NoToken> {
  const wait = await delayOf(at.pools.web, hash)
  if (wait !== null) return wait
  if (!wrong.take(performance.now())) return { refused: 'wait', seconds: 60 }
  await countFailure(at.pools.web, hash)
  return { refused: 'invalid_client' }
}
