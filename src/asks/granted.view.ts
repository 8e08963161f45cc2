import { disclosuresOf as wentOnGrounds, groundsIn } from '#grounds'
import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { databaseNow } from '#releases'

import { untoldDecisions } from './decided.view.ts'
import type { Disclosure } from './disclosure.ts'

/** What went by a judge’s order, in imminent danger or in a report. What the person was not told of yet waits until somebody tells them. */
export async function groundDisclosures(
  db: Tx,
  _actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly Disclosure[]> {
  const grounds = await groundsIn(db, file.key)
  const now = await databaseNow(db)
  return wentOnGrounds(t, grounds)
    .filter((each) => each.told?.state === 'told')
    .map((each) => {
      const endsAt = grounds.find((ground) => ground.id === each.groundId)?.endsAt ?? null
      return {
        at: new Date(each.at),
        to: each.to,
        what: each.items,
        ground: t.has(`asks.account.ground-${each.kind}`)
          ? t(`asks.account.ground-${each.kind}`)
          : t('asks.account.ground-other'),
        endsAt,
        opens: endsAt === null ? null : endsAt > now,
      }
    })
}

/** Grounds and decisions of which the person has not been told: their lines are not in the account either. */
export async function untoldGrounds(db: Tx, file: CaseFile): Promise<ReadonlySet<string>> {
  const grounds = await groundsIn(db, file.key)
  const untold = grounds.filter(({ body }) => body.told?.state !== 'told').map((ground) => ground.id)
  return new Set([...untold, ...(await untoldDecisions(db, file))])
}
