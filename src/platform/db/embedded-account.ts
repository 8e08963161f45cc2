import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { refuse, type EmbeddedRefusal } from './embedded-refusal.ts'

/** Under which account the server runs: PostgreSQL refuses to run as root. */
export interface Account {
  readonly kind: 'own' | 'namespace' | 'unprivileged'
  /** What to write before a command. */
  readonly prefix: readonly string[]
  /** Ids to spawn under and to own the files, or null for ours. */
  readonly ids: { readonly uid: number; readonly gid: number } | null
}

/** Where things go that the unprivileged account cannot reach at their own place, as under /root. */
export const reachableRoot = '/var/lib/anydoor'

/**
 * Chooses the account: our own where we are an ordinary user; as root a user namespace, in which root's files
 * seem to belong to somebody else; where the kernel refuses that, an unprivileged account.
 */
export function chooseAccount(only?: Account['kind']): Account | EmbeddedRefusal {
  if (process.getuid?.() !== 0) return { kind: 'own', prefix: [], ids: null }
  const ids = nobody()
  if (ids === null) {
    return refuse(
      'PostgreSQL does not run as root and this machine has no account "nobody": start as an ordinary user, or set DATABASE_URL.',
    )
  }
  const prefix = ['unshare', '--user', `--map-user=${ids.uid}`, `--map-group=${ids.gid}`]
  if (only !== 'unprivileged' && runs([...prefix, 'true'])) return { kind: 'namespace', prefix, ids: null }
  return { kind: 'unprivileged', prefix: [], ids }
}

/** Whether the account may use this path: `r` read, `w` write, `x` run or enter. */
export function canReach(account: Account, path: string, how: 'r' | 'w' | 'x'): boolean {
  return runs([...account.prefix, 'test', `-${how}`, path], account.ids)
}

/** Says that the account has no way into a place. */
export function unreachable(place: string): string {
  return `PostgreSQL does not run as root, and the account that it can run under has no way into ${place}: start as an ordinary user, set DATA_DIR to a folder such as /var/lib/anydoor/data, or set DATABASE_URL.`
}

/** The ids of the account "nobody", which has to have a name because `initdb` asks for it. */
function nobody(): { uid: number; gid: number } | null {
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  return entry ? { uid: Number(entry[1]), gid: Number(entry[2]) } : null
}

function runs(command: readonly string[], ids: Account['ids'] = null): boolean {
  const [program = '', ...rest] = command
  return spawnSync(program, rest, { stdio: 'ignore', cwd: '/', ...ids }).status === 0
}
