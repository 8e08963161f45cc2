import { closeSync, existsSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const BALLAST_BYTES = 64 * 1024 * 1024
const LEAST_FREE_BYTES = 256 * 1024 * 1024
const BLOCK = 1024 * 1024

/** Free bytes on the disk that holds `folder`. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Whether there is room enough to take people's work: the readiness check asks it. */
export function hasRoom(folder: string): boolean {
  return freeBytes(folder) > LEAST_FREE_BYTES
}

/**
 * Lays 64 MiB aside while there is room. A page whose ledger line cannot be written is not shown; this is what lets the
 * operator's hand get at a full disk before that happens.
 */
export function layBallast(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'ballast')
  if (existsSync(file) || freeBytes(folder) < 2 * LEAST_FREE_BYTES) return
  const handle = openSync(file, 'wx', 0o600)
  try {
    const block = Buffer.alloc(BLOCK, 0x5a)
    for (let written = 0; written < BALLAST_BYTES; written += BLOCK) writeSync(handle, block)
  } finally {
    closeSync(handle)
  }
}

/** Gives the ballast up when the disk runs full; true while there is room. */
export function diskHolds(folder: string): boolean {
  if (hasRoom(folder)) return true
  rmSync(join(folder, 'ballast'), { force: true })
  return false
}
