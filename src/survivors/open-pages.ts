import type { Context } from 'hono'

import type { AppEnv } from '#platform/http'
import type { Content } from '#platform/ui'

import type { HelpLine } from './help-line.ts'
import type { Owner } from './owner.ts'

/** What the open pages need to know of the installation. */
export interface OpenPages {
  readonly owner: Owner
  readonly helpLines: readonly HelpLine[]
  /** Address of the open directory. */
  readonly findPath: string
  /** Address of staff's sign-in. */
  readonly signInPath: string
  /** The day, for the age of checks; by the database's or the machine's clock. */
  today(): Temporal.PlainDate
  /** What the demo adds to the first page; elsewhere absent. */
  readonly lookRound?: (c: Context<AppEnv>) => Content | Promise<Content>
}
