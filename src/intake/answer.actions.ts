import { randomUUIDv7 } from 'node:crypto'

import { type CaseCells, countRepeats, openForWork } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { Answers, FilledForm } from './answer.ts'
import { filledById, filledIn, insertFilled, resealFilled, writeFilled } from './answer.store.ts'
import { formById, versionOf } from './form.store.ts'

export type FillRefusal =
  | { readonly refused: 'no-case' }
  /** The form is missing, not published or retired: nothing new is asked with it. */
  | { readonly refused: 'no-form' }
  | { readonly refused: 'changed-meanwhile' }

/** Answers go along when a case's key changes. */
export const filledCells: CaseCells = {
  reseal: (db, _actor, from, to) => resealFilled(db, from, to),
  told: async (db, key) => (await filledIn(db, key, null)).map(({ answers }) => [...answers.values()]),
}

interface Given {
  readonly answers: Answers
  /** Whether the worker comes back to it, or more questions follow. */
  readonly goesOn: boolean
  /** How many questions were asked again although an answer could be read. */
  readonly again?: number
  /** The worker's own judgement; left out, it stays what it was. */
  readonly judgement?: string
}

/** Keeps the answers to a form for the first time, with the version of the form that was on the screen. */
export async function fillForm(
  db: Tx,
  actor: Actor,
  caseId: string,
  form: { readonly id: string; readonly version: number },
  given: Given,
): Promise<{ readonly id: string } | FillRefusal> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const stored = await formById(db, actor, form.id)
  const version = stored === null ? null : await versionOf(db, actor, form.id, form.version)
  if (stored?.state !== 'in-use' || version === null) return { refused: 'no-form' }
  const id = randomUUIDv7()
  const body = { title: version.body.title, answers: listOf(given.answers), judgement: given.judgement ?? '' }
  const state = given.goesOn ? ('in-progress' as const) : ('completed' as const)
  const row = { id, formId: form.id, formVersion: form.version, state, by: actor.accountId, body }
  await insertFilled(db, opened.key, row)
  await countAgain(db, actor, given)
  await record(db, actor, { kind: 'case.changed', of: opened.key, detail: { what: 'form', form: id } })
  return { id }
}

/** Changes the answers to a form; they stay with the version they were given to. */
export async function changeFilled(
  db: Tx,
  actor: Actor,
  caseId: string,
  at: { readonly id: string; readonly version: number },
  given: Given,
): Promise<{ readonly id: string } | FillRefusal> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  const filled = opened === null ? null : await filledById(db, opened.key, at.id)
  if (opened === null || filled === null) return { refused: 'no-case' }
  const { judgement = filled.judgement } = given
  const body = { title: filled.title, answers: listOf(given.answers), judgement }
  const row = { ...at, state: stateAfter(filled.state, given.goesOn), by: actor.accountId }
  if (!(await writeFilled(db, opened.key, row, body))) return { refused: 'changed-meanwhile' }
  await countAgain(db, actor, given)
  await record(db, actor, { kind: 'case.changed', of: opened.key, detail: { what: 'form', form: at.id } })
  return { id: at.id }
}

/** Counts what was asked again by month and group alone, as everywhere: with no case, no form and no worker. */
async function countAgain(db: Tx, actor: Actor, { again = 0 }: Given): Promise<void> {
  if (again === 0) return
  const month = Temporal.Now.plainDateISO('UTC').with({ day: 1 }).toString()
  const repeats = Array.from({ length: again }, () => ({ month, group: 'forms' as const }))
  await countRepeats(db, actor.partyId, repeats)
}

/** What was once finished is amended ever after. */
function stateAfter(before: FilledForm['state'], goesOn: boolean): FilledForm['state'] {
  if (before !== 'in-progress') return 'amended'
  return goesOn ? 'in-progress' : 'completed'
}

function listOf(answers: Answers) {
  return [...answers].map(([question, answer]) => ({ question, answer }))
}
