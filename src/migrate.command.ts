import type { Config } from '#platform/config'
import { applyForbiddingRules } from '#directory'
import { openDatabase, openPool } from '#platform/db'
import { prepareQueues } from '#platform/jobs'

/** Brings the database to the newest shape and closes it again. */
export async function runMigrate(config: Config): Promise<number> {
  const database = await openDatabase(config)
  if ('refused' in database) {
    process.stderr.write(`${database.message}\n`)
    return 2
  }
  await prepareQueues(database.ownerUrl)
  const owner = openPool(database.ownerUrl, 1)
  const moved = await applyForbiddingRules(owner).finally(() => owner.destroy())
  await database.close()
  process.stdout.write('The database has the newest shape.\n')
  if (moved > 0)
    process.stdout.write(
      `Rules about who may be turned away have changed: ${moved} clauses of the directory follow them.\n`,
    )
  return 0
}
