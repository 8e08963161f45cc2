import { otherAgencies } from '#parties'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, DenseList } from '#platform/ui'

import { askedAtOnce } from './at-once.store.ts'
import { threadPath } from './paths.ts'

/** First in *My work*: somebody is in a room with a person and waits for our answer. Nothing where nobody is. */
export async function askedNow(db: Tx, actor: Actor, t: Words): Promise<Content> {
  if (!mayDo(actor.roles, 'referral:write')) return null
  const rows = await askedAtOnce(db, actor.partyId)
  if (rows.length === 0) return null
  const names = new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
  const items = rows.map((row) => ({
    href: threadPath('thread', row.id),
    title: t('referrals.title.to-ask', { agency: names.get(row.otherParty) ?? '' }),
    meta: t('referrals.asked.since', { when: t.dateTime(row.startedAt) }),
    tag: { text: t('referrals.asked.now-tag'), colour: 'orange' as const },
    fresh: true,
  }))
  return (
    <section class="app-card" aria-labelledby="asked-now">
      <h2 class="govuk-heading-m" id="asked-now">
        {t('referrals.asked.now-title')}
      </h2>
      <p class="govuk-body">{t('referrals.asked.now-hint')}</p>
      <DenseList items={items} empty="" />
    </section>
  )
}
