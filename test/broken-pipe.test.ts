import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openPool } from '#platform/db'
import { type FreshDatabase, freshDatabase } from './database.ts'
import { inventedServices } from './exchange/feed-source.ts'
import { emptyFolder } from './world/restored.ts'

let database: FreshDatabase
const place = emptyFolder()

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(async () => {
  await database?.close()
  place.remove()
})

/** Runs the command line as a program whose reader closes the pipe before the first line. */
async function unread(args: readonly string[]): Promise<{ readonly code: number; readonly errors: string }> {
  const [here, root] = [import.meta.dirname, path.dirname(import.meta.dirname)]
  const program = ['--conditions=source', '--import', `${here}/exchange/tsx-hook.ts`, `${root}/src/main.ts`]
  const env = {
    ...process.env,
    NODE_NO_WARNINGS: '1',
    DATA_DIR: path.join(place.folder, 'data'),
    DATABASE_URL: database.ownerUrl,
    KEYS_DIR: database.keysDir,
  }
  const child = spawn(process.execPath, [...program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let errors = ''
  child.stderr.on('data', (said) => (errors += String(said)))
  const [code] = await once(child, 'close')
  return { code: Number(code), errors }
}

async function services(): Promise<number> {
  const owner = openPool(database.ownerUrl, 1)
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from directory.service`.execute(
    owner,
  )
  await owner.destroy()
  return rows[0]?.n ?? 0
}

test('an import whose reader goes is whole, and ends as a broken pipe does, without a trace', async () => {
  const file = path.join(place.folder, 'services.json')
  writeFileSync(file, JSON.stringify(inventedServices(60)))
  const { code, errors } = await unread(['import', '--json', '--format', 'hsds', file])
  expect(code).toBe(141)
  expect(errors).toMatch(/^(To take this back [^\n]+\n)?$/)
  expect(await services()).toBe(60)
}, 60_000)

test.each([[['export', '--format', 'hsds']], [['export', '--format', 'system']], [['--help']]])(
  '%j ends quietly when its reader goes',
  async (args) => {
    expect(await unread(args)).toEqual({ code: 141, errors: '' })
  },
  60_000,
)
