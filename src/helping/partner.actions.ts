import { groundOf } from '#envelopes'
import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { type HelperLine, listReceived, openThreadFile, threadsOfFile } from '#referrals'
import { databaseNow, releaseOf, standingOf, type StoredRelease } from '#releases'

/** An agency that this case has a referral with. */
export interface Partner {
  readonly partyId: string
  readonly agency: string
  readonly threadId: string
  /** It has said yes: it helps already. */
  readonly helps: boolean
  /** The permission in force that its referral rests on; null: there is none, so nothing new can be shown to it. */
  readonly release: StoredRelease | null
  /** Where the person is asked anew what it may see. */
  readonly askAgain: string | null
}

/** What another agency passed on of who helps. */
export interface Passed {
  readonly agency: string
  readonly lines: readonly HelperLine[]
}

const helping: readonly string[] = ['accepted', 'started', 'met', 'unreached']
const over: readonly string[] = ['declined', 'ended', 'withdrawn']

/** Every agency with a referral in this case that is not over, each once by its newest one. */
export async function partnersOf(db: Tx, actor: Actor, file: CaseFile): Promise<readonly Partner[]> {
  const now = await databaseNow(db)
  const found = new Map<string, Partner>()
  for (const line of await threadsOfFile(db, actor, file)) {
    if (line.kind !== 'referral' || over.includes(line.state) || found.has(line.otherParty)) continue
    const ground = line.side === 'from' ? await groundOf(db, actor.partyId, line.id) : null
    const held = ground?.releaseId ? await releaseOf(db, file.key, ground.releaseId) : null
    const release = held !== null && standingOf(held, now) === 'active' ? held : null
    found.set(line.otherParty, {
      partyId: line.otherParty,
      agency: line.otherName,
      threadId: line.id,
      helps: helping.includes(line.state),
      release,
      askAgain: release === null ? null : askAgain(file.caseId, release),
    })
  }
  return [...found.values()]
}

/** What agencies that sent somebody to us let us see of who else helps, as far as it may still be read. */
export async function passedOn(db: Tx, actor: Actor, file: CaseFile): Promise<readonly Passed[]> {
  const passed: Passed[] = []
  for (const line of await threadsOfFile(db, actor, file)) {
    if (line.side !== 'to' || line.kind !== 'referral') continue
    const thread = await openThreadFile(db, actor, line.id)
    const list = thread?.shared === true ? listReceived(thread.pieces) : null
    if (list !== null) passed.push({ agency: line.otherName, lines: list.lines })
  }
  return passed
}

function askAgain(caseId: string, release: StoredRelease): string {
  const service = encodeURIComponent(release.kept.service.id ?? '')
  return `/cases/${caseId}/referrals/new?service=${service}&renew=${release.id}`
}
