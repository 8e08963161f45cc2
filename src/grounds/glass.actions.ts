import { type CaseFile, openForWork, personNamed, readFile } from '#people'
import { type Actor, isId, mayDo, openWrap, unwrapForMember, wrapForMembers } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { databaseNow } from '#releases'

import { type Glass, glassSettings } from './glass.ts'
import { caseIdIn, glassReviewed } from './glass.rules.ts'
import { countTry, liveGlass, mayBreakGlass } from './glass.store.ts'
import { beginGround, endGlass, stepGround } from './ground.actions.ts'
import type { GroundAt, GroundRefusal } from './ground.ts'
import { groundOf, writeGround } from './ground.store.ts'
import type { Saying, Told } from './told.ts'

/** What somebody types who breaks the glass. */
export interface GlassGiven {
  /** The case's number, a link to it, or the whole name of the person. */
  readonly whom: string
  readonly reason: string
  readonly told: Saying<Told>
}

/**
 * Opens an open case for somebody without casework, until the database's clock says that it is over. A case that is missing,
 * closed, another party's or kept from them is one refusal by the same work, and each is a line in the ledger; what was typed
 * stands in none of them.
 */
export async function breakGlass(
  db: Tx,
  actor: Actor,
  given: GlassGiven,
): Promise<{ readonly id: string } | GroundRefusal> {
  const tries = await countTry(db, actor.partyId, actor.accountId)
  if (tries > glassSettings.triesAnHour) return refuse(db, actor, 'glass-4')
  const caseId = caseIdIn(given.whom) ?? (await personNamed(db, actor, given.whom))
  if (!(await mayBreakGlass(db, caseId)) || caseId === null) return refuse(db, actor, 'glass-1')
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return refuse(db, actor, 'glass-1')
  const { key } = opened
  const live = await liveGlass(db, actor, { caseId })
  // A clock that runs is not wound up again.
  if (live !== null) return { id: live.id }
  const now = await databaseNow(db)
  const endsAt = new Date(now.getTime() + glassSettings.hours * 3_600_000)
  const done = { by: actor.displayName, at: now.toISOString() }
  const body: Glass = {
    kind: 'glass',
    reason: given.reason,
    hours: glassSettings.hours,
    opened: done,
    told: { ...given.told, ...done },
    closed: null,
    review: null,
  }
  const { id } = await beginGround(db, actor, key, body)
  const ground = await groundOf(db, key, id, true)
  if (ground === null) throw new Error('A ground is gone in the transaction that began it.')
  await writeGround(db, key, ground, { body, endsAt })
  await unwrapForMember(db, key, actor.accountId)
  await wrapForMembers(db, actor, key, [actor.accountId], endsAt)
  return { id }
}

async function refuse(db: Tx, actor: Actor, rule: string): Promise<GroundRefusal> {
  await record(db, actor, { kind: 'ground.refused', detail: { what: 'glass', rules: [rule] } })
  return { refused: 'rule', rule }
}

/** What somebody reads of a case behind the glass. */
export interface GlassLook {
  readonly file: CaseFile
  readonly endsAt: Date
}

/** Reads a case by the opener's own wrap alone; null from the moment it ended, or the case closed, or it is kept from them. */
export async function lookThroughGlass(db: Tx, actor: Actor, id: string): Promise<GlassLook | null> {
  const live = isId(id) ? await liveGlass(db, actor, { id }) : null
  const may = await mayBreakGlass(db, live?.wrap.case_id ?? null)
  if (!may || live === null) return null
  const opened = await openForWork(db, actor, live.wrap.case_id, 'reading')
  if (opened === null) return null
  const key = openWrap(actor, live.wrap)
  const ground = await groundOf(db, key, id)
  if (ground?.body.kind !== 'glass' || ground.body.review !== null) return null
  const file = await readFile(db, { row: opened.row, key })
  await record(db, actor, { kind: 'case.read', of: key, detail: { case: key.caseId, ground: id } })
  return { file, endsAt: live.endsAt }
}

/**
 * The opener is finished: from this moment their key is gone and the clock is over, and the lead still looks at it. False where
 * there is no opening of theirs that runs: it ended, the case closed, or it is kept from them.
 */
export async function finishGlass(db: Tx, actor: Actor, id: string): Promise<boolean> {
  const live = isId(id) ? await liveGlass(db, actor, { id }) : null
  const opened = live === null ? null : await openForWork(db, actor, live.wrap.case_id, 'changing')
  if (opened === null) return false
  const { key } = opened
  const ground = await groundOf(db, key, id, true)
  const done = ground !== null && (await endGlass(db, actor, key, ground))
  if (done) await unwrapForMember(db, key, actor.accountId)
  return done
}

/** A lead looks at an opening: was it right, what follows? Before its end, it is over from this moment. */
export async function reviewGlass(
  db: Tx,
  actor: Actor,
  at: GroundAt,
  said: { readonly right: 'yes' | 'no'; readonly words: string },
): Promise<GroundRefusal | null> {
  const leads = mayDo(actor.roles, 'case:lead') || mayDo(actor.roles, 'privacy:lead')
  const done = await stepGround(db, actor, at, (ground, desk) => {
    if (ground.body.kind !== 'glass') return { refused: 'missing' }
    const by = { accountId: actor.accountId, leads }
    const after = glassReviewed(ground, ground.body, by, { ...said, ...desk.done })
    if ('refused' in after) return after
    return { body: after, what: 'glass-reviewed', confirmedBy: actor.accountId }
  })
  if ('refused' in done) return done
  await unwrapForMember(db, done.desk.key, done.ground.madeBy)
  return null
}
