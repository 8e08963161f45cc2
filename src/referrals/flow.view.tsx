import type { Words } from '#platform/i18n'
import { Table } from '#platform/ui'

import { type Band, canvas, layoutOf, type Node } from './flow-layout.rules.ts'
import type { AnswerTime } from './flow.store.ts'
import type { End, FlowTable, Shown } from './flow.rules.ts'

/** So many lines have a name of their own in the picture; the table has them all. */
const drawn = 8

interface Props {
  readonly t: Words
  readonly table: FlowTable
  /** What a line is called: a partner, or a kind of partner. */
  readonly name: (key: string) => string
}

/** From whom to where, each band as wide as the number that goes that way; the table below says the same. */
export function FlowDiagram({ t, table, name }: Props) {
  const first = table.rows.slice(0, drawn)
  const rest = table.rows.slice(drawn)
  const lines = [
    ...first.map(({ key, shown }) => ({ text: name(key), counts: shown.slice(0, -1) })),
    ...(rest.length === 0
      ? []
      : [{ text: t('referrals.flow.rest', { count: rest.length }), counts: added(rest) }]),
  ]
  const layout = layoutOf(
    lines.map((line) => line.counts),
    table.ends.length,
  )
  const right = canvas.wide - canvas.node
  return (
    <svg
      class="app-flow"
      role="img"
      aria-label={t('referrals.flow.alt', { lines: lines.length, ends: table.ends.length })}
      viewBox={`0 0 ${canvas.wide} ${Math.ceil(layout.high) + 2}`}
    >
      {layout.bands.map((band) => (
        <BandPath band={band} end={table.ends[band.column]} />
      ))}
      {layout.rows.map((node, at) => (
        <>
          <rect class="app-flow__node" x={0} y={node.y} width={canvas.node} height={node.high} />
          <text x={canvas.node + 5} y={middle(node)} dominant-baseline="middle">
            {short(lines[at]?.text ?? '')}
          </text>
        </>
      ))}
      {layout.columns.map((node, at) => (
        <>
          <rect class="app-flow__node" x={right} y={node.y} width={canvas.node} height={node.high} />
          <text x={right - 5} y={middle(node)} text-anchor="end" dominant-baseline="middle">
            {endText(t, table.ends[at])} {shownText(t, table.totals[at])}
          </text>
        </>
      ))}
    </svg>
  )
}

/** The same in numbers, with sums. */
export function FlowNumbers({ t, table, name, by }: Props & { readonly by: 'partner' | 'sector' }) {
  const cell = (shown: Shown | undefined) => ({ content: shownText(t, shown), numeric: true as const })
  return (
    <Table
      dense
      caption={t('referrals.flow.caption')}
      head={[
        t(`referrals.flow.by-${by}`),
        ...table.ends.map((end) => ({ content: endText(t, end), numeric: true as const })),
        { content: t('referrals.flow.all'), numeric: true as const },
      ]}
      rows={[
        ...table.rows.map(({ key, shown }) => [name(key), ...shown.map(cell)]),
        [t('referrals.flow.all'), ...table.totals.map(cell)],
      ]}
    />
  )
}

/** How long the first answer took, and how many still wait for one. */
export function AnswerTimes(p: {
  readonly t: Words
  readonly times: readonly AnswerTime[]
  readonly by: 'partner' | 'sector'
  readonly name: (key: string) => string
}) {
  const { t } = p
  const lines = p.times
    .filter((each) => each.line === p.by || each.line === 'all')
    .toSorted((a, b) => Number(a.line === 'all') - Number(b.line === 'all') || b.threads - a.threads)
  return (
    <Table
      dense
      caption={t('referrals.flow.times')}
      head={[
        t(`referrals.flow.by-${p.by}`),
        { content: t('referrals.flow.answered'), numeric: true },
        { content: t('referrals.flow.half-within'), numeric: true },
      ]}
      rows={lines.map((each) => [
        each.line === 'all' ? t('referrals.flow.all') : p.name(each.otherParty ?? each.sector ?? ''),
        {
          content: t('referrals.flow.answered-of', { answered: each.answered, threads: each.threads }),
          numeric: true,
        },
        { content: hoursText(t, each.halfWithinHours), numeric: true },
      ])}
    />
  )
}

/** Why no, as it was said in the months of the picture; `newest`: only so many answers were opened. */
export function NoReasons(p: {
  readonly t: Words
  readonly reasons: readonly { readonly reason: string; readonly shown: Shown }[]
  readonly newest: number | null
}) {
  const { t } = p
  if (p.reasons.length === 0) return <p class="govuk-body">{t('referrals.flow.no-reasons')}</p>
  return (
    <>
      <Table
        caption={t('referrals.flow.reasons')}
        head={[t('referrals.flow.reason'), { content: t('referrals.flow.how-often'), numeric: true }]}
        rows={p.reasons.map(({ reason, shown }) => [
          reasonText(t, reason),
          { content: shownText(t, shown), numeric: true },
        ])}
      />
      {p.newest === null ? null : <p class="govuk-body">{newestText(t, p.newest)}</p>}
    </>
  )
}

/** That not every answer was opened, and how many were. */
export function newestText(t: Words, newest: number): string {
  return t('referrals.flow.newest', { newest: t.number(newest) })
}

/** What a column is called. */
export function endText(t: Words, end: End | undefined): string {
  return end === undefined ? '' : t(`referrals.flow.end-${end}`)
}

/** A reason in words; one that no longer exists, by its code. */
export function reasonText(t: Words, reason: string): string {
  const key = `referrals.reason.${reason}`
  return t.has(key) ? t(key) : reason
}

/** A number, or that it is held back. */
export function shownText(t: Words, shown: Shown | undefined): string {
  return shown === null || shown === undefined ? t('referrals.flow.held') : t.number(shown)
}

function hoursText(t: Words, hours: number | null): string {
  if (hours === null) return t('referrals.flow.none-yet')
  if (hours < 1) return t('referrals.flow.minutes', { count: Math.max(1, Math.round(hours * 60)) })
  return hours < 48
    ? t('referrals.flow.hours', { count: Math.round(hours) })
    : t('referrals.flow.days', { count: Math.round(hours / 24) })
}

function BandPath({ band, end }: { readonly band: Band; readonly end: End | undefined }) {
  const [left, right] = [canvas.node, canvas.wide - canvas.node]
  const half = (left + right) / 2
  const { from, to, wide } = band
  const d =
    `M${left} ${from}C${half} ${from} ${half} ${to} ${right} ${to}` +
    `V${to + wide}C${half} ${to + wide} ${half} ${from + wide} ${left} ${from + wide}Z`
  return <path class={`app-flow__band app-flow__band--${band.thin ? 'held' : (end ?? '')}`} d={d} />
}

function added(rows: FlowTable['rows']): readonly Shown[] {
  const width = (rows[0]?.shown.length ?? 1) - 1
  return Array.from({ length: width }, (_, at) =>
    rows.some((row) => row.shown[at] === null)
      ? null
      : rows.reduce((sum, row) => sum + (row.shown[at] ?? 0), 0),
  )
}

function middle(node: Node): number {
  return node.y + node.high / 2
}

function short(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text
}
