import { Client } from 'pg'
import type { Passwords } from './embedded-passwords.ts'
import type { Address } from './embedded-server.ts'

/** The role that owns the schema: it may make roles and databases, and is no superuser. */
export const ownerRole = 'anydoor_owner'
export const databaseName = 'anydoor'

/** Makes the owner, the database and the extension that needs a superuser; does nothing where they are. */
export async function bootstrap(address: Address, passwords: Passwords): Promise<void> {
  await withClient(urlOf(address, 'postgres', passwords.superuser, 'postgres'), async (client) => {
    if (!(await exists(client, 'select 1 from pg_roles where rolname = $1', ownerRole))) {
      await client.query(
        `create role ${ownerRole} login createrole createdb nosuperuser password ${client.escapeLiteral(passwords.owner)}`,
      )
    }
    if (!(await exists(client, 'select 1 from pg_database where datname = $1', databaseName))) {
      await client.query(`create database ${databaseName} owner ${ownerRole}`)
    }
  })
  await withClient(urlOf(address, 'postgres', passwords.superuser, databaseName), (client) =>
    client.query('set client_min_messages = warning; create extension if not exists btree_gist'),
  )
}

/** A connection address that `new URL` can read and change; the socket's folder travels as `host` in the query. */
export function urlOf(address: Address, user: string, password: string, database: string): string {
  return 'port' in address
    ? `postgres://${user}:${password}@127.0.0.1:${address.port}/${database}`
    : `postgres://${user}:${password}@localhost/${database}?host=${encodeURIComponent(address.socketFolder)}`
}

async function exists(client: Client, query: string, name: string): Promise<boolean> {
  const { rowCount } = await client.query(query, [name])
  return rowCount === 1
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
