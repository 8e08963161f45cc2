import type { Tx } from '#platform/db'
import { matchingRow, practicesOf } from './matching.store.ts'
import { pathwaysForSystem } from './pathway.store.ts'
import { practised, systemOfSource, type SystemSource } from './system-source.rules.ts'

/**
 * The live directory as a service-system file: facets, needs, agencies as doors, services with their thresholds, waits and
 * what must come first, and the pathways that are open now. No person is in it. `pack` narrows it to one country.
 * As practised, the file also holds what a rule forbids and is done all the same, so that a check counts the gap it makes.
 */
export async function systemFile(
  db: Tx,
  pack: 'uk' | 'us' | null,
  as: 'permitted' | 'practised' = 'permitted',
) {
  const file = systemOfSource(await systemSource(db, pack))
  return as === 'permitted' ? file : practised(file, await practicesOf(db, pack))
}

/** The same, not yet put together. */
export async function systemSource(db: Tx, pack: 'uk' | 'us' | null): Promise<SystemSource> {
  const row = await matchingRow(db, pack)
  return { pack, ...row, pathways: await pathwaysForSystem(db, pack) }
}
