import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

const schema = z.object({
  /** Says which making this file belongs to. */
  mark: z.uuid(),
  /** By the ids of the cast. */
  staff: z.record(
    z.string(),
    z.object({
      login: z.string(),
      password: z.string(),
      authenticator: z.string(),
      accountId: z.string(),
      partyId: z.string(),
    }),
  ),
  /** The case of each person of the cast, for the tour's addresses. */
  cases: z.record(z.string(), z.string()),
  /** Their first referral. */
  threads: z.record(z.string(), z.string()),
})

/** How the invented staff sign in. Written only beside a demo, readable by its owner alone. */
export type Kept = Readonly<z.infer<typeof schema>>
export type KeptStaff = Kept['staff'][string]

/** Where the demo's sign-ins lie. */
export function keptFile(dataDir: string): string {
  return join(dataDir, 'demo.json')
}

/** The demo's sign-ins, or null where there are none that can be read. */
export function readKept(dataDir: string): Kept | null {
  const file = keptFile(dataDir)
  if (!existsSync(file)) return null
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

/** Writes the demo's sign-ins whole: a crash leaves the file as it was. */
export function keep(dataDir: string, kept: Kept): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${keptFile(dataDir)}.new`
  writeFileSync(draft, JSON.stringify(kept), { mode: 0o600, flush: true })
  renameSync(draft, keptFile(dataDir))
}

/** Forgets the demo's sign-ins. */
export function forgetKept(dataDir: string): void {
  rmSync(keptFile(dataDir), { force: true })
}
