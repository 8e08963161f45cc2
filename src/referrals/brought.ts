import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import type { Content } from '#platform/ui'
import type { StoredRelease } from '#releases'

import type { ThreadFile } from './file.actions.ts'
import type { Thread } from './thread.ts'

/** The letter names somebody whose own permission does not name this person too. */
export interface NamesAlone {
  readonly refused: 'names-alone'
}

/** The line of a letter that says who comes along in the same piece of work. */
export const namingRef = 'together'

/** What a room that stands after this one does where a referral goes, is read, or ends. */
export interface BesideThreads {
  /** Before anything goes or stops: one act at a time among what stops together. */
  readonly holds?: (db: Tx, actor: Actor, key: CaseKey) => Promise<void>
  /** Why a signed draft must not go as it is; null where it may. */
  readonly mayGo?: (db: Tx, actor: Actor, key: CaseKey, draft: StoredRelease) => Promise<NamesAlone | null>
  /** A referral went. */
  readonly went?: (
    db: Tx,
    actor: Actor,
    at: { readonly key: CaseKey; readonly releaseId: string; readonly threadId: string },
  ) => Promise<void>
  /** A permission was taken back or put away, lost its signature, or waits until it is confirmed again. */
  readonly stopped?: (db: Tx, actor: Actor, key: CaseKey, release: StoredRelease) => Promise<void>
  /** Somebody was named in the case as not safe. */
  readonly named?: (db: Tx, actor: Actor, key: CaseKey) => Promise<void>
  /** A few lines under the next step of one referral. */
  readonly aside?: (db: Tx, actor: Actor, t: Words, thread: Thread) => Promise<Content>
  /** A part of its own on the page of one referral. */
  readonly section?: (db: Tx, actor: Actor, t: Words, file: ThreadFile) => Promise<Content>
}

let brought: readonly BesideThreads[] = []

/** Says once, where the rooms are put together, what stands beside the threads. */
export function bringBeside(parts: readonly BesideThreads[]): void {
  brought = parts
}

/**
 * Holds what stops together, before the first permission of a case is touched: two that are taken back at once would each wait for
 * the other's letter otherwise.
 */
export async function holdBeside(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  for (const part of brought) await part.holds?.(db, actor, key)
}

/** The first reason why a draft must not go. A letter that names somebody else never goes unasked. */
export async function mayGo(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  draft: StoredRelease,
): Promise<NamesAlone | null> {
  let asked = false
  for (const part of brought) {
    asked ||= part.mayGo !== undefined
    const refused = await part.mayGo?.(db, actor, key, draft)
    if (refused) return refused
  }
  const names = draft.kept.release.items.some((item) => item.ref === namingRef)
  return names && !asked ? { refused: 'names-alone' } : null
}

/** Tells every room that a referral went. */
export async function tellWent(
  db: Tx,
  actor: Actor,
  at: { readonly key: CaseKey; readonly releaseId: string; readonly threadId: string },
): Promise<void> {
  for (const part of brought) await part.went?.(db, actor, at)
}

/** Tells every room that nothing goes under a permission any more. */
export async function tellStopped(db: Tx, actor: Actor, key: CaseKey, release: StoredRelease): Promise<void> {
  for (const part of brought) await part.stopped?.(db, actor, key, release)
}

/** Tells every room that somebody was named in a case as not safe. */
export async function tellNamed(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  for (const part of brought) await part.named?.(db, actor, key)
}

/** What the other rooms say under the next step of one referral, in order. */
export async function asidesOf(db: Tx, actor: Actor, t: Words, thread: Thread): Promise<Content[]> {
  const said: Content[] = []
  for (const part of brought) said.push((await part.aside?.(db, actor, t, thread)) ?? null)
  return said
}

/** What the other rooms show on the page of one referral. */
export async function besideThread(db: Tx, actor: Actor, t: Words, file: ThreadFile): Promise<Content[]> {
  const parts: Content[] = []
  for (const part of brought) parts.push((await part.section?.(db, actor, t, file)) ?? null)
  return parts
}
