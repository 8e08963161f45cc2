import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#platform/config'
import { openDatabase } from '#platform/db'
import { type TestWorld, testWorld } from './world/agencies.ts'

let world: TestWorld
let folder: string

beforeAll(async () => {
  world = await testWorld()
  folder = mkdtempSync(path.join(tmpdir(), 'anydoor-lost-keys-'))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

test('a database with accounts is not opened under new keys, and nothing of it or beside it changes', async () => {
  await world.found('First Door', 'domestic-abuse')
  const keysDir = path.join(folder, 'keys')
  const config = readConfig(
    { DATA_DIR: path.join(folder, 'data'), KEYS_DIR: keysDir, DATABASE_URL: world.database.ownerUrl },
    folder,
  )
  if ('refused' in config) throw new Error('the settings are wrong')
  const opened = await openDatabase(config)
  expect(opened).toMatchObject({ refused: 'keys', message: expect.stringContaining('anydoor keys restore') })
  expect(existsSync(keysDir)).toBe(false)
  // The shared logins still have the passwords that the right keys hold.
  expect(await world.pools.web.connection().execute(async () => 'answers')).toBe('answers')
})
