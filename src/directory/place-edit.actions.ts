import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing, keepChanges } from './change.actions.ts'
import { snapshots } from './change.store.ts'
import { addressCleaner } from './confidential.rules.ts'
import type { EditorRefusal } from './editor.ts'
import { looksAfter } from './editor.store.ts'
import { refreshDerived } from './matching.store.ts'
import type { EditedPlace, PlaceForm, PlaceWeek, PlaceWrong } from './place-edit.ts'
import { askedOf, leadsTo, mayHide, mayTakeAway, placeWrong, weekWrong } from './place-edit.rules.ts'
import { changedToday, editedPlaces, leavePlace, writePlace, writeRegion } from './place-edit.store.ts'
import {
  cleanedRows,
  cleanHeld,
  entriesAt,
  hideForGood,
  placeToHide,
  rowsOfPlace,
  writeCleaned,
} from './place-private.store.ts'
import { serviceById } from './service.store.ts'
import { writeTimesAt } from './times.store.ts'
import type { ServiceDetail } from './service.ts'

interface Done {
  readonly done: true
}

/** Which place of which entry; null: a new one. */
interface PlaceAt {
  readonly serviceId: string
  readonly placeId: string | null
}

/**
 * Adds a place, changes it everywhere it is listed, or takes the entry away from it. An entry that keeps a place private takes no
 * address, and what another agency's entry shares is not changed here.
 */
export async function setPlace(
  db: Tx,
  actor: Actor,
  at: PlaceAt,
  form: PlaceForm,
  week: PlaceWeek,
): Promise<Done | EditorRefusal | { readonly wrong: PlaceWrong }> {
  const found = await placeAt(db, actor, at)
  if (found === null) return { refused: 'missing' }
  const { service, place } = found
  if (form.act === 'remove') return takeAway(db, actor, found, form.why)
  const asked = askedOf(service, place)
  if (asked === null || asked === 'nothing') return { refused: 'missing' }
  const wrong = {
    ...placeWrong(form, service.pack, asked, place),
    ...(asked === 'whole' ? weekWrong(week, form.kind) : {}),
  }
  if (Object.keys(wrong).length > 0) return { wrong }
  const services = [service.id, ...(place?.also ?? []).map((each) => each.id)]
  await changing(db, actor, { services, what: 'place', why: form.why }, async () => {
    if (asked === 'region') await writeRegion(db, at, form.region)
    else {
      const placeId = await writePlace(db, at, form, service.pack)
      await writeTimesAt(db, service.id, placeId, 'times' in week ? week.times : [])
    }
    await changedToday(db, services)
    await refreshDerived(db, services)
  })
  await record(db, actor, { kind: 'directory.changed', detail: { services, what: 'place' } })
  return { done: true }
}

/**
 * Keeps a place private from now on: its address goes at once from every row that has it and from the words of the entries there and of
 * their organisation. Nobody takes this back here.
 */
export async function hidePlace(
  db: Tx,
  actor: Actor,
  at: { readonly serviceId: string; readonly placeId: string },
  why: string,
): Promise<Done | EditorRefusal> {
  const found = await placeAt(db, actor, at)
  const place = await placeToHide(db, at.placeId)
  if (found === null || found.place === null || place === null || !mayHide(found.service, found.place))
    return { refused: 'missing' }
  const ids = await rowsOfPlace(db, actor.partyId, at.placeId, place)
  const there = await entriesAt(db, actor.partyId, ids)
  const clean = addressCleaner(leadsTo(place, found.service), false)
  const about = { services: there.map((each) => each.id), organizationId: place.organizationId }
  const cleaned = await cleanedRows(db, about, clean)
  const touched = [
    ...new Set([
      ...about.services,
      ...cleaned.flatMap((each) => (each.service === null ? [] : [each.service])),
    ]),
  ]
  // Before anything is compared: a history must not keep what is taken out here.
  await writeCleaned(db, cleaned)
  await cleanHeld(db, { ...about, placeIds: ids }, clean)
  const others = there.filter((each) => !each.own).map((each) => each.id)
  const before = await snapshots(db, others)
  const services = touched.filter((id) => !others.includes(id))
  await changing(db, actor, { services, what: 'place-private', why: clean(why) }, async () => {
    await hideForGood(db, ids)
    await changedToday(db, touched)
    await refreshDerived(db, touched)
  })
  await keepChanges(db, actor, { services: others, what: 'place-private' }, before)
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { services: touched, what: 'place-private' },
  })
  return { done: true }
}

interface Found {
  readonly service: ServiceDetail
  readonly place: EditedPlace | null
}

async function takeAway(
  db: Tx,
  actor: Actor,
  { service, place }: Found,
  why: string,
): Promise<Done | EditorRefusal> {
  if (place === null || !mayTakeAway(service, place)) return { refused: 'missing' }
  await changing(db, actor, { services: [service.id], what: 'place', why }, async () => {
    await leavePlace(db, service.id, place.id)
    await changedToday(db, [service.id])
    await refreshDerived(db, [service.id])
  })
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { service: service.id, what: 'place-removed' },
  })
  return { done: true }
}

async function placeAt(db: Tx, actor: Actor, { serviceId, placeId }: PlaceAt): Promise<Found | null> {
  const service = await serviceById(db, serviceId)
  if (service === null || !(await looksAfter(db, actor.partyId, serviceId))) return null
  if (placeId === null) return { service, place: null }
  const place = (await editedPlaces(db, serviceId, actor.partyId)).find((each) => each.id === placeId)
  return place === undefined ? null : { service, place }
}
