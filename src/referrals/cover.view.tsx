import { coveredToday } from '#diary'
import { colleaguesOf, ofPath } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import type { Content } from '#platform/ui'

import { queryOf } from './list.rules.ts'
import { paths } from './paths.ts'

/** In *My work*: for whom one stands in today, and the way to their open work. What is closed to the cover stays closed. */
export async function coverWork(db: Tx, actor: Actor, t: Words): Promise<Content> {
  const covered = await coveredToday(db, actor, t)
  if (covered.length === 0) return null
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  return (
    <section aria-labelledby="you-cover">
      <h2 class="govuk-heading-m" id="you-cover">
        {t('referrals.cover.title')}
      </h2>
      <ul class="govuk-list">
        {covered.map((id) => (
          <li>
            {t('referrals.cover.for', { name: names.get(id) ?? t('people.notes.gone') })}{' '}
            <a class="govuk-link" href={ofPath(id)}>
              {t('referrals.cover.cases')}
            </a>
            {mayDo(actor.roles, 'referral:read') ? (
              <>
                {' · '}
                <a class="govuk-link" href={`${paths.list}${queryOf({ who: id, group: 'ours' })}`}>
                  {t('referrals.cover.referrals')}
                </a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      <p class="govuk-body app-muted">{t('referrals.cover.closed')}</p>
    </section>
  )
}
