import { randomUUIDv7 } from 'node:crypto'

import { type CaseFile, chosenWorker, endCase, type NoCase, openForWork, readFile } from '#people'
import { type Actor, type CaseKey, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { ClosingBody, ClosingSaid } from './closing.ts'
import { type ClosingFacts, type ClosingRefusal, closingTo, dueAgain, mayConfirm } from './closing.rules.ts'
import { closingsOf, insertClosing, nowOf, openEntriesDue, writeClosing } from './closing.store.ts'
import { lastWasMissed } from './entry.rules.ts'
import { entriesOf, entryOf, writeEntry } from './entry.store.ts'

/** How far back the guard looks for appointments. */
const looked = 200

export interface ClosingOver {
  readonly refused: 'closing-over'
}

/** Since somebody asked for a second lead, the person has chosen a worker. */
export interface ChosenSince {
  readonly refused: 'closing-chosen-since'
}

/** What the case says of itself: whether the last appointment was missed, and whom the person chose as their worker. */
export async function closingFacts(
  db: Tx,
  file: Pick<CaseFile, 'key' | 'chosen' | 'danger' | 'cards'>,
): Promise<ClosingFacts> {
  const missed = lastWasMissed(await entriesOf(db, file.key, 'over', looked))
  return { missed, chosen: chosenWorker(file)?.name ?? null }
}

/** Ends a case with what was asked before, or asks a second lead to. */
export async function closeWork(
  db: Tx,
  actor: Actor,
  caseId: string,
  said: ClosingSaid,
  how: { readonly second: boolean; readonly open: readonly string[] },
): Promise<{ readonly state: 'ended' | 'asked' } | ClosingRefusal | ClosingOver | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { row, key } = opened
  const before = await closingsOf(db, key, true)
  if (row.state === 'ended' || before.some((each) => each.state === 'asked'))
    return { refused: 'closing-over' }
  const facts = await closingFacts(db, await readFile(db, opened))
  const to = closingTo(said, facts, how.second)
  if ('refused' in to) return to
  const now = (await nowOf(db)).toISOString()
  const body: ClosingBody = {
    said,
    missed: facts.missed,
    open: how.open.map((sentence) => sentence.slice(0, 300)),
    dueAt: row.dueAt?.toISOString() ?? null,
    by: actor.displayName,
    endedAt: to.state === 'ended' ? now : null,
    again: null,
  }
  await insertClosing(db, key, { id: randomUUIDv7(), askedBy: actor.accountId, state: to.state, body })
  if (to.state === 'ended') await endCase(db, actor, caseId, 'ended')
  else await record(db, actor, { kind: 'case.changed', of: key, detail: { what: 'ending-asked' } })
  return to
}

/**
 * A second lead confirms an ending that waits, and the case ends. The case is asked again: once the person has chosen a worker,
 * a word with that worker comes first, and no lead stands in for it.
 */
export async function confirmClosing(
  db: Tx,
  actor: Actor,
  caseId: string,
): Promise<{ readonly state: 'ended' } | ClosingOver | ChosenSince | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { key } = opened
  const by = { accountId: actor.accountId, leads: mayDo(actor.roles, 'case:lead') }
  const waiting = (await closingsOf(db, key, true)).find((each) => mayConfirm(each, by))
  if (waiting === undefined) return { refused: 'closing-over' }
  const { chosen } = await closingFacts(db, await readFile(db, opened))
  const { missed, said } = waiting.body
  if ('refused' in closingTo(said, { missed, chosen }, true)) return { refused: 'closing-chosen-since' }
  const body = { ...waiting.body, endedAt: (await nowOf(db)).toISOString() }
  await writeClosing(db, key, waiting.id, { body, state: 'ended', confirmedBy: actor.accountId })
  await endCase(db, actor, caseId, 'ended')
  return { state: 'ended' }
}

/** Takes back an ending that waits, or takes an ended case up again: everything stands as it was, and what was due counts from now. */
export async function reopenCase(
  db: Tx,
  actor: Actor,
  caseId: string,
  today: Date,
): Promise<{ readonly done: true } | ClosingOver | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { row, key } = opened
  const current = (await closingsOf(db, key, true)).find(
    ({ state }) => state === 'asked' || state === 'ended',
  )
  if (current?.state === 'asked') {
    await writeClosing(db, key, current.id, { body: current.body, state: 'taken-back' })
    await record(db, actor, { kind: 'case.changed', of: key, detail: { what: 'ending-taken-back' } })
    return { done: true }
  }
  if (row.state !== 'ended') return { refused: 'closing-over' }
  if (current !== undefined) {
    const again = { at: (await nowOf(db)).toISOString(), by: actor.displayName }
    await writeClosing(db, key, current.id, { body: { ...current.body, again }, state: 'reopened' })
  }
  const due = current?.body.dueAt ?? null
  await endCase(db, actor, caseId, 'active', due === null ? null : dueAgain(new Date(due), today))
  await restartSteps(db, key, today)
  return { done: true }
}

async function restartSteps(db: Tx, key: CaseKey, today: Date): Promise<void> {
  for (const id of await openEntriesDue(db, key, today)) {
    const entry = await entryOf(db, key, id, true)
    if (entry?.body.kind === 'step') await writeEntry(db, key, entry, { body: entry.body, dueAt: today })
  }
}
