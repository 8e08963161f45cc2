import { z } from 'zod'

import { type Actor, type CaseKey, caseKeys, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

/** Which files belong to a survivor's case. Sealed under that case's key, and written nowhere else. */
const Links = z.strictObject({ threads: z.array(z.uuid()) })

/** The files that belong to one case. */
export async function linksOf(db: Tx, key: CaseKey): Promise<readonly string[]> {
  return (await written(db, key)) ?? []
}

/** Every case that the actor may see and that has such files, with them. */
export async function allLinks(db: Tx, actor: Actor): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('accountability.link')
    .select(['case_id', 'body'])
    .where('party_id', '=', actor.partyId)
    .execute()
  const keys = await caseKeys(
    db,
    actor,
    rows.map((row) => row.case_id),
  )
  return new Map(
    rows.flatMap((row) => {
      const key = keys.get(row.case_id)
      return key === undefined ? [] : [[row.case_id, opened(key, row.body)] as const]
    }),
  )
}

/** The cases that the actor may see and that this file belongs to. */
export async function casesWith(db: Tx, actor: Actor, threadId: string): Promise<readonly string[]> {
  const links = await allLinks(db, actor)
  return [...links].flatMap(([caseId, threads]) => (threads.includes(threadId) ? [caseId] : []))
}

/** Writes which files belong to a case. Its row must be held. */
export async function writeLinks(db: Tx, key: CaseKey, threads: readonly string[]): Promise<void> {
  const body = sealCase(key, 'accountability.link', 'body', key.caseId, Links.parse({ threads }))
  await db
    .insertInto('accountability.link')
    .values({ party_id: key.partyId, case_id: key.caseId, body })
    .onConflict((conflict) =>
      conflict
        .columns(['party_id', 'case_id'])
        .doUpdateSet((eb) => ({ body, version: eb('accountability.link.version', '+', 1) })),
    )
    .execute()
}

/** Puts the cell under the case's new key, where there is one. */
export async function resealLinks(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  const threads = await written(db, from)
  if (threads !== null) await writeLinks(db, to, threads)
}

async function written(db: Tx, key: CaseKey): Promise<readonly string[] | null> {
  const row = await db
    .selectFrom('accountability.link')
    .select('body')
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .executeTakeFirst()
  return row === undefined ? null : opened(key, row.body)
}

function opened(key: CaseKey, body: Uint8Array): readonly string[] {
  return Links.parse(openCase(key, 'accountability.link', 'body', key.caseId, body)).threads
}
