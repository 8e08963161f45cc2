import type { When, Words } from '#platform/i18n'

import { staffPaths } from './layouts.tsx'
import type { Content } from './markup.ts'
import { ownWords, useWords } from './words.ts'

/** Whether a service takes the person, and why, in one plain sentence. */
export function Verdict(p: {
  readonly kind: 'takes' | 'depends' | 'no'
  readonly reason: Content
  readonly children?: Content
}) {
  const t = useWords()
  return (
    <div class={`app-verdict app-verdict--${p.kind}`}>
      <strong class="app-verdict__word">{t(`ui.verdict.${p.kind}`)}</strong>
      <div class="app-verdict__reason">{p.reason}</div>
      {p.children ? <div class="app-verdict__more">{p.children}</div> : null}
    </div>
  )
}

/** How old a figure is. */
export function AsOf({ t, date }: { readonly t: Words; readonly date: When }) {
  return <span class="app-as-of">{ownWords(t)('ui.as-of', { date: t.date(date) })}</span>
}

/** One plain-text block to paste into any record system; the button to copy it appears with JavaScript. */
export function ForOurRecord(p: {
  readonly t: Words
  readonly text: string
  readonly id?: string | undefined
  /** The reader has no account: no way to pages that ask for one. */
  readonly guest?: boolean | undefined
}) {
  const t = ownWords(p.t)
  const id = p.id ?? 'for-our-record'
  return (
    <div class="app-record">
      <h2 class="govuk-heading-s app-record__title" id={`${id}-title`}>
        {t('ui.record.title')}
      </h2>
      <p class="govuk-hint app-record__hint">{t('ui.record.hint')}</p>
      <copy-text
        for={id}
        data-copy={t('ui.record.copy')}
        data-copied={t('ui.record.copied')}
        data-failed={t('ui.record.failed')}
      />
      {/* In the tab order so that a keyboard can scroll it. */}
      <pre class="app-record__text" id={id} tabindex={0} role="region" aria-labelledby={`${id}-title`}>
        {p.text}
      </pre>
      {p.guest === true ? null : (
        <p class="govuk-body-s govuk-!-margin-top-2 govuk-!-margin-bottom-0">
          <a class="govuk-link" href={staffPaths.words}>
            {t('ui.page.words')}
          </a>
        </p>
      )}
    </div>
  )
}

/** Six words to read to each other over the telephone. */
export function FingerprintWords(p: {
  readonly words: readonly string[]
  readonly label?: string | undefined
}) {
  const t = useWords()
  return (
    <ol class="app-words" aria-label={p.label ?? t('ui.fingerprint.label')}>
      {p.words.map((word) => (
        <li class="app-words__word">{word}</li>
      ))}
    </ol>
  )
}
