import { type Context, Hono } from 'hono'
import { z } from 'zod'

import type { Condition } from '#engine/space'
import { allowBody, type FieldErrors, type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  Details,
  EmptyState,
  InsetText,
  NotificationBanner,
  Pagination,
  Table,
  TextArea,
} from '#platform/ui'

import { EditorFrame } from './editor-frame.view.tsx'
import type { ImportReport } from './import.ts'
import { endPathway, importPathwaysAs } from './pathway.actions.ts'
import { pathwayPages, pathwaysPage as rowsOf } from './pathway.store.ts'
import type { PathwayRow } from './pathway.ts'
import { paths } from './paths.ts'
import { conditionInWords } from './threshold.rules.ts'

const Form = z.object({
  file: z.string('directory.pathways.file-missing').min(2, 'directory.pathways.file-missing').max(900_000),
})

/** How agencies hand people on: the list of open pathways, bringing more in, and closing one. */
export const pathwaysPage = new Hono<MemberEnv>()

pathwaysPage.get(paths.pathways, needs('directory:edit'), async (c) => c.html(await view(c, {})))

pathwaysPage.post(paths.pathways, needs('directory:edit'), allowBody(1_000_000), async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return c.html(await view(c, { errors: form.errors, typed: textOf(form.values['file']) }), 422)
  const report = await importPathwaysAs(c.var.db, c.var.actor, form.data.file)
  if ('refused' in report)
    return c.html(await view(c, { errors: { file: report.refused }, typed: form.data.file }), 422)
  return c.html(await view(c, { report, typed: report.held + report.rejected > 0 ? form.data.file : '' }))
})

pathwaysPage.post(`${paths.pathways}/:id/close`, needs('directory:edit'), async (c) => {
  if (!(await endPathway(c.var.db, c.var.actor, c.req.param('id')))) return notFound(c)
  return c.redirect(paths.pathways, 303)
})

interface Shown {
  readonly errors?: FieldErrors
  readonly typed?: string
  readonly report?: ImportReport
}

async function view(c: Context<MemberEnv>, shown: Shown) {
  const { db, t } = c.var
  const page = Math.max(1, Number(c.req.query('page') ?? '1') || 1)
  const { rows, total } = await rowsOf(db, page)
  const errors = shown.errors ?? {}
  return (
    <EditorFrame
      screen={c.var}
      title={t('directory.pathways.title')}
      errors={errors}
      wide
      above={shown.report === undefined ? null : <Report t={t} report={shown.report} />}
    >
      <p class="govuk-body">{t('directory.pathways.lead')}</p>
      {rows.length === 0 ? (
        <EmptyState title={t('directory.pathways.none')}>{t('directory.pathways.none-text')}</EmptyState>
      ) : (
        <Rows t={t} rows={rows} />
      )}
      {pathwayPages(total) > 1 ? (
        <Pagination page={page} pages={pathwayPages(total)} href={(n) => `${paths.pathways}?page=${n}`} />
      ) : null}
      <h2 class="govuk-heading-m">{t('directory.pathways.bring')}</h2>
      <form method="post" action={paths.pathways}>
        <TextArea
          name="file"
          label={t('directory.pathways.file')}
          hint={t('directory.pathways.file-hint')}
          value={shown.typed}
          rows={8}
          error={errors['file']}
        />
        <Details summary={t('directory.pathways.example')}>
          <pre class="app-record__text">{example}</pre>
        </Details>
        <Button>{t('directory.pathways.go')}</Button>
      </form>
    </EditorFrame>
  )
}

const example =
  '[{ "from": "Northmere Schools", "to": "N06", "kind": "warm",\n   "when": [{ "age": { "max": 215 } }], "replyDueDays": 5, "source": "Referral protocol, page 2" }]'

function Rows({ t, rows }: { readonly t: Words; readonly rows: readonly PathwayRow[] }) {
  return (
    <Table
      caption={t('directory.pathways.title')}
      captionHidden
      dense
      head={[
        t('directory.pathways.from'),
        t('directory.pathways.to'),
        t('directory.pathways.kind'),
        t('directory.pathways.when'),
        t('directory.pathways.reply'),
        '',
      ]}
      rows={rows.map((row) => [
        row.fromName,
        row.toName,
        t(`directory.pathways.kind-${row.kind}`),
        whom(t, row),
        row.replyDueDays === null ? '–' : t('directory.pathways.days', { count: row.replyDueDays }),
        <form method="post" action={`${paths.pathways}/${row.id}/close`}>
          <Button variant="secondary">
            {t('directory.pathways.close')}
            <span class="govuk-visually-hidden">
              {' '}
              {row.fromName} – {row.toName}
            </span>
          </Button>
        </form>,
      ])}
    />
  )
}

function whom(t: Words, row: PathwayRow): string {
  const said = row.conditions.map((condition) => conditionInWords(condition as Condition, t.pack).join(', '))
  return said.includes('') ? t('directory.pathways.everyone') : said.join(' / ')
}

function Report({ t, report }: { readonly t: Words; readonly report: ImportReport }) {
  return (
    <>
      <NotificationBanner kind="success">
        {t('directory.pathways.imported', { count: report.imported + report.importedWithWarnings })}
      </NotificationBanner>
      {report.records
        .filter((one) => one.problems.length > 0)
        .map((one) => (
          <InsetText>
            <strong>{t(`directory.pathways.outcome-${one.outcome}`)}</strong>{' '}
            {one.problems.map(({ at, message, rule }) => `${at}: ${message} (${rule})`).join('; ')}
          </InsetText>
        ))}
    </>
  )
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : ''
}
