import { AboutText } from '#language'
import { dateOf, type FieldErrors, type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { DateInput, InsetText, Input, Select } from '#platform/ui'

import { sources } from './entry.ts'

interface Props {
  readonly t: Words
  readonly values: FormValues
  readonly errors: FieldErrors
}

/** What may not stand here, before anybody types. */
export function NothingFromCase({ t }: { readonly t: Words }) {
  return <InsetText>{t('accountability.nothing-from-case')}</InsetText>
}

/** Which agency, and who there. */
export function WhoFields({ t, values, errors, who }: Props & { readonly who?: string }) {
  return (
    <>
      <Select
        name="source"
        label={t('accountability.source.label')}
        value={textOf(values, 'source')}
        error={errors['source']}
        items={[
          { value: '', text: t('accountability.choose') },
          ...sources.map((value) => ({ value, text: t(`accountability.source.${value}`) })),
        ]}
      />
      <Input
        name="agency"
        label={t('accountability.agency')}
        hint={t('accountability.agency-hint')}
        value={textOf(values, 'agency')}
        error={errors['agency']}
      />
      {who === undefined ? null : (
        <Input name="who" label={who} value={textOf(values, 'who')} error={errors['who']} />
      )}
    </>
  )
}

/** A day. */
export function DayField({
  t,
  values,
  errors,
  name,
  label,
}: Props & { readonly name: string; readonly label: string }) {
  return (
    <DateInput
      name={name}
      legend={label}
      legendSize="s"
      hint={t('accountability.day-hint')}
      value={dateOf(values, name)}
      error={errors[name]}
    />
  )
}

/** Words about the person, with the helper. */
export function WordsField({
  t,
  values,
  errors,
  label,
  hint,
}: Props & { readonly label: string; readonly hint?: string }) {
  return (
    <AboutText
      t={t}
      name="words"
      label={label}
      hint={hint}
      rows={4}
      value={textOf(values, 'words')}
      error={errors['words']}
    />
  )
}
