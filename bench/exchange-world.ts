/**
 * One part of the measurement in a process of its own, so that its memory is its own: `node bench/exchange-world.ts RESULT PART FILE`.
 * `import` is what `anydoor import` does; `plain` parses the same file and copies its records into one table, and no more.
 */
import { createReadStream, statSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

import { listRuns, undoRun } from '#directory'
import { exportFormats, fileAt, runImport } from '#exchange'
import { readConfig } from '#platform/config'
import { openDatabase, openPool } from '#platform/db'

import { processorSeconds, watchMemory } from './running.ts'

/** What one part cost. */
export interface PartCost {
  readonly seconds: number
  /** Processor seconds of the process, and of PostgreSQL. */
  readonly processor: { readonly server: number; readonly postgres: number }
  /** MiB at most: the process, and PostgreSQL. */
  readonly memory: number
  readonly postgres: number
  readonly bytes: number
}

type Work = (ownerUrl: string, file: string) => Promise<number>

const parts: Readonly<Record<string, Work>> = { import: bring, export: letOut, undo, plain }

const [result = '', part = '', file = ''] = process.argv.slice(2)
const work = parts[part]
const config = readConfig(process.env, process.cwd())
if ('refused' in config || work === undefined) throw new Error('This part cannot be measured.')
const database = await openDatabase(config)
if ('refused' in database) throw new Error(database.message)
const memoryOf = watchMemory(process.pid)
const before = processorSeconds(process.pid)
const since = performance.now()
const bytes = await work(database.ownerUrl, file)
const seconds = (performance.now() - since) / 1_000
const after = processorSeconds(process.pid)
const { server, postgres } = memoryOf()
const cost: PartCost = {
  seconds,
  processor: { server: after.server - before.server, postgres: after.postgres - before.postgres },
  memory: server,
  postgres,
  bytes,
}
writeFileSync(result, JSON.stringify(cost))
await database.close()

async function bring(ownerUrl: string): Promise<number> {
  const owner = openPool(ownerUrl, 1)
  const errors: string[] = []
  const code = await runImport(['--json', file], {
    withDatabase: (job) => owner.transaction().execute(job),
    open: fileAt,
    print: () => undefined,
    printError: (line) => errors.push(line),
  })
  await owner.destroy()
  if (code !== 0) throw new Error(`The import ended with ${code}. ${errors.join(' ')}`)
  return statSync(file).size
}

async function letOut(ownerUrl: string): Promise<number> {
  const owner = openPool(ownerUrl, 1)
  const format = exportFormats.find((each) => each.format === 'hsds')
  if (format === undefined) throw new Error('There is no such format.')
  let written = 0
  await owner.transaction().execute(async (db) => {
    for await (const piece of format.pieces(db)) written += Buffer.byteLength(piece)
  })
  await owner.destroy()
  return written
}

async function undo(ownerUrl: string): Promise<number> {
  const owner = openPool(ownerUrl, 1)
  const done = await owner.transaction().execute(async (db) => {
    for (const run of await listRuns(db)) {
      const undone = await undoRun(db, run.id, { name: 'the benchmark', why: 'Measured' })
      if ('refused' in undone || undone.left > 0) throw new Error(JSON.stringify(undone))
    }
  })
  await owner.destroy()
  return done === undefined ? 0 : 1
}

async function plain(ownerUrl: string): Promise<number> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query('create table public.plain (id text, name text, record jsonb)')
  const into = client.query(copyFrom('copy public.plain from stdin'))
  await pipeline(Readable.from(rows()), into)
  await client.query('drop table public.plain')
  await client.end()
  return statSync(file).size
}

/** The records of the generated file, each in its line, as rows of `copy`. */
async function* rows(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const text = line.endsWith(',') ? line.slice(0, -1) : line
    if (!text.startsWith('{') || !text.endsWith('}')) continue
    const record = JSON.parse(text) as { readonly id: string; readonly name: string }
    yield `${[record.id, record.name, JSON.stringify(record)].map(escaped).join('\t')}\n`
  }
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}
