import {
  aboutTerm,
  meaningOf,
  readingName,
  readingOf,
  readingsFor,
  type Term,
  termName,
  type Words,
} from '#platform/i18n'

import { Details } from './blocks.tsx'
import { staffPaths } from './layouts.tsx'
import { ownWords } from './words.ts'

const few = 2

/** What the words on this page mean here, and next door: one press, with or without JavaScript, by touch or key. */
export function TermNotes(p: {
  readonly t: Words
  readonly terms: readonly Term[]
  /** The reader has no account: the notes alone, and no way to the page of all words, which asks for one. */
  readonly guest?: boolean | undefined
}) {
  const { t, terms } = p
  const own = ownWords(t)
  const names = terms.map((term) => own('ui.terms.quoted', { word: termName(term, t.pack) }))
  return (
    <Details
      summary={
        terms.length > few
          ? own('ui.terms.many')
          : own('ui.terms.summary', { words: own.list(names), count: terms.length })
      }
    >
      {terms.map((term) => (
        <TermNote t={t} term={term} guest={p.guest === true} />
      ))}
    </Details>
  )
}

/** The reader's own meaning; without one, how each sector reads the word. */
function TermNote(p: { readonly t: Words; readonly term: Term; readonly guest: boolean }) {
  const { t, term } = p
  const own = ownWords(t)
  const reading = readingOf(t.sector)
  const shown = reading === null ? readingsFor(t.sector) : [reading]
  return (
    <>
      <p class="govuk-body">
        <strong>{own('ui.terms.quoted', { word: termName(term, t.pack) })}</strong> {aboutTerm(term, t.pack)}
      </p>
      {shown.map((each) => (
        <p class="govuk-body-s govuk-!-margin-bottom-1">
          {readingName(each, t.pack)}: {meaningOf(term, each, t.pack)}
        </p>
      ))}
      {p.guest ? null : (
        <p class="govuk-body-s">
          <a class="govuk-link" href={`${staffPaths.words}#${term}`}>
            {own('ui.terms.elsewhere', { word: termName(term, t.pack) })}
          </a>
        </p>
      )}
    </>
  )
}
