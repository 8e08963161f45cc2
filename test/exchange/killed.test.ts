import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { bringFiles } from '#exchange'
import { bringFile } from '../../src/exchange/file.actions.ts'
import { serveWorld } from '../world/served.ts'
import { inventedService, inventedServices } from './feed-source.ts'
import { at, feed, listed, look, takeAll, useFollowing, waiting } from './following.ts'

useFollowing()

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

/** Another server begins with the minute's work. */
function begins(work: 'follow' | 'bring'): ChildProcess {
  const { database } = at.world
  const urls = Object.fromEntries(
    (['web', 'public', 'jobs', 'sealer'] as const).map((login) => [login, database.urlFor(login)]),
  )
  const here = import.meta.dirname
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', `${here}/tsx-hook.ts`, `${here}/one-server.ts`, work],
    {
      env: { ...process.env, ONE_SERVER: JSON.stringify({ urls, keysDir: database.keysDir }) },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  running.push(child)
  return child
}

/** As `kill -9` does it: no handler runs, no transaction is ended. */
async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  expect(await gone).toEqual([null, 'SIGKILL'])
}

/** Lets a server run into a table that somebody holds, and kills it there. */
async function killedAt(table: string, work: 'follow' | 'bring'): Promise<void> {
  const stood = await at.world.owner.transaction().execute(async (db) => {
    await sql`lock table ${sql.table(table)} in share mode`.execute(db)
    const child = begins(work)
    await expect.poll(() => standing(table), { timeout: 30_000 }).not.toEqual([])
    const pids = await standing(table)
    await killed(child)
    return pids
  })
  // The database ends the transaction when it finds nobody at the other end; until then it holds what it had taken.
  await expect.poll(() => alive(stood), { timeout: 10_000 }).toEqual([])
}

/** The connections that wait for a table. */
async function standing(table: string): Promise<readonly number[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_locks where relation = ${table}::regclass and not granted`.execute(at.world.owner)
  return rows.map((row) => row.pid)
}

async function alive(pids: readonly number[]): Promise<readonly number[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where pid = any(${pids}::integer[])`.execute(at.world.owner)
  return rows.map((row) => row.pid)
}

const due = () => sql`update exchange.feed set next_at = now() - interval '1 second'`.execute(at.world.owner)
/** The lease of whoever was killed runs out. */
const leaseOver = async () => {
  for (const table of ['exchange.feed', 'exchange.arrival'])
    await sql`update ${sql.table(table)} set leased_until = now() - interval '1 second' where lease is not null`.execute(
      at.world.owner,
    )
}

async function runs(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from directory.import_run`.execute(
    at.world.owner,
  )
  return rows[0]?.n ?? 0
}

describe('a server that is killed', () => {
  test('while it asks a feed: nothing of half a state is kept, and the next look is right', async () => {
    at.source.turn({ delayMs: 400 })
    await due()
    const child = begins('follow')
    await expect.poll(() => at.source.asked.length, { timeout: 30_000 }).toBeGreaterThan(1)
    await killed(child)
    expect((await feed()).lease).not.toBeNull()
    expect([await waiting(), await listed()]).toEqual([{}, []])
    at.source.turn({ delayMs: 0 })
    // Nobody else takes it before the lease is over.
    const asked = at.source.asked.length
    await look()
    expect(at.source.asked.length).toBe(asked)
    await leaseOver()
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ new: 10 })
  }, 60_000)

  test('while it keeps a state: the last good state stands with what waited, and the next look takes the new one in', async () => {
    await look()
    await takeAll()
    at.source.turn({
      services: [inventedService(1, { email: 'new1@example.org' }), ...inventedServices(10).slice(1)],
    })
    await look()
    expect(await waiting()).toEqual({ changed: 1 })
    at.source.turn({ services: [...at.source.mood.services, inventedService(11)] })
    const before = await runs()
    await due()
    await killedAt('exchange.staged', 'follow')
    expect([await waiting(), await runs()]).toEqual([{ changed: 1 }, before])
    await leaseOver()
    expect(await look()).toBe(null)
    expect(await waiting()).toEqual({ changed: 1, new: 1 })
  }, 60_000)

  test('while safe changes go in by themselves: none is in, and the next look puts them in once', async () => {
    await look()
    await takeAll()
    await sql`update exchange.feed set by_itself = true`.execute(at.world.owner)
    at.source.turn({
      services: [inventedService(1, { email: 'new1@example.org' }), ...inventedServices(10).slice(1)],
    })
    const before = await runs()
    await due()
    await killedAt('exchange.applied', 'follow')
    expect([(await listed())[0]?.email, await runs()]).toEqual(['service1@example.org', before])
    await leaseOver()
    expect(await look()).toBe(null)
    expect([(await listed())[0]?.email, await runs()]).toEqual(['new1@example.org', before + 1])
  }, 60_000)

  test('while it puts a large file in: nothing of it is in, and the next server puts all of it in once', async () => {
    const id = await large()
    const served = serveWorld(at.world)
    await bringFiles(at.world.pools, at.world.installation)
    await served.post(`/files/${id}/apply`, {}, at.editor)
    const before = await runs()
    await killedAt('exchange.applied', 'bring')
    expect([await listed(), await runs()]).toEqual([[], before])
    expect(await bringFiles(at.world.pools, at.world.installation)).toBe(0)
    await leaseOver()
    expect(await bringFiles(at.world.pools, at.world.installation)).toBe(1)
    expect([(await listed()).length, await runs()]).toEqual([1_200, before + 1])
    expect(await (await served.get(`/files/${id}`, at.editor)).text()).toContain(
      'Nothing waits here any more.',
    )
  }, 120_000)

  test('and the database with it: a file that was not read yet is gone, and its page says so', async () => {
    const id = await large()
    // What a crash does to a table that is not logged.
    await sql`truncate exchange.piece`.execute(at.world.owner)
    await bringFiles(at.world.pools, at.world.installation)
    const page = await (await serveWorld(at.world).get(`/files/${id}`, at.editor)).text()
    expect(page).toContain('The server stopped before it had read this file')
    expect(await listed()).toEqual([])
  }, 60_000)
})

/** Brings in a file that is too large to be read while somebody waits. */
async function large(): Promise<string> {
  await sql`delete from exchange.arrival`.execute(at.world.owner)
  const form = new FormData()
  const services = inventedServices(1_200).map((each) => ({
    ...each,
    description: 'Much is said. '.repeat(80),
  }))
  form.set('file', new File([JSON.stringify(services)], 'council.json'))
  const request = new Request('http://127.0.0.1/', { method: 'POST', body: form })
  const came = { body: request.body, contentType: request.headers.get('content-type') ?? undefined }
  const done = await at.editor.act((db, actor) => bringFile(db, actor, at.world.installation, came))
  if ('refused' in done) throw new Error(done.refused)
  return done.id
}
