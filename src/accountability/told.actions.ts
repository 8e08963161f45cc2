import {
  type CaseFile,
  causingHarm,
  everyCell,
  everySheet,
  namesOn,
  notesOf,
  openForWork,
  readFile,
} from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { heldBack, textsIn, type Told } from './held-back.rules.ts'
import { casesWith } from './link.store.ts'
import type { ThreadRule } from './thread.ts'

const notesRead = 1000

/**
 * The rule that keeps these texts out of a file: something of a case that it belongs to stands in them. Only cases that the writer
 * may read are looked at; whoever may not read a case has nothing of it to copy.
 */
export async function copiedFrom(
  db: Tx,
  actor: Actor,
  into: { readonly threadId: string | null; readonly caseId?: string },
  texts: readonly string[],
): Promise<ThreadRule | null> {
  const linked = into.threadId === null ? [] : await casesWith(db, actor, into.threadId)
  for (const caseId of new Set([...linked, ...(into.caseId === undefined ? [] : [into.caseId])])) {
    const told = await toldIn(db, actor, caseId)
    if (told === null) continue
    for (const text of texts) {
      const rule = heldBack(text, told)
      if (rule !== null) return rule
    }
  }
  return null
}

async function toldIn(db: Tx, actor: Actor, caseId: string): Promise<Told | null> {
  const opened = await openForWork(db, actor, caseId, 'reading')
  if (opened === null) return null
  const file = await readFile(db, opened)
  const notes = await notesOf(db, file.key, notesRead)
  const cells: (readonly unknown[])[] = []
  for (const room of everyCell()) cells.push((await room.told?.(db, file.key)) ?? [])
  return {
    ...toldBy(
      file,
      notes.map((note) => note.words),
    ),
    pages: textsIn([file.cards.map((card) => card.recorded), await everySheet(db, file.key), cells]),
  }
}

function toldBy(file: CaseFile, notes: readonly string[]): Omit<Told, 'pages'> {
  const harm = causingHarm(file.cards)
  const others = file.cards.filter((card) => !harm.includes(card))
  const { contact, danger, wishes } = file
  return {
    names: others.flatMap(namesOn),
    ofHarm: harm.flatMap(namesOn),
    contacts: (contact?.ways ?? []).map((way) => way.value).filter((value) => value !== ''),
    texts: [
      ...notes,
      ...file.cards.map((card) => card.note),
      ...file.needs.map((need) => need.words),
      ...(danger === null
        ? []
        : [danger.afraidOf, danger.safeToTalkTo, danger.notSafeToTalkTo, ...danger.names]),
      wishes.words,
      contact?.changedBecause ?? '',
    ].filter((text) => text.trim() !== ''),
  }
}
