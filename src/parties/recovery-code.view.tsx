import type { Words } from '#platform/i18n'
import { Button, OneTimeSecret, PageHeading, PlainPage, WarningText } from '#platform/ui'

import { paths } from './paths.ts'

/** The one time a recovery code is shown. */
export function KeepCode({
  t,
  code,
  children,
}: {
  readonly t: Words
  readonly code: string
  readonly children?: unknown
}) {
  return (
    <PlainPage t={t} title={t('parties.keep.title')} staff>
      <PageHeading>{t('parties.keep.title')}</PageHeading>
      <p class="govuk-body">{t('parties.keep.text')}</p>
      <OneTimeSecret label={t('parties.keep.code')} secret={code} />
      <WarningText>{t('parties.keep.warning')}</WarningText>
      {children as never}
      <Button href={paths.signIn}>{t('parties.keep.go')}</Button>
    </PlainPage>
  )
}
