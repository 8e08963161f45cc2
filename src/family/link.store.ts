import { sql } from 'kysely'

import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Link, LinkBody } from './link.ts'

interface LinkRow {
  readonly id: string
  readonly body: Uint8Array
}

/** The links of an opened file. They carry no time; their order is that of the ids, which are random. */
export async function linksOf(db: Tx, key: CaseKey): Promise<readonly Link[]> {
  return (await linkRows(db, key)).map((row) => openLink(key, row))
}

/** Puts one side of a link into an opened file. */
export async function insertLink(db: Tx, key: CaseKey, id: string, body: LinkBody): Promise<void> {
  const sealed = sealLink(key, id, body)
  await db
    .insertInto('family.link')
    .values({ party_id: key.partyId, case_id: key.caseId, id, body: sealed })
    .execute()
}

/** Takes one side away. */
export async function deleteLink(db: Tx, key: CaseKey, id: string): Promise<void> {
  await db
    .deleteFrom('family.link')
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .where('id', '=', id)
    .execute()
}

/** Takes the other sides away, also in files that the asker may not see; it answers nothing. */
export async function cutMirrors(db: Tx, links: readonly Link[]): Promise<void> {
  await sql`select family.cut(${links.map((link) => link.mirror)}::uuid[])`.execute(db)
}

/** Puts every link of a file under another key. */
export async function resealLinks(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const row of await linkRows(db, from)) {
    const body = sealLink(to, row.id, LinkBody.parse(openLink(from, row)))
    await db
      .updateTable('family.link')
      .set({ body })
      .where('party_id', '=', from.partyId)
      .where('case_id', '=', from.caseId)
      .where('id', '=', row.id)
      .execute()
  }
}

async function linkRows(db: Tx, key: CaseKey): Promise<readonly LinkRow[]> {
  return db
    .selectFrom('family.link')
    .select(['id', 'body'])
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('id')
    .execute()
}

function openLink(key: CaseKey, row: LinkRow): Link {
  return { ...LinkBody.parse(openCase(key, 'family.link', 'body', row.id, row.body)), id: row.id }
}

/** Every cell has the same size, so that a stored copy does not tell which relation it holds. */
function sealLink(key: CaseKey, id: string, body: LinkBody): Uint8Array {
  const pad = ' '.repeat(Math.max(0, cellText - JSON.stringify(body).length))
  return sealCase(key, 'family.link', 'body', id, { ...body, pad })
}

const cellText = 400
