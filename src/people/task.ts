import type { MemberEnv } from '#platform/http'
import type { Context } from 'hono'

import type { CaseFile } from './case.ts'
import { sameNameElsewhere } from './name-search.actions.ts'
import { openFile } from './open.actions.ts'
import { casePath, paths } from './paths.ts'

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

/**
 * Where it goes on once a person has a name: as after any saving, by way of a page that says so where somebody of this name is
 * in another case.
 */
export async function afterNaming(
  c: Context<MemberEnv>,
  at: { readonly caseId: string; readonly name: string },
  then: string | undefined,
): Promise<string> {
  const next = then === 'next' || then === 'menu' ? `?then=${then}` : ''
  const others = await sameNameElsewhere(c.var.db, c.var.actor, at)
  return others.length === 0
    ? afterSaving(at.caseId, then, 'contact')
    : casePath('sameName', at.caseId) + next
}

/** Where somebody goes who knows a person of the case that they have just written: it goes to a colleague, or nobody else is there. */
export function afterConflict(own: 'goes' | 'stays', caseId: string): string {
  return own === 'goes' ? `${paths.work}?done=known` : `${casePath('conflict', caseId)}?stays=1`
}
