import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The four logins the program uses at run time; none owns anything, none bypasses row-level security. */
export const logins = ['web', 'public', 'jobs', 'sealer'] as const
export type Login = (typeof logins)[number]
export type LoginUrls = Readonly<Record<Login, string>>

/** The PostgreSQL role behind a login. */
export function roleOf(login: Login): string {
  return `anydoor_${login}`
}

/** The logins' passwords, made on first use and kept in `keysDir`, which is never backed up with the data. */
export function loginPasswords(keysDir: string): Readonly<Record<Login, string>> {
  mkdirSync(keysDir, { recursive: true, mode: 0o700 })
  const file = join(keysDir, 'database-logins.json')
  if (!existsSync(file)) {
    const made = Object.fromEntries(logins.map((login) => [login, randomBytes(24).toString('base64url')]))
    writeFileSync(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Record<Login, string>
}

/** The owner's URL with a login's own name and password in place of the owner's. */
function loginUrl(ownerUrl: string, login: Login, password: string): string {
  return ownerUrl.replace(/^(postgres(?:ql)?:\/\/)(?:[^@/]*@)?/, `$1${roleOf(login)}:${password}@`)
}

/** A URL for each login: the ones given, else the owner's with the kept passwords. */
export function loginUrls(ownerUrl: string, keysDir: string, given: Partial<LoginUrls> = {}): LoginUrls {
  const passwords = loginPasswords(keysDir)
  const urlOf = (login: Login) => given[login] ?? loginUrl(ownerUrl, login, passwords[login])
  return { web: urlOf('web'), public: urlOf('public'), jobs: urlOf('jobs'), sealer: urlOf('sealer') }
}
