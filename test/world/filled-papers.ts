import { randomUUIDv7 } from 'node:crypto'

import { type Actor, type CaseKey, sealCase, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'

/** A paper with a piece. */
export async function fillPapers(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  const ids = { party_id: actor.partyId, case_id: key.caseId }
  const paper = randomUUIDv7()
  await db
    .insertInto('papers.paper')
    .values({
      ...ids,
      id: paper,
      author_id: actor.accountId,
      head: sealCase(key, 'papers.paper', 'head', paper, { words: 'canary' }),
    })
    .execute()
  await db
    .insertInto('papers.piece')
    .values({
      ...ids,
      paper_id: paper,
      nth: 0,
      body: sealCase(key, 'papers.piece', 'body', paper, { words: 'canary' }),
    })
    .execute()
}

/** A sheet with a line, what was said of its headings, and a hint switched off. */
export async function fillCaseload(db: Tx, actor: Actor): Promise<void> {
  const run = randomUUIDv7()
  const [ids, sealed] = [{ party_id: actor.partyId, key_version: 1 }, Buffer.from('sealed')]
  await db
    .insertInto('caseload.run')
    .values({ ...ids, id: run, made_by: actor.accountId, body: sealed })
    .execute()
  await db
    .insertInto('caseload.line')
    .values({ ...ids, run_id: run, nth: 1, body: sealed })
    .execute()
  await db
    .insertInto('caseload.mapping')
    .values({ ...ids, body: sealed })
    .execute()
  const off = [{ id: 'recanted', reason: 'canary', on: '2026-03-02' }]
  const body = sealParty(actor, 'language.setting', 'body', actor.partyId, { off, own: [] })
  await db
    .insertInto('language.setting')
    .values({ ...ids, key_version: actor.keys.party.version, body })
    .execute()
}
