import type { Config } from '#platform/config'
import { openDatabase } from '#platform/db'
import { prepareQueues } from '#platform/jobs'

/** Brings the database to the newest shape and closes it again. */
export async function runMigrate(config: Config): Promise<number> {
  const database = await openDatabase(config)
  if ('refused' in database) {
    process.stderr.write(`${database.message}\n`)
    return 2
  }
  await prepareQueues(database.ownerUrl)
  await database.close()
  process.stdout.write('The database has the newest shape.\n')
  return 0
}
