import { Hono } from 'hono'

import { type MemberEnv, needs } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Details, PageHeading, StaffPage, Tag } from '#platform/ui'

import { mostCharacters } from './token.rules.ts'
import { paths } from './paths.ts'
import { sampleOf } from './sample.rules.ts'
import sources from './sources.json' with { type: 'json' }
import { type Part, parts, type Row, saidOf } from './table.ts'

const sourceTexts: Readonly<Record<string, string>> = sources

export const tablePage = new Hono<MemberEnv>()

/** The whole table, for whoever wonders why a hint came. */
tablePage.get(paths.table, needs('home'), (c) => {
  const { actor, t, nav } = c.var
  const groups = [...new Set(parts.map((part) => part.group))]
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.table} title={t('language.table.title')}>
      <PageHeading>{t('language.table.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('language.table.lead')}</p>
      <ul class="govuk-list govuk-list--bullet app-measure">
        {(['suggests', 'quotes', 'own', 'nothing-kept', 'strength'] as const).map((point) => (
          <li>{t(`language.table.point.${point}`)}</li>
        ))}
        <li>{t('language.table.point.long', { count: mostCharacters, number: t.number(mostCharacters) })}</li>
      </ul>
      {groups.map((group) => (
        <Group t={t} group={group} parts={parts.filter((part) => part.group === group)} />
      ))}
    </StaffPage>,
  )
})

function Group(p: { readonly t: Words; readonly group: string; readonly parts: readonly Part[] }) {
  const { t } = p
  const rows = p.parts.flatMap((part) => part.rows)
  const [first] = p.parts
  return (
    <section aria-labelledby={`group-${p.group}`}>
      <h2 class="govuk-heading-m" id={`group-${p.group}`}>
        {t(`language.group.${p.group}`)}
      </h2>
      <p class="govuk-body app-measure">{t(`language.group-lead.${p.group}`)}</p>
      <Details summary={t('language.table.rows', { count: rows.length })}>
        <dl class="app-wording__table">
          {rows.map((row) => (
            <TableRow t={t} row={row} />
          ))}
        </dl>
        {first === undefined ? null : (
          <p class="govuk-body-s app-muted">
            {t('language.table.owner', { owner: first.owner, date: t.date(first.reviewedOn) })}
          </p>
        )}
      </Details>
    </section>
  )
}

function TableRow({ t, row }: { readonly t: Words; readonly row: Row }) {
  const { why, suggest } = saidOf(row, t.pack)
  return (
    <div class="app-wording__row" id={row.id}>
      <dt>
        “{sampleOf(row, t.pack)}”{' '}
        {row.severity === 2 ? null : <Tag colour="grey">{t('language.table.soft')}</Tag>}
      </dt>
      <dd>{why}</dd>
      <dd>
        <span class="app-wording__instead">{t('language.hint.instead')}</span> {suggest.join(' ')}
      </dd>
      <dd class="app-muted govuk-body-s">
        {t('language.table.source', { source: sourceTexts[row.source] ?? '' })}
      </dd>
    </div>
  )
}
