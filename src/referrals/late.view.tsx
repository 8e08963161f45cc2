import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { Button, type Content, type DenseItem, DenseList } from '#platform/ui'

import { whyLate } from './chase.rules.ts'
import { lateForMe, noticesOf } from './chase.store.ts'
import { threadItem } from './line.view.tsx'
import { linesOf } from './list.actions.ts'
import { paths } from './paths.ts'

const most = 12

/** In *My work*: what is late, the longest first, for whoever owes it and then for whoever waits. Nothing where none is. */
export async function lateForUs(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'referral:read')) return null
  const { late, total } = await lateForMe(db, most)
  const lines = await linesOf(
    db,
    actor,
    late.map((each) => each.threadId),
  )
  if (lines.length === 0) return null
  const asLead = new Set(late.flatMap((each) => (each.asLead ? [each.threadId] : [])))
  return (
    <section aria-labelledby="late-answers">
      <h2 class="govuk-heading-m" id="late-answers">
        {t('referrals.late.title')}
      </h2>
      <DenseList
        items={lines.map((line) => {
          const item = threadItem(t, line)
          const why = whyLate(line)
          const more = [
            ...(why === null ? [] : [t(`referrals.late.${why}`)]),
            ...(asLead.has(line.id) ? [t('referrals.late.as-lead')] : []),
          ]
          return more.length === 0 ? item : { ...item, meta: [metaOf(item), ...more].join(' · ') }
        })}
        empty=""
      />
      {total > most ? <p class="govuk-body">{t('referrals.late.more', { count: total - most })}</p> : null}
    </section>
  )
}

function metaOf(item: DenseItem): string {
  return typeof item.meta === 'string' ? item.meta : ''
}

/** In *My work*: what was given to this worker, taken from them or changed by somebody else, until they have looked. */
export async function newsForUs(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'referral:read')) return null
  const notices = await noticesOf(db, actor.partyId, actor.accountId, most)
  const lines = await linesOf(
    db,
    actor,
    notices.map((each) => each.threadId),
  )
  if (lines.length === 0) return null
  const items = lines.flatMap((line) => {
    const notice = notices.find((each) => each.threadId === line.id)
    if (notice === undefined) return []
    const item = threadItem(t, line)
    const what = t(`referrals.news.${notice.kind}`, { when: t.dateTime(notice.at) })
    const about = [line.who, line.serviceName].filter((part) => part !== '')
    return [{ ...item, meta: [what, ...about].join(' · '), fresh: true }]
  })
  return (
    <section aria-labelledby="referral-news">
      <h2 class="govuk-heading-m" id="referral-news">
        {t('referrals.news.title')}
      </h2>
      <DenseList items={items} empty="" />
      <form method="post" action={paths.seen}>
        <Button variant="secondary">{t('referrals.news.seen')}</Button>
      </form>
    </section>
  )
}
