import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** Random passwords; they stay in a file that only we may read. */
export interface Passwords {
  readonly superuser: string
  readonly owner: string
}

const passwordsSchema = z.object({ superuser: z.string(), owner: z.string() })

/** Reads the passwords, or makes them while there is no cluster yet; null when they are missing or damaged. */
export function readPasswords(file: string, mayMake: boolean): Passwords | null {
  if (!existsSync(file) && mayMake) {
    const made: Passwords = {
      superuser: randomBytes(32).toString('hex'),
      owner: randomBytes(32).toString('hex'),
    }
    writeFileSync(`${file}.new`, `${JSON.stringify(made)}\n`, { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
    return made
  }
  try {
    return passwordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
