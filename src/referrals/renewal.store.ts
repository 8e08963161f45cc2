import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** A permission that a referral still goes on under, or that nothing went under yet (for after a death), and that is near its end or past it. */
export interface RenewalDue {
  readonly releaseId: string
  readonly caseId: string
  readonly endsAt: Date
  readonly ended: boolean
}

/**
 * Permissions to go through again, for the worker of each case; where that is nobody any more, for whoever made it, and for leads.
 * Only clear columns are read. The database's clock decides.
 */
export async function renewalsDue(
  db: Tx,
  who: { readonly partyId: string; readonly accountId: string; readonly leads: boolean },
  limit: number,
): Promise<readonly RenewalDue[]> {
  const { rows } = await sql<RenewalDue>`
    select r.id as "releaseId", r.case_id as "caseId", r.ends_at as "endsAt", r.ends_at <= clock_timestamp() as ended
    from releases.release r join people."case" c on c.party_id = r.party_id and c.id = r.case_id
    where r.party_id = ${who.partyId} and r.state = 'signed' and r.left_at is null
      and releases.asks_again_from(r.starts_at, r.ends_at) <= clock_timestamp()
      and (not exists (select from envelopes.outgoing n where n.party_id = r.party_id and n.release_id = r.id)
        or exists (select from envelopes.outgoing o join referrals.thread t on t.party_id = o.party_id and t.id = o.thread_id
        where o.party_id = r.party_id and o.release_id = r.id and t.side = 'from' and referrals.goes_on(t.state)))
      and (c.owner_id = ${who.accountId} or ((r.made_by = ${who.accountId} or ${who.leads}) and not exists (
        select from access.membership m where m.party_id = r.party_id and m.account_id = c.owner_id and m.valid @> clock_timestamp())))
    order by r.ends_at limit ${limit}`.execute(db)
  return rows
}
