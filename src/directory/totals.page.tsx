import { Hono } from 'hono'
import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { InsetText, PageHeading, StaffPage, SummaryList, Table } from '#platform/ui'
import { needs as known } from './facet.ts'
import { freshness } from './freshness.ts'
import { listedFigures, type NeedFigures } from './listed.figures.ts'
import { paths } from './paths.ts'

export const totalsPage = new Hono<MemberEnv>()

/** What is listed, by need and room: for those who look after the whole and see no case. */
totalsPage.get(paths.totals, needs('totals:read'), async (c) => {
  const { db, actor, t, nav } = c.var
  const figures = await listedFigures(db, t.pack)
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.totals} title={t('directory.totals.title')}>
      <PageHeading>{t('directory.totals.title')}</PageHeading>
      <p class="govuk-body-l">{t('directory.totals.lead')}</p>
      <SummaryList
        rows={[
          { key: t('directory.totals.services'), value: t.number(figures.services) },
          { key: t('directory.totals.organizations'), value: t.number(figures.organizations) },
          {
            key: t('directory.totals.unchecked', { days: freshness.staleDays }),
            value: t.number(figures.unchecked),
          },
        ]}
      />
      <NeedTable t={t} needs={figures.needs} />
      <InsetText>{t('directory.totals.limits')}</InsetText>
      <p class="govuk-body">
        <a class="govuk-link" href={paths.services}>
          {t('directory.totals.list')}
        </a>
      </p>
    </StaffPage>,
  )
})

/** Every need there is, those that nobody helps with included: a hole is what this page is for. */
function NeedTable({ t, needs: rows }: { readonly t: Words; readonly needs: readonly NeedFigures[] }) {
  const count = (value: number) => ({ content: t.number(value), numeric: true }) as const
  return (
    <Table
      dense
      caption={t('directory.totals.by-need')}
      head={[
        t('directory.totals.need'),
        ...(['services', 'has-room', 'waiting-list', 'ask-first', 'none', 'unknown'] as const).map(
          (column) => ({
            content: t(`directory.totals.column.${column}`),
            numeric: true as const,
          }),
        ),
        t('directory.totals.column.wait'),
      ]}
      rows={known.map((need) => {
        const row = rows.find((each) => each.need === need.id)
        if (row === undefined)
          return [need.label, ...Array.from({ length: 6 }, () => count(0)), t('directory.totals.nobody')]
        const { room } = row
        return [
          need.label,
          count(row.services),
          count(room['has-room']),
          count(room['waiting-list']),
          count(room['ask-first']),
          count(room.none),
          count(room.unknown),
          waitText(t, row),
        ]
      })}
    />
  )
}

function waitText(t: Words, { shortestWait, longestWait }: NeedFigures): string {
  if (shortestWait === null || longestWait === null) return t('directory.totals.wait-unknown')
  if (longestWait === 0) return t('directory.totals.no-wait')
  if (longestWait === shortestWait) return t('directory.totals.wait', { count: longestWait })
  return t('directory.totals.wait-range', { from: t.number(shortestWait), to: t.number(longestWait) })
}
