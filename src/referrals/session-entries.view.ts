import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { sessionsOf } from './session.actions.ts'
import { sessionLines } from './session-lines.view.ts'
import { threadsOfCase } from './thread.store.ts'

/** The sessions of a case, for the person's own file. */
export async function sessionEntries(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly { readonly key: string; readonly title: string; readonly text: string }[]> {
  const found: { key: string; title: string; text: string }[] = []
  for (const thread of await threadsOfCase(db, file.key.partyId, file.caseId))
    for (const session of await sessionsOf(db, actor, file.key, thread.id)) {
      const lines = sessionLines(t, session).filter(({ value }) => value !== '')
      found.push({
        key: `session~${session.id}`,
        title: t('referrals.session.in-file', { date: t.date(session.on) }),
        text: lines.map(({ key, value }) => `${key}: ${value}`).join('\n'),
      })
    }
  return found
}
