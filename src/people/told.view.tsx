import type { Words } from '#platform/i18n'
import { Button, Radios } from '#platform/ui'

import { facetQuestion, valueText } from './answer.view.ts'
import { contactSentences } from './contact.view.tsx'
import { casePath } from './paths.ts'
import { toldText } from './told-text.view.ts'
import type { Told, ToldAnswer } from './told.ts'
import { questionOf } from './told.rules.ts'
import { languageName } from './wish.view.ts'

/** What this agency may read already, offered in place of the questions: use it, or ask again. One press for all of them. */
export function ToldOffers(p: {
  readonly t: Words
  readonly caseId: string
  readonly page: 'situation' | 'accessNeeds' | 'contact'
  readonly told: readonly Told[]
}) {
  const { t } = p
  if (p.told.length === 0) return null
  return (
    <section aria-labelledby="told">
      <h2 class="govuk-heading-m" id="told">
        {t('people.told.title')}
      </h2>
      <p class="govuk-body">{t('people.told.lead')}</p>
      <form method="post" action={casePath('told', p.caseId)} novalidate>
        <input type="hidden" name="page" value={p.page} />
        {p.told.map((each) => (
          <>
            <input type="hidden" name="question" value={questionOf(each.answer)} />
            <input type="hidden" name="source" value={each.source} />
            <Radios
              name={`act-${questionOf(each.answer)}`}
              legend={questionText(t, each.answer)}
              hint={`${answered(t, each.answer)} ${toldText(t, each.from)}`}
              small
              inline
              items={(['use', 'again'] as const).map((value) => ({ value, text: t(`people.told.${value}`) }))}
            />
          </>
        ))}
        <Button variant="secondary">{t('people.told.go')}</Button>
      </form>
    </section>
  )
}

function questionText(t: Words, answer: ToldAnswer): string {
  if (answer.about === 'detail') return facetQuestion(t, answer.facet)
  return t(answer.about === 'language' ? 'people.access.language' : 'people.contact.title')
}

function answered(t: Words, answer: ToldAnswer): string {
  if (answer.about === 'detail')
    return t('people.told.said', { text: valueText(t, answer.facet, answer.value) })
  if (answer.about === 'contact') return contactSentences(t, answer.contact).join(' ')
  const language = languageName(t, answer.language)
  return t(answer.interpreter ? 'people.told.said-interpreter' : 'people.told.said', {
    text: language,
    language,
  })
}
