import { sql } from 'kysely'

import { MemberCard } from '#parties'
import { type Actor, isRole, mayDo, openParty } from '#platform/access'
import type { Tx } from '#platform/db'

import type { Colleague } from './colleague.ts'

/** Everyone who works at the actor's agency now, by name. Their cards are sealed under the agency's key. */
export async function colleaguesOf(db: Tx, actor: Actor): Promise<readonly Colleague[]> {
  const rows = await db
    .selectFrom('access.membership as m')
    .innerJoin('parties.member as p', (join) =>
      join.onRef('p.party_id', '=', 'm.party_id').onRef('p.account_id', '=', 'm.account_id'),
    )
    .select(['m.account_id', 'm.roles', 'p.key_version', 'p.card'])
    .where('m.party_id', '=', actor.partyId)
    .where(sql<boolean>`m.valid @> clock_timestamp()`)
    .limit(1000)
    .execute()
  return rows
    .map((row) => {
      const opened = openParty(actor, row.key_version, 'parties.member', 'card', row.account_id, row.card)
      const card = MemberCard.parse(opened)
      return {
        accountId: row.account_id,
        name: card.name,
        title: card.title,
        roles: row.roles.filter(isRole),
      }
    })
    .toSorted((a, b) => a.name.localeCompare(b.name) || (a.accountId < b.accountId ? -1 : 1))
}

/** Everyone who may keep a case: has casework here, holds its key, and was not named as one who must not see it. */
export async function caseworkersOf(db: Tx, actor: Actor, caseId: string): Promise<readonly Colleague[]> {
  const excluded = await excludedFrom(db, actor.partyId, caseId)
  const holders = await holdersOf(db, actor.partyId, caseId)
  return (await colleaguesOf(db, actor)).filter(
    ({ accountId, roles }) =>
      mayDo(roles, 'case:write') &&
      !excluded.includes(accountId) &&
      (holders.includes(actor.partyId) || holders.includes(accountId)),
  )
}

/** Whether somebody may keep a case: has casework here, and was not named as one who must not see it. */
export async function isCaseworker(
  db: Tx,
  partyId: string,
  caseId: string,
  accountId: string,
): Promise<'yes' | 'no' | 'excluded'> {
  if ((await excludedFrom(db, partyId, caseId)).includes(accountId)) return 'excluded'
  const roles = (await rolesOf(db, partyId)).get(accountId) ?? []
  if (!mayDo(roles, 'case:write')) return 'no'
  const holders = await holdersOf(db, partyId, caseId)
  return holders.includes(partyId) || holders.includes(accountId) ? 'yes' : 'excluded'
}

/** The roles of everyone who works at the agency now, by account. */
export async function rolesOf(db: Tx, partyId: string): Promise<ReadonlyMap<string, Colleague['roles']>> {
  const rows = await db
    .selectFrom('access.membership')
    .select(['account_id', 'roles'])
    .where('party_id', '=', partyId)
    .where(sql<boolean>`valid @> clock_timestamp()`)
    .orderBy(sql`lower(valid)`)
    .execute()
  return new Map(rows.map((row) => [row.account_id, row.roles.filter(isRole)]))
}

/** Who was named as one who must not see the case. */
export async function excludedFrom(db: Tx, partyId: string, caseId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('people.exclusion')
    .select('account_id')
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .execute()
  return rows.map((row) => row.account_id)
}

/** Names somebody as one who must not see the case. */
export async function exclude(
  db: Tx,
  partyId: string,
  caseId: string,
  accountIds: readonly string[],
): Promise<void> {
  if (accountIds.length === 0) return
  await db
    .insertInto('people.exclusion')
    .values(accountIds.map((account) => ({ party_id: partyId, case_id: caseId, account_id: account })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Who holds the case's key: the agency itself (an open case), or members and guests one by one. */
export async function holdersOf(db: Tx, partyId: string, caseId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('keyring.case_wrap')
    .select('holder')
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .execute()
  return rows.map((row) => row.holder)
}
