import { sql } from 'kysely'

import { caseKey } from '#platform/access'
import {
  type BoxPair,
  type Bytes,
  openBytes,
  openEnvelope,
  openJson,
  openSealed,
  Unopenable,
} from '#platform/crypto'

import { ownCopyAad } from '../../src/envelopes/send.actions.ts'
import type { Person, TestWorld } from './agencies.ts'

/** Every key that anybody ever held: copies made while the keys were open, as a thief would keep them. */
export interface Keyring {
  /** The versions that the keys may have; a case that was closed often has a high one. */
  readonly versions: Set<number>
  readonly plain: Bytes[]
  readonly pairs: BoxPair[]
  readonly signs: Bytes[]
}

export const noKeys = (): Keyring => ({ versions: new Set([1, 2, 3]), plain: [], pairs: [], signs: [] })

/** Copies all keys of a person and their party, and those of the cases named. */
export async function copyKeys(ring: Keyring, who: Person, cases: readonly string[]): Promise<void> {
  await who.act(async (db, actor) => {
    for (const version of actor.keys.versions.values()) {
      ring.plain.push(Uint8Array.from(version.data))
      ring.pairs.push(pairCopy(version.box))
      ring.signs.push(Uint8Array.from(version.sign.publicKey))
    }
    ring.pairs.push(pairCopy(actor.keys.user))
    for (const id of cases) {
      const key = await caseKey(db, actor, id)
      if (key === null) continue
      ring.plain.push(Uint8Array.from(key.key))
      ring.versions.add(key.version)
    }
  })
}

function pairCopy(pair: BoxPair): BoxPair {
  return { publicKey: Uint8Array.from(pair.publicKey), secretKey: Uint8Array.from(pair.secretKey) }
}

type Row = Readonly<Record<string, unknown>>

/**
 * Reads every column of every table and tries every key on every cell, at the place where it stands: the tables in which the
 * canary can be read, open or opened. This is what a thief of the whole database and of all keys would find.
 */
export async function tablesTelling(
  world: TestWorld,
  ring: Keyring,
  canary: string,
): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'directory', 'migrations')
    order by 1`.execute(world.owner)
  const telling: string[] = []
  const wraps = await everyWrap(world)
  for (const { name } of tables) {
    const { rows } = await sql<Row>`select * from ${sql.raw(name)}`.execute(world.owner)
    const told = rows.some(
      (row) => tells(row, name, ring, canary) || toldByEnvelope(row, ring, wraps, canary),
    )
    if (told) telling.push(name)
  }
  return telling
}

function tells(row: Row, table: string, ring: Keyring, canary: string): boolean {
  return Object.entries(row).some(([column, value]) => {
    if (!(value instanceof Uint8Array)) return JSON.stringify(value ?? null).includes(canary)
    if (Buffer.from(value).includes(canary)) return true
    return opened(row, table, column, value, ring).some((text) => text.includes(canary))
  })
}

/** What any key makes of one cell: as a cell of its own place, or as something sealed to a pair. */
function opened(row: Row, table: string, column: string, value: Uint8Array, ring: Keyring): string[] {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : '')
  const party = text('party_id')
  const ids = Object.values(row).filter((each): each is string => typeof each === 'string')
  const places = [...ids, `${text('case_id')}/${text('kind')}`]
  const found: string[] = []
  for (const key of ring.plain)
    for (const place of places)
      for (const keyVersion of ring.versions) {
        const address = { party, table, column, row: place, keyVersion }
        found.push(...attempt(() => JSON.stringify(openJson(key, address, value))))
      }
  for (const pair of ring.pairs) found.push(...attempt(() => Buffer.from(openSealed(pair, value)).toString()))
  return found
}

function toldByEnvelope(
  row: Row,
  ring: Keyring,
  wraps: ReadonlyMap<string, readonly Uint8Array[]>,
  canary: string,
): boolean {
  const { header, ciphertext, signature } = row
  if (!(header instanceof Uint8Array && ciphertext instanceof Uint8Array && signature instanceof Uint8Array))
    return false
  const id = typeof row['id'] === 'string' ? row['id'] : ''
  const bare = (wraps.get(id) ?? []).flatMap((wrap) => [
    wrap,
    ...ring.plain.flatMap((key) => attempt(() => openBytes(key, ownCopyAad(id), wrap))),
  ])
  return bare.some((wrap) =>
    ring.pairs.some((pair) =>
      ring.signs.some((senderSignKey) =>
        attempt(() =>
          JSON.stringify(openEnvelope({ header, ciphertext, signature, wrap, senderSignKey, pair }).body),
        ).some((text) => text.includes(canary)),
      ),
    ),
  )
}

async function everyWrap(world: TestWorld): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const { rows } = await sql<{ envelope_id: string; wrap: Uint8Array }>`
    select envelope_id, wrap from keyring.envelope_wrap`.execute(world.owner)
  return new Map(
    [...Map.groupBy(rows, (row) => row.envelope_id)].map(([id, all]) => [id, all.map((row) => row.wrap)]),
  )
}

/** One try with one key; what does not open, opens not. */
function attempt<T>(work: () => T): readonly T[] {
  try {
    return [work()]
  } catch (error) {
    if (error instanceof Unopenable || error instanceof RangeError || error instanceof TypeError) return []
    throw error
  }
}
