import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'

import pg from 'pg'

import { databaseName, ownerRole, urlOf } from './embedded-bootstrap.ts'
import { readPasswords } from './embedded-passwords.ts'

/**
 * The owner's address at an embedded server that another process of ours runs on this folder, so that a backup or a check
 * need not stop it; null when none answers.
 */
export async function visitEmbedded(dataDir: string): Promise<string | null> {
  const passwords = readPasswords(path.join(dataDir, 'postgres.passwords.json'), false)
  const address = noted(dataDir)
  if (passwords === null || address === null) return null
  const url = urlOf(address, ownerRole, passwords.owner, databaseName)
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return url
  } catch {
    return null
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** PostgreSQL notes its port in the fourth line of this file and its socket's folder in the fifth. */
function noted(dataDir: string): { readonly socketFolder: string } | { readonly port: number } | null {
  try {
    const home = realpathSync(path.join(dataDir, 'postgres'))
    const lines = readFileSync(path.join(home, 'cluster', 'postmaster.pid'), 'utf8').split('\n')
    const [port, socketFolder] = [Number(lines[3]), lines[4]?.trim() ?? '']
    return socketFolder === '' ? { port } : { socketFolder }
  } catch {
    return null
  }
}
