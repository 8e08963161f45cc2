import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { changing } from './change.actions.ts'
import { changingOrganizations } from './organization-change.actions.ts'
import type { EditorRefusal } from './editor.ts'
import { organizationOfParty } from './organization.store.ts'
import type { ConfirmationForm, TrainingForm } from './training.ts'
import { confirmTraining, dayStands, removeTraining, servicesOf } from './training.store.ts'
import { takeBackTraining, trainingLines, writeTraining } from './training.store.ts'

interface Done {
  readonly done: true
}

/** An organisation says of itself until when its workers are trained about abuse, or that it no longer says so. */
export async function setTraining(db: Tx, actor: Actor, form: TrainingForm): Promise<Done | EditorRefusal> {
  const own = await organizationOfParty(db, actor.partyId)
  if (own === null) return { refused: 'no-entry' }
  if (form.act === 'unsay') return keep(db, actor, { of: own.id, ...form }, () => removeTraining(db, own.id))
  const wrong = await dayStands(db, form.until)
  if (wrong !== null) return { refused: wrong }
  return keep(db, actor, { of: own.id, ...form }, () => writeTraining(db, own.id, form.until))
}

/** Another organisation confirms it, or takes that back. Nobody confirms their own. */
export async function setConfirmation(
  db: Tx,
  actor: Actor,
  organizationId: string,
  form: ConfirmationForm,
): Promise<Done | EditorRefusal> {
  const line = (await trainingLines(db, actor.pack)).find((each) => each.organizationId === organizationId)
  if (line === undefined) return { refused: 'missing' }
  const by = await organizationOfParty(db, actor.partyId)
  if (by === null) return { refused: 'no-entry' }
  if (by.id === organizationId) return { refused: 'own' }
  const { until } = form
  const work = () =>
    form.act === 'confirm'
      ? confirmTraining(db, organizationId, { by: by.id, until })
      : takeBackTraining(db, organizationId, by.id)
  let stood = false
  const write = async () => {
    stood = await work()
  }
  const done = await keep(db, actor, { of: organizationId, by: by.id, ...form }, write, () => stood)
  return stood ? done : { refused: 'moved' }
}

async function keep(
  db: Tx,
  actor: Actor,
  detail: Readonly<Record<string, string>> & { readonly of: string },
  write: () => Promise<void>,
  stands: () => boolean = () => true,
): Promise<Done> {
  const services = await servicesOf(db, detail.of)
  // Why: the ledger says that it was, not what somebody typed beside it.
  const { why = '', ...told } = detail
  await changingOrganizations(db, actor, { organizations: [detail.of], what: 'training', why }, () =>
    changing(db, actor, { services, what: 'training', why }, write),
  )
  if (stands()) await record(db, actor, { kind: 'directory.changed', detail: { what: 'training', ...told } })
  return { done: true }
}
