import { randomUUID } from 'node:crypto'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { databaseNow, lawPackOf } from '#releases'

import { answerBy } from './clock.rules.ts'
import type { LetterBody } from './letter.ts'
import { answerLetter, insertLetter, lettersOf } from './letter.store.ts'

/**
 * Files a request for records from outside. It looks nowhere: whether anybody is known changes neither the answer nor the work
 * (DESIGN 6.7, us-U18).
 */
export async function fileLetter(
  db: Tx,
  actor: Actor,
  zone: string,
  asked: Pick<LetterBody, 'writer' | 'from' | 'about' | 'answerTo'>,
): Promise<{ readonly id: string; readonly dueOn: string }> {
  const now = await databaseNow(db)
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  const dueOn = answerBy({ pack: actor.pack, law: lawPackOf(actor.pack, actor.law) }, today).day
  const id = randomUUID()
  const body = { ...asked, takenBy: actor.displayName, answer: null }
  await insertLetter(db, actor, { id, receivedOn: today.toString(), dueOn, body })
  await record(db, actor, { kind: 'letter.filed', detail: { letter: id } })
  return { id, dueOn }
}

/** Writes down what the privacy lead answered. */
export async function closeLetter(
  db: Tx,
  actor: Actor,
  id: string,
  answer: string,
): Promise<{ readonly done: true } | { readonly refused: 'missing' } | { readonly refused: 'changed' }> {
  const letter = (await lettersOf(db, actor)).find((each) => each.id === id)
  if (letter === undefined) return { refused: 'missing' }
  const { writer, from, about, answerTo, takenBy } = letter
  const body = { writer, from, about, answerTo, takenBy, answer }
  if (!(await answerLetter(db, actor, letter, body))) return { refused: 'changed' }
  await record(db, actor, { kind: 'letter.answered', detail: { letter: id } })
  return { done: true }
}
