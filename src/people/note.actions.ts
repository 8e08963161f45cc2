import { randomUUIDv7 } from 'node:crypto'

import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { touchCase } from './case.store.ts'
import { openNote, sealNote } from './cells.ts'
import { type Note, NoteBody } from './note.ts'
import type { NoteClass } from './note-class.ts'
import { insertNote, noteRows } from './note.store.ts'
import { openForWork } from './open.actions.ts'
import type { NoCase } from './sheet.ts'

/**
 * Writes a note into a case. `writtenAt` is for what is brought over from elsewhere, else the database's clock; without a class,
 * the default of the place counts.
 */
export async function addNote(
  db: Tx,
  actor: Actor,
  caseId: string,
  words: string,
  more: {
    readonly writtenAt?: Date
    readonly noteClass?: NoteClass
    readonly letter?: NoteBody['letter']
  } = {},
): Promise<{ readonly id: string } | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const id = randomUUIDv7()
  await insertNote(db, {
    party_id: actor.partyId,
    case_id: caseId,
    id,
    author_id: actor.accountId,
    body: sealNote(opened.key, id, NoteBody.parse({ words, noteClass: more.noteClass, letter: more.letter })),
    ...(more.writtenAt === undefined ? {} : { written_at: more.writtenAt }),
  })
  await touchCase(db, actor.partyId, caseId)
  await record(db, actor, { kind: 'case.changed', of: opened.key, detail: { what: 'note', note: id } })
  return { id }
}

/** The notes of an opened case, newest first. */
export async function notesOf(db: Tx, key: CaseKey, limit = 50): Promise<readonly Note[]> {
  const rows = await noteRows(db, key.partyId, key.caseId, limit)
  return rows.map((row) => ({
    id: row.id,
    ...openNote(key, row.id, row.body),
    authorId: row.author_id,
    writtenAt: row.written_at,
  }))
}
