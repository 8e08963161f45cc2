import type { Agency, Young } from './agency.ts'
import type { Tx } from '#platform/db'

const columns = [
  'party_id',
  'name',
  'sector',
  'pack',
  'area',
  'public_phone',
  'law',
  'young_from',
  'young_citation',
] as const

/** An agency of the public register, or null. */
export async function agencyOf(db: Tx, partyId: string): Promise<Agency | null> {
  const row = await db
    .selectFrom('parties.agency')
    .select(columns)
    .where('party_id', '=', partyId)
    .executeTakeFirst()
  return row === undefined ? null : agencyFrom(row)
}

/** Every active agency but the asker's own, and the offices without an account that the asker's agency writes to, by name. */
export async function otherAgencies(db: Tx, partyId: string): Promise<readonly Agency[]> {
  const rows = await db
    .selectFrom('parties.agency')
    .select([...columns, 'state'])
    .where('party_id', '<>', partyId)
    // Of the offices the fence shows only those that an address was written down for.
    .where((where) =>
      where.or([
        where('state', '=', 'active'),
        where.and([
          where('state', '=', 'light'),
          where('party_id', 'in', where.selectFrom('parties.office').select('parties.office.office_id')),
        ]),
      ]),
    )
    .where('sector', 'not in', ['operator'])
    .orderBy('name')
    .limit(500)
    .execute()
  return rows.map((row) => (row.state === 'light' ? { ...agencyFrom(row), light: true } : agencyFrom(row)))
}

/** Puts down under which state's or nation's law the agency works. */
export async function writeLaw(db: Tx, partyId: string, law: string | null): Promise<void> {
  await db.updateTable('parties.agency').set({ law }).where('party_id', '=', partyId).execute()
}

/** Puts down from which age a young person agrees alone to what the agency shares, and where it read that. */
export async function writeYoung(db: Tx, partyId: string, young: Young | null): Promise<void> {
  const said = { young_from: young?.from ?? null, young_citation: young?.citation ?? null }
  await db.updateTable('parties.agency').set(said).where('party_id', '=', partyId).execute()
}

/** The sealed card of one member. */
export async function memberCard(db: Tx, partyId: string, accountId: string) {
  return db
    .selectFrom('parties.member')
    .select(['key_version', 'card'])
    .where('party_id', '=', partyId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

function agencyFrom(row: {
  party_id: string
  name: string
  sector: Agency['sector']
  pack: Agency['pack']
  area: string
  public_phone: string
  law: string | null
  young_from: number | null
  young_citation: string | null
}): Agency {
  return {
    partyId: row.party_id,
    name: row.name,
    sector: row.sector,
    pack: row.pack,
    area: row.area,
    publicPhone: row.public_phone,
    law: row.law,
    young:
      row.young_from === null || row.young_citation === null
        ? null
        : { from: row.young_from, citation: row.young_citation },
  }
}
