import type { Words } from '#platform/i18n'
import { asset, TextArea } from '#platform/ui'

import { wasAsked } from './ask-once.ts'
import { settingHere } from './here.ts'
import { ownText } from './own-row.rules.ts'
import { paths } from './paths.ts'

type TextAreaProps = Parameters<typeof TextArea>[0]

/**
 * A field for text about a person, with the helper: live where scripts run, else at saving, if the route has `askOnce`. Not
 * for somebody's own words.
 */
export function AboutText(p: TextAreaProps & { readonly t: Words }) {
  const { t, ...field } = p
  const { severity, off, own } = settingHere(t)
  return (
    <>
      <TextArea {...field} />
      {wasAsked(t) ? null : (
        <wording-hints
          for={p.id ?? p.name}
          data-country={t.pack}
          data-severity={String(severity)}
          data-off={off.map((row) => row.id).join(' ')}
          {...(own.length === 0 ? {} : { 'data-own': ownText(own) })}
          data-title={t('language.hint.title')}
          data-found-one={t('language.hint.found-one')}
          data-found-other={t('language.hint.found-other')}
          data-none={t('language.hint.none')}
          data-instead={t('language.hint.instead')}
          data-quote={t('language.hint.quote')}
          data-away={t('language.hint.away')}
          data-put-away={t('language.hint.put-away')}
          data-first={t('language.hint.first')}
          data-pattern={t('language.hint.pattern')}
          data-strengths={t('language.hint.strengths')}
          data-about={t('language.hint.about')}
          data-about-path={paths.table}
        >
          <input type="hidden" name="wording" value={p.name} />
          <input type="hidden" name="wording-label" value={typeof p.label === 'string' ? p.label : ''} />
          <script src={asset('wording-hints.js')} type="module" />
        </wording-hints>
      )}
    </>
  )
}
