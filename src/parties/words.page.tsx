import { Hono } from 'hono'

import { languagePaths } from '#language'
import { type MemberEnv, needs } from '#platform/http'
import {
  aboutTerm,
  meaningOf,
  readingName,
  readingOf,
  readingsFor,
  type Term,
  termName,
  terms,
  wordFor,
  type Words,
} from '#platform/i18n'
import { PageHeading, StaffPage, SummaryList } from '#platform/ui'

import { paths } from './paths.ts'

export const wordsPage = new Hono<MemberEnv>()

/** Words that mean one thing in one agency and another next door: the reader's own reading first. */
wordsPage.get(paths.words, needs('home'), (c) => {
  const { actor, t, nav } = c.var
  return c.html(
    <StaffPage t={t} actor={actor} nav={nav} current={paths.words} title={t('parties.words.title')}>
      <PageHeading>{t('parties.words.title')}</PageHeading>
      <p class="govuk-body app-measure">{t('parties.words.lead')}</p>
      <p class="govuk-body app-measure">
        <a class="govuk-link" href={languagePaths.table}>
          {t('parties.words.blaming')}
        </a>
      </p>
      <nav aria-label={t('parties.words.contents')}>
        <p class="govuk-body">
          {terms.map((term, index) => (
            <>
              {index > 0 ? ' · ' : ''}
              <a class="govuk-link" href={`#${term}`}>
                {termName(term, t.pack)}
              </a>
            </>
          ))}
        </p>
      </nav>
      {terms.map((term) => (
        <TermTable t={t} term={term} />
      ))}
    </StaffPage>,
  )
})

/** One word: how each reads it, what Anydoor does about it, and what the reader's records are given. */
function TermTable({ t, term }: { readonly t: Words; readonly term: Term }) {
  const own = readingOf(t.sector)
  const rows = readingsFor(t.sector).map((reading) => ({
    key:
      reading === own
        ? t('parties.words.yours', { who: readingName(reading, t.pack) })
        : readingName(reading, t.pack),
    value: meaningOf(term, reading, t.pack),
  }))
  return (
    <section class="app-glossary" aria-labelledby={term}>
      <h2 class="govuk-heading-m" id={term}>
        {t('parties.words.word', { word: termName(term, t.pack) })}
      </h2>
      <SummaryList
        compact
        rows={[
          ...rows,
          { key: t('parties.words.here'), value: aboutTerm(term, t.pack) },
          { key: t('parties.words.write'), value: wordFor(term, t.sector, t.pack) },
        ]}
      />
    </section>
  )
}
