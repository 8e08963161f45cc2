import { stringify } from 'csv-stringify/sync'
import { type Context, Hono } from 'hono'

import { otherAgencies } from '#parties'
import { type MemberEnv, needs, notFound } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, EmptyState, InsetText, PageHeading, Select, StaffPage } from '#platform/ui'

import {
  endedQuarters,
  flowRows,
  flowSides,
  lastMonths,
  quarterMonths,
  reasonsShown,
  spans,
  tableToGive,
  wholeTable,
} from './flow.rules.ts'
import { flowOf } from './flow.store.ts'
import {
  AnswerTimes,
  endText,
  FlowDiagram,
  FlowNumbers,
  newestText,
  NoReasons,
  reasonText,
  shownText,
} from './flow.view.tsx'
import { noReasons } from './no-reasons.actions.ts'
import { mostOpened } from './no-reasons.rules.ts'
import { paths } from './paths.ts'
import type { Side } from './thread.ts'

const bys = ['partner', 'sector'] as const
type By = (typeof bys)[number]

export const flowPage = new Hono<MemberEnv>()

/** Where the agency's referrals go, wait and end: for its leads, who may open every one of them. */
flowPage.get(paths.flow, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const side = flowSides.find((each) => each === c.req.query('side')) ?? 'from'
  const by = bys.find((each) => each === c.req.query('by')) ?? 'partner'
  const months = spans.find((each) => String(each) === c.req.query('months')) ?? 3
  const now = Temporal.Now.instant()
  const period = { side, ...lastMonths(now, t.timeZone, months) }
  const { states, times } = await flowOf(db, period)
  const { counts, cut } = await noReasons(db, actor, period)
  const names = new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
  const name = nameIn(t, by, names)
  const table = wholeTable(flowRows(states, by, null))
  return c.html(
    <StaffPage
      t={t}
      actor={actor}
      nav={c.var.nav}
      current={paths.list}
      title={t('referrals.flow.title')}
      back={{ href: paths.list, text: t('referrals.list.title') }}
    >
      <PageHeading>{t('referrals.flow.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('referrals.flow.lead')}</p>
      <Choose t={t} side={side} by={by} months={months} />
      {table.rows.length === 0 ? (
        <EmptyState title={t('referrals.flow.empty')} />
      ) : (
        <>
          <FlowDiagram t={t} table={table} name={name} />
          <FlowNumbers t={t} table={table} name={name} by={by} />
          <AnswerTimes t={t} times={times} by={by} name={name} />
        </>
      )}
      <NoReasons t={t} reasons={reasonsShown(counts, t.pack)} newest={cut ? mostOpened : null} />
      <p class="govuk-hint">{t('referrals.flow.reasons-means')}</p>
      <Give t={t} side={side} quarters={endedQuarters(now, t.timeZone)} />
    </StaffPage>,
  )
})

/** What may leave the agency: one whole quarter, by kind of partner, small numbers held back. */
flowPage.get(paths.flowGiven, needs('case:lead'), async (c) => {
  const given = await givenFor(c)
  if (given === null) return notFound(c)
  const { t } = c.var
  const { side, quarter, table, reasons, newest, name } = given
  return c.html(
    <StaffPage
      t={t}
      actor={c.var.actor}
      nav={c.var.nav}
      current={paths.list}
      title={t('referrals.flow.given-title')}
      back={{ href: `${paths.flow}?side=${side}`, text: t('referrals.flow.title') }}
    >
      <PageHeading caption={quarterText(t, quarter)}>{t('referrals.flow.given-title')}</PageHeading>
      <p class="govuk-body app-measure">{t(`referrals.flow.given-${side}`)}</p>
      {table.rows.length === 0 ? (
        <EmptyState title={t('referrals.flow.empty')} />
      ) : (
        <>
          <FlowDiagram t={t} table={table} name={name} />
          <FlowNumbers t={t} table={table} name={name} by="sector" />
        </>
      )}
      <NoReasons t={t} reasons={reasons} newest={newest} />
      <InsetText>{t('referrals.flow.held-means')}</InsetText>
      <p class="govuk-body">
        <a class="govuk-link" href={`${paths.flowFile}?side=${side}&quarter=${quarter}`}>
          {t('referrals.flow.save')}
        </a>
      </p>
    </StaffPage>,
  )
})

/** The same as a file for a spreadsheet; no cell begins like a formula. */
flowPage.get(paths.flowFile, needs('case:lead'), async (c) => {
  const given = await givenFor(c)
  if (given === null) return notFound(c)
  const { t } = c.var
  const { side, quarter, table, reasons, newest, name } = given
  const lines = [
    [t('referrals.flow.given-title'), quarterText(t, quarter), t(`referrals.flow.side-${side}`)],
    [t('referrals.flow.by-sector'), ...table.ends.map((end) => endText(t, end)), t('referrals.flow.all')],
    ...table.rows.map(({ key, shown }) => [name(key), ...shown.map((each) => shownText(t, each))]),
    [t('referrals.flow.all'), ...table.totals.map((each) => shownText(t, each))],
    [],
    [t('referrals.flow.reason'), t('referrals.flow.how-often')],
    ...reasons.map(({ reason, shown }) => [reasonText(t, reason), shownText(t, shown)]),
    ...(newest === null ? [] : [[newestText(t, newest)]]),
    [],
    [t('referrals.flow.held-means')],
  ]
  const text = stringify(lines, {
    record_delimiter: 'windows',
    escape_formulas: true,
    bom: true,
  })
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="flow-${side}-${quarter}.csv"`)
  return c.body(text)
})

async function givenFor(c: Context<MemberEnv>) {
  const { db, actor, t } = c.var
  const side = flowSides.find((each) => each === (c.req.query('side') ?? 'from'))
  const quarters = endedQuarters(Temporal.Now.instant(), t.timeZone)
  const quarter = quarters.find((each) => each === (c.req.query('quarter') ?? quarters[0]))
  if (side === undefined || quarter === undefined) return null
  const period = { side, ...quarterMonths(quarter, t.timeZone) }
  const { states } = await flowOf(db, period)
  const { counts, cut } = await noReasons(db, actor, period)
  return {
    side,
    quarter,
    table: tableToGive(flowRows(states, 'sector', null), t.pack),
    reasons: reasonsShown(counts, t.pack),
    newest: cut ? mostOpened : null,
    name: nameIn(t, 'sector', new Map()),
  }
}

function nameIn(t: Words, by: By, names: ReadonlyMap<string, string>): (key: string) => string {
  return (key) => {
    if (by === 'partner') return names.get(key) ?? t('referrals.flow.gone')
    return t.has(`parties.sector.${key}`) ? t(`parties.sector.${key}`) : t('referrals.flow.gone')
  }
}

function quarterText(t: Words, quarter: string): string {
  const [year = '', of = ''] = quarter.split('-')
  return t('referrals.flow.quarter', { year, of })
}

function Choose(p: { readonly t: Words; readonly side: Side; readonly by: By; readonly months: number }) {
  const { t } = p
  const item = (name: string) => (value: string | number) => ({
    value: String(value),
    text: t(`referrals.flow.${name}-${value}`),
  })
  return (
    <form method="get" action={paths.flow} class="app-brief">
      <Select
        name="side"
        label={t('referrals.flow.side')}
        items={flowSides.map(item('side'))}
        value={p.side}
      />
      <Select
        name="months"
        label={t('referrals.flow.months')}
        items={spans.map(item('months'))}
        value={String(p.months)}
      />
      <Select name="by" label={t('referrals.flow.by')} items={bys.map(item('by'))} value={p.by} />
      <Button variant="secondary">{t('referrals.flow.show')}</Button>
    </form>
  )
}

/** The way to what may be given outside, which is less. */
function Give(p: { readonly t: Words; readonly side: Side; readonly quarters: readonly string[] }) {
  const { t } = p
  return (
    <section aria-labelledby="flow-give">
      <h2 class="govuk-heading-m" id="flow-give">
        {t('referrals.flow.give')}
      </h2>
      <p class="govuk-body app-measure">{t('referrals.flow.give-lead')}</p>
      <ul class="govuk-list">
        {p.quarters.map((quarter) => (
          <li>
            <a class="govuk-link" href={`${paths.flowGiven}?side=${p.side}&quarter=${quarter}`}>
              {quarterText(t, quarter)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
