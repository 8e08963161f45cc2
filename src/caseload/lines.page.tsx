import { Hono } from 'hono'

import { casePath } from '#people'
import { type MemberEnv, needs, notFound, pageOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Pagination, Table } from '#platform/ui'

import { Frame } from './frame.view.tsx'
import type { LineProblem } from './line.rules.ts'
import { paths, runPath } from './paths.ts'
import type { Line } from './run.ts'
import { linesOf, outcomesOf, runById } from './run.store.ts'
import { readerOf } from './trial.actions.ts'

const perPage = 50

export const linesPage = new Hono<MemberEnv>()

/** The report, line by line: what each becomes or became, and why one does not. */
linesPage.get(paths.lines, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const run = await runById(db, actor, c.req.param('run'), false)
  if (run === null) return notFound(c)
  const page = pageOf(c.req.query('page'))
  const counts = Object.values(await outcomesOf(db, actor, run.id)).reduce((sum, each) => sum + each, 0)
  const lines = await linesOf(db, actor, run.id, { after: (page - 1) * perPage, limit: perPage })
  const read = await readerOf(db, actor, run)
  return c.html(
    <Frame screen={c.var} title={t('caseload.lines.title')} caption={run.name}>
      <p class="govuk-body">{t('caseload.lines.lead')}</p>
      <Table
        caption={t('caseload.lines.title')}
        captionHidden
        head={[t('caseload.lines.line'), t('caseload.lines.name'), t('caseload.lines.becomes')]}
        rows={lines.map((line) => {
          const found = line.cells === null ? null : read(line.cells)
          return [
            String(line.nth + 1),
            found === null ? t('caseload.lines.gone') : found.plan.name || t('people.no-name'),
            <Becomes t={t} line={line} problems={found?.problems ?? []} />,
          ]
        })}
      />
      <Pagination
        page={page}
        pages={Math.ceil(counts / perPage)}
        href={(n) => `${runPath('lines', run.id)}?page=${n}`}
      />
    </Frame>,
  )
})

function Becomes(p: { readonly t: Words; readonly line: Line; readonly problems: readonly LineProblem[] }) {
  const { t, line } = p
  const stops = p.problems.some((each) => each.stops)
  const why = p.problems
    .filter((each) => each.stops || !stops)
    .map(({ rule, field }) =>
      field === null
        ? t(`caseload.problem.${rule}`)
        : t('caseload.lines.why', {
            field: t(`caseload.field.${field}`),
            why: t(`caseload.problem.${rule}`),
          }),
    )
  const state =
    line.outcome === 'waiting'
      ? t(stops ? 'caseload.lines.not' : 'caseload.lines.will')
      : t(`caseload.outcome.${line.outcome}`)
  return (
    <>
      {line.outcome === 'made' && line.caseId !== null ? (
        <a class="govuk-link" href={casePath('case', line.caseId)}>
          {t('caseload.lines.open')}
        </a>
      ) : (
        state
      )}
      {why.length === 0 ? null : (
        <ul class="govuk-list govuk-!-margin-bottom-0">
          {why.map((each) => (
            <li>{each}</li>
          ))}
        </ul>
      )}
    </>
  )
}
