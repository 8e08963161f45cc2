import { hasOptions, isQuestion, nameOfItem, optionOf, type Placed, placedIn } from './form.rules.ts'
import type { Condition, FormBody, FormProblem, Item } from './form.ts'
import instruments from './instruments.json' with { type: 'json' }
import { neverAskedIn } from './never-asked.rules.ts'

/** Everything that keeps a form from being published, in the order of reading; empty when nothing does. */
export function problemsOf(body: FormBody): readonly FormProblem[] {
  const placed = placedIn(body.items)
  const open = placed.filter(({ item }) => !item.retired)
  const none = open.some(({ item }) => isQuestion(item)) ? [] : [problem('', 'no-question')]
  const twice = placed.filter(({ item, at }) => placed.findIndex((each) => each.item.id === item.id) < at)
  return [
    ...(needsLicence(body) ? [problem('', 'licence')] : []),
    ...none,
    ...neverAskedIn(body),
    ...twice.map(({ item }) => problem(item.id, 'same-id')),
    ...open.flatMap((each) => [...wordsMissing(each.item), ...conditionsWrong(placed, each)]),
  ]
}

/** Whether a form is called like an instrument that others hold the rights to, and nobody has confirmed that it may be used. */
export function needsLicence(body: Pick<FormBody, 'title' | 'licence'>): boolean {
  if (body.licence !== null) return false
  const title = ` ${body.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()} `
  return instruments.some((name) => title.includes(` ${name} `))
}

function wordsMissing(item: Item): readonly FormProblem[] {
  if (item.kind === 'section') return item.items.length === 0 ? [problem(item.id, 'empty-section')] : []
  if (item.text.trim() === '') return [problem(item.id, 'no-words')]
  if (!hasOptions(item)) return []
  if (item.options.length === 0) return [problem(item.id, 'no-options')]
  const twice = item.options.find(
    (option, at) => item.options.findIndex((one) => one.label === option.label) < at,
  )
  return twice === undefined ? [] : [problem(item.id, 'same-option', { option: twice.label })]
}

function conditionsWrong(placed: readonly Placed[], { item, at }: Placed): readonly FormProblem[] {
  return (item.when?.conditions ?? []).flatMap((condition) => {
    const asked = placed.find((each) => each.item.id === condition.question)
    if (asked === undefined) return [problem(item.id, 'condition-unknown', { question: condition.question })]
    const values = { question: nameOfItem(asked.item) }
    if (asked.at >= at) return [problem(item.id, 'condition-later', values)]
    if (asked.item.retired) return [problem(item.id, 'condition-retired', values)]
    return fits(asked.item, condition) ? [] : [problem(item.id, 'condition-answer', values)]
  })
}

/** Whether an answer to the question could meet the condition at all. */
export function fits(asked: Item, { operator, value }: Condition): boolean {
  if (!isQuestion(asked)) return false
  if (operator === 'exists') return value === true
  const ordered = operator !== '=' && operator !== '!='
  switch (asked.kind) {
    case 'yes-no':
      return typeof value === 'boolean' && !ordered
    case 'number':
      return typeof value === 'number' && Number.isInteger(value)
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    case 'choice':
    case 'several':
      return typeof value === 'string' && !ordered && optionOf(asked, value) !== undefined
    default:
      return typeof value === 'string' && !ordered
  }
}

function problem(item: string, rule: string, values: FormProblem['values'] = {}): FormProblem {
  return { item, rule, values }
}
