import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { AccessNeeds } from './access-needs.ts'
import { accessToBegin } from './access-needs.rules.ts'
import type { CaseFile } from './case.ts'
import { notesOf } from './note.actions.ts'
import { readFile, openForWork } from './open.actions.ts'
import { countRepeats } from './repeat.store.ts'
import type { NoCase } from './sheet.ts'
import { saveAccessNeeds, saveContact, saveSituation } from './sheet.actions.ts'
import type { Told, ToldSource } from './told.ts'
import { groupOf, isMissing, offersFor, questionOf, toldInLetters } from './told.rules.ts'

const notesRead = 200

let sources: readonly ToldSource[] = []

/** Takes what the rooms to the right can say of a case, once, when the rooms are put together. */
export function bringTold(brought: readonly ToldSource[]): void {
  sources = brought
}

/**
 * What may be offered for a case instead of asking; only for the questions that a page is about to ask. Where the case answers
 * all of them, no letter is opened at all.
 */
export async function toldFor(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  questions: readonly string[],
): Promise<readonly Told[]> {
  const wanted = questions.filter((question) => isMissing(question, file))
  if (wanted.length === 0) return []
  const told: Told[] = [...toldInLetters(await notesOf(db, file.key, notesRead))]
  for (const source of sources) told.push(...(await source(db, actor, file)))
  return offersFor(told, file).filter(({ answer }) => wanted.includes(questionOf(answer)))
}

/** What somebody decided about one offer: `question` and `source` find it again. */
export interface ToldChoice {
  readonly question: string
  readonly source: string
  readonly act: 'use' | 'again'
}

/**
 * Uses what was told, with its source, or counts that the person is asked again. What is no longer there to be read is neither.
 */
export async function answerFromTold(
  db: Tx,
  actor: Actor,
  caseId: string,
  choices: readonly ToldChoice[],
): Promise<{ readonly again: readonly string[] } | NoCase> {
  const again: string[] = []
  const held = await openForWork(db, actor, caseId, 'changing')
  if (held === null) return { refused: 'no-case' }
  let file = await readFile(db, held)
  const questions = choices.map(({ question }) => question)
  const offered = await toldFor(db, actor, file, questions)
  for (const choice of choices) {
    const told = offersFor(offered, file).find(
      ({ answer, source }) => source === choice.source && questionOf(answer) === choice.question,
    )
    if (told === undefined) continue
    if (choice.act === 'use') {
      await use(db, actor, file, told)
      // What was used answers its question, and the next save goes by the new version.
      file = await readFile(db, held)
    } else {
      again.push(choice.question)
      const month = Temporal.Now.plainDateISO('UTC').with({ day: 1 }).toString()
      await countRepeats(db, actor.partyId, [{ month, group: groupOf(choice.question) }])
    }
  }
  return { again }
}

async function use(db: Tx, actor: Actor, file: CaseFile, { answer, from }: Told): Promise<void> {
  const at = (kind: 'situation' | 'access-needs' | 'contact') => ({
    caseId: file.caseId,
    version: file.sheets[kind].version,
  })
  if (answer.about === 'detail') {
    const said = { state: 'known' as const, value: answer.value, askedOn: from.on, from }
    await saveSituation(db, actor, at('situation'), { ...file.answers, [answer.facet]: said })
  } else if (answer.about === 'language') {
    const begun = AccessNeeds.parse(accessToBegin(file.accessNeeds, file.contact))
    const interpreter = answer.interpreter ? 'yes' : begun.interpreter
    await saveAccessNeeds(db, actor, at('access-needs'), {
      ...begun,
      language: answer.language,
      interpreter,
      from,
    })
  } else {
    // Checked by somebody else, not by us: the gate asks to confirm it with the person first.
    await saveContact(db, actor, at('contact'), {
      ...answer.contact,
      verifiedAt: null,
      verifiedBy: null,
      changedBecause: from.who,
    })
  }
}
