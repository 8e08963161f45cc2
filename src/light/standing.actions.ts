import { envelopesOfThread } from '#envelopes'
import { officeOf } from '#parties'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Thread } from '#referrals'

import type { Link } from './link.ts'
import { newestLink } from './link.store.ts'
import { type Standing, standingFor } from './standing.rules.ts'

/** The office of a thread, and its newest link as its sender may know it; null where there is neither. */
export async function linkStanding(
  db: Tx,
  actor: Actor,
  thread: Thread,
): Promise<{
  readonly office: Awaited<ReturnType<typeof officeOf>>
  readonly link: Link | null
  readonly standing: Standing | null
} | null> {
  const office = await officeOf(db, actor, { officeId: thread.otherParty })
  const link = await newestLink(db, actor.partyId, thread.id)
  if (office === null && link === null) return null
  if (link === null) return { office, link, standing: null }
  const { openedAt } = link
  const pieces = openedAt === null ? [] : await envelopesOfThread(db, actor.partyId, thread.id)
  const heard = pieces.some((one) => one.way === 'in' && openedAt !== null && one.at >= openedAt)
  const around = { thread, heard, joined: office === null, now: new Date() }
  return { office, link, standing: standingFor(link, around) }
}
