/**
 * The plain baseline: a bare Hono page as long as *My work*, and a bare select of as many sealed cards as the name search reads,
 * from one process on the same database. Run by bench.ts: `node bench/plain.ts ROWS` with DATA_DIR and KEYS_DIR set.
 */
import { Hono } from 'hono'
import { sql } from 'kysely'

import { readConfig } from '#platform/config'
import { openDatabase, openPool } from '#platform/db'
import { serveApp } from '#platform/http'

const cards = Number(process.argv[2] ?? 5_000)
const config = readConfig(process.env, process.cwd())
if ('refused' in config) throw new Error(config.message)
const database = await openDatabase(config)
if ('refused' in database) throw new Error(database.message)
const owner = openPool(database.ownerUrl, 12)
const app = new Hono()
const page = `<!doctype html><title>Plain</title>${'<p>A line of a list, as long as they are.</p>'.repeat(400)}`
app.get('/page', (c) => c.html(page))
app.get('/rows', async (c) => {
  const { rows } = await sql`select party_id, case_id, id, body from people.card limit ${cards}`.execute(
    owner,
  )
  return c.text(String(rows.length))
})
const listening = await serveApp(app, config)
process.stdout.write('ready\n')
process.once('SIGTERM', () => {
  void listening
    .close(1_000)
    .then(() => owner.destroy())
    .then(() => database.close())
})
