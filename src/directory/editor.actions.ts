import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing, keepChanges } from './change.actions.ts'
import { idsOfSources, snapshots } from './change.store.ts'
import type { ClauseAct } from './clause-form.ts'
import type { CapacityForm, EditorRefusal, HeldForm } from './editor.ts'
import {
  decideRecord,
  heldRecord,
  looksAfter,
  openServices,
  removeThreshold,
  writeAfterNeeds,
  writeCapacity,
  writeThreshold,
} from './editor.store.ts'
import { asDecided, completed, type Kept } from './held.rules.ts'
import { dropEmptyPlaces } from './import-place.store.ts'
import { storeServices } from './import-service.store.ts'
import { storeOrganizations } from './import.store.ts'
import { refreshDerived } from './matching.store.ts'
import { serviceById } from './service.store.ts'
import { carriesAddress } from './suggestion.rules.ts'
import { forbiddenIn } from './threshold.rules.ts'

interface Done {
  readonly done: true
}

/** Says how much room there is now, and how long the wait. */
export async function setCapacity(
  db: Tx,
  actor: Actor,
  serviceId: string,
  form: CapacityForm,
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, serviceId)
  if (service === null || !(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  if (carriesAddress(form.note, service)) return { refused: 'address' }
  await changing(db, actor, { services: [serviceId], what: 'capacity', why: form.why }, async () => {
    await writeCapacity(db, serviceId, form)
    await refreshDerived(db, [serviceId])
  })
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { service: serviceId, what: 'capacity', ...form },
  })
  return { done: true }
}

/** Changes, adds or takes away one clause of who a service is for. */
export async function setClause(
  db: Tx,
  actor: Actor,
  at: { readonly serviceId: string; readonly position: number | 'new' },
  change: ClauseAct,
): Promise<Done | EditorRefusal> {
  const service = await serviceById(db, at.serviceId)
  if (service === null || !(await looksAfter(db, actor.partyId, service.id))) return { refused: 'missing' }
  const before = service.thresholds.find((each) => each.position === at.position)
  if (at.position !== 'new' && before === undefined) return { refused: 'missing' }
  if (change.act === 'save' && carriesAddress(`${change.sentence}\n${change.source}`, service))
    return { refused: 'address' }
  await changing(db, actor, { services: [service.id], what: 'clause', why: change.why }, async () => {
    if (change.act === 'remove') {
      if (at.position !== 'new') await removeThreshold(db, service.id, at.position)
    } else {
      const closed = forbiddenIn(change.condition, service.sector, service.pack)
      await writeThreshold(db, service.id, at.position, {
        condition: change.condition,
        sentence: change.sentence,
        source: change.source === '' ? actor.agencyName : change.source,
        owner: change.owner === '' ? service.organizationName : change.owner,
        reviewedOn: change.reviewedOn,
        soft: change.soft,
        forbiddenRule: closed.rule,
        forbiddenFacets: closed.facets,
      })
    }
    await refreshDerived(db, [service.id])
  })
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { service: service.id, what: 'clause', before: before ?? null, change },
  })
  return { done: true }
}

/** Says what must come first: needs that the service waits for, where they arise. */
export async function setFirst(
  db: Tx,
  actor: Actor,
  serviceId: string,
  { first, why }: { readonly first: readonly string[]; readonly why: string },
): Promise<Done | EditorRefusal> {
  if (!(await looksAfter(db, actor.partyId, serviceId))) return { refused: 'missing' }
  await changing(db, actor, { services: [serviceId], what: 'first', why }, async () => {
    await writeAfterNeeds(db, serviceId, first)
    await refreshDerived(db, [serviceId])
  })
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { service: serviceId, what: 'first', first, why },
  })
  return { done: true }
}

/**
 * Decides about a held record: listed without its place, listed as not confidential, or not listed. What it lacks, its name or
 * that of who offers it, is said with the decision.
 */
export async function decideHeld(
  db: Tx,
  actor: Actor,
  heldId: string,
  { decision, ...said }: HeldForm,
): Promise<Done | EditorRefusal> {
  const held = await heldRecord(db, heldId)
  if (held === null) return { refused: 'already-decided' }
  const kept = completed(held.record, said)
  if (decision !== 'refuse' && kept === null) return { refused: 'unnamed' }
  const runId = await decideRecord(db, held.id, decision === 'refuse' ? 'refused' : 'accepted')
  if (runId === null) return { refused: 'already-decided' }
  if (decision !== 'refuse' && kept !== null) await list(db, actor, runId, kept, decision === 'confidential')
  await record(db, actor, {
    kind: 'directory.changed',
    detail: { what: 'held-record', sourceId: held.sourceId, decision },
  })
  return { done: true }
}

async function list(
  db: Tx,
  actor: Actor,
  runId: string,
  { service, organization }: Kept,
  confidential: boolean,
): Promise<void> {
  await storeOrganizations(
    db,
    runId,
    [organization, service?.organization ?? null].filter((each) => each !== null),
  )
  if (service === null) return
  const before = await snapshots(db, await idsOfSources(db, [service.sourceId]))
  const stored = await storeServices(db, runId, [asDecided(service, confidential)])
  const ids = [...stored.ids.values()]
  await dropEmptyPlaces(db)
  if (!confidential) await openServices(db, ids)
  await refreshDerived(db, ids)
  await keepChanges(db, actor, { services: ids, what: 'held' }, before)
}
