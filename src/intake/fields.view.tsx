import { AboutText } from '#language'
import type { Words } from '#platform/i18n'
import { Checkboxes, DateInput, Input, Radios, Select } from '#platform/ui'

import { reasons } from './answer.ts'
import { type Field, type FieldMistake, fieldName, type Fields } from './answer-form.rules.ts'
import type { EarlierAnswers, EarlierChoices } from './earlier.rules.ts'
import { EarlierOffer } from './earlier.view.tsx'
import { hasOptions, isQuestion, type Placed, placedIn } from './form.rules.ts'
import type { FormBody, Item } from './form.ts'

interface FieldsProps {
  readonly t: Words
  readonly body: FormBody
  /** What is asked and read now. */
  readonly shown: ReadonlySet<string>
  readonly fields: Fields
  readonly mistakes: ReadonlyMap<string, FieldMistake>
  /** What was answered before, and what somebody decided about it. */
  readonly earlier?: { readonly answers: EarlierAnswers; readonly choices: EarlierChoices } | undefined
}

/** A form to be answered: every question that is asked now, none that must be. */
export function FormFields(p: FieldsProps) {
  const placed = placedIn(p.body.items)
  const parts = placed.filter(
    ({ item, depth }) => depth === 1 && item.kind === 'section' && p.shown.has(item.id),
  )
  return (
    <>
      {parts.length < 3 ? null : (
        <nav aria-label={p.t('intake.fill.parts')}>
          <ul class="govuk-list">
            {parts.map(({ item, at }) => (
              <li>
                <a class="govuk-link" href={`#part-${at}`}>
                  {item.text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {placed.map((each) => (p.shown.has(each.item.id) ? <Part {...p} placed={each} /> : null))}
    </>
  )
}

/** The mistakes of a form by the fields they stand at. */
export function mistakesAt(
  t: Words,
  body: FormBody,
  mistakes: ReadonlyMap<string, FieldMistake>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    placedIn(body.items).flatMap(({ item, at }) => {
      const mistake = mistakes.get(item.id)
      return mistake === undefined ? [] : [[fieldName(at), mistakeText(t, mistake)]]
    }),
  )
}

function mistakeText(t: Words, { rule, most }: FieldMistake): string {
  return t(`intake.mistake.${rule}`, { most: t.number(most) })
}

function Part(p: FieldsProps & { readonly placed: Placed }) {
  const { item, at, depth, parent } = p.placed
  if (item.kind === 'section') {
    if (item.text === '') return null
    return depth === 1 ? (
      <h2 class="govuk-heading-m" id={`part-${at}`}>
        {item.text}
      </h2>
    ) : (
      <h3 class="govuk-heading-s" id={`part-${at}`}>
        {item.text}
      </h3>
    )
  }
  // An instruction that lies in a question stands there as its hint.
  if (item.kind === 'instruction')
    return parent !== null && isQuestion(parent) ? null : <p class="govuk-body app-measure">{item.text}</p>
  const field = p.fields.get(item.id)
  const mistake = p.mistakes.get(item.id)
  const question = (
    <Question
      t={p.t}
      item={item}
      name={fieldName(at)}
      hint={hintText(item, p.shown)}
      field={field}
      error={mistake === undefined ? undefined : mistakeText(p.t, mistake)}
    />
  )
  const earlier = p.earlier?.answers.get(item.id)
  return (
    <>
      <input type="hidden" name="asked" value={String(at)} />
      {earlier === undefined ? (
        question
      ) : (
        <EarlierOffer t={p.t} placed={p.placed} earlier={earlier} choice={p.earlier?.choices.get(item.id)}>
          {question}
        </EarlierOffer>
      )}
    </>
  )
}

function hintText(item: Item, shown: ReadonlySet<string>): string | undefined {
  const hints = item.items.filter((each) => each.kind === 'instruction' && shown.has(each.id))
  return hints.length === 0 ? undefined : hints.map(({ text }) => text).join(' ')
}

interface QuestionProps {
  readonly t: Words
  readonly item: Item
  readonly name: string
  readonly hint: string | undefined
  readonly field: Field | undefined
  readonly error: string | undefined
}

function Question(p: QuestionProps) {
  const { t, item, name, hint, field, error } = p
  if (item.kind === 'yes-no' || item.kind === 'choice') return <Picked {...p} />
  const shared = { name, hint, error }
  const written =
    item.kind === 'number' ? (
      <Input {...shared} label={item.text} labelSize="s" value={field?.text} inputmode="numeric" width={10} />
    ) : (
      <AboutText
        {...shared}
        t={t}
        label={item.text}
        labelSize="s"
        value={field?.text}
        rows={item.kind === 'long' ? 4 : 2}
      />
    )
  return (
    <div class="app-form-question">
      {hasOptions(item) ? (
        <Checkboxes {...shared} legend={item.text} values={field?.picks} items={optionItems(item)} small />
      ) : item.kind === 'date' ? (
        <DateInput {...shared} legend={item.text} value={field?.day} />
      ) : (
        written
      )}
      <Select
        name={`${name}-why`}
        label={t('intake.why.label', { question: item.text })}
        labelHidden
        value={field?.why}
        items={[
          { value: '', text: t('intake.why.none') },
          ...reasons.map((reason) => ({ value: reason, text: t(`intake.reason.${reason}`) })),
        ]}
      />
    </div>
  )
}

/** One answer of a few, a reason why there is none, or nothing after all: a button once pressed cannot be unpressed. */
function Picked({ t, item, name, hint, field, error }: QuestionProps) {
  const answers =
    item.kind === 'yes-no'
      ? [
          { value: 'yes', text: t('intake.yes') },
          { value: 'no', text: t('intake.no') },
        ]
      : optionItems(item)
  return (
    <div class="app-form-pick">
      <Radios
        name={name}
        legend={item.text}
        hint={hint}
        error={error}
        value={field?.picks[0]}
        small
        items={[
          ...answers,
          { divider: t('intake.why.or') },
          ...reasons.map((reason) => ({ value: reason, text: t(`intake.reason.${reason}`) })),
          { value: 'open', text: t('intake.why.open') },
        ]}
      />
    </div>
  )
}

function optionItems(item: Item) {
  return item.options.map((option, at) => ({ value: `is-${at}`, text: option.label }))
}
