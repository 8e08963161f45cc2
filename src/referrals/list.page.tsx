import { Hono } from 'hono'

import { mayDo } from '#platform/access'
import { type MemberEnv, needs, pageOf } from '#platform/http'
import { Button, DenseList, EmptyState, PageHeading, Pagination, StaffPage, TermNotes } from '#platform/ui'

import { threadItem } from './line.view.tsx'
import { threadsFor } from './list.actions.ts'
import { type Group, groups } from './list.rules.ts'
import { paths } from './paths.ts'

const perPage = 50

export const listPage = new Hono<MemberEnv>()

/** Every thread of the agency that the reader may see, by whose turn it is; what is due first. */
listPage.get(paths.list, needs('referral:read'), async (c) => {
  const { db, actor, t } = c.var
  const group = groups.find((each) => each === c.req.query('show')) ?? null
  const page = pageOf(c.req.query('page'))
  const list = await threadsFor(db, actor, {
    group,
    mine: false,
    limit: perPage,
    offset: (page - 1) * perPage,
  })
  return c.html(
    <StaffPage t={t} actor={actor} nav={c.var.nav} current={paths.list} title={t('referrals.list.title')}>
      <PageHeading>{t('referrals.list.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('referrals.list.means')}</p>
      <TermNotes terms={['referral']} t={t} />
      {mayDo(actor.roles, 'referral:write') ? (
        <Button href={paths.now} variant="secondary">
          {t('referrals.now.title')}
        </Button>
      ) : null}
      <div class="govuk-body">
        <nav aria-label={t('referrals.list.filter')}>
          {([null, ...groups] as const).map((each, index) => (
            <>
              {index > 0 ? ' · ' : ''}
              <a class="govuk-link" href={hrefOf(each, 1)} aria-current={each === group ? 'page' : undefined}>
                {each === group ? (
                  <strong>{t(`referrals.list.${each ?? 'all'}`)}</strong>
                ) : (
                  t(`referrals.list.${each ?? 'all'}`)
                )}
              </a>
            </>
          ))}
        </nav>
      </div>
      {list.total === 0 ? (
        <EmptyState title={t('referrals.list.empty')}>
          <p class="govuk-body">{t('referrals.list.empty-text')}</p>
        </EmptyState>
      ) : (
        <DenseList items={list.lines.map((line) => threadItem(t, line))} empty={t('referrals.list.empty')} />
      )}
      <Pagination page={page} pages={Math.ceil(list.total / perPage)} href={(n) => hrefOf(group, n)} />
    </StaffPage>,
  )
})

function hrefOf(group: Group | null, page: number): string {
  const query = new URLSearchParams()
  if (group !== null) query.set('show', group)
  if (page > 1) query.set('page', String(page))
  const text = query.toString()
  return text === '' ? paths.list : `${paths.list}?${text}`
}
