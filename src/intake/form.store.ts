import { sql } from 'kysely'
import { z } from 'zod'

import { type Actor, openParty, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'

import { FormBody, type FormVersion, type StoredForm } from './form.ts'

/** Which forms, and which part of the list. */
export interface FormsAsked {
  /** Only what can be filled in: published, and not retired. */
  readonly fillable?: boolean
  readonly limit: number
  readonly offset: number
}

/** Forms of the agency, those in use first, what was changed last first; with how many there are. */
export async function formsOf(
  db: Tx,
  actor: Actor,
  asked: FormsAsked,
): Promise<{ readonly forms: readonly StoredForm[]; readonly total: number }> {
  const query = () => {
    const own = db.selectFrom('intake.form').where('party_id', '=', actor.partyId)
    return asked.fillable === true ? own.where('state', '=', 'in-use').where('version', '>', 0) : own
  }
  const rows = await query()
    .select(formColumns)
    .orderBy('state')
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(asked.limit)
    .offset(asked.offset)
    .execute()
  const { total } = await query()
    .select(sql<number>`count(*)::integer`.as('total'))
    .executeTakeFirstOrThrow()
  return { forms: rows.map((row) => formFrom(actor, row)), total }
}

/** One form; null when there is none of this agency. `hold` keeps it for a change. */
export async function formById(db: Tx, actor: Actor, id: string, hold = false): Promise<StoredForm | null> {
  if (!z.guid().safeParse(id).success) return null
  const query = db
    .selectFrom('intake.form')
    .select(formColumns)
    .where('party_id', '=', actor.partyId)
    .where('id', '=', id)
  const row = await (hold ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? null : formFrom(actor, row)
}

/** Puts a new form's draft there. */
export async function insertForm(db: Tx, actor: Actor, id: string, body: FormBody): Promise<void> {
  await db
    .insertInto('intake.form')
    .values({
      party_id: actor.partyId,
      id,
      key_version: actor.keys.party.version,
      updated_by: actor.accountId,
      body: sealed(actor, 'intake.form', id, body),
    })
    .execute()
}

/** Writes a draft over the one that was read; false when somebody else was first. */
export async function writeDraft(
  db: Tx,
  actor: Actor,
  at: { readonly id: string; readonly edit: number },
  body: FormBody,
): Promise<boolean> {
  const done = await db
    .updateTable('intake.form')
    .set({
      edit: at.edit + 1,
      key_version: actor.keys.party.version,
      updated_at: sql<Date>`clock_timestamp()`,
      updated_by: actor.accountId,
      body: sealed(actor, 'intake.form', at.id, body),
    })
    .where('party_id', '=', actor.partyId)
    .where('id', '=', at.id)
    .where('edit', '=', at.edit)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Takes a form out of use or back into it. */
export async function writeState(
  db: Tx,
  actor: Actor,
  id: string,
  state: StoredForm['state'],
): Promise<void> {
  await db
    .updateTable('intake.form')
    .set({ state, updated_at: sql<Date>`clock_timestamp()`, updated_by: actor.accountId })
    .where('party_id', '=', actor.partyId)
    .where('id', '=', id)
    .execute()
}

/** Writes the held form's draft down as its next version. */
export async function insertVersion(db: Tx, actor: Actor, form: StoredForm): Promise<number> {
  const version = form.version + 1
  await db
    .insertInto('intake.form_version')
    .values({
      party_id: actor.partyId,
      form_id: form.id,
      version,
      key_version: actor.keys.party.version,
      published_by: actor.accountId,
      body: sealed(actor, 'intake.form_version', `${form.id}/${version}`, form.body),
    })
    .execute()
  await db
    .updateTable('intake.form')
    .set({ version, published_edit: form.edit, updated_at: sql<Date>`clock_timestamp()` })
    .where('party_id', '=', actor.partyId)
    .where('id', '=', form.id)
    .execute()
  return version
}

/** A published version with its questions; null when there is none of this agency. */
export async function versionOf(
  db: Tx,
  actor: Actor,
  formId: string,
  version: number,
): Promise<FormVersion | null> {
  if (!z.guid().safeParse(formId).success || !Number.isInteger(version) || version > 1e9) return null
  const row = await db
    .selectFrom('intake.form_version')
    .select(['key_version', 'published_at', 'published_by', 'body'])
    .where('party_id', '=', actor.partyId)
    .where('form_id', '=', formId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (row === undefined) return null
  const cell = openParty(
    actor,
    row.key_version,
    'intake.form_version',
    'body',
    `${formId}/${version}`,
    row.body,
  )
  return {
    formId,
    version,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    body: FormBody.parse(cell),
  }
}

/** When each version of a form was published and by whom, newest first. */
export async function versionsOf(
  db: Tx,
  actor: Actor,
  formId: string,
): Promise<readonly Pick<FormVersion, 'version' | 'publishedAt' | 'publishedBy'>[]> {
  const rows = await db
    .selectFrom('intake.form_version')
    .select(['version', 'published_at', 'published_by'])
    .where('party_id', '=', actor.partyId)
    .where('form_id', '=', formId)
    .orderBy('version', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    version: row.version,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
  }))
}

const formColumns = [
  'id',
  'state',
  'version',
  'edit',
  'published_edit',
  'key_version',
  'updated_at',
  'body',
] as const

interface FormRow {
  readonly id: string
  readonly state: string
  readonly version: number
  readonly edit: number
  readonly published_edit: number
  readonly key_version: number
  readonly updated_at: Date
  readonly body: Uint8Array
}

function formFrom(actor: Actor, row: FormRow): StoredForm {
  return {
    id: row.id,
    state: row.state === 'retired' ? 'retired' : 'in-use',
    version: row.version,
    edit: row.edit,
    changed: row.edit !== row.published_edit,
    updatedAt: row.updated_at,
    body: FormBody.parse(openParty(actor, row.key_version, 'intake.form', 'body', row.id, row.body)),
  }
}

function sealed(actor: Actor, table: string, row: string, body: FormBody): Uint8Array {
  return sealParty(actor, table, 'body', row, FormBody.parse(body))
}
