import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.ts'

const asRoot = process.getuid?.() === 0
let dataDir: string

beforeAll(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'anydoor-embedded-'))
})

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('the first start makes a database whose owner is no superuser', async () => {
  const database = await started({ dataDir })
  expect(
    await rows(
      database.url,
      'select rolname, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    ),
  ).toEqual([{ rolname: 'anydoor_owner', rolsuper: false, rolcreaterole: true, rolcreatedb: true }])
  expect(
    await rows(database.url, `select extname from pg_extension where extname = 'btree_gist'`),
  ).toHaveLength(1)
  expect(
    await rows(
      database.url,
      `select current_setting('fsync') fsync, current_setting('listen_addresses') listens, lower('ÉÑ') lower, current_setting('server_encoding') encoding`,
    ),
  ).toEqual([{ fsync: 'on', listens: '', lower: 'éñ', encoding: 'UTF8' }])
  expect(statSync(path.join(dataDir, 'postgres.passwords.json')).mode & 0o777).toBe(0o600)
  await rows(database.url, 'create table kept (word text)')
  await rows(database.url, `insert into kept values ('still here')`)
})

test('the next start finds what was written, and a second starter is refused by name', async () => {
  const database = await started({ dataDir })
  expect(await rows(database.url, 'select word from kept')).toEqual([{ word: 'still here' }])
  expect(await startEmbedded({ dataDir })).toEqual({
    refused: 'embedded-database',
    message: `Anydoor already runs on the folder ${dataDir} (process ${process.pid}): stop it first, or set DATA_DIR to another folder.`,
  })
})

test('the log holds neither statements nor the details of errors', async () => {
  const database = await started({ dataDir })
  await expect(rows(database.url, `insert into canary_nowhere values ('01632 960001')`)).rejects.toThrow(
    'canary_nowhere',
  )
  await rows(database.url, 'create table once (word text primary key)')
  const twice = `insert into once values ('07700 900001'), ('07700 900001')`
  await expect(rows(database.url, twice)).rejects.toThrow('duplicate key')
  await database.stop()
  const log = readFileSync(path.join(dataDir, 'postgres', 'server.log'), 'utf8')
  expect(log).toContain('duplicate key')
  expect(log).not.toMatch(/960001|900001|insert into/)
})

test('a killed parent takes its server along, and the next start does not wait for anybody', async () => {
  const parent = await parentProcess(dataDir)
  const server = serverId(dataDir)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  const database = await started({ dataDir })
  expect(serverId(dataDir)).not.toBe(server)
  expect(await rows(database.url, 'select word from kept')).toHaveLength(1)
})

test('a server that outlived its parent is stopped first', async () => {
  const parent = await parentProcess(dataDir)
  const server = serverId(dataDir)
  process.kill(server, 'SIGSTOP')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  setTimeout(() => process.kill(server, 'SIGCONT'), 100)
  const database = await started({ dataDir })
  expect(serverId(dataDir)).not.toBe(server)
  expect(await rows(database.url, 'select word from kept')).toHaveLength(1)
})

test('a note that names another living process does not stop the start', async () => {
  const note = noteOf(dataDir)
  expect(existsSync(note)).toBe(false)
  writeFileSync(note, `${process.ppid}\n${dataDir}\n`)
  const database = await started({ dataDir })
  expect(await rows(database.url, 'select word from kept')).toHaveLength(1)
})

test('a signal that ends the parent ends the server', async () => {
  const parent = await parentProcess(dataDir)
  parent.kill('SIGTERM')
  await once(parent, 'exit')
  await expect.poll(() => existsSync(noteOf(dataDir))).toBe(false)
})

test('data of another PostgreSQL is refused, and stays as it is', async () => {
  const file = path.join(dataDir, 'postgres', 'cluster', 'PG_VERSION')
  writeFileSync(file, '17\n')
  onTestFinished(() => writeFileSync(file, '18\n'))
  expect(await startEmbedded({ dataDir })).toMatchObject({
    message: expect.stringContaining('was made by PostgreSQL 17'),
  })
})

test('missing passwords are refused, since the data does not open without them', async () => {
  const file = path.join(dataDir, 'postgres.passwords.json')
  const kept = readFileSync(file, 'utf8')
  rmSync(file)
  onTestFinished(() => writeFileSync(file, kept, { mode: 0o600 }))
  expect(await startEmbedded({ dataDir })).toMatchObject({
    message: expect.stringContaining('is missing or damaged'),
  })
})

test('a folder that cannot be is refused in one line', async () => {
  writeFileSync(path.join(dataDir, 'file'), '')
  const answer = await startEmbedded({ dataDir: path.join(dataDir, 'file', 'data') })
  expect(answer).toMatchObject({
    refused: 'embedded-database',
    message: expect.stringMatching(/^DATA_DIR .* cannot be written \(ENOTDIR\)/),
  })
})

test('a path too long for a socket makes it listen on this machine only', async () => {
  const far = path.join(dataDir, 'a'.repeat(60), 'b'.repeat(30))
  const database = await started({ dataDir: far, durable: false })
  expect(new URL(database.url).hostname).toBe('127.0.0.1')
  expect(await rows(database.url, `select current_setting('listen_addresses') listens`)).toEqual([
    { listens: '127.0.0.1' },
  ])
})

test.runIf(asRoot)(
  'as root without a user namespace it runs as nobody, even under a private folder',
  async () => {
    const house = path.join(dataDir, 'private')
    onTestFinished(() => rmSync(realpathSync(path.join(house, 'postgres')), { recursive: true }))
    const database = await started({ dataDir: house, durable: false, account: 'unprivileged' })
    expect(statSync(path.join(house, 'postgres')).uid).not.toBe(0)
    expect(await rows(database.url, 'select 1 as one')).toEqual([{ one: 1 }])
  },
)

async function started(options: EmbeddedOptions): Promise<Embedded> {
  const database = await startEmbedded(options)
  if ('refused' in database) throw new Error(database.message)
  onTestFinished(database.stop)
  return database
}

async function rows(url: string, query: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

/** Another process that starts the database on the folder and waits. */
async function parentProcess(folder: string) {
  const script = `const { startEmbedded } = await import(process.argv[1])
    const database = await startEmbedded({ dataDir: process.argv[2] })
    console.log(database.refused ?? 'started')
    setInterval(() => {}, 1000)`
  const module = path.join(import.meta.dirname, 'embedded.ts')
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, module, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [said] = await once(child.stdout, 'data')
  expect(String(said)).toBe('started\n')
  return child
}

function serverId(folder: string): number {
  return Number(readFileSync(noteOf(folder), 'utf8').split('\n')[0])
}

/** Where PostgreSQL notes its process id. */
function noteOf(folder: string): string {
  return path.join(folder, 'postgres', 'cluster', 'postmaster.pid')
}
