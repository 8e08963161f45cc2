import type { Bytes } from '#platform/crypto'
import type { Pool } from '#platform/db'

import type { SignedHead } from './head.ts'
import { factsOf, headFrom } from './sealer.ts'
import { type LedgerEntry, type LedgerReport, verifyLedger } from './verify.ts'

const PAGE = 10_000

/** Recomputes the whole stored ledger, as the database's owner; `pinned` is a head kept outside. */
export async function checkStoredLedger(
  owner: Pool,
  installationPublicKey: Bytes,
  pinned?: SignedHead,
): Promise<LedgerReport> {
  const heads = await owner.selectFrom('ledger.head').selectAll().orderBy('size').execute()
  const witnesses = await owner.selectFrom('ledger.witness').selectAll().orderBy('size').execute()
  const keys = await owner
    .selectFrom('keyring.party_key')
    .select(['party_id', 'sign_public'])
    .orderBy('version')
    .execute()
  const partySignKeys = new Map<string, Bytes[]>()
  for (const key of keys)
    partySignKeys.set(key.party_id, [...(partySignKeys.get(key.party_id) ?? []), key.sign_public])
  return verifyLedger({
    entries: storedEntries(owner),
    heads: heads.map(headFrom),
    witnesses: witnesses.map((row) => ({
      partyId: row.party_id,
      size: row.size,
      root: row.root,
      signature: row.signature,
    })),
    installationPublicKey,
    partySignKeys,
    ...(pinned === undefined ? {} : { pinned }),
  })
}

/** Every line by position, page by page, and the unsealed ones last. */
async function* storedEntries(owner: Pool): AsyncGenerator<LedgerEntry> {
  const columns = ['party_id', 'kind', 'minute', 'commitment', 'position'] as const
  for (let after = -1; ;) {
    const page = await owner
      .selectFrom('ledger.entry')
      .select(columns)
      .where('position', '>', after)
      .orderBy('position')
      .limit(PAGE)
      .execute()
    for (const row of page) yield { ...factsOf(row), position: row.position }
    const last = page.at(-1)?.position
    if (last === undefined || last === null) break
    after = last
  }
  const tail = await owner.selectFrom('ledger.entry').select(columns).where('position', 'is', null).execute()
  for (const row of tail) yield { ...factsOf(row), position: null }
}
