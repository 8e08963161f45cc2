import { attachToCase, envelopesOfThread, type Opened, openIncoming } from '#envelopes'
import { addNote, saveCard, saveContact, saveNeeds, saveSituation, startCase, tryConflicts } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { hold, type ThreadAt } from './act.actions.ts'
import { type ReleasedItem, Request } from './letter.ts'
import { resealSessions } from './session.actions.ts'
import { openThread, sealThread } from './thread-seal.ts'
import { addEvent, changeThread, heldFromThread } from './thread.store.ts'
import type { ThreadRefusal } from './thread.ts'
import { type Taken, takenFrom } from './take.rules.ts'

/** Nothing was ticked, so there is nothing to agree to. */
export interface NothingTicked {
  readonly refused: 'nothing-ticked'
}

/**
 * *Taken into our record, with agreement*: only the items ticked go into a case of our own, and from now on they are our
 * record, under our rules. `items` are places in the list of the newest request.
 */
export async function takeIntoRecord(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  items: readonly number[],
): Promise<{ readonly caseId: string } | NothingTicked | ThreadRefusal> {
  const held = await hold(db, actor, at, 'take')
  if ('refused' in held) return held
  const { row } = held
  if (row.caseId !== null) return { refused: 'not-now', state: row.state }
  const opened = await newestRequest(db, actor, row.id)
  if (opened === null) return { refused: 'no-longer-shared' }
  const request = Request.parse(opened.body)
  const ticked = request.items.filter((_item, index) => items.includes(index))
  if (ticked.length === 0) return { refused: 'nothing-ticked' }
  const taken = takenFrom(ticked)
  const { caseId, key } = await startCase(db, actor)
  await fill(db, actor, caseId, taken)
  const body = {
    serviceId: request.service.id,
    serviceName: request.service.name,
    who: taken.name,
    contacts: [request.answerTo],
    notes: '',
    keptWhy: openThread(actor, held.of, row)?.keptWhy ?? [],
    tries: openThread(actor, held.of, row)?.tries ?? [],
    ended: null,
  }
  await changeThread(
    db,
    { partyId: actor.partyId, id: row.id, version: row.version },
    {
      case_id: caseId,
      assignee_id: row.assigneeId ?? actor.accountId,
      ...sealThread(actor, key, row.id, body),
    },
  )
  await resealSessions(db, actor, row.id, null, key)
  await attachToCase(db, actor.partyId, row.id, caseId)
  // Whom the thread is held from must not find the case that grows out of it either.
  tryConflicts(db, actor, caseId, await heldFromThread(db, actor.partyId, row.id))
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: row.id,
    kind: 'taken',
    actor_id: actor.accountId,
    envelope_id: opened.envelopeId,
  })
  await record(db, actor, {
    kind: 'envelope.taken',
    of: key,
    detail: {
      thread: row.id,
      envelope: opened.envelopeId,
      items: ticked.map(nameOf),
      withAgreement: true,
    },
  })
  return { caseId }
}

/** Opens the newest request that arrived in a thread; null once it is no longer shared. */
export async function newestRequest(db: Tx, actor: Actor, threadId: string): Promise<Opened | null> {
  const all = await envelopesOfThread(db, actor.partyId, threadId)
  const last = all.findLast((one) => one.way === 'in' && one.kind === 'request')
  if (last === undefined) return null
  const opened = await openIncoming(db, actor, last.id)
  return 'refused' in opened ? null : opened
}

async function fill(db: Tx, actor: Actor, caseId: string, taken: Taken): Promise<void> {
  const today = Temporal.Now.plainDateISO().toString()
  const { name, pronoun } = taken
  await saveCard(
    db,
    actor,
    { caseId, id: null, version: 0 },
    {
      name,
      pronoun,
      sayAloud: [...taken.sayAloud],
      role: 'survivor',
      roleSource: 'referrer',
      roleSince: today,
      note: '',
    },
    today,
  )
  const first = { caseId, version: 0 }
  if (taken.contact !== null) await saveContact(db, actor, first, taken.contact)
  if (taken.needs.length > 0) await saveNeeds(db, actor, first, taken.needs)
  if (Object.keys(taken.answers).length > 0) await saveSituation(db, actor, first, taken.answers)
  for (const words of taken.notes) await addNote(db, actor, caseId, words)
}

function nameOf(item: ReleasedItem): string {
  return item.ref === null ? item.kind : `${item.kind}:${item.ref}`
}
