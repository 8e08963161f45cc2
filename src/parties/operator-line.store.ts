import { sql } from 'kysely'

import type { Tx } from '#platform/db'

export interface OperatorKey {
  readonly partyId: string
  readonly version: number
  readonly boxPublic: Buffer
}

/** The newest key of each operator's agency, as the owner of the database reads it. */
export async function operatorKeys(owner: Tx): Promise<readonly OperatorKey[]> {
  const { rows } = await sql<OperatorKey>`
    select a.party_id as "partyId", k.version, k.box_public as "boxPublic" from parties.agency a
    join lateral (select p.version, p.box_public from keyring.party_key p where p.party_id = a.party_id
      order by p.version desc limit 1) k on true
    where a.sector = 'operator'`.execute(owner)
  return rows
}
