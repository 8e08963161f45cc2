import type { Actor } from '#platform/access'
import type { Installation } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { type Endpoint, openEndpoint, rotated, sealEndpoint } from './endpoint.ts'
import { sendAgain } from './event.store.ts'
import { type Allowed, receiverAddress, type ReceiverAddress } from './receiver-address.rules.ts'
import {
  holdReceiver,
  makeTest,
  putReceiver,
  type Receiver,
  receiverOf,
  resealReceiver,
  turnReceiver,
} from './receiver.store.ts'
import { newSecret } from './signature.ts'

/** A secret to show once; or why nothing changed. */
export type SecretMade = { readonly secret: string } | { readonly refused: Refused }
type Refused = Extract<ReceiverAddress, { ok: false }>['refused'] | 'changed-meanwhile' | 'none'

/** What a page knew when its form was drawn: the receiver's last change, or nothing where there was none. */
export function versionOf(receiver: Receiver | null): string {
  return receiver === null ? '' : String(receiver.changedAt.getTime())
}

/** Sends events to this address from now on. It gets a secret of its own; nothing that signed before signs any more. */
export async function setReceiver(
  db: Tx,
  actor: Actor,
  at: Allowed & { readonly installation: Pick<Installation, 'mail'> },
  typed: { readonly address: string; readonly version: string },
): Promise<SecretMade> {
  const address = receiverAddress(typed.address, at)
  if (!address.ok) return { refused: address.refused }
  await holdReceiver(db, actor.partyId)
  if (versionOf(await receiverOf(db, actor.partyId, true)) !== typed.version)
    return { refused: 'changed-meanwhile' }
  const secret = newSecret()
  const endpoint = { party: actor.partyId, url: address.url.href, secrets: [{ secret, until: null }] }
  await putReceiver(db, actor.partyId, sealEndpoint(at.installation, endpoint))
  await noteInLedger(db, actor, 'events-receiver')
  return { secret }
}

/** A new secret; the one before signs beside it for a day. */
export async function rotateSecret(
  db: Tx,
  actor: Actor,
  installation: Pick<Installation, 'mail'>,
  version: string,
): Promise<SecretMade> {
  const receiver = await receiverOf(db, actor.partyId, true)
  const endpoint = endpointIn(installation, actor, receiver)
  if (receiver === null || endpoint === null) return { refused: 'none' }
  if (versionOf(receiver) !== version) return { refused: 'changed-meanwhile' }
  const secret = newSecret()
  const next = rotated(endpoint, secret, new Date())
  await resealReceiver(db, actor.partyId, sealEndpoint(installation, next))
  await noteInLedger(db, actor, 'events-secret')
  return { secret }
}

/** Turns sending off, or on again; false where it stood so already. */
export async function turnEvents(db: Tx, actor: Actor, on: boolean): Promise<boolean> {
  const turned = await turnReceiver(db, actor.partyId, on)
  if (turned) await noteInLedger(db, actor, on ? 'events-on' : 'events-off')
  return turned
}

/** Sends a signed event that is about nobody; false where one waits or just went. */
export async function sendTest(db: Tx, actor: Actor): Promise<boolean> {
  const made = await makeTest(db)
  if (made) await noteInLedger(db, actor, 'events-test')
  return made
}

/** Sends one event once more; false where it waits already, or is not there. */
export async function sendOneAgain(db: Tx, actor: Actor, eventId: string): Promise<boolean> {
  const again = await sendAgain(db, actor.partyId, eventId)
  if (again) await noteInLedger(db, actor, 'events-again')
  return again
}

/** The address and secrets of a receiver, opened; null where there is none or it does not open here. */
export function endpointIn(
  installation: Pick<Installation, 'mail'>,
  actor: Pick<Actor, 'partyId'>,
  receiver: Receiver | null,
): Endpoint | null {
  return receiver === null ? null : openEndpoint(installation, actor.partyId, receiver.endpoint)
}

async function noteInLedger(db: Tx, actor: Actor, what: string): Promise<void> {
  await record(db, actor, { kind: 'events.changed', detail: { what } })
}
