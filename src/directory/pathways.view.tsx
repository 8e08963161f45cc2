import type { Condition } from '#engine/space'
import type { FieldErrors } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  ButtonGroup,
  Details,
  EmptyState,
  FileUpload,
  InsetText,
  NotificationBanner,
  Pagination,
  Table,
  TextArea,
  WarningText,
} from '#platform/ui'
import { WhyField } from './edit-form.view.tsx'
import { EditorFrame, type Screen } from './editor-frame.view.tsx'
import type { ImportRun, Undone } from './import-run.ts'
import type { ImportReport } from './import.ts'
import type { PathwayRow } from './pathway.ts'
import { paths } from './paths.ts'
import { conditionInWords } from './threshold.rules.ts'

/** What was typed, what is wrong with it, and what became of it. */
export interface ShownPathways {
  readonly errors?: FieldErrors | undefined
  readonly text?: string | undefined
  readonly why?: string | undefined
  readonly report?: ImportReport | undefined
  /** Only looked at: nothing was written. */
  readonly looked?: boolean | undefined
  /** What became of a file that was taken back, or why it was not. */
  readonly undone?: Undone['pathways'] | undefined
  readonly wrong?: string | undefined
}

/** The open pathways, and how more come in: a file or pasted text, looked at first. */
export function PathwaysView({
  screen,
  of: { rows, page, pages, runs },
  shown,
}: {
  readonly screen: Screen
  readonly of: {
    readonly rows: readonly PathwayRow[]
    readonly page: number
    readonly pages: number
    /** Files that can be taken back. */
    readonly runs: readonly ImportRun[]
  }
  readonly shown: ShownPathways
}) {
  const { t } = screen
  const { report, looked = false, errors = {} } = shown
  return (
    <EditorFrame
      screen={screen}
      title={t('directory.pathways.title')}
      errors={errors}
      wide
      above={
        <>
          {report === undefined ? null : <Report t={t} report={report} looked={looked} />}
          {shown.undone === undefined ? null : <TakenBack t={t} undone={shown.undone} />}
          {shown.wrong === undefined ? null : <WarningText>{shown.wrong}</WarningText>}
        </>
      }
    >
      <p class="govuk-body">{t('directory.pathways.lead')}</p>
      {rows.length === 0 ? (
        <EmptyState title={t('directory.pathways.none')}>{t('directory.pathways.none-text')}</EmptyState>
      ) : (
        <Rows t={t} rows={rows} />
      )}
      <Pagination page={page} pages={pages} href={(n) => `${paths.pathways}?page=${n}`} />
      <p class="govuk-body">
        <a class="govuk-link" href={paths.pathwayHistory}>
          {t('directory.pathways.history')}
        </a>
      </p>
      <Bring t={t} shown={shown} />
      <Runs t={t} runs={runs} />
    </EditorFrame>
  )
}

/** How more come in: a file or pasted text. */
function Bring({ t, shown }: { readonly t: Words; readonly shown: ShownPathways }) {
  const { looked = false, errors = {} } = shown
  return (
    <>
      <h2 class="govuk-heading-m">{t('directory.pathways.bring')}</h2>
      <form method="post" action={paths.pathways} enctype="multipart/form-data">
        <FileUpload
          name="upload"
          label={t('directory.pathways.upload')}
          hint={t('directory.pathways.upload-hint')}
          accept=".json,application/json"
        />
        <TextArea
          name="file"
          label={t('directory.pathways.file')}
          hint={t('directory.pathways.file-hint')}
          value={shown.text}
          rows={6}
          error={errors['file']}
        />
        <Details summary={t('directory.pathways.example')}>
          <pre class="app-record__text">{example}</pre>
        </Details>
        <WhyField t={t} filled={{ values: { why: shown.why ?? '' }, errors }} />
        <ButtonGroup>
          <Button name="act" value="look" {...(looked ? { variant: 'secondary' as const } : {})}>
            {t('directory.pathways.look')}
          </Button>
          <Button name="act" value="bring" {...(looked ? {} : { variant: 'secondary' as const })}>
            {t('directory.pathways.go')}
          </Button>
        </ButtonGroup>
      </form>
    </>
  )
}

/** The files that came in lately, each with the way back. */
function Runs({ t, runs }: { readonly t: Words; readonly runs: readonly ImportRun[] }) {
  if (runs.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('directory.pathways.runs')}</h2>
      <p class="govuk-body">{t('directory.pathways.runs-lead')}</p>
      <ul class="app-runs">
        {runs.map((run) => (
          <li class="app-runs__item">
            <p class="govuk-body app-runs__what">
              <strong>
                {t('directory.pathways.run', { count: run.imported + run.importedWithWarnings })}
              </strong>
              <br />
              {t.dateTime(run.at)}
            </p>
            <form method="post" action={paths.undoPathways}>
              <Button variant="secondary" name="run" value={run.id}>
                {t('directory.pathways.undo')}
                <span class="govuk-visually-hidden">: {t.dateTime(run.at)}</span>
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </>
  )
}

function TakenBack({ t, undone }: { readonly t: Words; readonly undone: Undone['pathways'] }) {
  const { restored, removed, left, entries } = undone
  return (
    <>
      <NotificationBanner kind="success">
        {[
          t('directory.pathways.taken-back'),
          removed === 0 ? '' : t('directory.pathways.gone', { count: removed }),
          restored === 0 ? '' : t('directory.pathways.as-before', { count: restored }),
        ]
          .filter((part) => part !== '')
          .join(' ')}
      </NotificationBanner>
      {left === 0 ? null : (
        <InsetText>
          {t('directory.pathways.left', { count: left })}
          <ul class="govuk-list govuk-list--bullet">
            {entries.map((each) => (
              <li>{each.name}</li>
            ))}
          </ul>
        </InsetText>
      )}
    </>
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
        <span class="govuk-visually-hidden">{t('directory.pathways.close')}</span>,
      ]}
      rows={rows.map((row) => [
        row.fromName,
        row.toName,
        t(`directory.pathways.kind-${row.kind}`),
        whom(t, row),
        row.replyDueDays === null ? '–' : t('directory.pathways.days', { count: row.replyDueDays }),
        <a class="govuk-link" href={paths.closePathway(row.id)}>
          {t('directory.pathways.close')}
          <span class="govuk-visually-hidden">
            {' '}
            {t('directory.pathways.from-to', { from: row.fromName, to: row.toName })}
          </span>
        </a>,
      ])}
    />
  )
}

function whom(t: Words, row: PathwayRow): string {
  const said = row.conditions.map((condition) => conditionInWords(condition as Condition, t.pack).join(', '))
  return said.includes('') ? t('directory.pathways.everyone') : said.join(' / ')
}

function Report({
  t,
  report,
  looked,
}: {
  readonly t: Words
  readonly report: ImportReport
  readonly looked: boolean
}) {
  const count = report.imported + report.importedWithWarnings
  return (
    <>
      <NotificationBanner {...(looked ? {} : { kind: 'success' as const })}>
        {t(looked ? 'directory.pathways.looked' : 'directory.pathways.imported', { count })}
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
