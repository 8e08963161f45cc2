import type { Words } from '#platform/i18n'
import { Table } from '#platform/ui'

import { box, type Box, layoutOf, nameLines } from './diagram.rules.ts'
import { type Member, placeOf } from './member.rules.ts'

interface Picture {
  readonly t: Words
  readonly self: string
  readonly members: readonly Member[]
}

/** The family as the reader may see it: a picture for the eyes, and a table that says the same. */
export function FamilyDiagram({ t, self, members }: Picture) {
  const layout = layoutOf(
    members.map((each) => ({ id: each.id, place: placeOf(each.relation) })),
    t.dir,
  )
  const at = new Map(layout.boxes.map((each) => [each.id, each]))
  const alt = t('family.picture.alt', { name: self, count: members.length })
  return (
    <svg
      class="app-family"
      role="img"
      aria-label={alt}
      viewBox={`-2 -2 ${layout.width + 4} ${layout.height + 4}`}
    >
      {members.map((each) =>
        each.relation === 'harm' ? null : <Line from={layout.self} to={at.get(each.id)} />,
      )}
      <Person at={layout.self} name={self} says={t('family.picture.self')} look="self" />
      {members.map((each) => (
        <Person
          at={at.get(each.id)}
          name={nameText(t, each)}
          says={t(`family.relation.${each.relation}`)}
          look={each.relation === 'harm' ? 'harm' : each.caseId === null ? 'card' : 'own'}
        />
      ))}
    </svg>
  )
}

/** What the picture says, for whoever hears it, and with names whole. */
export function FamilyTable({ t, members }: Omit<Picture, 'self'>) {
  return (
    <Table
      caption={t('family.table.caption')}
      head={[
        t('family.table.name'),
        t('family.table.relation'),
        t('family.table.file'),
        t('family.table.source'),
      ]}
      rows={members.map((each) => [
        nameText(t, each),
        t(`family.relation.${each.relation}`),
        each.caseId === null
          ? t('family.table.no-file')
          : each.ended
            ? t('family.table.ended')
            : t('family.table.own'),
        sourceText(t, each),
      ])}
    />
  )
}

/** The name to use, or that nobody has said one. */
export function nameText(t: Words, { name }: Pick<Member, 'name'>): string {
  return name === '' ? t('people.no-name') : name
}

/** Who says so, since when. */
export function sourceText(t: Words, said: Pick<Member, 'source' | 'since'>): string {
  const source = t(`people.source.${said.source}`)
  return said.since === '' ? source : t('family.source-since', { source, date: t.shortDate(said.since) })
}

function Person(p: {
  readonly at: Box | undefined
  readonly name: string
  readonly says: string
  readonly look: 'self' | 'own' | 'card' | 'harm'
}) {
  if (p.at === undefined) return null
  const { x, y } = p.at
  const lines = nameLines(p.name)
  const middle = x + box.wide / 2
  const from = y + (lines.length === 1 ? 30 : 22)
  return (
    <>
      <rect
        class={`app-family__box app-family__box--${p.look}`}
        x={x}
        y={y}
        width={box.wide}
        height={box.high}
        rx={p.look === 'harm' ? 0 : 8}
      />
      {lines.map((line, down) => (
        <text
          class={`app-family__name app-family__name--${p.look}`}
          x={middle}
          y={from + down * 17}
          text-anchor="middle"
        >
          {line}
        </text>
      ))}
      <text
        class={`app-family__says app-family__name--${p.look}`}
        x={middle}
        y={y + box.high - 9}
        text-anchor="middle"
      >
        {p.says}
      </text>
    </>
  )
}

function Line({ from, to }: { readonly from: Box; readonly to: Box | undefined }) {
  if (to === undefined) return null
  const middle = (each: Box) => ({ x: each.x + box.wide / 2, y: each.y + box.high / 2 })
  const [a, b] = [middle(from), middle(to)]
  const half = (a.y + b.y) / 2
  const d = a.y === b.y ? `M${a.x} ${a.y}H${b.x}` : `M${a.x} ${a.y}V${half}H${b.x}V${b.y}`
  return <path class="app-family__line" d={d} />
}
