import { Hono } from 'hono'
import { type PublicEnv, publicDb } from '#platform/http'
import type { Words } from '#platform/i18n'
import { PageHeading, PublicPage, Table } from '#platform/ui'
import type { AreaCell, AreaRow, AreaSpot } from './area.ts'
import { cellState } from './area.rules.ts'
import { areaSpots, areaTable } from './area.store.ts'
import { AreaPicture, SpotPicture } from './area.view.tsx'
import { needByCode } from './facet.ts'
import { ageGroups } from './find.ts'
import { paths } from './paths.ts'

const mostSpots = 30

export const areaPage = new Hono<PublicEnv>()

/** What there is by need and age, holes and all; each number leads to its services by POST, so that no address tells. */
areaPage.get(paths.area, publicDb(), async (c) => {
  const { t, db } = c.var
  const rows = await areaTable(db, t.pack)
  const spots = await areaSpots(db, t.pack)
  return c.html(
    <PublicPage
      t={t}
      title={t('directory.area.title')}
      back={{ href: paths.services, text: t('directory.area.back') }}
    >
      <PageHeading>{t('directory.area.title')}</PageHeading>
      <p class="govuk-body-l">{t('directory.area.lead')}</p>
      <h2 class="govuk-heading-m">{t('directory.area.picture')}</h2>
      <AreaPicture t={t} rows={rows} />
      <h2 class="govuk-heading-m">{t('directory.area.table')}</h2>
      <AreaTable t={t} rows={rows} />
      <Where t={t} spots={spots} />
      <p class="govuk-body-s">
        <a class="govuk-link" href={paths.data}>
          {t('directory.area.data')}
        </a>
      </p>
    </PublicPage>,
  )
})

function AreaTable({ t, rows }: { readonly t: Words; readonly rows: readonly AreaRow[] }) {
  return (
    <form method="post" action={paths.services} class="app-area-table">
      <p class="govuk-body">{t('directory.area.press')}</p>
      <Table
        caption={t('directory.area.caption')}
        dense
        head={[
          t('directory.area.need'),
          ...ageGroups.map(({ id }) => t(`directory.age.${id}`)),
          t('directory.area.age-unsaid'),
        ]}
        rows={rows.map((row) => [
          needByCode(row.need)?.label ?? row.need,
          ...row.cells.map((cell) => <Cell t={t} need={row.need} cell={cell} />),
          row.ageUnsaid === 0 ? '' : t.number(row.ageUnsaid),
        ])}
      />
    </form>
  )
}

function Cell({ t, need, cell }: { readonly t: Words; readonly need: string; readonly cell: AreaCell }) {
  const state = cellState(cell)
  const word = t(`directory.area.state-${state}`)
  if (state === 'none') return <span class="app-area-hole">{word}</span>
  const label = t('directory.area.cell', {
    need: needByCode(need)?.label ?? need,
    age: t(`directory.age.${cell.age}`),
    count: cell.services,
    state: word,
  })
  return (
    <button class="app-area-cell" name="cell" value={`${need}:${cell.age}`} aria-label={label}>
      {t.number(cell.services)}, {word}
    </button>
  )
}

function Where({ t, spots }: { readonly t: Words; readonly spots: readonly AreaSpot[] }) {
  const shown = spots.slice(0, mostSpots)
  if (shown.length === 0) return null
  const more = spots.length - shown.length
  return (
    <section>
      <h2 class="govuk-heading-m">{t('directory.area.where')}</h2>
      <p class="govuk-body">{t('directory.area.where-text')}</p>
      <SpotPicture t={t} spots={spots} />
      <Table
        caption={t('directory.area.where-caption')}
        dense
        head={[t('directory.area.where-place'), { content: t('directory.area.where-count'), numeric: true }]}
        rows={shown.map((spot) => [spot.label, { content: t.number(spot.services), numeric: true }])}
      />
      {more > 0 ? <p class="govuk-body">{t('directory.area.where-more', { count: more })}</p> : null}
    </section>
  )
}
