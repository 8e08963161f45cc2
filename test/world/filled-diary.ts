import { randomUUIDv7 } from 'node:crypto'

import { type Actor, type CaseKey, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

/** A step, a handing that is over, and an ending that is over. */
export async function fillDiary(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  const ids = { party_id: actor.partyId, case_id: key.caseId }
  const id = randomUUIDv7()
  const cell = (table: string) => sealCase(key, table, 'body', id, { words: 'canary' })
  await db
    .insertInto('diary.entry')
    .values({ ...ids, id, owner_id: actor.accountId, due_at: new Date(), body: cell('diary.entry') })
    .execute()
  await db
    .insertInto('diary.handing')
    .values({
      ...ids,
      id,
      from_id: actor.accountId,
      to_id: actor.accountId,
      state: 'declined',
      ended_at: new Date(),
      body: cell('diary.handing'),
    })
    .execute()
  await db
    .insertInto('diary.closing')
    .values({ ...ids, id, asked_by: actor.accountId, state: 'reopened', body: cell('diary.closing') })
    .execute()
}

/** A worker's own task, their calendar, and days on which a colleague covers. */
export async function fillOwnDiary(db: Tx, actor: Actor, coverId: string): Promise<void> {
  const body = Buffer.from('sealed')
  const ids = { party_id: actor.partyId }
  await db
    .insertInto('diary.task')
    .values({ ...ids, owner_id: actor.accountId, due_at: new Date(), key_version: 1, body })
    .execute()
  await db
    .insertInto('calendar.address')
    .values({ ...ids, account_id: actor.accountId, key_hash: Buffer.from(actor.accountId) })
    .execute()
  await db
    .insertInto('calendar.invitation')
    .values({ ...ids, account_id: actor.accountId, subject_id: randomUUIDv7(), at: new Date() })
    .execute()
  const days = { from_on: '2027-03-01', until_on: '2027-03-05' }
  await db
    .insertInto('diary.away')
    .values({ ...ids, account_id: actor.accountId, cover_id: coverId, ...days })
    .execute()
}
