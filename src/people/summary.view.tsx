import { facetWords, needByCode } from '#directory'
import type { Words } from '#platform/i18n'
import { type Content, Lines, type SummaryListRow } from '#platform/ui'

import { accessSentences } from './access-needs.view.ts'
import { answerText } from './answer.view.ts'
import type { Card } from './card.ts'
import type { CaseFile } from './case.ts'
import { contactSentences } from './contact.view.tsx'

import type { Need } from './need.ts'
import { urgencySentence } from './urgency.view.ts'
import { recordedText } from './recorded.view.tsx'
import { wishText } from './wish.view.ts'

/** A need in one line: the person's words, else the directory's. */
export function needText(need: Need): string {
  const label = needByCode(need.code)?.label ?? ''
  return need.words === '' ? label : need.words
}

/** What the person wants, in their order. */
function NeedList({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  if (file.needs.length === 0) return <span class="app-muted">{t('people.case.needs-empty')}</span>
  return (
    <ol class="govuk-list govuk-list--number">
      {file.needs.map((need) => (
        <li>
          {need.words === '' ? null : <span>“{need.words}” </span>}
          <span class={need.words === '' ? '' : 'app-muted'}>{needByCode(need.code)?.label ?? ''}</span>
        </li>
      ))}
    </ol>
  )
}

/** The summary of a case, row by row; `action` gives each row its way to be changed, or none on paper. */
export function summaryRows(
  t: Words,
  file: CaseFile,
  action: (
    page: 'contact' | 'needs' | 'situation' | 'wishes' | 'careful' | 'accessNeeds' | 'urgency',
    what: string,
  ) => SummaryListRow['action'],
): readonly SummaryListRow[] {
  const row = (page: Parameters<typeof action>[0], key: string, value: Content): SummaryListRow => {
    const link = action(page, key)
    return { key, value, ...(link === undefined ? {} : { action: link }) }
  }
  return [
    row('urgency', t('people.urgency.short'), <Sentences sentences={[urgencySentence(t, file.urgency)]} />),
    row('contact', t('people.case.contact'), <Sentences sentences={contactSentences(t, file.contact)} />),
    row('accessNeeds', t('people.access.short'), <AccessList t={t} file={file} />),
    row('needs', t('people.case.needs'), <NeedList t={t} file={file} />),
    row('situation', t('people.case.details'), <Details t={t} file={file} />),
    row('wishes', t('people.case.wishes'), <WishList t={t} file={file} />),
    row('careful', t('people.case.careful'), <CarefulList t={t} file={file} />),
  ]
}

/** One person of the case: name, role and who says so. */
export function cardLine(t: Words, card: Card): string {
  const since = card.roleSince === '' ? '' : t.shortDate(card.roleSince)
  const source = t('people.card.source-line', { source: t(`people.source.${card.roleSource}`), date: since })
  return [t(`people.role.${card.role}`), source, card.pronoun, recordedText(t, card), card.note]
    .filter((part) => part !== '')
    .join(' · ')
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <>
      {sentences.map((sentence) => (
        <p class="govuk-body govuk-!-margin-bottom-1">{sentence}</p>
      ))}
    </>
  )
}

function Details({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  const asked = facetWords(t.pack).filter((facet) => file.answers[facet.id] !== undefined)
  const known = asked.filter((facet) => file.answers[facet.id]?.state === 'known')
  if (asked.length === 0) return <span class="app-muted">{t('people.case.details-empty')}</span>
  const open = asked.length - known.length
  return (
    <>
      {known.map((facet) => (
        <p class="govuk-body govuk-!-margin-bottom-1">
          {facet.label}: {answerText(t, facet.id, file.answers[facet.id])}
        </p>
      ))}
      {open === 0 ? null : (
        <p class="app-muted govuk-!-margin-bottom-0">{t('people.case.details-open', { count: open })}</p>
      )}
    </>
  )
}

function AccessList({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  const sentences = accessSentences(t, file.accessNeeds)
  if (sentences.length === 0)
    return (
      <span class="app-muted">
        {t(file.accessNeeds === null ? 'people.access.not-asked' : 'people.access.none')}
      </span>
    )
  return <Sentences sentences={sentences} />
}

function WishList({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  const { list, words } = file.wishes
  if (list.length === 0 && words === '') return <span class="app-muted">{t('people.case.wishes-empty')}</span>
  return (
    <>
      {list.map((wish) => (
        <p class="govuk-body govuk-!-margin-bottom-1">{wishText(t, wish)}</p>
      ))}
      {words === '' ? null : (
        <p class="govuk-body govuk-!-margin-bottom-0">
          <Lines text={words} />
        </p>
      )}
    </>
  )
}

function CarefulList({ t, file }: { readonly t: Words; readonly file: CaseFile }) {
  const { danger } = file
  const said = (['afraidOf', 'safeToTalkTo', 'notSafeToTalkTo'] as const).filter((name) => danger?.[name])
  if (danger === null || said.length === 0)
    return <span class="app-muted">{t('people.case.careful-empty')}</span>
  return (
    <>
      {said.map((name) => (
        <p class="govuk-body govuk-!-margin-bottom-1">
          {t(`people.careful.${name}-short`)}: <Lines text={danger[name]} />
        </p>
      ))}
    </>
  )
}
