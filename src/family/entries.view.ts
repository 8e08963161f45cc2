import { type CaseFile, nameOf, readSheet } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { nameText } from './diagram.view.tsx'
import { familyOf } from './family.actions.ts'
import { lineText } from './who.page.tsx'

/** One entry of what a case holds, for the person's own file; `others` are people of whom it tells. */
export interface FamilyEntry {
  readonly key: string
  readonly title: string
  readonly text: string
  readonly others: readonly string[]
}

/**
 * What the family's pages of a case hold. They are about whoever the file is for: where `who` is somebody else on a card of it,
 * each tells of another person. Of files that the reader may not see it says nothing.
 */
export async function familyEntries(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
  who: string,
): Promise<readonly FamilyEntry[]> {
  const family = await familyOf(db, actor, file)
  const subject = family.subject?.id === who ? [] : [nameOf(t, file)]
  const words = await readSheet(db, file.key, 'own-words')
  const supports = (await readSheet(db, file.key, 'support')) ?? []
  const steps = (await readSheet(db, file.key, 'together')) ?? []
  const linked = family.members.filter((each) => each.caseId !== null)
  const own =
    words === null
      ? []
      : [
          words.want,
          words.trust,
          ...words.notTold.map((each) => t('family.section.not-told', { what: each.what, whom: each.whom })),
        ]
  return [
    entry('own-words', t('family.ownWords.title'), own, subject),
    entry(
      'support',
      t('family.support.title'),
      supports.map((each) => [each.name, each.worker].filter((part) => part !== '').join(', ')),
      subject,
    ),
    entry(
      'together',
      t('family.together.title'),
      steps.map((step) => [step.words, step.service].filter((part) => part !== '').join(', ')),
      subject,
    ),
    ...family.lines.map((line) => ({
      ...entry(`who~${line.id}`, t('family.who.title'), [
        lineText(t, file, line),
        ...(line.review === null ? [] : [line.review.specialist, line.review.words]),
      ]),
      others: namesOf(file, [line.who, line.to]),
    })),
    ...linked.map((each) => ({
      ...entry(`family~${each.linkId ?? ''}`, t('family.title'), [
        `${nameText(t, each)}: ${t(`family.relation.${each.relation}`)}`,
      ]),
      others: [nameText(t, each)],
    })),
  ]
}

function entry(
  key: string,
  title: string,
  lines: readonly string[],
  others: readonly string[] = [],
): FamilyEntry {
  return { key, title, text: lines.filter((line) => line !== '').join('\n'), others }
}

function namesOf(file: CaseFile, ids: readonly string[]): readonly string[] {
  return file.cards.filter((card) => ids.includes(card.id) && card.name !== '').map((card) => card.name)
}
