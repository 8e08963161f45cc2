import type { Tx } from '#platform/db'

import { facets, needs, possible } from './facet.ts'
import { matchingRow } from './matching.store.ts'
import { pathwaysForSystem } from './pathway.store.ts'

/**
 * The live directory as a service-system file: facets, needs, agencies as doors, services with their thresholds, waits and
 * what must come first, and the pathways that are open now. No person is in it. `pack` narrows it to one country.
 */
export async function systemFile(db: Tx, pack: 'uk' | 'us' | null) {
  const row = await matchingRow(db, pack)
  const agencies = JSON.parse(row.agencies) as readonly { readonly id: string }[]
  const known = new Set(agencies.map((agency) => agency.id))
  const pathways = (await pathwaysForSystem(db, pack)).filter((path) => known.has(path.from))
  return {
    name: pack === null ? 'The live directory' : `The live directory (${pack})`,
    facets,
    possible,
    needs: needs.map(({ id, label, arises }) => ({ id, label, ...(arises === null ? {} : { arises }) })),
    agencies,
    services: JSON.parse(row.services) as unknown,
    pathways,
    weightsFrom: 'No weights: every value of a facet counts alike. Set your own before you quote a share.',
  }
}
