import { Hono } from 'hono'

import { type MemberEnv, needs } from '#platform/http'

import { startCase } from './case.actions.ts'
import { cardPath, paths } from './paths.ts'

export const startPage = new Hono<MemberEnv>()

/** One click from *My work*: a case without a name, and straight to the first page of a first talk. */
startPage.post(paths.start, needs('case:write'), async (c) => {
  const { caseId } = await startCase(c.var.db, c.var.actor)
  return c.redirect(cardPath(caseId, 'new'), 303)
})
