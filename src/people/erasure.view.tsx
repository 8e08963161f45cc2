import type { Words } from '#platform/i18n'
import { ForOurRecord, InsetText, NotificationBanner, PageHeading, SummaryList } from '#platform/ui'

import { type ErasureProofBody, erasedSorts } from './erasure.ts'

/**
 * What an erasure destroyed, what is left elsewhere and until when. `names` are the agencies that were sent something; null
 * where the sheet is the one that is kept, which does not name them.
 */
export function ErasureSheet(p: {
  readonly t: Words
  readonly erasedOn: string
  readonly proof: ErasureProofBody
  readonly names: readonly string[] | null
  /** Whether paper is safe with the person, as it was known before the case went; null where nobody knows any more. */
  readonly paper: { readonly may: boolean; readonly key: string } | null
}) {
  const { t, proof } = p
  const rows = erasedSorts
    .filter((sort) => (proof.counts[sort] ?? 0) > 0)
    .map((sort) => ({ key: t(`people.erasure.sort-${sort}`), value: String(proof.counts[sort] ?? 0) }))
  const left = leftElsewhere(p.t, proof, p.names)
  const text = [
    `${t('people.erasure.title')}, ${t.date(p.erasedOn)}`,
    t(`people.erase.why-${proof.why}`),
    ...rows.map((row) => `${row.key}: ${row.value}`),
    ...left,
  ].join('\n')
  return (
    <>
      {p.names === null ? null : (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('people.work.done.erased')}</p>
        </NotificationBanner>
      )}
      <PageHeading caption={t.date(p.erasedOn)}>{t('people.erasure.title')}</PageHeading>
      {p.names === null ? null : <p class="govuk-body">{t('people.erasure.once')}</p>}
      {p.paper === null ? null : (
        <InsetText>{p.paper.may ? t('people.erasure.paper-yes') : t(p.paper.key)}</InsetText>
      )}
      <h2 class="govuk-heading-m">{t('people.erasure.destroyed')}</h2>
      <SummaryList
        compact
        rows={[{ key: t('people.erasure.why'), value: t(`people.erase.why-${proof.why}`) }, ...rows]}
      />
      <h2 class="govuk-heading-m">{t('people.erasure.left')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {left.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <ForOurRecord t={t} text={text} />
    </>
  )
}

function leftElsewhere(
  t: Words,
  proof: ErasureProofBody,
  names: readonly string[] | null,
): readonly string[] {
  const taken =
    proof.agencies === 0
      ? t('people.erasure.left-nobody')
      : names === null
        ? t('people.erasure.left-count', { count: proof.agencies })
        : t('people.erasure.left-names', { agencies: t.list(names) })
  return [
    t('people.erasure.left-backups', { date: t.date(proof.backupsUntil) }),
    t('people.erasure.left-ledger'),
    taken,
    t(`people.erasure.left-letters-${lettersOf(proof)}`),
    t('people.erasure.left-paper'),
  ]
}

/** Whether letters went too; `apart` where nobody was asked, as on sheets of before. */
function lettersOf({ counts }: ErasureProofBody): 'gone' | 'none' | 'apart' {
  if (counts.letters === undefined) return 'apart'
  return counts.letters > 0 ? 'gone' : 'none'
}
