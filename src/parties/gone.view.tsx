import type { Words } from '#platform/i18n'
import { PageHeading, PlainPage } from '#platform/ui'

/** *This link is over*: used, ended or never there, all in the same words. */
export function LinkOver({ t }: { readonly t: Words }) {
  return (
    <PlainPage t={t} title={t('parties.gone.title')} staff>
      <PageHeading>{t('parties.gone.title')}</PageHeading>
      <p class="govuk-body">{t('parties.gone.text')}</p>
    </PlainPage>
  )
}
