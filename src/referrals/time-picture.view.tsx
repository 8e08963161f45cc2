import type { Words } from '#platform/i18n'
import { Details, Table } from '#platform/ui'

import type { ThreadFile } from './file.actions.ts'
import { isOurs, whatOf, whoOf } from './thread-pieces.view.tsx'
import {
  type Mark,
  type Named,
  strip,
  timePicture,
  type TimePicture,
  type Wait,
} from './time-picture.rules.ts'

interface Props {
  readonly t: Words
  readonly file: ThreadFile
  readonly names: ReadonlyMap<string, string>
  readonly own: string
  readonly now: Date
}

const over: readonly string[] = ['met', 'ended', 'declined', 'withdrawn']

/** A referral in time: who did what when, who was waited for how long, what is due. A picture, and a table that says the same. */
export function TimeOf(p: Props) {
  const { t, file } = p
  const { thread, events } = file
  // Withdrawn and expired look the same here, also in time.
  if (events.length === 0 || (thread.side === 'to' && !file.shared)) return null
  const undecided = ['sent', 'received', 'question'].includes(thread.state)
  const open = !over.includes(thread.state)
  const picture = timePicture(
    thread.side,
    events.map((event) => ({ at: event.at, kind: event.kind, ours: isOurs(file, event) })),
    {
      now: p.now,
      open,
      due: undecided ? thread.dueAt : null,
      expected: open ? thread.expectedAt : null,
    },
  )
  return (
    <>
      <Drawing t={t} picture={picture} other={thread.otherName} />
      <Details summary={t('referrals.time.table')}>
        <TimeTable {...p} picture={picture} />
      </Details>
    </>
  )
}

function Drawing(p: { readonly t: Words; readonly picture: TimePicture; readonly other: string }) {
  const { t, picture } = p
  const lanes = { ours: strip.head + 16, theirs: strip.head + 34 + picture.steps.ours * strip.step }
  const foot = lanes.theirs + picture.steps.theirs * strip.step + 4
  return (
    <svg
      class="app-time"
      role="img"
      aria-label={t('referrals.time.alt', { count: picture.marks.length })}
      viewBox={`0 0 ${strip.wide} ${foot + 16}`}
    >
      {(['ours', 'theirs'] as const).map((lane) => (
        <>
          <text class="app-time__lane" x={strip.edge} y={lanes[lane] - 5}>
            {lane === 'ours' ? t('referrals.time.we') : shortened(p.other)}
          </text>
          <line
            class="app-time__ground"
            x1={strip.edge}
            x2={strip.wide - strip.edge}
            y1={lanes[lane] + strip.mark}
            y2={lanes[lane] + strip.mark}
          />
        </>
      ))}
      {picture.waits.map((wait) => (
        <WaitBar wait={wait} top={lanes[wait.lane]} />
      ))}
      {picture.named.map((named) => (
        <NamedDay t={t} named={named} foot={foot} />
      ))}
      {picture.marks.map((mark) => (
        <MarkOf mark={mark} top={lanes[mark.lane]} />
      ))}
    </svg>
  )
}

function WaitBar({ wait, top }: { readonly wait: Wait; readonly top: number }) {
  return (
    <rect
      class="app-time__wait"
      x={wait.from}
      y={top + strip.mark - 4}
      width={Math.max(1, wait.to - wait.from)}
      height={8}
    />
  )
}

/** A day with a name: an upright line with its name at the head or the foot. */
function NamedDay(p: { readonly t: Words; readonly named: Named; readonly foot: number }) {
  const { t, named, foot } = p
  const edge = named.x > strip.wide / 2 ? 'end' : 'start'
  return (
    <>
      <line
        class={`app-time__day app-time__day--${named.kind}`}
        x1={named.x}
        x2={named.x}
        y1={strip.head - 2}
        y2={foot}
      />
      <text
        class="app-time__named"
        x={named.x}
        y={named.kind === 'today' ? strip.head - 7 : foot + 13}
        text-anchor={edge}
      >
        {t(`referrals.time.${named.kind}`)}
      </text>
    </>
  )
}

function MarkOf({ mark, top }: { readonly mark: Mark; readonly top: number }) {
  const y = top + strip.mark + mark.step * strip.step
  const size = strip.mark * 2
  return (
    <>
      {mark.lane === 'ours' ? (
        <circle class="app-time__mark app-time__mark--ours" cx={mark.x} cy={y} r={strip.mark} />
      ) : (
        <rect
          class="app-time__mark app-time__mark--theirs"
          x={mark.x - strip.mark}
          y={y - strip.mark}
          width={size}
          height={size}
        />
      )}
      <text
        class={`app-time__number app-time__number--${mark.lane}`}
        x={mark.x}
        y={y + 4.5}
        text-anchor="middle"
      >
        {String(mark.number)}
      </text>
    </>
  )
}

function TimeTable(p: Props & { readonly picture: TimePicture }) {
  const { t, file, picture } = p
  const rows = file.events.map((event, at) => {
    const piece = file.pieces.find((one) => one.envelopeId === event.envelopeId)
    return {
      at: event.at,
      cells: [
        String(at + 1),
        t.dateTime(event.at),
        whatOf(t, file, event, piece),
        whoOf(event, piece, file.thread, p.names, p.own),
        lastedText(t, picture.lasted[at] ?? null),
      ],
    }
  })
  const days = picture.named.map(({ kind, at }) => ({
    at,
    cells: ['', t.dateTime(at), t(`referrals.time.${kind}`), '', ''],
  }))
  return (
    <Table
      caption={t('referrals.time.caption')}
      head={[
        t('referrals.time.number'),
        t('referrals.time.when'),
        t('referrals.time.what'),
        t('referrals.time.who'),
        t('referrals.time.then'),
      ]}
      rows={[...rows, ...days].toSorted((a, b) => a.at.getTime() - b.at.getTime()).map((row) => row.cells)}
    />
  )
}

function lastedText(t: Words, lasted: number | null): string {
  if (lasted === null) return ''
  const minutes = Math.round(lasted / 60_000)
  if (minutes === 0) return t('referrals.time.at-once')
  if (minutes < 60) return t('referrals.time.minutes', { count: minutes })
  const hours = Math.round(minutes / 60)
  return hours < 48
    ? t('referrals.time.hours', { count: hours })
    : t('referrals.time.days', { count: Math.round(hours / 24) })
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
