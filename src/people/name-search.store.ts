import type { Tx } from '#platform/db'

/** A sealed card beside the wrap of its case's key. */
export interface WrappedCard {
  readonly case_id: string
  readonly id: string
  readonly body: Uint8Array
  readonly version: number
  readonly holder: string
  readonly key_version: number
  readonly party_version: number
  readonly wrap: Uint8Array
}

/** The next cards that the reader may see, in the order of cases; `after` is the last one of the slice before. */
export async function cardSlice(
  db: Tx,
  reader: { readonly partyId: string; readonly accountId: string },
  after: { readonly caseId: string; readonly id: string } | null,
  limit: number,
): Promise<readonly WrappedCard[]> {
  let query = db
    .selectFrom('people.card as c')
    .innerJoin('keyring.case_wrap as w', (join) =>
      join.onRef('w.party_id', '=', 'c.party_id').onRef('w.case_id', '=', 'c.case_id'),
    )
    .select([
      'c.case_id',
      'c.id',
      'c.body',
      'c.version',
      'w.holder',
      'w.key_version',
      'w.party_version',
      'w.wrap',
    ])
    .where('c.party_id', '=', reader.partyId)
    .where('w.holder', 'in', [reader.partyId, reader.accountId])
    .orderBy('c.case_id')
    .orderBy('c.id')
    .limit(limit)
  if (after !== null) {
    query = query.where((eb) => eb(eb.refTuple('c.case_id', 'c.id'), '>', eb.tuple(after.caseId, after.id)))
  }
  return query.execute()
}
