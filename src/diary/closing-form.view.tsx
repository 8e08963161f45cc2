import { AboutText } from '#language'
import { dateOf, type FieldErrors, type FormValues, listOf, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Checkboxes, DateInput, Fieldset, Radios, TextArea } from '#platform/ui'

import { afterWays, closingReasons, knowing, outcomeWords } from './closing.ts'
import type { ClosingFacts } from './closing.rules.ts'

interface Props {
  readonly t: Words
  readonly values: FormValues
  readonly errors: FieldErrors
}

/** What is asked before a case ends. */
export function ClosingFields(p: Props & { readonly facts: ClosingFacts; readonly chooseAt: string }) {
  const { t, values, errors } = p
  return (
    <>
      <Choice {...p} name="reason" options={closingReasons} />
      <Choice {...p} name="outcome" options={outcomeWords} />
      <TextArea
        name="outcomeWords"
        label={t('diary.closing.outcome-words')}
        hint={t('diary.closing.outcome-words-hint')}
        value={textOf(values, 'outcomeWords')}
        error={errors['outcomeWords']}
        rows={2}
      />
      <TextArea
        name="wayBack"
        label={t('diary.closing.way-back')}
        hint={t('diary.closing.way-back-hint')}
        value={textOf(values, 'wayBack')}
        error={errors['wayBack']}
        rows={2}
      />
      <Choice {...p} name="after" options={afterWays} words="afterWords" />
      <Choice {...p} name="knows" options={knowing} words="knowsWords" />
      <Spoken {...p} />
    </>
  )
}

/** One question with its answers; `words` is a line in which to say more. */
function Choice({
  t,
  values,
  errors,
  name,
  options,
  words,
}: Props & { readonly name: string; readonly options: readonly string[]; readonly words?: string }) {
  const more =
    words === undefined ? null : (
      <AboutText
        t={t}
        name={words}
        label={t(`diary.closing.${name}.words`)}
        value={textOf(values, words)}
        error={errors[words]}
        rows={2}
      />
    )
  return (
    <>
      <Radios
        name={name}
        legend={t(`diary.closing.${name}.legend`)}
        value={textOf(values, name)}
        error={errors[name]}
        small
        items={options.map((value) => ({
          value,
          text: t(`diary.closing.${name}.${value}`),
          conditional: value === 'only' ? more : undefined,
        }))}
      />
      {options.includes('only') ? null : more}
    </>
  )
}

/** The word with the chosen worker; where nobody was chosen, a second lead. */
function Spoken({ t, values, errors, facts, chooseAt }: Parameters<typeof ClosingFields>[0]) {
  const { chosen } = facts
  return (
    <Fieldset legend={t('diary.closing.spoken.legend')}>
      <p class="govuk-body">
        {t(facts.missed ? 'diary.closing.spoken.missed' : 'diary.closing.spoken.lead')}
      </p>
      {chosen === null ? (
        <>
          <p class="govuk-body">
            <a class="govuk-link" href={chooseAt}>
              {t('people.chosen.title')}
            </a>
          </p>
          <Checkboxes
            name="second"
            legend={t('diary.closing.spoken.nobody')}
            values={listOf(values, 'second')}
            error={errors['second']}
            small
            items={[
              {
                value: 'yes',
                text: t('diary.closing.spoken.second'),
                hint: t('diary.closing.spoken.second-hint'),
              },
            ]}
          />
        </>
      ) : (
        <>
          <DateInput
            name="spokenOn"
            legend={t('diary.closing.spoken.on', { name: chosen })}
            value={dateOf(values, 'spokenOn')}
            error={errors['spokenOn']}
          />
          <AboutText
            t={t}
            name="spokenWords"
            label={t('diary.closing.spoken.words', { name: chosen })}
            value={textOf(values, 'spokenWords')}
            error={errors['spokenWords']}
            rows={2}
          />
        </>
      )}
    </Fieldset>
  )
}
