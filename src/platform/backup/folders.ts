import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'

import type { Part } from './tables.ts'

const keyringDays = 30
const dayMilliseconds = 24 * 60 * 60 * 1000
const dated = /^(data|keyring)-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3}Z)$/

/** The name of a backup's folder: `data-2026-11-22T07-15-00.000Z`. Names sort by time. */
export function folderName(part: Part, at: Date): string {
  return `${part}-${at.toISOString().replaceAll(':', '-')}`
}

/** The backups of one half inside a folder, oldest first. */
export function backupsIn(
  dir: string,
  part: Part,
): readonly { readonly folder: string; readonly at: Date }[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .toSorted()
    .flatMap((name) => {
      const [, kind, day, hour, minute, second] = dated.exec(name) ?? []
      return kind === part
        ? [{ folder: path.join(dir, name), at: new Date(`${day}T${hour}:${minute}:${second}`) }]
        : []
    })
}

/** The folder itself when it is a backup, else the newest backup of that half inside it; null when there is none. */
export function chosenBackup(dir: string, part: Part): string | null {
  if (existsSync(path.join(dir, 'manifest.json'))) return dir
  return (
    backupsIn(dir, part).findLast(({ folder }) => existsSync(path.join(folder, 'manifest.json')))?.folder ??
    null
  )
}

/** Where a backup is written until it is whole. */
export function draftFolder(dir: string): string {
  return path.join(dir, `.unfinished-${process.pid}`)
}

/** Removes what runs that were killed left behind more than a day ago: half a keyring must not outlive the others. */
export function forgetUnfinished(dir: string, now: Date): void {
  if (!existsSync(dir)) return
  for (const name of readdirSync(dir).filter((each) => each.startsWith('.unfinished-'))) {
    const draft = path.join(dir, name)
    if (now.getTime() - statSync(draft).mtimeMs > dayMilliseconds) rmSync(draft, { recursive: true })
  }
}

/** Removes copies of the keyring that are older than thirty days: from then on what was erased is erased everywhere. */
export function forgetOldKeyrings(dir: string, now: Date): readonly string[] {
  const old = backupsIn(dir, 'keyring').filter(
    ({ at }) => now.getTime() - at.getTime() > keyringDays * dayMilliseconds,
  )
  for (const { folder } of old) rmSync(folder, { recursive: true })
  return old.map(({ folder }) => folder)
}
