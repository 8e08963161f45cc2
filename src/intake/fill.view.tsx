import { AboutText } from '#language'
import { type CaseFile, TaskFrame } from '#people'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, NotificationBanner } from '#platform/ui'

import type { FieldMistake, Fields } from './answer-form.rules.ts'
import type { FilledForm } from './answer.ts'
import { AnswersRead } from './answers.view.tsx'
import type { EarlierAnswers, EarlierChoices } from './earlier.rules.ts'
import { EarlierLead } from './earlier.view.tsx'
import { FormFields, mistakesAt } from './fields.view.tsx'
import type { FormVersion } from './form.ts'
import type { Screen } from './frame.view.tsx'
import { casesFormPath, filledPath } from './paths.ts'
import { givesValues } from './score.rules.ts'

/** A form with its fields, on one page: two people talk in their own order, and saving it once is enough. */
export function FillView(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly version: FormVersion
  readonly filled: FilledForm | null
  readonly shown: ReadonlySet<string>
  readonly fields: Fields
  readonly mistakes: ReadonlyMap<string, FieldMistake>
  readonly earlier: { readonly answers: EarlierAnswers; readonly choices: EarlierChoices }
  readonly judgement: string
  readonly conflict: boolean
  readonly more: boolean
}) {
  const { t } = p.screen
  const { file, version, filled } = p
  const { body } = version
  const copyright = body.kept['copyright']
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={body.title}
      back={{ href: casesFormPath('ofCase', file.caseId), text: t('intake.case.title') }}
      lead={t('intake.fill.lead')}
      errors={mistakesAt(t, body, p.mistakes)}
      conflict={
        p.conflict && filled !== null ? (
          <>
            <p class="govuk-body">{t('intake.fill.conflict')}</p>
            <AnswersRead t={t} body={body} answers={filled.answers} />
          </>
        ) : undefined
      }
    >
      {p.more ? (
        <NotificationBanner>
          <p class="govuk-notification-banner__heading">{t('intake.fill.more')}</p>
        </NotificationBanner>
      ) : null}
      {body.purpose === '' ? null : <p class="govuk-body app-measure">{body.purpose}</p>}
      <EarlierLead t={t} earlier={p.earlier.answers} shown={p.shown} />
      <form
        method="post"
        action={
          filled === null
            ? casesFormPath('fill', file.caseId, version.formId)
            : filledPath('change', file.caseId, filled.id)
        }
        novalidate
      >
        <input type="hidden" name="form-version" value={String(version.version)} />
        <input type="hidden" name="version" value={String(filled?.version ?? 0)} />
        <FormFields {...p} t={t} body={body} />
        <JudgementField t={t} body={body} text={p.judgement} />
        <ButtonGroup>
          <Button name="then" value="done">
            {t('intake.save')}
          </Button>
          <Button name="then" value="later" variant="secondary">
            {t('intake.fill.later')}
          </Button>
          <a class="govuk-link" href={casesFormPath('ofCase', file.caseId)}>
            {t('intake.leave')}
          </a>
        </ButtonGroup>
      </form>
      {typeof copyright === 'string' ? <p class="govuk-body app-muted">{copyright}</p> : null}
    </TaskFrame>
  )
}

/** Asks what the worker thinks, where the form's values add up to something that could be taken for an answer. */
function JudgementField(p: { readonly t: Words; readonly body: FormVersion['body']; readonly text: string }) {
  if (!givesValues(p.body)) return null
  return (
    <AboutText
      t={p.t}
      name="judgement"
      label={p.t('intake.judgement.label')}
      labelSize="m"
      hint={p.t('intake.judgement.hint')}
      value={p.text}
      rows={4}
    />
  )
}
