import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { plantedLine } from './planted-count.ts'

/** The one server of a test run, with a migrated template to copy. */
export interface TestServer {
  readonly ownerUrl: string
  readonly superUrl: string
  readonly keysDir: string
  /** For what tests keep beside; removed at the end of the run. */
  readonly folder: string
}

/** Name of the database that every fresh one is a copy of. */
export const templateName = 'anydoor_template'

const prefix = 'anydoor-test-run-'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with a TestServer; the first question starts it, so that a run without a database pays nothing. */
    readonly testServerDoor: string
    /** Where tests write down the faults that they plant. */
    readonly plantedBook: string
  }
}

/** Opens the door to the shared server before the first test file; returns what closes it after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeLeftovers()
  const folder = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`))
  let running: Promise<{ server: TestServer; stop: () => Promise<void> }> | null = null
  const door = createServer((_request, response) => {
    running ??= startServer(folder)
    running.then(
      ({ server }) => response.end(JSON.stringify(server)),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : 'unknown'),
    )
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  project.provide('testServerDoor', `http://127.0.0.1:${(door.address() as AddressInfo).port}/`)
  const book = path.join(folder, 'planted')
  project.provide('plantedBook', book)
  return async () => {
    door.close()
    door.closeAllConnections()
    const started = await running?.catch(() => null)
    await started?.stop()
    try {
      const line = plantedLine(book)
      if (line !== null) process.stdout.write(`\n${line}\n`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** A run that was killed could not tidy up; the folder's name says whose it was. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length).split('-')[0]))) continue
    rmSync(path.join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function startServer(folder: string) {
  const database = await startEmbedded({ dataDir: path.join(folder, 'data'), durable: false })
  if ('refused' in database) throw new Error(database.message)
  const keysDir = path.join(folder, 'keys')
  const ownerUrl = urlWithDatabase(database.url, templateName)
  await run(database.superUrl, `create database ${templateName} owner anydoor_owner`)
  await run(urlWithDatabase(database.superUrl, templateName), 'create extension btree_gist')
  await migrate({ ownerUrl, keysDir })
  await run(database.superUrl, `alter database ${templateName} with allow_connections false is_template true`)
  return { server: { ownerUrl, superUrl: database.superUrl, keysDir, folder }, stop: database.stop }
}

function urlWithDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
