import { endEnvelope, envelopesOfThread, openOutgoing, sendEnvelope, threadsUnder } from '#envelopes'
import { type Helper, openForWork, readFile } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { databaseNow, releasesOf, safeHelpers, standingOf, type StoredRelease } from '#releases'

import { HelperList } from './who-helps.ts'
import { linesFor } from './who-helps.rules.ts'
import { addEvent, holdThread, threadRow } from './thread.store.ts'

/** Which thread, under which permission, and who helps now. */
interface ListTo {
  readonly threadId: string
  readonly release: StoredRelease
  readonly helpers: readonly Helper[]
}

/** States in which the other side no longer works with the person through this referral. */
const over: readonly string[] = ['declined', 'ended', 'withdrawn']

/**
 * Sends one recipient the list of who is helping as it is now and as far as its permission lists it, and ends the copy it had: a
 * line that was taken off opens nowhere any more. Nothing is sent where nothing changed. Gives whether the recipient's list changed.
 */
export async function sendHelperList(db: Tx, actor: Actor, of: CaseKey, to: ListTo): Promise<boolean> {
  const { threadId, release } = to
  await holdThread(db, threadId)
  const thread = await threadRow(db, actor.partyId, threadId)
  if (thread === null) return false
  const lines = over.includes(thread.state) ? [] : linesFor(release.kept.release, to.helpers)
  const body = HelperList.parse({ about: 'helpers', lines })
  const before = (await envelopesOfThread(db, actor.partyId, threadId)).filter(
    (one) => one.way === 'out' && one.kind === 'helpers' && one.state === 'sent',
  )
  const last = before.at(-1)
  if (last === undefined ? lines.length === 0 : await says(db, actor, last.id, body)) return false
  for (const one of before) await endEnvelope(db, actor, { id: one.id, of }, 'list-changed')
  if (lines.length === 0) return true
  const sent = await sendEnvelope(db, actor, {
    kind: 'helpers',
    threadId,
    toParty: release.recipientId,
    ofCase: of,
    releaseId: release.id,
    endsAt: release.endsAt,
    body,
    news: {},
    back: thread.comesBack,
  })
  // The old copy has ended by now: only a fault can take that back.
  if ('refused' in sent) throw new Error(`The list of who helps could not be sent: ${sent.refused}`)
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: threadId,
    kind: 'helpers',
    actor_id: actor.accountId,
    envelope_id: sent.envelopeId,
  })
  await record(db, actor, {
    kind: 'referral.changed',
    of,
    detail: { thread: threadId, what: 'helpers', reached: sent.reached },
  })
  return true
}

/** Brings every recipient's list up to what the case holds now. Gives how many lists changed. */
export async function refreshHelperLists(db: Tx, actor: Actor, caseId: string): Promise<number> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return 0
  const helpers = safeHelpers(await readFile(db, opened))
  let changed = 0
  for (const release of await listsUnder(db, opened.key)) {
    for (const threadId of await threadsUnder(db, actor.partyId, release.id))
      if (await sendHelperList(db, actor, opened.key, { threadId, release, helpers })) changed += 1
  }
  return changed
}

/** The permissions in force that let their recipient see somebody who helps, in the order of their ids. */
export async function listsUnder(db: Tx, of: CaseKey): Promise<readonly StoredRelease[]> {
  const now = await databaseNow(db)
  return (await releasesOf(db, of))
    .filter(
      (release) =>
        standingOf(release, now) === 'active' &&
        release.kept.release.items.some((item) => item.kind === 'helper-pointer'),
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

async function says(db: Tx, actor: Actor, envelopeId: string, list: HelperList): Promise<boolean> {
  const opened = await openOutgoing(db, actor, envelopeId)
  return !('refused' in opened) && JSON.stringify(HelperList.parse(opened.body)) === JSON.stringify(list)
}
