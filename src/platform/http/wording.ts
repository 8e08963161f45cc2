import type { MiddlewareHandler } from 'hono'

import type { WordsFor } from '#platform/i18n'

import type { AppEnv, EdgeConfig, ProblemPage } from './env.ts'

/** Gives every route the configuration and the installation's words; `needs(…)` puts the agency's in their place. */
export function wording(parts: {
  readonly config: EdgeConfig
  readonly wordsFor: WordsFor
  readonly problemPage?: ProblemPage
  readonly timeZone?: string | undefined
}): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { config, wordsFor, problemPage, timeZone } = parts
    c.set('config', config)
    c.set('wordsFor', wordsFor)
    c.set('t', wordsFor({ pack: config.pack, timeZone }))
    if (problemPage) c.set('problemPage', problemPage)
    return next()
  }
}
