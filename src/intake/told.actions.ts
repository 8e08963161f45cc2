import { facetById } from '#directory'
import type { CaseFile, Told } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { filledIn } from './answer.store.ts'
import type { FilledForm } from './answer.ts'
import { shownIn } from './branching.rules.ts'
import { detailOf, valueOfAnswer } from './detail.rules.ts'
import { isQuestion, placedIn } from './form.rules.ts'
import type { FormBody } from './form.ts'
import { versionOf } from './form.store.ts'

const formsRead = 30

/** What forms of the same case say that its details ask: answers to questions of which a lead said that they ask that detail. */
export async function toldInForms(db: Tx, actor: Actor, file: CaseFile): Promise<readonly Told[]> {
  const found: Told[] = []
  for (const filled of await filledIn(db, file.key, { limit: formsRead, offset: 0 })) {
    const version = await versionOf(db, actor, filled.formId, filled.formVersion)
    if (version !== null) found.push(...toldIn(version.body, filled))
  }
  return found
}

function toldIn(body: FormBody, filled: FilledForm): readonly Told[] {
  const shown = shownIn(body.items, filled.answers)
  return placedIn(body.items).flatMap(({ item }) => {
    // Values are the same in every country; only their words differ.
    const detail = facetById(detailOf(item) ?? '', 'uk')
    const answer = filled.answers.get(item.id)
    if (detail === null || !isQuestion(item) || !shown.has(item.id) || answer?.state !== 'answered') return []
    const value = valueOfAnswer(item, detail, answer.value)
    if (value === null) return []
    const on = answer.from?.on ?? filled.updatedAt.toISOString().slice(0, 10)
    const from = { how: 'form' as const, who: answer.from?.form ?? filled.title, on }
    return [{ source: filled.id, from, answer: { about: 'detail' as const, facet: detail.id, value } }]
  })
}
