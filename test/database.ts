import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import { loginUrls, type Login } from '../src/platform/db/roles.ts'
import { templateName, type TestServer } from './global-setup.ts'

/** A migrated, empty database of one test's own. */
export interface FreshDatabase {
  readonly ownerUrl: string
  /** The superuser's address: only to look behind the fences. */
  readonly superUrl: string
  /** Keys of its own, with the passwords of the shared logins. */
  readonly keysDir: string
  readonly urlFor: (login: Login) => string
  /** Drops it, with whoever is still connected. */
  readonly close: () => Promise<void>
}

/** Copies the migrated template on the run's shared server. It is not crash safe; `startEmbedded` is. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = await sharedServer()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(server, (client) => copyTemplate(client, name))
  const keysDir = path.join(server.folder, name)
  cpSync(server.keysDir, keysDir, { recursive: true })
  const ownerUrl = withDatabase(server.ownerUrl, name)
  const urls = loginUrls(ownerUrl, keysDir)
  return {
    ownerUrl,
    superUrl: withDatabase(server.superUrl, name),
    keysDir,
    urlFor: (login) => urls[login],
    close: () =>
      asSuperuser(server, (client) => client.query(`drop database if exists ${name} with (force)`)),
  }
}

/** The rights and settings of a database do not travel with a copy, so they are carried over. */
async function copyTemplate(client: Client, name: string): Promise<void> {
  await client.query(
    `create database ${name} template ${templateName} owner anydoor_owner strategy file_copy`,
  )
  await client.query(
    `update pg_database copy set datacl = t.datacl from pg_database t where t.datname = $1 and copy.datname = $2`,
    [templateName, name],
  )
  await client.query(
    `insert into pg_db_role_setting select c.oid, s.setrole, s.setconfig
     from pg_db_role_setting s join pg_database t on t.oid = s.setdatabase, pg_database c
     where t.datname = $1 and c.datname = $2`,
    [templateName, name],
  )
}

async function sharedServer(): Promise<TestServer> {
  const answer = await fetch(inject('testServerDoor'))
  if (!answer.ok) throw new Error(`The test database could not be made: ${await answer.text()}`)
  return (await answer.json()) as TestServer
}

async function asSuperuser(server: TestServer, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: server.superUrl })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
