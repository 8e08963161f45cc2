import { Answer, fillForm, makeForm, publishForm, starterOf } from '#intake'

import forms from './forms.json' with { type: 'json' }
import type { Making } from './make.ts'
import type { Hand } from './staff.actions.ts'

/** Forms that leads of the cast have published, begun with ours, and what was answered to them. */
export async function makeForms(
  at: Making,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  for (const { lead, form, filled } of forms) {
    const hand = hands.get(lead)
    // In a smaller world only whoever is there makes a form.
    if (hand === undefined) continue
    const id = await hand.act(async (db, actor) => {
      const t = at.wordsFor({ pack: actor.pack, sector: actor.sector })
      const made = await makeForm(db, actor, starterOf(t, form === 'urgent-call' ? form : 'first-talk'))
      const published = await publishForm(db, actor, { id: made.id, edit: 1 })
      if (!('version' in published)) throw new Error(`The demo's form ${form} was not published.`)
      return made.id
    })
    for (const each of filled) {
      const caseId = cases.get(each.case)
      const worker = hands.get(each.by)
      if (caseId === undefined || worker === undefined) continue
      const done = await worker.act((db, actor) =>
        fillForm(db, actor, caseId, { id, version: 1 }, { answers: answersOf(each), goesOn: false }),
      )
      if ('refused' in done) throw new Error(`The demo's answers for ${each.case}: ${done.refused}`)
    }
  }
}

type Filled = (typeof forms)[number]['filled'][number]

function answersOf({ answers, reasons }: Filled): ReadonlyMap<string, Answer> {
  const given = Object.entries(answers).map(([question, value]): [string, Answer] => [
    question,
    Answer.parse({ state: 'answered', value }),
  ])
  const none = Object.entries(reasons).map(([question, state]): [string, Answer] => [
    question,
    Answer.parse({ state }),
  ])
  return new Map([...given, ...none])
}
