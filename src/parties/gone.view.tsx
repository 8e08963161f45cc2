import type { Words } from '#platform/i18n'
import { Button, PageHeading, PlainPage } from '#platform/ui'

import { paths } from './paths.ts'

/** *This link is over*: used, ended or never there, all in the same words. */
export function LinkOver({ t }: { readonly t: Words }) {
  return (
    <PlainPage t={t} title={t('parties.gone.title')} staff>
      <PageHeading>{t('parties.gone.title')}</PageHeading>
      <p class="govuk-body">{t('parties.gone.text')}</p>
    </PlainPage>
  )
}

/** Said only after a right password and a right code: whoever was let go is told so, and a stranger learns nothing. */
export function NoLongerMember({ t }: { readonly t: Words }) {
  return (
    <PlainPage t={t} title={t('parties.left.title')} staff>
      <PageHeading>{t('parties.left.title')}</PageHeading>
      <p class="govuk-body">{t('parties.left.text')}</p>
      <Button href={paths.signIn} variant="secondary">
        {t('parties.left.again')}
      </Button>
    </PlainPage>
  )
}
