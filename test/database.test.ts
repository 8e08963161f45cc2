import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase } from './database.ts'

test('each test has a migrated database of its own, open to every login', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  onTestFinished(async () => void (await Promise.all([one.close(), other.close()])))
  expect(one.ownerUrl).not.toBe(other.ownerUrl)
  expect(await rows(one.ownerUrl, 'select count(*)::int > 0 as migrated from migrations.applied')).toEqual([
    { migrated: true },
  ])
  for (const login of ['web', 'public', 'jobs', 'sealer'] as const) {
    expect(await rows(other.urlFor(login), 'select current_user::text as who')).toEqual([
      { who: `anydoor_${login}` },
    ])
  }
})

test('a closed database is gone, whoever is still connected', async () => {
  const database = await freshDatabase()
  const client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  client.on('error', () => {})
  await database.close()
  await expect(rows(database.ownerUrl, 'select 1')).rejects.toThrow('does not exist')
})

async function rows(url: string, query: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}
