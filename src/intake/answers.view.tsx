import type { Words } from '#platform/i18n'
import { Lines, SummaryList } from '#platform/ui'

import type { Answer, Answers } from './answer.ts'
import { shownIn } from './branching.rules.ts'
import { isQuestion, placedIn } from './form.rules.ts'
import { takenText } from './earlier.view.tsx'
import type { FormBody, Item } from './form.ts'
import { answerText } from './item.view.ts'
import { scoreOf } from './score.rules.ts'

/** What was answered, section by section, with the questions as they were worded then. */
export function AnswersRead({
  t,
  body,
  answers,
}: {
  readonly t: Words
  readonly body: FormBody
  readonly answers: Answers
}) {
  const shown = shownIn(body.items, answers)
  const parts = partsOf(body.items).map(({ title, questions }) => ({
    title,
    rows: questions.filter(({ id }) => shown.has(id)).flatMap((item) => rowOf(t, item, answers)),
  }))
  const questions = placedIn(body.items).filter(({ item }) => isQuestion(item))
  const open = questions.filter(({ item }) => shown.has(item.id) && !answers.has(item.id)).length
  const aside = questions
    .filter(({ item }) => !shown.has(item.id))
    .flatMap(({ item }) => rowOf(t, item, answers))
  return (
    <>
      {parts.map((part) =>
        part.rows.length === 0 ? null : (
          <section>
            {part.title === '' ? null : <h2 class="govuk-heading-s">{part.title}</h2>}
            <SummaryList rows={part.rows} />
          </section>
        ),
      )}
      {open === 0 ? null : <p class="govuk-body app-muted">{t('intake.read.open', { count: open })}</p>}
      <ScoreLine t={t} body={body} answers={answers} />
      {aside.length === 0 ? null : (
        <section>
          <h2 class="govuk-heading-s">{t('intake.read.aside')}</h2>
          <SummaryList rows={aside} />
        </section>
      )}
    </>
  )
}

/** What the worker thinks: it stands before the answers and before what they add up to. */
export function Judgement({ t, text }: { readonly t: Words; readonly text: string }) {
  if (text === '') return null
  return (
    <section>
      <h2 class="govuk-heading-s">{t('intake.judgement.title')}</h2>
      <Lines text={text} />
    </section>
  )
}

/** The sum that the form's own values make, with what it does not say; nothing for a form without values. */
export function ScoreLine(p: { readonly t: Words; readonly body: FormBody; readonly answers: Answers }) {
  const score = scoreOf(p.body, p.answers)
  if (score === null) return null
  const { sum, answered, asked } = score
  return (
    <p class="govuk-body">
      <strong>{p.t('intake.read.score', { sum: p.t.number(sum), answered, asked })}</strong>{' '}
      {p.t('intake.read.score-means')}
    </p>
  )
}

/** Questions and answers as lines of text, for a file that a person asks for. */
export function answersAsText(t: Words, body: FormBody, answers: Answers): string {
  return placedIn(body.items)
    .flatMap(({ item }) => {
      const answer = answers.get(item.id)
      return answer === undefined ? [] : [`${item.text}: ${sourced(t, item, answer)}`]
    })
    .join('\n')
}

function rowOf(t: Words, item: Item, answers: Answers) {
  const answer = answers.get(item.id)
  return answer === undefined ? [] : [{ key: item.text, value: <Lines text={sourced(t, item, answer)} /> }]
}

/** An answer, with the form it was taken from where it was not asked again. */
function sourced(t: Words, item: Item, answer: Answer): string {
  const text = answerText(t, item, answer)
  const from = answer.state === 'answered' ? answer.from : undefined
  return from === undefined ? text : `${text}\n${takenText(t, from)}`
}

/** The questions by the first level of sections; those outside one come under no heading. */
function partsOf(items: readonly Item[]) {
  return items.map((item) => ({
    title: item.kind === 'section' ? item.text : '',
    questions: placedIn([item])
      .map((each) => each.item)
      .filter(isQuestion),
  }))
}
