import { organizationOfParty } from '#directory'
import { menuFor } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { ThreadFile } from './file.actions.ts'
import { pictureOf } from './file.actions.ts'
import type { NextDoor } from './letter.ts'

/** In place of a service: nobody is known. */
export const nowhere = 'nowhere'

/** The door that was chosen, or in the worker's own words who could know; empty where neither was said. */
export function doorsOf(
  doors: readonly NextDoor[],
  said: { readonly next: string; readonly who: string },
): NextDoor[] {
  if (said.next !== nowhere) return doors.filter((door) => door.serviceId === said.next)
  return said.who === '' ? [] : [{ serviceId: '', name: said.who, phone: '' }]
}

/**
 * Services that would take what is known of the person: whoever takes, then whoever may be asked, the actor's own agency and
 * the service that says no left out, and whoever asked last: they know their own. Empty only where the directory has nobody else.
 */
export async function nextDoorsFor(
  db: Tx,
  actor: Actor,
  file: ThreadFile,
  limit = 4,
): Promise<readonly NextDoor[]> {
  const own = await organizationOfParty(db, actor.partyId)
  const { facets, needs } = pictureOf(file.first?.letter ?? null)
  const menu = await menuFor(db, {
    situation: facets,
    pack: actor.pack,
    ...(needs.length > 0 ? { need: needs } : {}),
  })
  const asking = await organizationOfParty(db, file.thread.otherParty)
  const offered = [...menu.takes, ...menu.asks, ...menu.nextSteps, ...menu.depends]
  const theirs = (each: (typeof offered)[number]) => each.service.organizationId === asking?.id
  const found = new Map<string, NextDoor>()
  for (const { service } of [...offered.filter((each) => !theirs(each)), ...offered.filter(theirs)]) {
    if (service.organizationId === own?.id || found.size >= limit) continue
    const name = `${service.name}, ${service.organizationName}`.slice(0, 200)
    found.set(service.id, { serviceId: service.id, name, phone: service.phones[0]?.number ?? '' })
  }
  return [...found.values()]
}
