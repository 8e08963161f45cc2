import { PgBoss } from 'pg-boss'
import pg from 'pg'

/** The schema pg-boss keeps to itself. */
export const bossSchema = 'pgboss'

/** Every queue there is. A job carries no data: what is to be done is found in clear columns when it runs. */
export const queues = [
  'seal-ledger',
  'end-expired',
  'sweep',
  'tell-failures',
  'notify',
  'ask-renewals',
  'ask-owners',
  'send-mail',
  'bring-files',
  'follow-feeds',
  'send-events',
] as const
export type Queue = (typeof queues)[number]

/** Makes the queues as the owner, once; the jobs login may use them and change nothing else. */
export async function prepareQueues(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const known = await client.query(`select from pg_namespace where nspname = $1`, [bossSchema])
    if (known.rowCount === 0) await client.query(`create schema ${bossSchema}`)
    const boss = new PgBoss({
      connectionString: ownerUrl,
      schema: bossSchema,
      createSchema: false,
      schedule: false,
      supervise: false,
      max: 1,
    })
    boss.on('error', () => undefined)
    await boss.start()
    for (const queue of queues) {
      if ((await boss.getQueue(queue)) === null)
        await boss.createQueue(queue, {
          retryLimit: 0,
          retentionSeconds: 3600,
          deleteAfterSeconds: 600,
          policy: 'singleton',
        })
    }
    await boss.stop({ graceful: false })
    await client.query(`grant usage on schema ${bossSchema} to anydoor_jobs`)
    await client.query(
      `grant select, insert, update, delete on all tables in schema ${bossSchema} to anydoor_jobs`,
    )
    await client.query(`grant execute on all functions in schema ${bossSchema} to anydoor_jobs`)
  } finally {
    await client.end()
  }
}
