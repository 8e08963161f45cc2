import { Hono } from 'hono'

import { needByCode, shownFrom, type UnmetNeed, unmetNeeds } from '#directory'
import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { EmptyState, InsetText, PageHeading, StaffPage, Table } from '#platform/ui'

import { paths } from './paths.ts'

export const unmetPage = new Hono<MemberEnv>()

/** Needs that nobody took, summed over everybody in the area: for those who lead and plan, who see nobody in it. */
unmetPage.get(paths.unmet, needs('totals:read'), async (c) => {
  const { db, actor, t, nav } = c.var
  const rows = await unmetNeeds(db)
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.unmet} title={t('referrals.unmet.title')}>
      <PageHeading>{t('referrals.unmet.title')}</PageHeading>
      <p class="govuk-body-l app-measure">{t('referrals.unmet.lead')}</p>
      {rows.length === 0 ? (
        <EmptyState title={t('referrals.unmet.empty')}>
          <p class="govuk-body">{t('referrals.unmet.empty-text', { from: shownFrom[t.pack] })}</p>
        </EmptyState>
      ) : (
        <Sums t={t} rows={rows} />
      )}
      <InsetText>{t('referrals.unmet.limits', { from: shownFrom[t.pack] })}</InsetText>
    </StaffPage>,
  )
})

function Sums({ t, rows }: { readonly t: Words; readonly rows: readonly UnmetNeed[] }) {
  return (
    <Table
      dense
      caption={t('referrals.unmet.table')}
      head={[
        t('referrals.unmet.quarter'),
        t('referrals.unmet.need'),
        t('referrals.unmet.why'),
        { content: t('referrals.unmet.times'), numeric: true },
      ]}
      rows={rows.map(({ quarter, need, why, times }) => [
        quarterText(t, quarter),
        needByCode(need)?.label ?? need,
        whyText(t, why),
        { content: t.number(times), numeric: true as const },
      ])}
    />
  )
}

function quarterText(t: Words, first: string): string {
  const { year, month } = Temporal.PlainDate.from(first)
  return t('referrals.flow.quarter', { year: String(year), of: String(Math.ceil(month / 3)) })
}

function whyText(t: Words, why: string): string {
  const own = `referrals.unmet.because.${why}`
  return t.has(own) ? t(own) : t(`referrals.reason.${why}`)
}
