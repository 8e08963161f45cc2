import type { Answers, Value } from './answer.ts'
import { isQuestion } from './form.rules.ts'
import type { Condition, Item } from './form.ts'

/**
 * The ids of what is asked and read, given what was answered. A condition is met by an answer only: *unknown*, *not asked* and
 * *prefers not to say* are none, nor is the answer to a question that is itself not asked. That is stricter than FHIR R4 with
 * `!=`, which there holds of an unanswered question (Questionnaire.item.enableWhen.operator).
 */
export function shownIn(items: readonly Item[], answers: Answers): ReadonlySet<string> {
  const shown = new Set<string>()
  const valueOf = (id: string): Value | null => {
    const answer = shown.has(id) ? answers.get(id) : undefined
    return answer?.state === 'answered' ? answer.value : null
  }
  const walk = (list: readonly Item[], parent: Item | null) => {
    for (const item of list) {
      // What lies in a question follows its answer; an instruction there belongs to the question itself.
      const waits = parent !== null && isQuestion(parent) && item.kind !== 'instruction'
      if (item.retired || (waits && valueOf(parent.id) === null) || !meets(item, valueOf)) continue
      shown.add(item.id)
      walk(item.items, item)
    }
  }
  walk(items, null)
  return shown
}

function meets(item: Item, valueOf: (id: string) => Value | null): boolean {
  if (item.when === null) return true
  const holds = (each: Condition) => conditionHolds(each, valueOf(each.question))
  return item.when.all ? item.when.conditions.every(holds) : item.when.conditions.some(holds)
}

/** Whether an answer meets a condition; none never does. */
function conditionHolds({ operator, value }: Condition, answer: Value | null): boolean {
  if (answer === null) return false
  if (operator === 'exists') return value === true
  if (Array.isArray(answer)) {
    const among = answer.includes(String(value))
    return operator === '=' ? among : operator === '!=' && !among
  }
  if (typeof answer !== typeof value) return false
  switch (operator) {
    case '=':
      return answer === value
    case '!=':
      return answer !== value
    case '>':
      return answer > value
    case '<':
      return answer < value
    case '>=':
      return answer >= value
    case '<=':
      return answer <= value
  }
}
