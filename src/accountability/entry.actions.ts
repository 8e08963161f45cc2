import { randomUUIDv7 } from 'node:crypto'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { z } from 'zod'

import type { Action, Change, Entry, EntryBody, Notice } from './entry.ts'
import { entriesOf, insertEntry, writeEntry } from './entry.store.ts'
import { mayPlan, mayWrite } from './thread.rules.ts'
import { threadOf } from './thread.store.ts'
import { aFile, type Thread, type ThreadRefusal, type ThreadRule } from './thread.ts'
import { copiedFrom } from './told.actions.ts'

type Written = { readonly entryId: string } | ThreadRefusal

/** Plans an action: who of which agency does what, by when. */
export async function addAction(
  db: Tx,
  actor: Actor,
  threadId: string,
  action: Omit<Action, 'kind' | 'result'>,
  dueAt: Date,
): Promise<Written> {
  const body = { ...action, kind: 'action', result: null } as const
  return add(db, actor, threadId, { state: 'open', dueAt, body }, (thread) => mayPlan(thread, action.measure))
}

/** Writes down a change in behaviour that somebody saw, attendance at a programme among it. */
export async function addChange(
  db: Tx,
  actor: Actor,
  threadId: string,
  change: Omit<z.infer<typeof Change>, 'kind'>,
): Promise<Written> {
  const body = { ...change, kind: 'change' } as const
  return add(db, actor, threadId, { state: 'closed', dueAt: null, body }, mayWrite)
}

/** Writes down a notice of danger that came in. It is taken whatever the file's state, and nothing goes back to whoever gave it. */
export async function addNotice(
  db: Tx,
  actor: Actor,
  threadId: string,
  notice: Omit<z.infer<typeof Notice>, 'kind' | 'answer'>,
): Promise<Written> {
  const body = { ...notice, kind: 'notice', answer: null } as const
  return add(db, actor, threadId, { state: 'open', dueAt: null, body }, () => null)
}

/** Says how an action went, or what was done about a notice. */
export async function closeEntry(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly entryId: string; readonly version: number },
  end: { readonly words: string; readonly on: string; readonly outcome?: 'done' | 'not-done' },
): Promise<Written> {
  const thread = await threadOf(db, actor, at.threadId)
  const entry = thread === null ? undefined : await entryOf(db, thread, at.entryId)
  if (thread === null || entry === undefined) return { refused: 'missing' }
  if (entry.state === 'closed' || entry.version !== at.version) return { refused: 'changed-meanwhile' }
  const copied = await copiedFrom(db, actor, { threadId: at.threadId }, [end.words])
  if (copied !== null) return { refused: 'rule', rule: copied }
  const done = await writeEntry(db, thread.key, {
    ...entry,
    state: 'closed',
    body: closedBody(entry.body, end),
  })
  if (!done) return { refused: 'changed-meanwhile' }
  await record(db, actor, {
    kind: 'case.changed',
    of: thread.key,
    detail: { ...aFile, what: entry.body.kind },
  })
  return { entryId: entry.id }
}

/** One entry of a file. */
export async function entryOf(db: Tx, thread: Thread, id: string): Promise<Entry | undefined> {
  return (await entriesOf(db, thread.key)).find((entry) => entry.id === id)
}

async function add(
  db: Tx,
  actor: Actor,
  threadId: string,
  entry: Pick<Entry, 'state' | 'dueAt' | 'body'>,
  may: (thread: Thread) => ThreadRule | null,
): Promise<Written> {
  const thread = await threadOf(db, actor, threadId)
  if (thread === null) return { refused: 'missing' }
  const rule = may(thread) ?? (await copiedFrom(db, actor, { threadId }, textsOf(entry.body)))
  if (rule !== null) return { refused: 'rule', rule }
  const id = randomUUIDv7()
  await insertEntry(db, thread.key, { id, ...entry })
  await record(db, actor, {
    kind: 'case.changed',
    of: thread.key,
    detail: { ...aFile, what: entry.body.kind },
  })
  return { entryId: id }
}

/** Everything in an entry that somebody typed. */
function textsOf(body: EntryBody): readonly string[] {
  return 'who' in body ? [body.agency, body.who, body.words] : [body.agency, body.words]
}

function closedBody(
  body: EntryBody,
  end: { readonly words: string; readonly on: string; readonly outcome?: 'done' | 'not-done' },
): EntryBody {
  const { words, on, outcome = 'done' } = end
  if (body.kind === 'action') return { ...body, result: { outcome, words, on } }
  return body.kind === 'notice' ? { ...body, answer: { words, on } } : body
}
