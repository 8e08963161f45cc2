import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

/** A case's version as it stands; null where it is gone or not to be seen. */
export async function caseVersion(db: Tx, actor: Actor, caseId: string): Promise<number | null> {
  const row = await db
    .selectFrom('people.case')
    .select('version')
    .where('party_id', '=', actor.partyId)
    .where('id', '=', caseId)
    .executeTakeFirst()
  return row?.version ?? null
}
