import type { Context } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'

import type { Config } from '#platform/config'
import type { Words, WordsFor } from '#platform/i18n'

import type { Log } from './log.ts'

/** What the edge reads of the configuration. */
export type EdgeConfig = Pick<Config, 'publicUrl' | 'allowedHosts' | 'secure' | 'loopback' | 'pack'>

/** What a page that says that something did not work has to show. */
export interface ProblemView {
  readonly t: Words
  readonly status: number
  readonly title: string
  readonly text: string
  /** Only on faults: a number to quote to whoever looks after the installation. */
  readonly reference?: string | undefined
}

/** Draws the one error page; the app gives the one with the house's layout. */
export type ProblemPage = (view: ProblemView) => HtmlEscapedString | Promise<HtmlEscapedString>

/** Every route has these; the database and the actor come only with `needs(…)` or `publicDb()`. */
export interface AppEnv {
  Variables: {
    t: Words
    wordsFor: WordsFor
    requestId: string
    config: EdgeConfig
    log: Log
    problemPage: ProblemPage
    /** The code of what went wrong, for the log's one line. */
    code: string | undefined
  }
}

/**
 * Any route's context, seen as far as every route has it. Hono's `set` makes contexts of richer environments differ by
 * type though not in fact; this is the one place that says so.
 */
export function edge<E extends AppEnv>(c: Context<E>): Context<AppEnv> {
  return c as unknown as Context<AppEnv>
}
