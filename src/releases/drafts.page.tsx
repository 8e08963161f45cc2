import { Hono } from 'hono'

import { colleaguesOf } from '#people'
import { type MemberEnv, needs, pageOf } from '#platform/http'
import { DenseList, EmptyState, PageHeading, Pagination, StaffPage } from '#platform/ui'

import { recipientText } from './agreed.view.tsx'
import { draftsFor } from './drafts.actions.ts'
import { paths, releasePath } from './paths.ts'

const perPage = 50
const referrals = '/referrals'

export const draftsPage = new Hono<MemberEnv>()

/** Everything that was begun and not sent, wherever it was left: nothing that was typed is lost. */
draftsPage.get(paths.drafts, needs('release:write'), async (c) => {
  const { db, actor, t } = c.var
  const page = pageOf(c.req.query('page'))
  const list = await draftsFor(db, actor, { limit: perPage, offset: (page - 1) * perPage })
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const items = list.drafts.map(({ id, caseId, madeBy, begunAt, kept }) => ({
    href: releasePath(kept.talked ? 'send' : 'draft', caseId, id),
    title: t('releases.drafts.one', { who: kept.release.subject.nameToUse, to: recipientText(t, kept) }),
    meta: t('releases.drafts.begun', {
      when: t.dateTime(begunAt),
      by: names.get(madeBy) ?? actor.agencyName,
    }),
    tag: {
      text: t(kept.talked ? 'releases.drafts.to-sign' : 'releases.drafts.to-fill'),
      colour: 'orange' as const,
    },
  }))
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={c.var.nav}
      current={referrals}
      title={t('releases.drafts.title')}
      back={{ href: referrals, text: t('releases.drafts.back') }}
    >
      <PageHeading>{t('releases.drafts.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('releases.drafts.lead')}</p>
      {items.length === 0 ? (
        <EmptyState title={t('releases.drafts.none')}>{t('releases.drafts.none-text')}</EmptyState>
      ) : (
        <DenseList items={items} empty="" />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(list.total / perPage)}
        href={(n) => (n > 1 ? `${paths.drafts}?page=${n}` : paths.drafts)}
      />
    </StaffPage>,
  )
})
