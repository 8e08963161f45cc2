import { randomUUIDv7 } from 'node:crypto'

import { type Actor, type CaseKey, sealCase, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'

/** A form with a published version, and the answers of this case to it. */
export async function fillForms(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  const { partyId: party_id, accountId } = actor
  const form = randomUUIDv7()
  const shared = { party_id, key_version: actor.keys.party.version }
  const cell = (table: string, row: string) => sealParty(actor, table, 'body', row, { title: 'canary' })
  await db
    .insertInto('intake.form')
    .values({ ...shared, id: form, version: 1, updated_by: accountId, body: cell('intake.form', form) })
    .execute()
  const body = cell('intake.form_version', `${form}/1`)
  await db
    .insertInto('intake.form_version')
    .values({ ...shared, form_id: form, version: 1, published_by: accountId, body })
    .execute()
  const answer = randomUUIDv7()
  await db
    .insertInto('intake.answer')
    .values({
      party_id,
      case_id: key.caseId,
      id: answer,
      form_id: form,
      form_version: 1,
      state: 'completed',
      updated_by: accountId,
      body: sealCase(key, 'intake.answer', 'body', answer, { words: 'canary' }),
    })
    .execute()
}
