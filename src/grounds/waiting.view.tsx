import { type Actor, caseKeys, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, type DenseItem, DenseList } from '#platform/ui'
import { databaseNow, decisionsWaiting } from '#releases'

import { newestGrounds } from './ground.store.ts'
import { groundPath } from './paths.ts'
import { waitsFor } from './waiting.rules.ts'

/** How far back *My work* looks for grounds that wait. */
const looked = 100

/** In *My work*: what waits for a second person, a review, a person to tell; decisions as well. Nothing is shown where nothing waits. */
export async function groundsWaiting(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'case:write')) return null
  const now = await databaseNow(db)
  const by = {
    accountId: actor.accountId,
    leads: mayDo(actor.roles, 'case:lead') || mayDo(actor.roles, 'privacy:lead'),
    now,
    today: Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(t.timeZone).toPlainDate().toString(),
  }
  const grounds = await newestGrounds(db, actor.partyId, looked, (ids) => caseKeys(db, actor, ids))
  const items: DenseItem[] = grounds.flatMap((ground) => {
    const waits = waitsFor(ground, by)
    if (waits === null) return []
    const page = waits === 'tell' ? 'told' : 'one'
    const href = groundPath(page, ground.caseId, ground.id)
    return [{ href, title: t(`grounds.waiting.${waits}`), meta: t(`grounds.kind.${ground.body.kind}`) }]
  })
  items.push(...(await decisionsWaiting(db, actor, t, now)))
  if (items.length === 0) return null
  return (
    <section aria-labelledby="grounds-waiting">
      <h2 class="govuk-heading-m" id="grounds-waiting">
        {t('grounds.waiting.title')}
      </h2>
      <DenseList items={items} empty="" />
    </section>
  )
}
