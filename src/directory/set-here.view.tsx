import type { Words } from '#platform/i18n'
import { Button, Details } from '#platform/ui'
import type { FieldSetHere, OrganizationFieldSetHere } from './set-here.ts'

/** The parts of an entry that no file changes, because somebody set them here; one click gives a part back. */
export function SetHere({
  t,
  action,
  fields,
}: {
  readonly t: Words
  /** Where a part is given back. */
  readonly action: string
  readonly fields: readonly {
    readonly field: FieldSetHere | OrganizationFieldSetHere
    readonly at: string
  }[]
}) {
  if (fields.length === 0) return null
  return (
    <Details summary={t('directory.set-here.title', { count: fields.length })}>
      <p class="govuk-body">{t('directory.set-here.lead')}</p>
      <form method="post" action={action}>
        <ul class="govuk-list">
          {fields.map(({ field, at }) => (
            <li class="govuk-!-margin-bottom-3">
              {t('directory.set-here.line', { what: setHereText(t, field), date: t.date(at) })}{' '}
              <Button variant="secondary" name="field" value={field}>
                {t('directory.set-here.follow')}
                <span class="govuk-visually-hidden">: {setHereText(t, field)}</span>
              </Button>
            </li>
          ))}
        </ul>
      </form>
    </Details>
  )
}

/** A part of an entry by its name. */
export function setHereText(t: Words, field: string): string {
  return t(
    field === 'clauses' ? 'directory.clause.title' : `directory.history.field.${field.replaceAll('_', '-')}`,
  )
}
