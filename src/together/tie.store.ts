import { randomUUID } from 'node:crypto'

import { sql } from 'kysely'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { mostTies, type Tie, TieBody } from './step.ts'

/** The ties of an opened file; as many cells are opened as a file can have. */
export async function tiesOf(db: Tx, key: CaseKey): Promise<readonly Tie[]> {
  const ties = (await tieRows(db, key)).map((row) => openTie(key, row))
  openSpare(key, mostTies - ties.length)
  return ties
}

/** Ties two opened files; neither row's id stands clear in the other. */
export async function insertTie(db: Tx, here: CaseKey, there: CaseKey): Promise<void> {
  const [own, mirror] = [randomUUID(), randomUUID()]
  await insertSide(db, here, own, { other: there.caseId, mirror })
  await insertSide(db, there, mirror, { other: here.caseId, mirror: own })
}

/** Takes the other sides away, also in files that the asker may not see; it answers nothing. */
export async function cutTies(db: Tx, ties: readonly Tie[]): Promise<void> {
  await sql`select together.cut(${ties.map((tie) => tie.mirror)}::uuid[])`.execute(db)
}

/** Puts every tie of a file under another key. */
export async function resealTies(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const row of await tieRows(db, from)) {
    await db
      .updateTable('together.tie')
      .set({ body: sealTie(to, row.id, TieBody.parse(openTie(from, row))) })
      .where('party_id', '=', from.partyId)
      .where('case_id', '=', from.caseId)
      .where('id', '=', row.id)
      .execute()
  }
}

interface TieRow {
  readonly id: string
  readonly body: Uint8Array
}

async function insertSide(db: Tx, key: CaseKey, id: string, body: TieBody): Promise<void> {
  await db
    .insertInto('together.tie')
    .values({ party_id: key.partyId, case_id: key.caseId, id, body: sealTie(key, id, body) })
    .execute()
}

async function tieRows(db: Tx, key: CaseKey): Promise<readonly TieRow[]> {
  return db
    .selectFrom('together.tie')
    .select(['id', 'body'])
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('id')
    .execute()
}

function openTie(key: CaseKey, row: TieRow): Tie {
  return { ...TieBody.parse(openCase(key, 'together.tie', 'body', row.id, row.body)), id: row.id }
}

/** Opens as many cells as there are places without a tie. */
function openSpare(key: CaseKey, places: number): void {
  const id = randomUUID()
  const cell = sealTie(key, id, { other: id, mirror: id })
  for (let at = 0; at < places; at += 1) openCase(key, 'together.tie', 'body', id, cell)
}

function sealTie(key: CaseKey, id: string, body: TieBody): Uint8Array {
  return sealCase(key, 'together.tie', 'body', id, body)
}
