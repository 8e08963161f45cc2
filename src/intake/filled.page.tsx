import { type Context, Hono } from 'hono'

import { type CaseFile, type CaseLock, colleaguesOf, openFile, TaskFrame } from '#people'
import { mayDo } from '#platform/access'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { record } from '#platform/ledger'
import { Button, NotificationBanner, WarningText } from '#platform/ui'

import type { FilledForm } from './answer.ts'
import { filledById } from './answer.store.ts'
import { AnswersRead, Judgement } from './answers.view.tsx'
import { filledBy } from './filled-item.view.ts'
import type { FormVersion } from './form.ts'
import { versionOf } from './form.store.ts'
import { casesFormPath, filledPath, paths, versionPath } from './paths.ts'
import { responseOf } from './response.rules.ts'

/** A filled form to be read, and as data; the data leaves like paper does, so the same lock keeps it back. */
export function filledPage(lock: CaseLock): Hono<MemberEnv> {
  const page = new Hono<MemberEnv>()
  page.get(paths.filled, needs('case:read'), async (c) => {
    const at = await read(c)
    return at === null ? notFound(c) : show(c, at, null)
  })

  page.post(paths.data, needs('case:write'), async (c) => {
    const at = await read(c)
    if (at === null) return notFound(c)
    const { db, actor } = c.var
    const locked = await lock(db, actor, at.file)
    if (locked !== null) return show(c, at, locked.key)
    const detail = { what: 'form', form: at.filled.id }
    await record(db, actor, { kind: 'export.made', of: at.file.key, detail })
    c.header('content-disposition', 'attachment; filename="answers.json"')
    c.header('content-type', 'application/fhir+json; charset=utf-8')
    return c.body(JSON.stringify(responseOf(at.version, at.filled), null, 2))
  })
  return page
}

interface At {
  readonly file: CaseFile
  readonly filled: FilledForm
  readonly version: FormVersion
}

async function read(c: Context<MemberEnv>): Promise<At | null> {
  const { db, actor } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const filled = file === null ? null : await filledById(db, file.key, c.req.param('filled') ?? '')
  const version = filled === null ? null : await versionOf(db, actor, filled.formId, filled.formVersion)
  return file === null || filled === null || version === null ? null : { file, filled, version }
}

async function show(c: Context<MemberEnv>, { file, filled, version }: At, locked: string | null) {
  const { t, db, actor } = c.var
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  const writes = mayDo(actor.roles, 'case:write')
  const copyright = version.body.kept['copyright']
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={filled.title}
      back={{ href: casesFormPath('ofCase', file.caseId), text: t('intake.case.title') }}
    >
      {c.req.query('saved') === '1' ? (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('intake.filled.saved')}</p>
        </NotificationBanner>
      ) : null}
      {locked === null ? null : <WarningText>{t(locked)}</WarningText>}
      <p class="govuk-body app-muted">
        {t(`intake.filled.state.${filled.state}`)} · {filledBy(t, filled, names)} ·{' '}
        <a class="govuk-link" href={versionPath('version', version.formId, version.version)}>
          {t('intake.forms.version', { version: version.version })}
        </a>
      </p>
      {writes ? (
        <Button href={filledPath('change', file.caseId, filled.id)}>
          {t(filled.state === 'in-progress' ? 'intake.filled.go-on' : 'intake.filled.change')}
        </Button>
      ) : null}
      <Judgement t={t} text={filled.judgement} />
      <AnswersRead t={t} body={version.body} answers={filled.answers} />
      {typeof copyright === 'string' ? <p class="govuk-body app-muted">{copyright}</p> : null}
      {writes ? (
        <form method="post" action={filledPath('data', file.caseId, filled.id)}>
          <h2 class="govuk-heading-m">{t('intake.filled.data')}</h2>
          <p class="govuk-body app-measure">{t('intake.filled.data-means')}</p>
          <Button variant="secondary">{t('intake.filled.data-go')}</Button>
        </form>
      ) : null}
    </TaskFrame>,
    locked === null ? 200 : 409,
  )
}
