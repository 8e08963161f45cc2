import { AboutText } from '#language'
import { helperSources } from '#people'
import { type FieldErrors, type FormValues, listOf, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, Checkboxes, Input, Radios } from '#platform/ui'

import { helpingPath } from './paths.ts'

interface Props {
  readonly t: Words
  readonly action: string
  readonly caseId: string
  readonly version: string
  readonly values: FormValues
  readonly errors: FieldErrors
  /** Our own agency is not on the list yet. */
  readonly ours: boolean
}

/** The form of one line: exactly what another agency would read, and nothing more. */
export function LineForm(p: Props) {
  const { t, values, errors } = p
  const field = (name: 'agency' | 'person' | 'role' | 'phone') => (
    <Input
      name={name}
      label={t(`helping.form.${name}`)}
      hint={name === 'role' ? t('helping.form.role-hint') : undefined}
      width={name === 'phone' ? 20 : 'two-thirds'}
      type={name === 'phone' ? 'tel' : 'text'}
      value={textOf(values, name)}
      error={errors[name]}
    />
  )
  return (
    <form method="post" action={p.action} novalidate>
      <input type="hidden" name="version" value={p.version} />
      <input type="hidden" name="party" value={textOf(values, 'party')} />
      {p.ours && textOf(values, 'agency') === '' ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`${helpingPath('add', p.caseId)}?from=us`}>
            {t('helping.add-us')}
          </a>
        </p>
      ) : null}
      {field('agency')}
      {field('person')}
      {field('role')}
      {field('phone')}
      <AboutText
        t={t}
        name="next"
        label={t('helping.form.next')}
        hint={t('helping.form.next-hint')}
        rows={2}
        value={textOf(values, 'next')}
        error={errors['next']}
      />
      <Radios
        name="toldBy"
        legend={t('helping.form.told-by')}
        hint={t('helping.form.told-by-hint')}
        value={textOf(values, 'toldBy')}
        error={errors['toldBy']}
        small
        items={helperSources.map((source) => ({ value: source, text: t(`helping.form.told-by-${source}`) }))}
      />
      <Checkboxes
        name="says"
        legend={t('helping.form.says-legend')}
        values={listOf(values, 'says')}
        error={errors['says']}
        items={[{ value: 'yes', text: t('helping.form.says') }]}
      />
      <ButtonGroup>
        <Button>{t('helping.form.save')}</Button>
        <a class="govuk-link" href={helpingPath('list', p.caseId)}>
          {t('people.leave-it')}
        </a>
      </ButtonGroup>
    </form>
  )
}
