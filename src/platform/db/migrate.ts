import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { loginPasswords, logins, roleOf } from './roles.ts'

const migrationsDir = fileURLToPath(new URL('../../../migrations/', import.meta.url))

/**
 * Brings a database to the newest shape: makes the logins, then runs each new file of `migrations/` in a transaction of its own.
 * Throws, with the file's name, when a file that has already run was edited since.
 */
export async function migrate(at: {
  readonly ownerUrl: string
  readonly keysDir: string
  readonly dir?: string
  /** Runs these files and no others: the shape that a backup was made with. */
  readonly only?: readonly string[]
}) {
  const client = new pg.Client({ connectionString: at.ownerUrl })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(727272)`)
    await ensureLogins(client, at.keysDir)
    await client.query(`create schema if not exists migrations`)
    await client.query(
      `create table if not exists migrations.applied (name text primary key, hash text not null, at timestamptz not null default now())`,
    )
    return { applied: await runNew(client, at.dir ?? migrationsDir, at.only) }
  } finally {
    await client.end()
  }
}

async function runNew(
  client: pg.Client,
  dir: string,
  only: readonly string[] | undefined,
): Promise<string[]> {
  const done = new Map<string, string>()
  for (const row of (await client.query(`select name, hash from migrations.applied`)).rows)
    done.set(row.name, row.hash)
  const applied: string[] = []
  for (const name of readdirSync(dir)
    .filter((file) => file.endsWith('.sql') && (only?.includes(file) ?? true))
    .toSorted()) {
    const sql = readFileSync(join(dir, name), 'utf8')
    const hash = createHash('sha256').update(sql).digest('hex')
    const before = done.get(name)
    if (before === hash) continue
    if (before !== undefined)
      throw new Error(`Migration ${name} was edited after it ran. Add a new file instead.`)
    await runOne(client, name, sql, hash)
    applied.push(name)
  }
  return applied
}

async function runOne(client: pg.Client, name: string, sql: string, hash: string) {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query(`insert into migrations.applied (name, hash) values ($1, $2)`, [name, hash])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(
      `Migration ${name} could not run: ${cause instanceof Error ? cause.message : 'unknown'}`,
      { cause },
    )
  }
}

async function ensureLogins(client: pg.Client, keysDir: string) {
  const passwords = loginPasswords(keysDir)
  for (const login of logins) {
    const role = roleOf(login)
    const known = await client.query(`select from pg_roles where rolname = $1`, [role])
    const secret = client.escapeLiteral(passwords[login])
    if (known.rowCount === 0) {
      await client.query(
        `create role ${role} login nosuperuser nocreatedb nocreaterole noinherit nobypassrls password ${secret}`,
      )
    } else {
      await client.query(`alter role ${role} with login password ${secret}`)
    }
  }
}
