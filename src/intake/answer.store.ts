import { sql } from 'kysely'
import { z } from 'zod'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { AnswersBody, type FilledForm } from './answer.ts'

/** Which part of the list; all of it without. */
export interface FilledAsked {
  readonly limit: number
  readonly offset: number
}

/** The forms filled in for a case, what was changed last first. */
export async function filledIn(
  db: Tx,
  key: CaseKey,
  asked: FilledAsked | null,
): Promise<readonly FilledForm[]> {
  const query = ofCase(db, key).orderBy('updated_at', 'desc').orderBy('id', 'desc')
  const rows = await (asked === null ? query : query.limit(asked.limit).offset(asked.offset)).execute()
  return rows.map((row) => filledFrom(key, row))
}

/** How many forms were filled in for a case. */
export async function countFilled(db: Tx, key: CaseKey): Promise<number> {
  const { total } = await db
    .selectFrom('intake.answer')
    .select(sql<number>`count(*)::integer`.as('total'))
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .executeTakeFirstOrThrow()
  return total
}

/** One filled form of the case; null when there is none. */
export async function filledById(db: Tx, key: CaseKey, id: string): Promise<FilledForm | null> {
  if (!z.guid().safeParse(id).success) return null
  const row = await ofCase(db, key).where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : filledFrom(key, row)
}

/** Puts the answers to a form into the case. */
export async function insertFilled(
  db: Tx,
  key: CaseKey,
  row: Pick<FilledForm, 'id' | 'formId' | 'formVersion' | 'state'> & {
    readonly by: string
    readonly body: AnswersBody
  },
): Promise<void> {
  await db
    .insertInto('intake.answer')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      form_id: row.formId,
      form_version: row.formVersion,
      state: row.state,
      updated_by: row.by,
      body: sealed(key, row.id, row.body),
    })
    .execute()
}

/** Writes answers over the version that was read; false when somebody else was first. */
export async function writeFilled(
  db: Tx,
  key: CaseKey,
  at: Pick<FilledForm, 'id' | 'version' | 'state'> & { readonly by: string },
  body: AnswersBody,
): Promise<boolean> {
  const done = await db
    .updateTable('intake.answer')
    .set({
      state: at.state,
      version: at.version + 1,
      updated_at: sql<Date>`clock_timestamp()`,
      updated_by: at.by,
      body: sealed(key, at.id, body),
    })
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Puts the answers of a case under its new key; versions stay. */
export async function resealFilled(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const row of await ofCase(db, from).execute()) {
    await db
      .updateTable('intake.answer')
      .set({ body: sealed(to, row.id, opened(from, row)) })
      .where('party_id', '=', to.partyId)
      .where('case_id', '=', to.caseId)
      .where('id', '=', row.id)
      .execute()
  }
}

function ofCase(db: Tx, key: CaseKey) {
  return db
    .selectFrom('intake.answer')
    .select([
      'id',
      'form_id',
      'form_version',
      'state',
      'version',
      'started_at',
      'updated_at',
      'updated_by',
      'body',
    ])
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
}

interface FilledRow {
  readonly id: string
  readonly form_id: string
  readonly form_version: number
  readonly state: string
  readonly version: number
  readonly started_at: Date
  readonly updated_at: Date
  readonly updated_by: string
  readonly body: Uint8Array
}

function filledFrom(key: CaseKey, row: FilledRow): FilledForm {
  const { title, answers, judgement } = opened(key, row)
  return {
    id: row.id,
    formId: row.form_id,
    formVersion: row.form_version,
    state: row.state as FilledForm['state'],
    version: row.version,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    title,
    answers: new Map(answers.map((each) => [each.question, each.answer])),
    judgement,
  }
}

function opened(key: CaseKey, row: Pick<FilledRow, 'id' | 'body'>): AnswersBody {
  return AnswersBody.parse(openCase(key, 'intake.answer', 'body', row.id, row.body))
}

function sealed(key: CaseKey, id: string, body: AnswersBody): Uint8Array {
  return sealCase(key, 'intake.answer', 'body', id, AnswersBody.parse(body))
}
