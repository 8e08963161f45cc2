import { AboutText } from '#language'
import { Button, ButtonGroup, Details, Fieldset, InsetText, Radios } from '#platform/ui'

import type { CaseFile } from './case.ts'
import { coercionStates, type CoercionTheme } from './coercion.ts'
import { type CoercionPart, coercionParts } from './coercion.rules.ts'
import { savedText, type Screen, TaskFrame } from './frame.view.tsx'
import { casePath, coercionPath } from './paths.ts'
import { SaveButtons } from './save.view.tsx'
import { coercionLines } from './story.view.ts'

interface Common {
  readonly screen: Screen
  readonly file: CaseFile
  readonly errors?: Readonly<Record<string, string>>
  readonly conflict?: boolean
}

/** What comes before every question: what this agency must report, and whether it is private now. */
export function PrivateFirst(
  p: Common & { readonly mustReport: readonly string[]; readonly later: boolean },
) {
  const { t } = p.screen
  const { file } = p
  const answers = coercionLines(t, file)
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t('people.coercion.title')}
      lead={t('people.coercion.lead')}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, answers) : undefined}
    >
      {p.later ? <InsetText>{t('people.coercion.later')}</InsetText> : null}
      <h2 class="govuk-heading-s">{t('people.coercion.say-first')}</h2>
      {p.mustReport.length === 0 ? (
        <p class="govuk-body">{t('people.coercion.reports-unknown')}</p>
      ) : (
        p.mustReport.map((line) => <p class="govuk-body">{line}</p>)
      )}
      <p class="govuk-body">{t('people.coercion.choice')}</p>
      <form method="post" action={casePath('coercion', file.caseId)} novalidate>
        <input type="hidden" name="version" value={String(file.sheets.coercion.version)} />
        <Radios
          name="private"
          legend={t('people.coercion.private')}
          hint={t('people.coercion.private-hint')}
          error={p.errors?.['private']}
          small
          items={[
            { value: 'yes', text: t('people.coercion.private-yes') },
            { value: 'no', text: t('people.coercion.private-no') },
          ]}
        />
        <ButtonGroup>
          <Button>{t('people.coercion.go-on')}</Button>
          <a class="govuk-link" href={casePath('case', file.caseId)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
      {answers.length === 0 ? null : (
        <Details summary={t('people.coercion.so-far')}>
          {answers.map((line) => (
            <p class="govuk-body">{line}</p>
          ))}
        </Details>
      )}
    </TaskFrame>
  )
}

type Typed = Readonly<Partial<Record<CoercionTheme, { readonly state: string; readonly words: string }>>>

/** The questions of one part. None is answered from the start, each can be left, and why is an answer too. */
export function CoercionQuestions(
  p: Common & { readonly part: CoercionPart; readonly typed: Typed; readonly version: number },
) {
  const { t } = p.screen
  const { file, part } = p
  return (
    <TaskFrame
      screen={p.screen}
      file={file}
      title={t(`people.coercion.part-${part}`)}
      lead={t('people.coercion.ask-lead')}
      back={{ href: casePath('coercion', file.caseId), text: t('people.coercion.title') }}
      errors={p.errors}
      conflict={p.conflict ? savedText(t, coercionLines(t, file)) : undefined}
    >
      <form method="post" action={coercionPath(file.caseId, part)} novalidate>
        <input type="hidden" name="version" value={String(p.version)} />
        {coercionParts[part].map((theme) => (
          <Question {...p} theme={theme} />
        ))}
        <SaveButtons
          t={t}
          caseId={file.caseId}
          next={part === 'health' ? t('people.coercion.next') : undefined}
        />
      </form>
    </TaskFrame>
  )
}

function Question(p: Parameters<typeof CoercionQuestions>[0] & { readonly theme: CoercionTheme }) {
  const { t } = p.screen
  const { theme, errors = {} } = p
  const stands = p.file.story.coercion.answers[theme]
  const { state, words } = p.typed[theme] ?? stands ?? { state: '', words: '' }
  return (
    <Fieldset legend={t(`people.coercion.ask.${theme}`)} legendSize="s">
      <Radios
        name={`state-${theme}`}
        legend={t('people.coercion.answer', { ask: t(`people.coercion.ask.${theme}`) })}
        legendHidden
        value={state}
        error={errors[`state-${theme}`]}
        small
        inline
        items={coercionStates.map((each) => ({ value: each, text: t(`people.coercion.state-${each}`) }))}
      />
      <Details
        summary={t('people.coercion.add-words')}
        open={words !== '' || errors[`words-${theme}`] !== undefined}
      >
        <AboutText
          t={t}
          name={`words-${theme}`}
          label={t('people.coercion.words', { ask: t(`people.coercion.ask.${theme}`) })}
          value={words}
          rows={2}
          error={errors[`words-${theme}`]}
        />
      </Details>
    </Fieldset>
  )
}
