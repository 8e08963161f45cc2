import type { Words } from '#platform/i18n'
import { InsetText, SummaryList, Timeline } from '#platform/ui'

import type { Disclosure } from './disclosure.ts'
import type { Look } from './looks.view.ts'

/** What left and who looked, in the person's words: agencies and roles, no worker's name. */
export function Account(p: {
  readonly t: Words
  readonly agency: string
  readonly disclosures: readonly Disclosure[]
  readonly looks: readonly Look[]
  readonly more: boolean
}) {
  const { t } = p
  return (
    <>
      <h2 class="govuk-heading-m">{t('asks.account.went', { agency: p.agency })}</h2>
      {p.disclosures.length === 0 ? <p class="govuk-body">{t('asks.account.nothing')}</p> : null}
      {p.disclosures.map((each) => (
        <SummaryList compact rows={rowsOf(t, each)} />
      ))}
      <InsetText>{t('asks.account.theirs')}</InsetText>
      <h2 class="govuk-heading-m">{t('asks.account.looked', { agency: p.agency })}</h2>
      <Timeline items={p.looks} />
      {p.more ? <p class="govuk-body">{t('asks.account.more')}</p> : null}
      <p class="govuk-body">{t('asks.account.roles')}</p>
    </>
  )
}

function rowsOf(t: Words, each: Disclosure) {
  return [
    { key: t('asks.account.what'), value: t.list(each.what) },
    { key: t('asks.account.to'), value: each.to },
    { key: t('asks.account.when'), value: t.dateTime(each.at) },
    { key: t('asks.account.ground'), value: each.ground },
    { key: t('asks.account.now'), value: nowText(t, each) },
  ]
}

function nowText(t: Words, each: Disclosure): string {
  if (each.opens === null) return t('asks.account.copy')
  if (!each.opens) return t('asks.account.ended')
  return each.endsAt === null
    ? t('asks.account.open')
    : t('asks.account.until', { date: t.date(each.endsAt) })
}
