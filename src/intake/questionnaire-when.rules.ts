import { type Condition, type FormProblem, operators, type When } from './form.ts'
import { CodingIn, type EnableWhenIn, type ItemIn, knownElements } from './questionnaire.ts'

type Refuse = (rule: string, values?: FormProblem['values']) => void

/** When an item is asked. A condition that we could not evaluate is refused: an item shown wrongly asks what should not be asked. */
export function whenFrom(from: ItemIn, refuse: Refuse): When | null {
  const given = from.enableWhen ?? []
  if (given.length === 0) return null
  if (given.length > 20) refuse('conditions')
  if (given.length > 1 && from.enableBehavior === undefined) refuse('behaviour')
  const conditions = given.slice(0, 20).flatMap((each) => conditionFrom(each, refuse))
  return conditions.length === 0 ? null : { all: from.enableBehavior !== 'any', conditions }
}

function conditionFrom(from: EnableWhenIn, refuse: Refuse): readonly Condition[] {
  const operator = operators.find((each) => each === from.operator)
  const stray = Object.keys(from).find((key) => !knownElements.enableWhen.has(key.replace(/^_/, '')))
  if (stray !== undefined) refuse('unknown-element', { name: stray })
  const value = valueFrom(from)
  if (operator === undefined || value === undefined) {
    refuse('condition-kind')
    return []
  }
  // Shown where nothing was answered: here nothing is shown for want of an answer.
  if (operator === 'exists' && value !== true) refuse('condition-unanswered')
  return [{ question: from.question, operator, value }]
}

function valueFrom(from: EnableWhenIn): Condition['value'] | undefined {
  const { answerBoolean, answerInteger, answerDate, answerString } = from
  if (typeof answerBoolean === 'boolean') return answerBoolean
  if (typeof answerInteger === 'number') return answerInteger
  if (typeof answerDate === 'string') return answerDate
  if (typeof answerString === 'string') return answerString
  const coding = CodingIn.safeParse(from['answerCoding'])
  return coding.success ? coding.data.code : undefined
}
