import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { sql } from 'kysely'

import { introduce } from '#parties'
import { type Actor, asMember, type Doorway } from '#platform/access'
import { passPassword } from '#platform/auth'
import { makeBackup, type Part, restoreBackup, type Restored } from '#platform/backup'
import { loginUrls, openPool, openPools, type Pool, type Pools, type Tx } from '#platform/db'

import { type FreshDatabase, freshDatabase } from '../database.ts'
import { password, type Person, type TestWorld } from './agencies.ts'

/** A backup of a world's half in a folder inside `dir`; a refusal is a fault in a test. */
export async function backUp(world: TestWorld, dir: string, part: Part): Promise<string> {
  const made = await makeBackup({
    ownerUrl: world.database.ownerUrl,
    sign: world.installation.sign,
    dir,
    part,
  })
  if ('refused' in made) throw new Error(made.message)
  return made.folder
}

/** An empty folder that goes when the test run does. */
export function emptyFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-backup-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A world brought back into a database of its own, with the same installation keys. */
export interface RestoredWorld {
  readonly restored: Restored
  readonly database: FreshDatabase
  readonly owner: Pool
  readonly pools: Pools
  /** Signs in with the password alone (the code is passed over as the owner) and acts once. */
  readonly actAs: <T>(person: Person, work: (db: Tx, actor: Actor) => Promise<T>) => Promise<T | 'no-session'>
  readonly close: () => Promise<void>
}

/** Restores two halves; a refusal is a fault in a test. */
export async function bringBack(world: TestWorld, data: string, keyring: string): Promise<RestoredWorld> {
  const database = await freshDatabase()
  const { keysDir } = world.database
  const restored = await restoreBackup({
    ownerUrl: database.ownerUrl,
    keysDir,
    publicKey: world.installation.sign.publicKey,
    data,
    keyring,
  })
  if ('refused' in restored) throw new Error(restored.message)
  const pools = openPools(loginUrls(database.ownerUrl, keysDir))
  const owner = openPool(database.ownerUrl, 1)
  const door: Doorway = { pools, introduce }
  const actAs: RestoredWorld['actAs'] = async (person, work) => {
    const begun = await passPassword(pools.web, world.installation.pepper, person.login, password)
    if ('refused' in begun) throw new Error(begun.refused)
    await sql`update access.session set stage = 'open'`.execute(owner)
    const done = await asMember(door, begun.cookie, 'test', work, person.partyId)
    return typeof done === 'object' && done !== null && 'refused' in done && done.refused === 'no-session'
      ? 'no-session'
      : (done as Awaited<ReturnType<typeof work>>)
  }
  const close = async () => {
    await pools.close()
    await owner.destroy()
    await database.close()
  }
  return { restored, database, owner, pools, actAs, close }
}
