import { sql } from 'kysely'

import type { Bytes, SignPair } from '#platform/crypto'
import type { Pools, Tx } from '#platform/db'

import { beforeFirstHead, headHash, type SignedHead, signHead } from './head.ts'
import { entryLeaf } from './leaf.ts'
import { appendLeaf, type Frontier, emptyFrontier, frontierRoot } from './tree.ts'

const BATCH = 5_000
const HASH = 32

/**
 * Seals the lines that no head covers yet into the tree: up to 5,000 a call, in one transaction, one server at a time.
 * Gives how many were sealed; 0 when there was nothing to do or another server is at it.
 */
export async function sealLedger(pools: Pools, sign: SignPair): Promise<number> {
  return pools.sealer.transaction().execute(async (db) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(727273) as mine`.execute(
      db,
    )
    if (rows[0]?.mine !== true) return 0
    const waiting = await db
      .selectFrom('ledger.entry')
      .select(['id', 'party_id', 'kind', 'minute', 'commitment'])
      .where('position', 'is', null)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    if (waiting.length === 0) return 0
    const last = await newestHead(db)
    let frontier = last === null ? emptyFrontier : last.frontier
    const from = frontier.size
    for (const line of waiting) frontier = appendLeaf(frontier, entryLeaf(factsOf(line)))
    await sql`update ledger.entry e set position = ${from} + n.at - 1
      from unnest(${waiting.map((line) => line.id)}::uuid[]) with ordinality as n(id, at) where e.id = n.id`.execute(
      db,
    )
    const previous = last === null ? beforeFirstHead : headHash(last.head)
    const at = minuteText(new Date())
    await keepHead(
      db,
      signHead(sign.secretKey, { size: frontier.size, root: frontierRoot(frontier), previous, at }),
      frontier,
    )
    return waiting.length
  })
}

/** What the tree knows of a stored line. */
export function factsOf(line: {
  readonly party_id: string
  readonly kind: string
  readonly minute: Date
  readonly commitment: Bytes
}) {
  return {
    partyId: line.party_id,
    kind: line.kind,
    minute: minuteText(line.minute),
    commitment: line.commitment,
  }
}

/** The newest head with the frontier to go on from; null before the first. */
export async function newestHead(
  db: Tx,
): Promise<{ readonly head: SignedHead; readonly frontier: Frontier } | null> {
  const row = await db
    .selectFrom('ledger.head')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const peaks = Array.from({ length: row.peaks.length / HASH }, (_, at) =>
    row.peaks.subarray(at * HASH, (at + 1) * HASH),
  )
  return { head: headFrom(row), frontier: { size: row.size, peaks } }
}

/** A stored head in the tree's own terms. */
export function headFrom(row: {
  readonly size: number
  readonly root: Bytes
  readonly previous: Bytes
  readonly at: Date
  readonly signature: Bytes
}): SignedHead {
  return {
    size: row.size,
    root: row.root,
    previous: row.previous,
    at: minuteText(row.at),
    signature: row.signature,
  }
}

async function keepHead(db: Tx, head: SignedHead, frontier: Frontier): Promise<void> {
  await db
    .insertInto('ledger.head')
    .values({ ...head, at: new Date(head.at), peaks: Buffer.concat(frontier.peaks) })
    .execute()
}

function minuteText(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`
}
