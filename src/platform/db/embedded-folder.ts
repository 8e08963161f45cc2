import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { canReach, reachableRoot, unreachable, type Account } from './embedded-account.ts'
import { readPasswords, type Passwords } from './embedded-passwords.ts'
import { refuse, type EmbeddedRefusal } from './embedded-refusal.ts'

/** Where one installation's server keeps its things. */
export interface Folder {
  /** Holds the cluster, the log and the socket. */
  readonly home: string
  readonly cluster: string
  readonly log: string
  readonly passwords: Passwords
}

const supportedMajor = '18'

/** Makes the server's folder, or checks the one that is there; gives it to the account that runs the server. */
export function openFolder(dataDir: string, account: Account): Folder | EmbeddedRefusal {
  const home = makeHome(path.join(dataDir, 'postgres'), account)
  if (!canReach(account, home, 'w')) return refuse(unreachable(home))
  const cluster = path.join(home, 'cluster')
  const versionFile = path.join(cluster, 'PG_VERSION')
  const major = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : null
  if (major !== null && major !== supportedMajor) {
    return refuse(
      `The data in ${cluster} was made by PostgreSQL ${major}, and this program brings ${supportedMajor}: start the version that made it and move the data with anydoor backup and restore.`,
    )
  }
  const passwords = readPasswords(path.join(dataDir, 'postgres.passwords.json'), major === null)
  if (passwords === null)
    return refuse(
      `${dataDir}/postgres.passwords.json is missing or damaged, and the database in ${cluster} does not open without it: bring it back from a backup.`,
    )
  return { home, cluster, log: path.join(home, 'server.log'), passwords }
}

/** Returns where the folder really is. */
function makeHome(wanted: string, account: Account): string {
  if (!existsSync(wanted)) placeHome(wanted, account)
  const home = realpathSync(wanted)
  if (process.getuid?.() !== 0) return home
  const { uid, gid } = account.ids ?? { uid: 0, gid: 0 }
  if (statSync(home).uid !== uid) spawnSync('chown', ['-R', `${uid}:${gid}`, home])
  return home
}

function placeHome(home: string, account: Account): void {
  if (account.kind === 'unprivileged' && !canReach(account, path.dirname(home), 'x')) {
    const name = createHash('sha256').update(home).digest('hex').slice(0, 12)
    const place = path.join(reachableRoot, name)
    mkdirSync(place, { recursive: true, mode: 0o755 })
    chmodSync(place, 0o700)
    if (!lstatSync(home, { throwIfNoEntry: false })) symlinkSync(place, home)
    return
  }
  mkdirSync(home, { mode: 0o700 })
}
