/**
 * Loads generated services into an empty installation, ten thousand a file, through the same act as `anydoor import`, and
 * writes down how long that took and the most memory it held. Run by directory.ts: `node bench/directory-world.ts FILE COUNT`.
 */
import { writeFileSync } from 'node:fs'
import { sql } from 'kysely'

import { importDirectory } from '#directory'
import { readConfig } from '#platform/config'
import { openDatabase, openPool } from '#platform/db'

import { placesFile } from './directory-places.ts'

/** What the load cost. */
export interface Loaded {
  readonly services: number
  readonly seconds: number
  readonly memory: number
  /** Megabytes of the listing with all its indices, and of what search reads. */
  readonly listing: number
  readonly find: number
  readonly words: number
}

const [file = '', count = '100000'] = process.argv.slice(2)
const perFile = 10_000
const config = readConfig(process.env, process.cwd())
if ('refused' in config) throw new Error(config.message)
const database = await openDatabase(config)
if ('refused' in database) throw new Error(database.message)
const owner = openPool(database.ownerUrl, 1)
let seconds = 0
for (let from = 0; from < Number(count); from += perFile) {
  const text = placesFile(from, Math.min(Number(count), from + perFile))
  const since = performance.now()
  const done = await owner.transaction().execute((db) => importDirectory(db, text))
  if ('refused' in done || done.rejected + done.held > 0) throw new Error('Not every record was imported.')
  seconds += (performance.now() - since) / 1000
}
await sql`vacuum analyze`.execute(owner)
const { rows } = await sql<Omit<Loaded, 'seconds' | 'memory'>>`
  select (select count(*)::int from directory.service) as services, (select count(*)::int from directory.word) as words,
    (pg_total_relation_size('directory.find') / 1e6)::float8 as find,
    (select sum(pg_total_relation_size(c.oid) / 1e6)::float8 from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'directory' and c.relkind = 'r') as listing`.execute(owner)
const [sizes] = rows
if (sizes === undefined) throw new Error('Nothing was loaded.')
const loaded: Loaded = { ...sizes, seconds, memory: process.resourceUsage().maxRSS / 1024 }
writeFileSync(file, JSON.stringify(loaded))
await owner.destroy()
await database.close()
