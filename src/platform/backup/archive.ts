import { mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'

import pg from 'pg'

import { type SignPair, toText } from '#platform/crypto'
import { headText } from '#platform/ledger'

import { copyOut } from './copy.ts'
import { backupsIn, draftFolder, folderName, forgetOldKeyrings, forgetUnfinished } from './folders.ts'
import { newestStoredHead } from './head.ts'
import { type BackupRefusal, type Manifest, refuse, writeManifest } from './manifest.ts'
import { type Part, storedTables, unreadableTables } from './tables.ts'

/** A finished backup. */
export interface MadeBackup {
  readonly folder: string
  readonly part: Part
  readonly tables: number
  readonly rows: number
  /** Folders of the keyring that were older than thirty days and are gone. */
  readonly forgotten: readonly string[]
}

/**
 * Copies one half of the database, as it is at one moment, into a dated folder inside `dir`. People may work meanwhile.
 * What is sealed stays sealed. `onTable` is told after each table.
 */
export async function makeBackup(at: {
  readonly ownerUrl: string
  readonly sign: SignPair
  readonly dir: string
  readonly part: Part
  readonly onTable?: (done: number, of: number) => void
}): Promise<MadeBackup | BackupRefusal> {
  if (backupsIn(at.dir, at.part === 'data' ? 'keyring' : 'data').length > 0)
    return refuse(
      `${at.dir} holds the other half. Keep data and keyring in two places: whoever finds both and KEYS_DIR has everything.`,
    )
  const client = new pg.Client({ connectionString: at.ownerUrl })
  await client.connect()
  const draft = draftFolder(at.dir)
  try {
    await client.query('begin isolation level repeatable read, read only')
    const hidden = await unreadableTables(client)
    if (hidden.length > 0)
      return refuse(
        `The owner cannot read ${hidden.join(', ')}, so a backup would be short. DATABASE_URL must name the owner of the tables.`,
      )
    forgetUnfinished(at.dir, new Date())
    mkdirSync(draft, { recursive: true, mode: 0o700 })
    const manifest = await writeTables(client, at, draft)
    writeManifest(draft, manifest, at.sign)
    const folder = path.join(at.dir, folderName(at.part, new Date(manifest.madeAt)))
    renameSync(draft, folder)
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    const forgotten = at.part === 'keyring' ? forgetOldKeyrings(at.dir, new Date(manifest.madeAt)) : []
    return { folder, part: at.part, tables: manifest.tables.length, rows, forgotten }
  } finally {
    await client.end()
    rmSync(draft, { recursive: true, force: true })
  }
}

async function writeTables(
  client: pg.Client,
  at: Parameters<typeof makeBackup>[0],
  folder: string,
): Promise<Manifest> {
  const { rows: clock } = await client.query<{ now: Date }>('select clock_timestamp() as now')
  const { rows: migrations } = await client.query<{ name: string; hash: string }>(
    'select name, hash from migrations.applied order by name',
  )
  const head = await newestStoredHead(client)
  const tables = await storedTables(client, at.part)
  const written: Manifest['tables'] = []
  for (const table of tables) {
    const file = `${table.name.replaceAll('"', '')}.copy.gz`
    const { rows, sha256 } = await copyOut(client, table, path.join(folder, file))
    written.push({ name: table.name, columns: [...table.columns], file, rows, sha256 })
    at.onTable?.(written.length, tables.length)
  }
  return {
    format: 'anydoor backup 1',
    part: at.part,
    madeAt: (clock[0]?.now ?? new Date()).toISOString(),
    installation: toText(at.sign.publicKey),
    head: head === null ? null : headText(head),
    migrations,
    tables: written,
  }
}
