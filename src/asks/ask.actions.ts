import { randomUUIDv7 } from 'node:crypto'

import { type CaseCells, type CaseFile, openForWork, readFile } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { databaseNow, lawPackOf } from '#releases'

import type { CorrectionBody, FileBody, StoredAsk } from './ask.ts'
import { asksOf, insertAsk, resealAsks, writeAsk } from './ask.store.ts'
import { answerBy } from './clock.rules.ts'
import { mayAsk } from './file-pack.rules.ts'
import { resealRetention } from './retention.store.ts'

export type AskRefusal =
  | { readonly refused: 'no-case' }
  | { readonly refused: 'changed' }
  /** Rules us-68 and uk-68, DESIGN 6.4: nobody named as causing harm, nobody outside the case. */
  | { readonly refused: 'not-theirs' }

/** What asks keep under a case's key goes along when the key changes. */
export const askCells: CaseCells = {
  async reseal(db, _actor, from, to) {
    await resealAsks(db, from, to)
    await resealRetention(db, from, to)
  },
}

/** Somebody asks for their file. The clock of the pack starts. */
export async function askForFile(
  db: Tx,
  actor: Actor,
  caseId: string,
  zone: string,
  asked: Pick<FileBody, 'how' | 'who'>,
): Promise<{ readonly id: string } | AskRefusal> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const file = await readFile(db, opened)
  if (!mayAsk(file).some((card) => card.id === asked.who)) return { refused: 'not-theirs' }
  const now = await databaseNow(db)
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  const due = answerBy({ pack: actor.pack, law: lawPackOf(actor.pack, actor.law) }, today)
  const dueAt = new Date(
    Temporal.PlainDate.from(due.day).toZonedDateTime({ timeZone: zone, plainTime: '17:00' })
      .epochMilliseconds,
  )
  const body = { kind: 'file' as const, ...asked, rule: due.rule, picks: [], given: [] }
  return start(db, actor, opened.key, dueAt, body)
}

/** Somebody says that something is wrong. */
export async function askForCorrection(
  db: Tx,
  actor: Actor,
  caseId: string,
  asked: Pick<CorrectionBody, 'how' | 'part' | 'says' | 'should'>,
): Promise<{ readonly id: string } | AskRefusal> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const body = { kind: 'correction' as const, ...asked, answer: null, statement: '', told: [] }
  return start(db, actor, opened.key, null, body)
}

async function start(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  dueAt: Date | null,
  body: FileBody | CorrectionBody,
): Promise<{ readonly id: string }> {
  const id = randomUUIDv7()
  await insertAsk(db, key, { id, by: actor.accountId, dueAt, body })
  await record(db, actor, { kind: 'ask.made', of: key, detail: { ask: id, what: body.kind } })
  return { id }
}

/** One ask of a case, with the case. */
export async function askOf<K extends 'file' | 'correction'>(
  db: Tx,
  file: CaseFile,
  id: string,
  kind: K,
): Promise<StoredAsk<K extends 'file' ? FileBody : CorrectionBody> | null> {
  const ask = (await asksOf(db, file.key)).find((each) => each.id === id && each.body.kind === kind)
  return (ask ?? null) as StoredAsk<K extends 'file' ? FileBody : CorrectionBody> | null
}

/** Writes what was decided or given; one line in the ledger. */
export async function changeAsk(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  ask: StoredAsk,
  to: { readonly body: FileBody | CorrectionBody; readonly answered: boolean; readonly what: string },
): Promise<{ readonly done: true } | AskRefusal> {
  if (!(await writeAsk(db, file.key, ask, to.body, to.answered))) return { refused: 'changed' }
  const kind = to.answered ? 'ask.answered' : 'ask.made'
  await record(db, actor, { kind, of: file.key, detail: { ask: ask.id, what: to.what } })
  return { done: true }
}
