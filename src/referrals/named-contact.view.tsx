import type { Away } from '#diary'
import type { Words } from '#platform/i18n'
import { InsetText, Lines, SummaryList } from '#platform/ui'

import type { ThreadFile } from './file.actions.ts'
import { namedText } from './letter.view.ts'
import { namedContacts } from './named-contact.rules.ts'
import { threadPath } from './paths.ts'

/** Whom to ring at each end, and who stands in; while one is away, whoever stands in comes first. */
export function ContactsPart(p: {
  readonly t: Words
  readonly file: ThreadFile
  readonly mayWrite: boolean
  /** Whoever has the thread here and is away today. */
  readonly away: Away | null
  /** Own colleagues by account. */
  readonly names: ReadonlyMap<string, string>
}) {
  const { t, file, away, names } = p
  const { thread } = file
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const { ours, theirs } = namedContacts(file.pieces, today)
  const rows = [
    { key: t('referrals.contact.theirs', { agency: thread.otherName }), named: theirs },
    { key: t('referrals.contact.ours'), named: ours },
  ].flatMap(({ key, named }) =>
    named === null ? [] : [{ key, value: <Lines text={namedText(t, named)} /> }],
  )
  const open = p.mayWrite && file.shared && !closed.includes(thread.state)
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="contacts">
      <h2 class="govuk-heading-m" id="contacts">
        {t('referrals.contact.heading')}
      </h2>
      {away === null ? null : (
        <InsetText>
          {t('referrals.contact.our-away', {
            name: names.get(away.accountId) ?? '',
            cover: names.get(away.coverId) ?? '',
            date: t.date(away.until),
          })}
        </InsetText>
      )}
      <SummaryList compact rows={rows} />
      {open ? (
        <p class="govuk-body">
          <a class="govuk-link" href={threadPath('contact', thread.id)}>
            {t('referrals.contact.change', { agency: thread.otherName })}
          </a>
        </p>
      ) : null}
    </section>
  )
}

const closed: readonly string[] = ['declined', 'ended', 'withdrawn']
