import { Hono } from 'hono'

import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { PageHeading, Table } from '#platform/ui'

import { type Screen, WorkFrame } from './frame.view.tsx'
import { paths } from './paths.ts'
import { firstMonth, type RepeatTrend, type Shown, trendOf } from './repeat.rules.ts'
import { repeatsSince } from './repeat.store.ts'

const chart = { wide: 500, high: 190, foot: 28 } as const

export const repeatPage = new Hono<MemberEnv>()

/** How often people were asked what was told already, month by month, without anybody in it. */
repeatPage.get(paths.repeats, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const rows = await repeatsSince(db, actor.partyId, firstMonth(today))
  return c.html(<Repeats screen={c.var} trend={trendOf(rows, actor.pack, today)} />)
})

function Repeats({ screen, trend }: { readonly screen: Screen; readonly trend: RepeatTrend }) {
  const { t } = screen
  return (
    <WorkFrame
      screen={screen}
      title={t('people.repeats.title')}
      back={{ href: paths.work, text: t('people.work.title') }}
    >
      <PageHeading>{t('people.repeats.title')}</PageHeading>
      <p class="govuk-body">{t('people.repeats.lead')}</p>
      <Trend t={t} months={trend.months} />
      <Table
        caption={t('people.repeats.by-month')}
        head={[t('people.repeats.month'), { content: t('people.repeats.count'), numeric: true }]}
        rows={trend.months.map(({ month, shown }) => [
          t.month(month),
          { content: shownText(t, shown), numeric: true },
        ])}
      />
      {trend.groups === null ? (
        <p class="govuk-body app-muted">{t('people.repeats.groups-small')}</p>
      ) : trend.groups.length === 0 ? null : (
        <Table
          caption={t('people.repeats.by-group')}
          head={[t('people.repeats.group'), { content: t('people.repeats.count'), numeric: true }]}
          rows={trend.groups.map(({ group, count }) => [
            t(`people.repeats.group-${group}`),
            { content: String(count), numeric: true },
          ])}
        />
      )}
    </WorkFrame>
  )
}

/** A bar for each month; a month with too few to say is a hollow bar as high as the limit. */
function Trend({ t, months }: { readonly t: Words; readonly months: RepeatTrend['months'] }) {
  const most = Math.max(1, ...months.map(({ shown }) => heightOf(shown)))
  const step = chart.wide / months.length
  const room = chart.high - chart.foot - 20
  return (
    <svg
      class="app-trend"
      role="img"
      aria-label={t('people.repeats.chart')}
      viewBox={`0 0 ${chart.wide} ${chart.high}`}
    >
      <line
        class="app-trend__ground"
        x1={0}
        x2={chart.wide}
        y1={chart.high - chart.foot}
        y2={chart.high - chart.foot}
      />
      {months.map(({ month, shown }, at) => {
        const high = (heightOf(shown) / most) * room
        const x = at * step
        return (
          <>
            <rect
              class={'count' in shown ? 'app-trend__bar' : 'app-trend__few'}
              x={x + step * 0.2}
              width={step * 0.6}
              y={chart.high - chart.foot - high}
              height={high}
            />
            <text x={x + step / 2} y={chart.high - chart.foot - high - 5} text-anchor="middle">
              {'count' in shown ? (shown.count === 0 ? '' : String(shown.count)) : `<${shown.fewerThan}`}
            </text>
            <text x={x + step / 2} y={chart.high - 8} text-anchor="middle">
              {shortMonth(t, month)}
            </text>
          </>
        )
      })}
    </svg>
  )
}

function heightOf(shown: Shown): number {
  return 'count' in shown ? shown.count : shown.fewerThan
}

function shownText(t: Words, shown: Shown): string {
  return 'count' in shown ? String(shown.count) : t('people.repeats.fewer', { count: shown.fewerThan })
}

function shortMonth(t: Words, month: string): string {
  return new Intl.DateTimeFormat(t.lang, { month: 'short', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )
}
