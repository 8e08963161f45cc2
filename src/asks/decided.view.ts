import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { databaseNow, decisionsOf, type StoredDecision } from '#releases'

import type { Disclosure } from './disclosure.ts'

/** What went by a decision to share without agreement. What the person was not told of yet waits until somebody tells them. */
export async function decisionDisclosures(
  db: Tx,
  _actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly Disclosure[]> {
  const now = await databaseNow(db)
  return (await decisionsOf(db, file.key)).flatMap((decision) => {
    const { sent, ended, recipient, record } = decision.kept
    if (sent === null || !isTold(decision)) return []
    return [
      {
        at: new Date(sent.at),
        to: recipient.agency,
        what: record.items.map((item) => item.title),
        ground: t('asks.account.ground-decision'),
        endsAt: decision.endsAt,
        opens: ended === null && decision.endsAt > now,
      },
    ]
  })
}

/** Decisions of the case of which the person has not been told. */
export async function untoldDecisions(db: Tx, file: CaseFile): Promise<readonly string[]> {
  const all = await decisionsOf(db, file.key)
  return all.filter((decision) => !isTold(decision)).map((decision) => decision.id)
}

function isTold({ kept }: StoredDecision): boolean {
  return kept.record.told === 'yes' || kept.toldLater !== null
}
