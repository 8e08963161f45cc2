import { type CaseFile, openFile, type SafeContact, safeWays } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { changedMeanwhile, type ThreadAt } from './act.actions.ts'
import { chaseSetting } from './chase.store.ts'
import { openThreadFile, type ThreadFile } from './file.actions.ts'
import { usualTries } from './reply-time.rules.ts'
import { takenFrom } from './take.rules.ts'
import { openThread, sealThread } from './thread-seal.ts'
import { changeThread, holdThread, threadRow } from './thread.store.ts'
import { ThreadBody, type ThreadRefusal, type Try, type TryResult } from './thread.ts'
import { resultsOn, tryAnswer } from './tries.rules.ts'

/** What a try goes by: the case's own page, or what was shared while there is no case of ours. */
export interface Reach {
  readonly thread: ThreadFile
  /** The own case; null while there is none. */
  readonly file: CaseFile | null
  readonly contact: SafeContact | null
  readonly tries: readonly Try[]
  /** After how many they count as not reached. */
  readonly enough: number
}

/** Opens what a try needs; null: missing, not the actor's, or about nobody by name. */
export async function reachOf(db: Tx, actor: Actor, threadId: string): Promise<Reach | null> {
  const thread = await openThreadFile(db, actor, threadId)
  if (thread === null || thread.thread.kind === 'ask') return null
  const { caseId, body } = thread.thread
  const file = caseId === null ? null : await openFile(db, actor, caseId)
  if (caseId !== null && file === null) return null
  const letter = thread.first?.letter
  const shared = letter?.about === 'request' ? takenFrom(letter.items).contact : null
  const setting = await chaseSetting(db, actor.partyId)
  return {
    thread,
    file,
    contact: file === null ? shared : file.contact,
    tries: body?.tries ?? [],
    enough: setting.tries ?? usualTries(actor.pack),
  }
}

/** Why a try was not written down: the way is not one of theirs, or the rule of safe contact that says no. */
export type TryRefusal =
  | { readonly refused: 'no-way' | 'not-on-this-way' }
  | { readonly refused: 'not-safe'; readonly key: string; readonly safeFrom: Date | null }

const mostKept = 60

/** Writes down that somebody was tried, when, on which way and what came of it: no name, no words. Only what safe contact allowed. */
export async function keepTry(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  said: { readonly wayId: string; readonly came: TryResult; readonly when: Date },
): Promise<{ readonly tries: readonly Try[] } | TryRefusal | ThreadRefusal> {
  await holdThread(db, at.threadId)
  const reach = await reachOf(db, actor, at.threadId)
  const row = await threadRow(db, actor.partyId, at.threadId)
  if (reach === null || row === null) return { refused: 'no-thread' }
  if (row.version !== at.version) return changedMeanwhile(db, actor, row)
  if (['declined', 'ended', 'withdrawn'].includes(row.state)) return { refused: 'not-now', state: row.state }
  const { contact, file } = reach
  const way = contact === null ? undefined : safeWays(contact).find((each) => each.id === said.wayId)
  if (way === undefined) return { refused: 'no-way' }
  if (!resultsOn(way).includes(said.came)) return { refused: 'not-on-this-way' }
  const answer = tryAnswer({ contact }, way, said.came, said.when)
  if ('refused' in answer) return { refused: 'not-safe', key: answer.key, safeFrom: answer.safeFrom }
  const kept: Try = {
    at: said.when.toISOString(),
    by: actor.accountId,
    channel: way.channel,
    came: said.came,
  }
  const of = file?.key ?? null
  const body = openThread(actor, of, row) ?? ThreadBody.parse({ serviceId: null, serviceName: '' })
  const tries = [...body.tries, kept].slice(-mostKept)
  const where = { partyId: actor.partyId, id: row.id, version: row.version }
  await changeThread(db, where, sealThread(actor, of, row.id, { ...body, tries }))
  await record(db, actor, {
    kind: 'referral.changed',
    ...(of === null ? {} : { of }),
    detail: { thread: row.id, what: 'tried', came: said.came },
  })
  return { tries }
}
