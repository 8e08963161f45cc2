import type { Words } from '#platform/i18n'
import { Lines, SummaryList } from '#platform/ui'

import type { ThreadFile } from './file.actions.ts'
import { listReceived } from './who-helps.rules.ts'
import { helperText } from './letter.view.ts'

/** Who else helps, as the person lets this agency see it. Where nothing may be seen nothing stands here, and nothing says so. */
export function HelpersPart({ t, file }: { readonly t: Words; readonly file: ThreadFile }) {
  const list = file.thread.side === 'to' && file.shared ? listReceived(file.pieces) : null
  if (list === null) return null
  return (
    <section aria-labelledby="helpers">
      <h2 class="govuk-heading-m" id="helpers">
        {t('referrals.helpers.title')}
      </h2>
      <p class="govuk-body app-measure">{t('referrals.helpers.lead', { agency: file.thread.otherName })}</p>
      <SummaryList
        rows={list.lines.map((line) => ({ key: line.agency, value: <Lines text={helperText(t, line)} /> }))}
      />
    </section>
  )
}
