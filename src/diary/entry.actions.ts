import { randomUUIDv7 } from 'node:crypto'

import { movedTo } from '#calendar'
import { isCaseworker, type NoCase, openForWork } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { Entry } from './entry.ts'
import { allTheirs, begun, type CameRefusal, type CameSaid, cameOf, type EntrySaid } from './entry.rules.ts'
import { entriesOf, entryOf, insertEntry, writeEntry } from './entry.store.ts'

/** Most open entries of one case that are read at once. */
export const mostOpen = 200

/** What is planned, in whose diary, for when. */
export interface Planned extends EntrySaid {
  readonly ownerId: string
  readonly dueAt: Date
  /** The worker was asked whether something could be done by somebody else, and keeps it as it is. */
  readonly asked: boolean
}

/** Why nothing was planned: nobody who may do it was named, or a question comes first. */
export interface NotPlanned {
  readonly refused: 'diary-owner' | 'diary-all-theirs'
}

/** Plans a next step or an appointment. In whose diary it stands is always a member who may work in the case. */
export async function plan(
  db: Tx,
  actor: Actor,
  caseId: string,
  planned: Planned,
): Promise<{ readonly id: string } | NotPlanned | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { ownerId, dueAt, asked, ...said } = planned
  // One sentence for whoever has no casework, whoever may not see the case, and whoever is nobody here.
  if ((await isCaseworker(db, actor.partyId, caseId, ownerId)) !== 'yes') return { refused: 'diary-owner' }
  const open = await entriesOf(db, opened.key, 'open', mostOpen)
  if (!asked && allTheirs(open, said)) return { refused: 'diary-all-theirs' }
  const id = await put(db, opened.key, { ownerId, dueAt, body: begun(said) })
  await written(db, actor, opened.key, id, `${said.kind}-planned`)
  return { id }
}

/** Nothing with this id is there, or somebody else was first. */
export interface NotThere {
  readonly refused: 'missing' | 'changed-meanwhile'
}

export interface EntryAt {
  readonly caseId: string
  readonly id: string
  readonly version: number
}

/** Says how it went. What was moved stands again at its new time; what was missed and not asked about becomes a step to ask. */
export async function sayHow(
  db: Tx,
  actor: Actor,
  at: EntryAt,
  said: CameSaid,
  askWords: { readonly words: string; readonly dueAt: Date },
): Promise<{ readonly done: true; readonly again: string | null } | CameRefusal | NotThere> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  const entry = opened === null ? null : await entryOf(db, opened.key, at.id, true)
  if (opened === null || entry === null) return { refused: 'missing' }
  if (entry.version !== at.version) return { refused: 'changed-meanwhile' }
  const done = cameOf(entry, said, { name: actor.displayName, now: new Date() })
  if ('refused' in done) return done
  await writeEntry(db, opened.key, entry, { body: done.body, state: 'over' })
  const again =
    done.again === null
      ? null
      : await put(db, opened.key, { ...entry, dueAt: done.again, body: begun(entry.body, entry.id) })
  if (again !== null) await movedTo(db, entry.id, again)
  if (done.askLater) await put(db, opened.key, { ...entry, ...askAbout(askWords) })
  await written(db, actor, opened.key, entry.id, `${entry.body.kind}-${said.outcome}`)
  return { done: true, again }
}

/** Keeps that the person was given day and time, on paper or for their calendar. */
export async function keepTold(
  db: Tx,
  actor: Actor,
  at: Pick<EntryAt, 'caseId' | 'id'>,
  how: 'print' | 'calendar',
): Promise<void> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  const entry = opened === null ? null : await entryOf(db, opened.key, at.id, true)
  if (opened === null || entry === null) return
  const told = [...entry.body.told, { how, at: new Date().toISOString() }]
  await writeEntry(db, opened.key, entry, { body: { ...entry.body, told } })
  await record(db, actor, {
    kind: 'export.made',
    of: opened.key,
    detail: { what: `appointment-${how}`, entry: entry.id },
  })
}

function askAbout(ask: { readonly words: string; readonly dueAt: Date }): Pick<Entry, 'dueAt' | 'body'> {
  const said = {
    kind: 'step',
    words: ask.words,
    doer: { is: 'member' },
    minutes: null,
    place: '',
    theirWords: '',
  } as const
  return { dueAt: ask.dueAt, body: begun(said) }
}

async function put(db: Tx, key: CaseKey, row: Pick<Entry, 'ownerId' | 'dueAt' | 'body'>): Promise<string> {
  const id = randomUUIDv7()
  await insertEntry(db, key, { id, ownerId: row.ownerId, dueAt: row.dueAt, body: row.body })
  return id
}

async function written(db: Tx, actor: Actor, key: CaseKey, id: string, what: string): Promise<void> {
  await record(db, actor, { kind: 'case.changed', of: key, detail: { what, entry: id } })
}
