import {
  type BoxPair,
  type Bytes,
  fromText,
  openJson,
  openSealed,
  sameBytes,
  sha256,
  Unopenable,
} from '#platform/crypto'
import { sql } from 'kysely'
import type { Tx } from '#platform/db'

import type { LedgerCase, LedgerKind } from './record.ts'

/** Whoever reads their own party's lines. */
export interface LedgerReader {
  readonly partyId: string
  readonly keys: { readonly versions: ReadonlyMap<number, { readonly data: Bytes; readonly box: BoxPair }> }
}

/** Which lines: of one case, before a line already seen, of some kinds only. */
export interface LinesAsked {
  readonly caseId?: string
  readonly kinds?: readonly LedgerKind[]
  /** The id of the last line of the page before. */
  readonly before?: string
  readonly limit?: number
}

/** One line as its party reads it. */
export interface ReadLine {
  readonly id: string
  readonly kind: string
  readonly at: Date
  readonly caseId: string | null
  /** Null: erased with its case, or sealed under a key that the reader does not hold. */
  readonly detail: Readonly<Record<string, unknown>> | null
  readonly erased: boolean
  /** Whether a head of the tree covers it yet. */
  readonly sealed: boolean
  /** False: what the line says is not what was committed to when it was written. */
  readonly holds: boolean
}

/**
 * A party's own lines, newest first, each opened with the key it was sealed under: the case's, the party's, or the party's
 * box for lines that another party's act left here. `keys` opens the keys of the cases on the page.
 */
export async function readLines(
  db: Tx,
  reader: LedgerReader,
  asked: LinesAsked,
  keys: (caseIds: readonly string[]) => Promise<ReadonlyMap<string, LedgerCase>>,
): Promise<readonly ReadLine[]> {
  const limit = Math.min(asked.limit ?? 50, 500)
  const lines: ReadLine[] = []
  let before = asked.before
  for (;;) {
    const wanted = limit - lines.length
    const rows = await rowsOf(db, reader, { ...asked, before }, wanted)
    const cases = await keys([...new Set(rows.flatMap((row) => row.case_id ?? []))])
    const read = rows.map((row) => lineOf(reader, cases, row))
    const held = await heldThreads(db, reader, read.flatMap(threadOf))
    lines.push(...read.filter((line) => !threadOf(line).some((thread) => held.has(thread))))
    before = rows.at(-1)?.id
    if (rows.length < wanted || lines.length >= limit) return lines
  }
}

async function rowsOf(
  db: Tx,
  reader: LedgerReader,
  asked: Omit<LinesAsked, 'before'> & { readonly before: string | undefined },
  limit: number,
) {
  let query = db
    .selectFrom('ledger.entry')
    .select(['id', 'case_id', 'kind', 'minute', 'commitment', 'key_scope', 'key_version', 'detail'])
    .select(sql<boolean>`position is not null`.as('sealed'))
    .where('party_id', '=', reader.partyId)
    .orderBy('id', 'desc')
    .limit(limit)
  if (asked.caseId !== undefined) query = query.where('case_id', '=', asked.caseId)
  if (asked.kinds !== undefined) query = query.where('kind', 'in', [...asked.kinds])
  if (asked.before !== undefined) query = query.where('id', '<', asked.before)
  return query.execute()
}

function lineOf(
  reader: LedgerReader,
  cases: ReadonlyMap<string, LedgerCase>,
  row: Awaited<ReturnType<typeof rowsOf>>[number],
): ReadLine {
  const told = row.detail === null ? null : openDetail(reader, cases, { ...row, detail: row.detail })
  return {
    id: row.id,
    kind: row.kind,
    at: row.minute,
    caseId: row.case_id,
    detail: told === null ? null : (JSON.parse(told.body) as Record<string, unknown>),
    erased: row.detail === null,
    sealed: row.sealed,
    holds: told === null || isCommitted(told, row.commitment),
  }
}

function threadOf(line: ReadLine): readonly string[] {
  const thread = line.detail?.['thread']
  return typeof thread === 'string' && /^[0-9a-f-]{36}$/.test(thread) ? [thread] : []
}

/** Threads that are held from the reader: what was written of them is no more there for them than they are. */
async function heldThreads(
  db: Tx,
  reader: LedgerReader,
  threads: readonly string[],
): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(threads)]
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${wanted}::uuid[]) id where referrals.held(${reader.partyId}::uuid, id)`.execute(db)
  return new Set(rows.map((row) => row.id))
}

interface Told {
  readonly nonce: string
  readonly body: string
}

interface StoredDetail {
  readonly id: string
  readonly case_id: string | null
  readonly key_scope: string
  readonly key_version: number
  readonly detail: Uint8Array
}

function openDetail(
  reader: LedgerReader,
  cases: ReadonlyMap<string, LedgerCase>,
  row: StoredDetail,
): Told | null {
  try {
    return toldFrom(reader, cases, row)
  } catch (error) {
    if (error instanceof Unopenable) return null
    throw error
  }
}

function toldFrom(
  reader: LedgerReader,
  cases: ReadonlyMap<string, LedgerCase>,
  row: StoredDetail,
): Told | null {
  const own = reader.keys.versions.get(row.key_version)
  if (row.key_scope === 'box') {
    if (own === undefined) return null
    return JSON.parse(new TextDecoder().decode(openSealed(own.box, row.detail))) as Told
  }
  const ofCase = row.case_id === null ? undefined : cases.get(row.case_id)
  const key =
    row.key_scope === 'case' ? (ofCase?.version === row.key_version ? ofCase.key : undefined) : own?.data
  if (key === undefined) return null
  const address = {
    party: reader.partyId,
    table: 'ledger.entry',
    column: 'detail',
    row: row.id,
    keyVersion: row.key_version,
  }
  return openJson(key, address, row.detail) as Told
}

function isCommitted(told: Told, commitment: Uint8Array): boolean {
  return sameBytes(sha256(fromText(told.nonce), new TextEncoder().encode(told.body)), commitment)
}
