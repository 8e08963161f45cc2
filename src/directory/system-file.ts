import type { Tx } from '#platform/db'
import { matchingRow } from './matching.store.ts'
import { pathwaysForSystem } from './pathway.store.ts'
import { systemOfSource, type SystemSource } from './system-source.rules.ts'

/**
 * The live directory as a service-system file: facets, needs, agencies as doors, services with their thresholds, waits and
 * what must come first, and the pathways that are open now. No person is in it. `pack` narrows it to one country.
 */
export async function systemFile(db: Tx, pack: 'uk' | 'us' | null) {
  return systemOfSource(await systemSource(db, pack))
}

/** The same, not yet put together. */
export async function systemSource(db: Tx, pack: 'uk' | 'us' | null): Promise<SystemSource> {
  const row = await matchingRow(db, pack)
  return { pack, ...row, pathways: await pathwaysForSystem(db, pack) }
}
