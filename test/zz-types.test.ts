import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { freshDatabase } from './database.ts'
test('write', async () => {
  const db = await freshDatabase()
  const { status, stderr } = spawnSync(process.execPath, ['tools/db-types.ts', db.superUrl], { encoding: 'utf8' })
  await db.close()
  expect([status, stderr]).toEqual([0, ''])
}, 60_000)
