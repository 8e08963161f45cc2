import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import type { Folder } from './embedded-folder.ts'
import { refuse, type EmbeddedRefusal } from './embedded-refusal.ts'

/** Runs `initdb` beside the final place and moves the result there, so that a half-made cluster never counts. */
export function makeCluster(
  folder: Folder,
  binaries: Binaries,
  account: Account,
  durable: boolean,
): EmbeddedRefusal | null {
  if (existsSync(folder.cluster)) return null
  const fresh = `${folder.cluster}.new`
  const passwordFile = path.join(folder.home, 'initial-password')
  rmSync(fresh, { recursive: true, force: true })
  writeFileSync(passwordFile, folder.passwords.superuser, { mode: 0o600 })
  if (account.ids) chownSync(passwordFile, account.ids.uid, account.ids.gid)
  const flags = [
    '-D',
    fresh,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
  ]
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const [program = '', ...rest] = [
    ...account.prefix,
    path.join(binaries.folder, 'bin', 'initdb'),
    ...flags,
    ...locale,
    ...(durable ? [] : ['--no-sync']),
  ]
  const made = spawnSync(program, rest, {
    cwd: folder.home,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    ...account.ids,
  })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) {
    const why =
      made.error?.message ??
      made.stderr
        .trim()
        .split('\n')
        .find((line) => line.startsWith('initdb: error')) ??
      made.stderr.trim().split('\n').at(-1)
    return refuse(
      `The built-in database cannot be made in ${folder.home} (${why}): set DATABASE_URL to a PostgreSQL 18 of your own.`,
    )
  }
  renameSync(fresh, folder.cluster)
  return null
}
