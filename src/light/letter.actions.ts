import { agencyOf, asKeys } from '#parties'
import { type Actor, asBearer, rowOf } from '#platform/access'
import {
  fromText,
  type Installation,
  keyedDigest,
  newCookie,
  openBytes,
  sealBytes,
  sessionKey,
  unpackPartySecrets,
} from '#platform/crypto'
import type { Pools, Tx } from '#platform/db'

import { LinkSecret } from './link.ts'
import { readCode, secretOf, tokenHash, wrapAad } from './link.actions.ts'
import { closeLink, enterLink, knock, ownLink, saltOf } from './link.store.ts'

/** What a running installation gives: the pools, and the pepper that no copy of the database holds. */
export interface LinkDoor {
  readonly pools: Pools
  readonly installation: Pick<Installation, 'pepper'>
}

/**
 * A token with a typed code. A wrong code, an unknown token, one that is used and one that is late get the same answer by the same
 * work; five wrong codes end a link for good. Success gives the cookie of the letter and uses the link up.
 */
export async function enterByCode(
  { pools, installation }: LinkDoor,
  token: string,
  typed: string,
): Promise<{ readonly cookie: string } | { readonly refused: 'not-a-code' | 'no-match' | 'busy' }> {
  const code = readCode(typed)
  if (code === null) return { refused: 'not-a-code' }
  const hash = tokenHash(installation, token)
  const known = await saltOf(pools.web, hash)
  const salt = known ?? keyedDigest(installation.pepper, 'anydoor/light/no-salt', hash).subarray(0, 16)
  const secret = await secretOf(installation, { token, code, salt })
  if (typeof secret !== 'string') return secret
  const secretRow = rowOf(secret)
  const cookie = newCookie()
  const entered = await pools.web.transaction().execute(async (db) => {
    const found = await knock(db, hash, secretRow)
    if (found === null) return false
    const content = openBytes(sessionKey(secret), wrapAad(found.linkId), found.wrap)
    const wrap = sealBytes(sessionKey(cookie), wrapAad(found.linkId), content)
    return enterLink(db, { tokenHash: hash, secretRow }, { cookieRow: rowOf(cookie), wrap })
  })
  return entered ? { cookie } : { refused: 'no-match' }
}

/** One thread, open at the office for an hour: the handle sees its rows and no others. */
export interface OpenLetter {
  readonly db: Tx
  /** The office, in this thread: it holds the thread's own key version, and knows one partner. */
  readonly actor: Actor
  readonly threadId: string
  readonly endsAt: Date
  /** Closes it for good: answered, or put away. */
  readonly close: (answered: boolean) => Promise<void>
}

/** Works with the letter that a cookie opens; null when it is over, or never was. */
export async function onLetter<T>(
  pools: Pools,
  cookie: string,
  work: (letter: OpenLetter) => Promise<T>,
): Promise<T | null> {
  const done = await asBearer(pools, cookie, 'letter', async (db, { partyId, threadId, accountId }) => {
    const row = threadId === null ? null : await ownLink(db)
    const agency = await agencyOf(db, partyId)
    if (row === null || threadId === null || accountId === null || agency === null) return null
    const content = openBytes(sessionKey(cookie), wrapAad(row.linkId), row.wrap)
    const { version, secrets, partner } = LinkSecret.parse(JSON.parse(Buffer.from(content).toString('utf8')))
    const party = asKeys(version, unpackPartySecrets(fromText(secrets)))
    const actor: Actor = {
      accountId,
      partyId,
      roles: [],
      pack: agency.pack,
      law: null,
      sector: agency.sector,
      agencyName: agency.name,
      displayName: agency.name,
      keys: { user: party.box, party, versions: new Map([[version, party]]), partner },
    }
    return {
      given: await work({ db, actor, threadId, endsAt: row.endsAt, close: (said) => closeLink(db, said) }),
    }
  })
  return done === null || 'refused' in done ? null : done.given
}
