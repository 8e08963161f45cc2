import type { MemberEnv } from '#platform/http'
import type { Context } from 'hono'

import type { CaseFile } from './case.ts'
import { openFile } from './open.actions.ts'
import { casePath } from './paths.ts'

/** Opens the case of the address for a page about it; null answers like a missing page. */
export function fileOf(c: Context<MemberEnv>): Promise<CaseFile | null> {
  return openFile(c.var.db, c.var.actor, c.req.param('id') ?? '')
}

/** Where a saved page leads: the next page of a first talk, back to the menu, or the case. */
export function afterSaving(
  caseId: string,
  then: string | undefined,
  next: 'contact' | 'needs' | 'situation' | 'wishes' | 'menu',
): string {
  if (then === 'next') return casePath(next, caseId)
  if (then === 'menu') return casePath('menu', caseId)
  return `${casePath('case', caseId)}?saved=1`
}
