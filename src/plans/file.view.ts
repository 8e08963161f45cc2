import type { CaseFile } from '#people'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { suicideTexts } from './plan.ts'
import { plansOf } from './plan.actions.ts'
import { saysSomething } from './plan.rules.ts'
import { childLines, partTitle } from './plan.view.tsx'

/** What the newest plans say, plan by plan, for the person's own file. `tells` names whom a plan tells of besides its person. */
export interface PlanEntry {
  readonly key: string
  readonly title: string
  readonly text: string
  readonly tells: readonly string[]
}

/** The three plans of a case as entries of a file. A plan is its person's: in the file of anybody else of the case it tells of them. */
export async function planEntries(
  db: Tx,
  t: Words,
  file: CaseFile,
  who: string,
): Promise<readonly PlanEntry[]> {
  const { safety, suicide, child } = await plansOf(db, file.key)
  const person = file.survivor
  const others = person === null || person.id === who ? [] : [person.name || t('plans.file.somebody')]
  const harm = child?.value.steps.some((step) => step.owner === 'harm') === true
  const named = file.personsCausingHarm.map((card) => card.name).filter((name) => name !== '')
  const parts = safety?.value.parts.filter(saysSomething) ?? []
  return [
    {
      key: 'plan~safety',
      title: t('plans.safety.title'),
      text: parts.map((part) => `${partTitle(t, part)}: ${part.words}`).join('\n'),
      tells: others,
    },
    {
      key: 'plan~suicide',
      title: t('plans.suicide.title'),
      text: suicideTexts
        .flatMap((name) =>
          suicide === null || suicide.value[name] === ''
            ? []
            : [`${t(`plans.suicide.${name}`)}: ${suicide.value[name]}`],
        )
        .join('\n'),
      tells: others,
    },
    {
      key: 'plan~child',
      title: t('plans.child.title'),
      text:
        child === null
          ? ''
          : childLines(t, child.value)
              .filter((line) => line !== '')
              .join('\n'),
      tells: [...others, ...(harm ? (named.length > 0 ? named : [t('plans.file.somebody')]) : [])],
    },
  ]
}
