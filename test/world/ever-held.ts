import { sql } from 'kysely'

import { caseKey } from '#platform/access'
import { type BoxPair, type Bytes, openBytes, openJson, openSealed, Unopenable } from '#platform/crypto'

import { wrapAad } from '../../src/platform/access/case-keys.ts'
import type { Person, TestWorld } from './agencies.ts'

/** Copies of every key that one member ever held, as somebody would keep who means to look later. */
export interface Held {
  readonly party: Map<number, Bytes>
  readonly cases: Map<number, Bytes>
  pair: BoxPair | null
}

export const everHeld = (): Held => ({ party: new Map(), cases: new Map(), pair: null })

/** Adds what they hold now: their own pair, every version of the agency's keys, and the case's key if it is theirs. */
export async function keysNow(who: Person, caseId: string, held: Held): Promise<void> {
  await who.act(async (db, actor) => {
    for (const [version, keys] of actor.keys.versions) held.party.set(version, Uint8Array.from(keys.data))
    const { publicKey, secretKey } = actor.keys.user
    held.pair = { publicKey: Uint8Array.from(publicKey), secretKey: Uint8Array.from(secretKey) }
    const key = await caseKey(db, actor, caseId)
    if (key !== null) held.cases.set(key.version, Uint8Array.from(key.key))
  })
}

interface Cell {
  readonly table: string
  readonly column: string
  readonly row: string
  readonly body: Buffer
}

/** Tries all of them on every wrap and every cell of the case as they lie in the database now: which open, of how many. */
export async function opensNow(
  world: TestWorld,
  caseId: string,
  held: Held,
): Promise<{ readonly opened: readonly string[]; readonly cells: number }> {
  const { rows: wraps } = await sql<{
    party_id: string
    key_version: number
    party_version: number
    wrap: Buffer
  }>`select party_id, key_version, party_version, wrap from keyring.case_wrap where case_id = ${caseId}::uuid`.execute(
    world.owner,
  )
  const keys = [...held.cases].map(([version, key]) => ({ version, key }))
  for (const wrap of wraps) {
    const about = { partyId: wrap.party_id, caseId, version: wrap.key_version }
    const pair = held.pair
    const inner = [wrap.wrap, ...(pair === null ? [] : attempt(() => openSealed(pair, wrap.wrap)))]
    for (const sealed of inner)
      for (const party of held.party.values())
        for (const key of attempt(() => openBytes(party, wrapAad(about, wrap.party_version), sealed)))
          keys.push({ version: wrap.key_version, key })
  }
  const { rows: cells } = await sql<Cell & { party: string }>`
    select party_id as party, 'people.card' as table, 'body' as column, id::text as row, body from people.card where case_id = ${caseId}::uuid
    union all select party_id, 'people.sheet', 'body', case_id || '/' || kind, body from people.sheet where case_id = ${caseId}::uuid
    union all select party_id, 'people.note', 'body', id::text, body from people.note where case_id = ${caseId}::uuid
    union all select party_id, 'ledger.entry', 'detail', id::text, detail from ledger.entry where case_id = ${caseId}::uuid and detail is not null
    `.execute(world.owner)
  const versions = [...new Set([...keys.map((key) => key.version), ...wraps.map((wrap) => wrap.key_version)])]
  const opened = cells.filter(({ party, table, column, row, body }) =>
    keys.some(({ key }) =>
      versions.some(
        (keyVersion) =>
          attempt(() => openJson(key, { party, table, column, row, keyVersion }, body)).length > 0,
      ),
    ),
  )
  return { opened: opened.map((cell) => `${cell.table} ${cell.row}`), cells: cells.length }
}

/** One try; what does not open, opens not. */
function attempt<T>(work: () => T): readonly T[] {
  try {
    return [work()]
  } catch (error) {
    if (error instanceof Unopenable || error instanceof RangeError || error instanceof TypeError) return []
    throw error
  }
}
