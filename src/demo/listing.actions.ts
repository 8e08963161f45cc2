import { importDirectory, linkParty, listOrganizations, PlaceForm, serviceByCode, setPlace } from '#directory'

import type { MakingParts } from './make.ts'
import type { Founded, Hand } from './staff.actions.ts'

/** Read only when they are needed: a later start does not wait for them. */
const files = () => [
  import('./northmere.hsds.json', { with: { type: 'json' } }),
  import('./us-county.hsds.json', { with: { type: 'json' } }),
]

/** Brings the invented services into the directory, as `anydoor import` does; the newest word on room and wait is today's. */
export async function importListings(at: MakingParts): Promise<void> {
  for (const file of files()) {
    const text = JSON.stringify((await file).default)
    const newestOn = new Date(at.now.epochMilliseconds)
    const done = await at.owner.transaction().execute((db) => importDirectory(db, text, { newestOn }))
    if ('refused' in done) throw new Error(`The demo's directory: ${done.message}`)
  }
}

/** Says which organisations of the directory are the agencies with keys. */
export async function linkAgencies(at: MakingParts, founded: readonly Founded[]): Promise<void> {
  await at.owner.transaction().execute(async (db) => {
    const listed = new Map(
      (await listOrganizations(db)).map((each) => [each.sourceId.toLowerCase(), each.id]),
    )
    for (const { agency, partyId } of founded) {
      if (agency.organization === null) continue
      const id = listed.get(agency.organization.toLowerCase())
      if (id === undefined) throw new Error(`${agency.id} is not in the directory.`)
      await linkParty(db, id, partyId)
    }
  })
}

/** An editor says where one of the entries of their agency can be visited, and when: the file that it came with does not. */
export async function addDropIn(hands: ReadonlyMap<string, Hand>): Promise<void> {
  const hand = hands.get('hannah')
  if (hand === undefined) return
  const form = PlaceForm.parse({
    name: 'Northmere Library',
    kind: 'physical',
    line1: '12 Library Parade',
    town: 'Northmere',
    postcode: 'ZZ99 7QT',
    region: 'Northmere',
    description: 'The small room behind the desk. Nobody asks why you come.',
    why: 'The library gives us a room.',
  })
  const done = await hand.act(async (db, actor) => {
    const serviceId = (await serviceByCode(db, 'N11'))?.id ?? ''
    const times = [{ what: 'open' as const, weekday: 2, opens: '10:00', closes: '12:00', note: null }]
    return setPlace(db, actor, { serviceId, placeId: null }, form, { times })
  })
  if (!('done' in done)) throw new Error("The demo's drop-in could not be added.")
}
