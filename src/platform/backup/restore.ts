import { existsSync } from 'node:fs'
import path from 'node:path'

import pg from 'pg'

import type { Bytes } from '#platform/crypto'
import { migrate } from '#platform/db'

import { copyIn, fileHash } from './copy.ts'
import { type BackupRefusal, type Manifest, readManifest, refuse } from './manifest.ts'
import { storedTables } from './tables.ts'

/** What a restore brought back, and what it did again before anybody could look. */
export interface Restored {
  readonly rows: number
  readonly madeAt: string
  /** The ledger's newest head in the backup, as its six lines. */
  readonly head: string | null
  /** How many of each: erased, rekeyed, envelopes-ended, releases-withdrawn, members-removed, without-key. */
  readonly replayed: Readonly<Record<string, number>>
}

interface Chosen {
  readonly folder: string
  readonly manifest: Manifest
}

/**
 * Brings a backup back into an empty database: the shape it was made with, its rows, the keyring, and then everything that
 * happened to keys since (erasures, withdrawals, removals) once more, all in one transaction; then the newest shape.
 * Without `keyring` the database must hold its keyring already.
 */
export async function restoreBackup(at: {
  readonly ownerUrl: string
  readonly keysDir: string
  readonly publicKey: Bytes
  readonly data: string
  readonly keyring: string | null
  readonly onTable?: (done: number, of: number) => void
}): Promise<Restored | BackupRefusal> {
  const data = await chosen(at.data, 'data', at.publicKey)
  if ('refused' in data) return data
  const keyring = at.keyring === null ? null : await chosen(at.keyring, 'keyring', at.publicKey)
  if (keyring !== null && 'refused' in keyring) return keyring
  const client = new pg.Client({ connectionString: at.ownerUrl })
  await client.connect()
  try {
    const unfit = (await occupied(client, keyring !== null)) ?? (await shaped(client, data.manifest, at))
    if (unfit !== null) return unfit
    const replayed = await load(client, keyring === null ? [data] : [data, keyring], at.onTable)
    if ('refused' in replayed) return replayed
    await migrate({ ownerUrl: at.ownerUrl, keysDir: at.keysDir })
    const rows = data.manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    return { rows, madeAt: data.manifest.madeAt, head: data.manifest.head, ...replayed }
  } finally {
    await client.end()
  }
}

/** Checks the folder's signature, its half and every file before the database is touched. */
async function chosen(
  folder: string,
  part: Manifest['part'],
  publicKey: Bytes,
): Promise<Chosen | BackupRefusal> {
  const manifest = readManifest(folder, publicKey)
  if ('refused' in manifest) return manifest
  if (manifest.part !== part)
    return refuse(
      `${folder} is a backup of the ${manifest.part}. Name the ${part} here; see anydoor restore --help.`,
    )
  for (const table of manifest.tables) {
    const file = path.join(folder, table.file)
    if (!existsSync(file) || (await fileHash(file)) !== table.sha256)
      return refuse(`${file} is missing or damaged. Take another backup.`)
  }
  return { folder, manifest }
}

/** A restore never mixes with what is there. A fresh start leaves a founding offer, which does not count. */
async function occupied(client: pg.Client, withKeyring: boolean): Promise<BackupRefusal | null> {
  const busy = await client.query(
    `select from pg_stat_activity where datname = current_database() and usename in ('anydoor_web', 'anydoor_public', 'anydoor_jobs', 'anydoor_sealer')`,
  )
  if (busy.rowCount !== 0) return refuse('Anydoor still uses this database. Stop it, then restore.')
  const keys = await storedTables(client, 'keyring')
  for (const { name } of [...(await storedTables(client, 'data')), ...(withKeyring ? keys : [])]) {
    if (name === 'access.installation') continue
    const only = name === 'parties.founding' ? ' where party_id is not null' : ''
    const found = await client.query(`select from ${name}${only} limit 1`)
    if (found.rowCount !== 0)
      return refuse(
        `The database is not empty (${name} has rows), and a restore never mixes with what is there. Name an empty database, or an empty DATA_DIR.`,
      )
  }
  if (withKeyring) return null
  const held = keys.length === 0 ? 0 : (await client.query('select from keyring.party_key limit 1')).rowCount
  return held === 0
    ? refuse('There are no keys here, so nothing would open. Name the keyring backup too: --keyring DIR.')
    : null
}

/** Brings an empty database to exactly the shape that the backup was made with. */
async function shaped(
  client: pg.Client,
  manifest: Manifest,
  at: { readonly ownerUrl: string; readonly keysDir: string },
): Promise<BackupRefusal | null> {
  const names = manifest.migrations.map(({ name }) => name)
  try {
    await migrate({ ownerUrl: at.ownerUrl, keysDir: at.keysDir, only: names })
  } catch (error) {
    return refuse(`The database cannot be used: ${error instanceof Error ? error.message : 'unknown'}`)
  }
  const { rows } = await client.query<{ name: string; hash: string }>(
    'select name, hash from migrations.applied',
  )
  const here = new Map(rows.map((row) => [row.name, row.hash]))
  const unknown = manifest.migrations.find(({ name, hash }) => here.get(name) !== hash)
  if (unknown !== undefined)
    return refuse(
      `The backup was made by another version of Anydoor (${unknown.name} is not the same here). Restore with that version, then upgrade.`,
    )
  const newer = rows.find((row) => !names.includes(row.name))
  return newer === undefined
    ? null
    : refuse(
        `This database already has a newer shape than the backup (${newer.name}). Name a database that nothing has been run on.`,
      )
}

async function load(
  client: pg.Client,
  parts: readonly Chosen[],
  onTable: ((done: number, of: number) => void) | undefined,
): Promise<Pick<Restored, 'replayed'> | BackupRefusal> {
  const tables = parts.flatMap(({ folder, manifest }) => manifest.tables.map((table) => ({ folder, table })))
  await client.query('begin')
  try {
    await client.query('delete from access.installation')
    await client.query('delete from parties.founding')
    for (const [at, { folder, table }] of tables.entries()) {
      const rows = await fill(client, table, path.join(folder, table.file))
      if (rows !== table.rows) throw new Error(`${table.name} came back with ${rows} rows of ${table.rows}.`)
      onTable?.(at + 1, tables.length)
    }
    const { rows } = await client.query<{ what: string; many: number }>(
      'select * from access.replay_after_restore()',
    )
    await client.query('commit')
    return { replayed: Object.fromEntries(rows.map((row) => [row.what, row.many])) }
  } catch (error) {
    await client.query('rollback')
    return refuse(
      `The backup could not be brought back, and nothing was changed: ${error instanceof Error ? error.message : 'unknown'}`,
    )
  }
}

/** PostgreSQL copies nothing into a table whose fence binds its owner, so the fence opens for this one transaction only. */
async function fill(client: pg.Client, table: Manifest['tables'][number], file: string): Promise<number> {
  const { rows } = await client.query<{ forced: boolean }>(
    'select relforcerowsecurity as forced from pg_class where oid = $1::regclass',
    [table.name],
  )
  const forced = rows[0]?.forced === true
  if (forced) await client.query(`alter table ${table.name} no force row level security`)
  const count = await copyIn(client, table, file)
  if (forced) await client.query(`alter table ${table.name} force row level security`)
  return count
}
