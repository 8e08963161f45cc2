import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig, type Config } from '#platform/config'
import { runExport } from '../../src/export.command.ts'
import { type TestWorld, testWorld } from '../world/agencies.ts'

let world: TestWorld
let config: Config
const folder = mkdtempSync(join(tmpdir(), 'anydoor-export-'))

beforeAll(async () => {
  world = await testWorld()
  await world.found('The Engine Room', 'operator', ['operator'])
  const read = readConfig(
    { DATABASE_URL: world.database.ownerUrl, KEYS_DIR: world.database.keysDir, DATA_DIR: folder },
    folder,
  )
  if ('refused' in read) throw new Error(read.message)
  config = read
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

async function run(...args: readonly string[]) {
  const said: string[] = []
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  try {
    return { code: await runExport(config, args), said: said.join('') }
  } finally {
    spy.mockRestore()
  }
}

async function lines(): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from ledger.entry where kind = 'export.made'`.execute(world.owner)
  return rows[0]?.n ?? 0
}

test.each([
  [[], 'Say which format: anydoor export --format system|hsds'],
  [['--format', 'xml'], 'Say which format'],
  [['--format', 'hsds', '--pack', 'uk'], '--pack and --practice belong to --format system.'],
  [['--format', 'system', '--pack', 'fr'], '--pack is uk or us.'],
  [['--format', 'hsds', '--fast'], 'anydoor export --help says more.'],
])('%j cannot run: one line that says why, and nothing is recorded', async (args, line) => {
  const before = await lines()
  const { code, said } = await run(...args)
  expect([code, said.trim().split('\n').length]).toEqual([2, 1])
  expect(said).toContain(line)
  expect(await lines()).toBe(before)
})

test('a file is there once it is whole, with its line in the ledger; one that cannot be written leaves nothing behind', async () => {
  const before = await lines()
  const out = join(folder, 'out.json')
  expect(await run('--format', 'hsds', '--out', out)).toEqual({ code: 0, said: '' })
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
    total_items: 0,
    empty: true,
    contents: [],
    organizations: [],
  })
  expect(existsSync(`${out}.part`)).toBe(false)
  expect(await lines()).toBe(before + 1)
  const nowhere = join(folder, 'nowhere', 'out.json')
  const { code, said } = await run('--format', 'hsds', '--out', nowhere)
  expect([code, said.trim().split('\n').length]).toEqual([2, 1])
  expect(existsSync(`${nowhere}.part`)).toBe(false)
})

test('an export that breaks half way leaves the file that was there', async () => {
  const out = join(folder, 'out.json')
  const whole = readFileSync(out, 'utf8')
  await sql`alter table directory.threshold rename to away`.execute(world.owner)
  expect((await run('--format', 'hsds', '--out', out)).code).toBe(2)
  await sql`alter table directory.away rename to threshold`.execute(world.owner)
  expect([readFileSync(out, 'utf8'), existsSync(`${out}.part`)]).toEqual([whole, false])
})
