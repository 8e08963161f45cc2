import type { Tx } from '#platform/db'

/** Days without an action after which a family is reported, unless the agency chose others. */
const usualDays = 28

/** After how many days without an action a family is reported to the lead here. */
export async function quietDays(db: Tx, partyId: string): Promise<number> {
  const row = await db
    .selectFrom('accountability.setting')
    .select('quiet_days')
    .where('party_id', '=', partyId)
    .executeTakeFirst()
  return row?.quiet_days ?? usualDays
}

/** Sets it. */
export async function setQuietDays(db: Tx, partyId: string, days: number): Promise<void> {
  await db
    .insertInto('accountability.setting')
    .values({ party_id: partyId, quiet_days: days })
    .onConflict((conflict) => conflict.column('party_id').doUpdateSet({ quiet_days: days }))
    .execute()
}
