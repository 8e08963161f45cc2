import { sql } from 'kysely'
import type { Sector } from '#platform/access'
import type { Tx } from '#platform/db'

/** An organisation of the directory; `partyId` where it is a partner with keys. */
export interface Organization {
  readonly id: string
  readonly sourceId: string
  /** The short code of the file it came from, where there is one. */
  readonly code: string | null
  readonly name: string
  readonly sector: Sector
  readonly pack: 'uk' | 'us'
  readonly partyId: string | null
  readonly mustReport: readonly string[] | null
}

const columns = sql`id, source_id as "sourceId", alternate_name as code, name, sector, pack, party_id as "partyId",
  must_report as "mustReport"`

/** Every organisation, by name. */
export async function listOrganizations(db: Tx): Promise<readonly Organization[]> {
  const result =
    await sql<Organization>`select ${columns} from directory.organization order by name, id`.execute(db)
  return result.rows
}

/** The organisation that a partner is, or null when it has no entry. */
export async function organizationOfParty(db: Tx, partyId: string): Promise<Organization | null> {
  const result = await sql<Organization>`
    select ${columns} from directory.organization where party_id = ${partyId}`.execute(db)
  return result.rows[0] ?? null
}

/** Says that an organisation is a partner with keys: its services can then be sent a referral. */
export async function linkParty(db: Tx, organizationId: string, partyId: string | null): Promise<void> {
  await sql`update directory.organization set party_id = ${partyId}, updated_at = now()
    where id = ${organizationId}`.execute(db)
}
