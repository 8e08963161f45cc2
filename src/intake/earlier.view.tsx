import type { Words } from '#platform/i18n'
import { type Content, Lines, Radios } from '#platform/ui'

import { earlierName } from './answer-form.rules.ts'
import type { TakenFrom } from './answer.ts'
import type { Earlier, EarlierAnswers, EarlierChoice } from './earlier.rules.ts'
import type { Placed } from './form.rules.ts'
import { answerText } from './item.view.ts'

interface Props {
  readonly t: Words
  readonly placed: Placed
  readonly earlier: Earlier
  readonly choice: EarlierChoice | undefined
  /** The question itself: in sight once it is to be asked again. */
  readonly children: Content
}

/** What was answered before, in place of the question: use it, or ask again. Where a browser cannot hide the question it stands below. */
export function EarlierOffer({ t, placed: { item, at }, earlier, choice, children }: Props) {
  const answer = answerText(t, item, { state: 'answered', value: earlier.value })
  return (
    <div class="app-form-earlier">
      <input type="hidden" name={earlierName(at, 'source')} value={earlier.source} />
      <Radios
        name={earlierName(at, 'act')}
        legend={t('intake.earlier.legend', { question: item.text })}
        hint={
          <>
            <span class="app-form-earlier__answer">
              <Lines text={answer} />
            </span>
            {takenText(t, earlier.from)}
            {earlier.wording === null ? null : ` ${t('intake.earlier.worded', { wording: earlier.wording })}`}
          </>
        }
        value={choice?.source === earlier.source ? choice.act : ''}
        small
        inline
        items={(['use', 'again'] as const).map((value) => ({ value, text: t(`intake.earlier.${value}`) }))}
      />
      <div class="app-form-earlier__ask">{children}</div>
    </div>
  )
}

/** What the offers of a page mean; nothing where there are none. */
export function EarlierLead(p: {
  readonly t: Words
  readonly earlier: EarlierAnswers
  readonly shown: ReadonlySet<string>
}) {
  return [...p.earlier.keys()].some((id) => p.shown.has(id)) ? (
    <p class="govuk-inset-text">{p.t('intake.earlier.lead')}</p>
  ) : null
}

/** Where an answer was taken from, in one sentence. */
export function takenText(t: Words, from: TakenFrom): string {
  const date = t.date(from.on)
  return from.form === null
    ? t('intake.earlier.from-case', { date })
    : t('intake.earlier.from', { form: from.form, date })
}
