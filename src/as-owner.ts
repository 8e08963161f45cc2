import type { Config } from '#platform/config'
import { cryptoReady, type Installation, readInstallation } from '#platform/crypto'
import { openAsOwner } from '#platform/db'

import { refuse } from './cli-json.ts'

/** What a command that looks at the whole database is given. */
export interface OwnerSide {
  readonly ownerUrl: string
  readonly installation: Installation
}

/**
 * Runs a command's work as the owner of the database and closes it again; gives the exit code. What the machine refuses
 * (a full disk, a missing right, a database that is not there) is one line and 2.
 */
export async function asOwner(
  config: Config,
  asked: { readonly alone: boolean },
  work: (side: OwnerSide) => Promise<number>,
): Promise<number> {
  await cryptoReady()
  const installation = readInstallation(config.keysDir)
  if (installation === null)
    return refuse(
      `KEYS_DIR (${config.keysDir}) holds no installation.json. Set KEYS_DIR to the keys of this installation, or bring them back from their second safe place, or from the print with anydoor keys restore.`,
    )
  const door = await openAsOwner(config, asked)
  if ('refused' in door) return refuse(door.message)
  try {
    return await work({ ownerUrl: door.ownerUrl, installation })
  } catch (error) {
    return refuse(why(error))
  } finally {
    await door.close()
  }
}

function why(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const path = error instanceof Error && 'path' in error ? String(error.path) : 'the folder'
  if (code === 'ENOSPC') return 'The disk is full. Make room, then run it again; nothing half done was kept.'
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(code))
    return `${path} cannot be used (${code}). Check its name and the rights of this account.`
  if (code === '42P01' || code === '3F000')
    return 'The database has not been set up by Anydoor. Run anydoor migrate first, or check DATABASE_URL.'
  return `The database cannot be used: ${error instanceof Error ? error.message : 'unknown'}. Check DATABASE_URL and the server.`
}
