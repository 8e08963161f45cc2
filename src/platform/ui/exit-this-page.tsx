import { leavePath } from '#platform/http'

import { GovukExitThisPage } from './govuk-navigation.tsx'
import { useWords } from './words.ts'

/** The button that is always in sight; a plain link without JavaScript. */
export function ExitThisPage() {
  const t = useWords()
  return (
    <exit-this-page
      class="app-exit"
      data-two-more={t('ui.exit.two-more')}
      data-one-more={t('ui.exit.one-more')}
      data-timed-out={t('ui.exit.timed-out')}
      data-loading={t('ui.exit.loading')}
      data-title={t('ui.page.neutral')}
    >
      <GovukExitThisPage
        redirectUrl={leavePath}
        attributes={{ 'data-module': undefined }}
        text={
          <>
            <span class="govuk-visually-hidden">{t('ui.exit.emergency')}</span> {t('ui.exit.button')}
          </>
        }
      />
    </exit-this-page>
  )
}
