import type { Words } from '#platform/i18n'

import type { Answer } from './answer.ts'
import { nameOfItem, optionOf } from './form.rules.ts'
import type { Condition, FormBody, FormProblem, Item } from './form.ts'
import { itemOf } from './form.rules.ts'

/** A condition as a sentence: *“Is a child in the home?” is “Yes”*. */
export function conditionText(t: Words, condition: Condition, asked: Item | undefined): string {
  const question = asked === undefined ? condition.question : nameOfItem(asked)
  if (condition.operator === 'exists') return t('intake.when.exists', { question })
  const words = {
    '=': 'is',
    '!=': 'is-not',
    '>': 'more',
    '<': 'less',
    '>=': 'at-least',
    '<=': 'at-most',
  } as const
  const value = valueText(t, asked, condition.value)
  return t(`intake.when.${words[condition.operator]}`, { question, answer: value })
}

/** When an item is asked, in one sentence; empty when it always is. */
export function whenText(t: Words, body: Pick<FormBody, 'items'>, item: Item): string {
  if (item.when === null) return ''
  const each = item.when.conditions.map((condition) =>
    conditionText(t, condition, itemOf(body, condition.question)?.item),
  )
  const [first = ''] = each
  if (each.length === 1) return t('intake.when.only', { condition: first })
  return t('intake.when.only', { condition: item.when.all ? t.list(each) : t.anyOf(each) })
}

/** What was answered, or why there is no answer. */
export function answerText(t: Words, item: Item, answer: Answer): string {
  if (answer.state !== 'answered') return t(`intake.reason.${answer.state}`)
  const values = [answer.value].flat()
  return values.map((value) => valueText(t, item, value)).join(' · ')
}

function valueText(t: Words, item: Item | undefined, value: boolean | number | string): string {
  if (typeof value === 'boolean') return t(value ? 'intake.yes' : 'intake.no')
  if (typeof value === 'number') return t.number(value)
  const option = item === undefined ? undefined : optionOf(item, value)
  if (option !== undefined) return option.label
  return item?.kind === 'date' && value !== '' ? t.date(value) : value
}

/** Why a form cannot be published or a file not be taken, with the item's name in it. */
export function problemText(t: Words, problem: FormProblem, nameOf: (item: string) => string): string {
  const sentence = t(`intake.problem.${problem.rule}`, { ...problem.values, item: nameOf(problem.item) })
  return problem.item === '' || !t.has(`intake.problem-at`)
    ? sentence
    : t('intake.problem-at', { item: nameOf(problem.item), sentence })
}
