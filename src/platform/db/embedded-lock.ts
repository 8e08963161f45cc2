import { DatabaseSync } from 'node:sqlite'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { refuse, type EmbeddedRefusal } from './embedded-refusal.ts'

/** Says that this process alone runs the database of a folder. */
export interface FolderLock {
  readonly release: () => void
}

/**
 * Locks a data folder, or names the process that has it.
 * SQLite is here for its lock alone: the kernel lets go of it however the holder dies, so it is never stale,
 * and a process id that was given to another program (or counts anew in a container) cannot deceive it.
 */
export function lockFolder(dataDir: string): FolderLock | EmbeddedRefusal {
  const holder = path.join(dataDir, 'postgres.holder')
  const lock = new DatabaseSync(path.join(dataDir, 'postgres.lock'))
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    lock.close()
    if (!isLocked(error)) throw error
    const who = existsSync(holder) ? ` (process ${readFileSync(holder, 'utf8').trim()})` : ''
    return refuse(
      `Anydoor already runs on the folder ${dataDir}${who}: stop it first, or set DATA_DIR to another folder.`,
    )
  }
  writeFileSync(holder, `${process.pid}\n`)
  return { release: () => lock.close() }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
