import { facetWords, needByCode } from '#directory'
import type { Words } from '#platform/i18n'
import { type Content, Details as Folded, Lines, type SummaryListRow } from '#platform/ui'

import { abuseFacet } from './abuse.rules.ts'
import { accessSentences } from './access-needs.view.ts'
import { answerText } from './answer.view.ts'
import type { Card } from './card.ts'
import type { CaseFile } from './case.ts'
import { chosenSentences } from './chosen.view.tsx'
import { contactSentences } from './contact.view.tsx'
import type { Need } from './need.ts'
import { nowOf } from './need-progress.rules.ts'
import { AbuseNow, PatternRows, StrengthRows, Threads } from './story-rows.view.tsx'
import { progressText } from './story.view.ts'
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
          <NowLine t={t} file={file} need={need.id} />
        </li>
      ))}
    </ol>
  )
}

/** How the person says a need is now. */
function NowLine({ t, file, need }: { readonly t: Words; readonly file: CaseFile; readonly need: string }) {
  const now = nowOf(file.story.progress, need)
  return now === null ? null : <div>{progressText(t, now)}</div>
}

/** The pages of a case that have a row in its summary, in the order in which they are read. Strengths come first. */
const rowPages = [
  'strengths',
  'urgency',
  'contact',
  'chosen',
  'accessNeeds',
  'careful',
  'abuse',
  'effects',
  'pattern',
  'needs',
  'situation',
  'wishes',
] as const
export type RowPage = (typeof rowPages)[number]

/** Each group of the case page and of paper, with its rows. */
export const rowGroups = {
  about: ['strengths', 'urgency', 'contact', 'chosen', 'accessNeeds', 'careful'],
  happens: ['abuse', 'effects', 'pattern'],
  help: ['needs', 'situation', 'wishes'],
} as const satisfies Readonly<Record<string, readonly RowPage[]>>

type RowAction = (page: RowPage, what: string) => SummaryListRow['action']

/** Rows of the summary; `action` gives each row its way to be changed, or none on paper; `fold` puts most of the details away. */
export function rowsFor(
  t: Words,
  file: CaseFile,
  pages: readonly RowPage[],
  action: RowAction,
  fold = false,
): readonly SummaryListRow[] {
  return pages.map((page) => {
    const key = t(titles[page])
    const link = action(page, key)
    return { key, value: valueOf(t, file, page, fold), ...(link === undefined ? {} : { action: link }) }
  })
}

/** The whole case for paper, strengths first. */
export function paperRows(t: Words, file: CaseFile): readonly SummaryListRow[] {
  return rowsFor(t, file, rowPages, () => undefined)
}

/** What somebody who stands in for a worker needs: how to be in touch and how to help, without what was told of the abuse. */
export function summaryRows(t: Words, file: CaseFile, action: RowAction): readonly SummaryListRow[] {
  const pages = [
    'urgency',
    'contact',
    'chosen',
    'accessNeeds',
    'needs',
    'situation',
    'wishes',
    'careful',
  ] as const
  return rowsFor(t, file, pages, action)
}

const titles: Readonly<Record<RowPage, string>> = {
  strengths: 'people.strengths.title',
  contact: 'people.case.contact',
  chosen: 'people.chosen.short',
  accessNeeds: 'people.access.short',
  careful: 'people.case.careful',
  urgency: 'people.urgency.short',
  abuse: 'people.abuse.title',
  effects: 'people.effects.title',
  pattern: 'people.pattern.title',
  needs: 'people.case.needs',
  situation: 'people.case.details',
  wishes: 'people.case.wishes',
}

function valueOf(t: Words, file: CaseFile, page: RowPage, fold: boolean): Content {
  switch (page) {
    case 'strengths':
      return <StrengthRows t={t} file={file} />
    case 'contact':
      return <Sentences sentences={contactSentences(t, file.contact)} />
    case 'chosen':
      return <Sentences sentences={chosenSentences(t, file)} />
    case 'accessNeeds':
      return <AccessList t={t} file={file} />
    case 'urgency':
      return <Sentences sentences={[urgencySentence(t, file.urgency)]} />
    case 'careful':
      return <CarefulList t={t} file={file} />
    case 'abuse':
      return <AbuseNow t={t} file={file} />
    case 'effects':
      return <Threads t={t} file={file} />
    case 'pattern':
      return <PatternRows t={t} file={file} />
    case 'needs':
      return <NeedList t={t} file={file} />
    case 'situation':
      return <Details t={t} file={file} fold={fold} />
    case 'wishes':
      return <WishList t={t} file={file} />
  }
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

/** Rows shown of the details before the rest is folded away. */
const detailsShown = 4

function Details({ t, file, fold }: { readonly t: Words; readonly file: CaseFile; readonly fold: boolean }) {
  const asked = facetWords(t.pack).filter((facet) => file.answers[facet.id] !== undefined)
  // On the page of the case how the abuse is has a row of its own.
  const told = fold && file.story.abuse.length > 0 ? abuseFacet : null
  const known = asked.filter((facet) => file.answers[facet.id]?.state === 'known')
  const rows = known.filter((facet) => facet.id !== told)
  if (asked.length === 0) return <span class="app-muted">{t('people.case.details-empty')}</span>
  const open = asked.length - known.length
  const lines = rows.map((facet) => (
    <p class="govuk-body govuk-!-margin-bottom-1">
      {facet.label}: {answerText(t, facet.id, file.answers[facet.id])}
    </p>
  ))
  const rest = fold && lines.length > detailsShown + 1 ? lines.slice(detailsShown) : []
  return (
    <>
      {lines.slice(0, lines.length - rest.length)}
      {rest.length === 0 ? null : (
        <Folded summary={t('people.case.details-more', { count: rest.length })}>{rest}</Folded>
      )}
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
