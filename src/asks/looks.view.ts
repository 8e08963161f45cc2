import { groupLines, groupWhen, otherAgencies } from '#parties'
import { type CaseFile, colleaguesOf } from '#people'
import { type Actor, caseKeys, type Role } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type ReadLine, readLines } from '#platform/ledger'

import { untoldGrounds } from './granted.view.ts'

const most = 500

/** Which of somebody's roles says most about why they look at a case. */
const tellingRoles: readonly Role[] = ['privacy-lead', 'lead', 'worker']

/** One look or change, told to the person: when, what, and by which role of this agency. No worker is named. */
export interface Look {
  readonly when: string
  readonly machineTime: string
  readonly what: string
  readonly who: string
}

/** Every look at a case on our side, newest first, and whether there are more than are told. */
export async function looksOf(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<{ readonly looks: readonly Look[]; readonly more: boolean }> {
  const lines = await readLines(db, actor, { caseId: file.caseId, limit: most }, (ids) =>
    caseKeys(db, actor, ids),
  )
  const told = withoutUntold(lines, await untoldGrounds(db, file))
  const people = new Map(
    (await colleaguesOf(db, actor)).map((each) => [each.accountId, roleText(t, each.roles)]),
  )
  const agencies = new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
  const looks = groupLines(t, told, { people, agencies }).map((group) => ({
    when: groupWhen(t, group),
    machineTime: group.newest.toISOString(),
    what: group.what,
    who: group.who,
  }))
  return { looks, more: lines.length === most }
}

/** The lines without those of a ground that the person was not told of, and of the thread in which it was sent. */
function withoutUntold(lines: readonly ReadLine[], untold: ReadonlySet<string>): readonly ReadLine[] {
  const of = (line: ReadLine) => String(line.detail?.['ground'] ?? line.detail?.['decision'])
  const names = (line: ReadLine) => untold.has(of(line))
  const threads = new Set(lines.filter(names).map((line) => line.detail?.['thread']))
  threads.delete(undefined)
  return lines.filter((line) => !names(line) && !threads.has(line.detail?.['thread']))
}

function roleText(t: Words, roles: readonly Role[]): string {
  const role = tellingRoles.find((each) => roles.includes(each)) ?? roles[0]
  return role === undefined ? t('asks.account.somebody') : t(`parties.role.${role}.name`)
}
