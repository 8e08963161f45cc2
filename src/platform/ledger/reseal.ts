import { sql } from 'kysely'

import { openJson, sealJson } from '#platform/crypto'
import type { Tx } from '#platform/db'

import type { LedgerCase } from './record.ts'

/**
 * Puts the details of a case's lines under the case's new key, so that those who may see the case can still read its account.
 * Commitments, and with them the tree, stay as they are.
 */
export async function resealLines(
  db: Tx,
  from: LedgerCase & { readonly partyId: string },
  to: LedgerCase,
): Promise<void> {
  const lines = await db
    .selectFrom('ledger.entry')
    .select(['id', 'detail', 'key_version'])
    .where('party_id', '=', from.partyId)
    .where('case_id', '=', from.caseId)
    .where('key_scope', '=', 'case')
    .where('key_version', '=', from.version)
    .where('detail', 'is not', null)
    .execute()
  if (lines.length === 0) return
  const about = { party: from.partyId, table: 'ledger.entry', column: 'detail' }
  const details = lines.map((line) => {
    const open = openJson(
      from.key,
      { ...about, row: line.id, keyVersion: from.version },
      line.detail ?? new Uint8Array(),
    )
    return Buffer.from(sealJson(to.key, { ...about, row: line.id, keyVersion: to.version }, open))
  })
  const ids = lines.map((line) => line.id)
  await sql`select ledger.reseal(${ids}::uuid[], ${to.version}::integer, ${details}::bytea[])`.execute(db)
}
