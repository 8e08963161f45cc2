import type { Tx } from '#platform/db'
import { type LedgerLine, recordToBox } from '#platform/ledger'

import { operatorKeys } from './operator-line.store.ts'

/**
 * What was done at the machine, in the ledger of whoever runs it, sealed to their key. Where no operator's agency exists, the
 * machine's own log is all there is. Gives how many lines were written.
 */
export async function recordForOperator(owner: Tx, line: Omit<LedgerLine, 'of'>): Promise<number> {
  const keys = await operatorKeys(owner)
  for (const key of keys) await recordToBox(owner, key, line)
  return keys.length
}
