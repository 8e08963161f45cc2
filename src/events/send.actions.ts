import type { Installation } from '#platform/crypto'
import type { Pools } from '#platform/db'

import { cloudEventOf } from './cloud-event.rules.ts'
import { openEndpoint, secretsNow } from './endpoint.ts'
import type { EventRow } from './event.ts'
import { type Outcome, postEvent } from './post.ts'
import { type Allowed, receiverAddress } from './receiver-address.rules.ts'
import { waitAfter } from './retry.rules.ts'
import {
  type Claimed,
  claimReceiver,
  nextEvent,
  noteAnswer,
  prepareEvents,
  releaseReceiver,
} from './sending.store.ts'

/** What sending needs: no key of any agency. */
export interface Sender extends Allowed {
  readonly pools: Pools
  readonly installation: Pick<Installation, 'mail'>
}

const atOnce = 4
const mostEach = 100
const failuresInARow = 3
const longestMs = 40_000

/** The job: numbers what is new and sends what is due, each receiver's in its own turn, so that a slow one holds up nobody else. How many were taken in. */
export async function sendEvents(at: Sender): Promise<number> {
  await prepareEvents(at.pools)
  const until = Date.now() + longestMs
  const turns = await Promise.all(Array.from({ length: atOnce }, () => turn(at, until)))
  return turns.reduce((sum, taken) => sum + taken, 0)
}

async function turn(at: Sender, until: number): Promise<number> {
  let taken = 0
  while (Date.now() < until) {
    const claimed = await claimReceiver(at.pools)
    if (claimed === null) break
    taken += await sendTo(at, claimed, until)
  }
  return taken
}

async function sendTo(at: Sender, claimed: Claimed, until: number): Promise<number> {
  let taken = 0
  let failures = 0
  for (let n = 0; n < mostEach && failures < failuresInARow && Date.now() < until; n += 1) {
    const event = await nextEvent(at.pools, claimed.lease)
    if (event === null) break
    const outcome = await tryOnce(at, claimed, event)
    const wait = outcome.taken ? 0 : waitAfter(event.tries + 1, outcome.asked)
    await noteAnswer(at.pools, claimed.lease, event.id, outcome, wait)
    taken += outcome.taken ? 1 : 0
    failures = outcome.taken ? 0 : failures + 1
  }
  // One that takes nothing keeps its lease until that runs out, and with it out of this minute's turns.
  if (failures < failuresInARow) await releaseReceiver(at.pools, claimed.lease)
  return taken
}

async function tryOnce(at: Sender, { partyId, endpoint }: Claimed, event: EventRow): Promise<Outcome> {
  const opened = openEndpoint(at.installation, partyId, endpoint)
  const address = opened === null ? null : receiverAddress(opened.url, at)
  if (opened === null || address === null || !address.ok)
    return { taken: false, status: null, trouble: 'not-allowed', asked: 0, gone: false }
  const body = JSON.stringify(cloudEventOf(partyId, event))
  return postEvent(address.url, at.reach, { id: event.id, body, secrets: secretsNow(opened, new Date()) })
}
