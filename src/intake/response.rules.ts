import type { Answer, FilledForm, Reason } from './answer.ts'
import { shownIn } from './branching.rules.ts'
import { hasOptions, optionOf } from './form.rules.ts'
import type { FormVersion, Item } from './form.ts'
import { extensionUrls } from './questionnaire.ts'
import { canonicalOf, valueOut } from './questionnaire-write.rules.ts'

/** FHIR's words for a missing answer (code system data-absent-reason). */
const absent: Readonly<Record<Reason, string>> = {
  unknown: 'asked-unknown',
  'not-private': 'not-asked',
  declined: 'asked-declined',
}

type Part = Readonly<Record<string, unknown>>
type Filled = Pick<FilledForm, 'id' | 'state' | 'updatedAt' | 'answers'>

/**
 * A filled form as a QuestionnaireResponse of FHIR R4. It names the version that was asked, and nobody: whose answers these are is
 * said by whoever hands them over. What is not asked because of another answer stays out, as FHIR demands of items that are not enabled.
 */
export function responseOf(form: FormVersion, filled: Filled): Part {
  const shown = shownIn(form.body.items, filled.answers)
  const item = itemsOut(form.body.items, filled, shown)
  return {
    resourceType: 'QuestionnaireResponse',
    id: filled.id,
    questionnaire: `${canonicalOf(form.formId)}|${form.version}`,
    status: filled.state,
    authored: filled.updatedAt.toISOString(),
    ...(item.length === 0 ? {} : { item }),
  }
}

function itemsOut(items: readonly Item[], filled: Filled, shown: ReadonlySet<string>): readonly Part[] {
  return items.flatMap((item): readonly Part[] => {
    if (!shown.has(item.id) || item.kind === 'instruction') return []
    const inside = itemsOut(item.items, filled, shown)
    const head = { linkId: item.id, ...(item.text === '' ? {} : { text: item.text }) }
    if (item.kind === 'section') return inside.length === 0 ? [] : [{ ...head, item: inside }]
    const answer = filled.answers.get(item.id)
    if (answer === undefined) return []
    if (answer.state !== 'answered')
      return [{ extension: [{ url: extensionUrls.absent, valueCode: absent[answer.state] }], ...head }]
    const [first, ...more] = valuesOut(item, answer)
    if (first === undefined) return []
    // What lies in a question hangs on its first answer: FHIR has no other place for it.
    return [{ ...head, answer: [{ ...first, ...(inside.length === 0 ? {} : { item: inside }) }, ...more] }]
  })
}

function valuesOut(item: Item, { value }: Extract<Answer, { readonly state: 'answered' }>): readonly Part[] {
  if (hasOptions(item)) {
    const picked = [value].flat().map(String)
    return picked.flatMap((code) => {
      const option = optionOf(item, code)
      return option === undefined ? [] : [valueOut(option)]
    })
  }
  if (typeof value === 'boolean') return [{ valueBoolean: value }]
  if (typeof value === 'number') return [{ valueInteger: value }]
  return [item.kind === 'date' ? { valueDate: value } : { valueString: value }]
}
