import { randomUUIDv7 } from 'node:crypto'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { problemsOf } from './check.rules.ts'
import type { FormBody, FormProblem, StoredForm } from './form.ts'
import { tooLarge } from './form.rules.ts'
import { formById, insertForm, insertVersion, writeDraft, writeState } from './form.store.ts'
import { formFrom } from './questionnaire-read.rules.ts'
import type { FileNote } from './questionnaire.ts'

export type FormRefusal =
  | { readonly refused: 'missing' }
  /** Somebody else changed the draft since it was read: nothing was written. */
  | { readonly refused: 'changed' }
  /** Rule form-size: no page could show more. */
  | { readonly refused: 'too-large' }

/** Begins a form: empty, or one of ours to change. */
export async function makeForm(db: Tx, actor: Actor, body: FormBody): Promise<{ readonly id: string }> {
  const id = randomUUIDv7()
  await insertForm(db, actor, id, body)
  await record(db, actor, { kind: 'form.changed', detail: { form: id, what: 'form-made' } })
  return { id }
}

/** Takes a Questionnaire in as a draft. Whoever brings it says that the agency may use it: others hold the rights to many. */
export async function bringForm(
  db: Tx,
  actor: Actor,
  json: unknown,
  today: string,
): Promise<
  { readonly id: string; readonly notes: readonly FileNote[] } | { readonly refused: readonly FormProblem[] }
> {
  const read = formFrom(json)
  if ('refused' in read) return read
  const licence = { by: actor.displayName, on: today }
  const { id } = await makeForm(db, actor, { ...read.body, licence })
  return { id, notes: read.notes }
}

/** Changes a draft. What is published stays as it is. */
export async function changeDraft(
  db: Tx,
  actor: Actor,
  at: { readonly id: string; readonly edit: number },
  change: (body: FormBody) => FormBody,
): Promise<{ readonly done: true } | FormRefusal> {
  const form = await formById(db, actor, at.id, true)
  if (form === null) return { refused: 'missing' }
  if (form.edit !== at.edit) return { refused: 'changed' }
  const body = change(form.body)
  if (tooLarge(body.items)) return { refused: 'too-large' }
  await writeDraft(db, actor, form, body)
  return { done: true }
}

/** Publishes the draft as the next version, or says everything that keeps it from that. */
export async function publishForm(
  db: Tx,
  actor: Actor,
  at: { readonly id: string; readonly edit: number },
): Promise<{ readonly version: number } | FormRefusal | { readonly problems: readonly FormProblem[] }> {
  const form = await formById(db, actor, at.id, true)
  if (form === null) return { refused: 'missing' }
  if (form.edit !== at.edit || !form.changed) return { refused: 'changed' }
  const problems = problemsOf(form.body)
  if (problems.length > 0) return { problems }
  const version = await insertVersion(db, actor, form)
  await record(db, actor, {
    kind: 'form.changed',
    detail: { form: form.id, version, what: 'form-published' },
  })
  return { version }
}

/** Takes a form out of use, or back into it. What was answered stays readable either way. */
export async function setFormState(
  db: Tx,
  actor: Actor,
  id: string,
  state: StoredForm['state'],
): Promise<{ readonly done: true } | { readonly refused: 'missing' }> {
  const form = await formById(db, actor, id, true)
  if (form === null) return { refused: 'missing' }
  if (form.state === state) return { done: true }
  await writeState(db, actor, id, state)
  const what = state === 'retired' ? 'form-retired' : 'form-restored'
  await record(db, actor, { kind: 'form.changed', detail: { form: id, what } })
  return { done: true }
}
