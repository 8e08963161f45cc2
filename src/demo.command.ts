import { standDemo, standings } from '#demo'
import type { Config } from '#platform/config'
import { cryptoReady, openInstallation } from '#platform/crypto'
import { openDatabase } from '#platform/db'

import { wordsOf } from './app.ts'
import { roomsOf } from './rooms.ts'

/** Fills an empty installation with the invented world and closes it again. Gives the exit code. */
export async function runDemo(config: Config): Promise<number> {
  await cryptoReady()
  const database = await openDatabase(config)
  if ('refused' in database) return complain(database.message)
  const { installation } = openInstallation(config.keysDir)
  const wordsFor = wordsOf(roomsOf({ config, variables: process.env }).rooms)
  try {
    const standing = await standDemo({ config, database, installation, wordsFor, out: process.stdout })
    const { stands, line } = standings[standing]
    if (!stands) return complain(line)
    process.stdout.write(`${line}\n`)
    return 0
  } finally {
    await database.close()
  }
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}
