import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { wayText } from './introduction-letter.view.ts'
import { openThread } from './thread-seal.ts'
import { threadsOfCase } from './thread.store.ts'

/** What the person said got in the way of an introduction and was not passed on: it is in their own file. */
export async function keptWhyInFile(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly { readonly key: string; readonly title: string; readonly text: string }[]> {
  const rows = await threadsOfCase(db, file.key.partyId, file.caseId)
  return rows.flatMap((row) => {
    const body = openThread(actor, file.key, row)
    return (body?.keptWhy ?? []).map((kept, at) => ({
      key: `why~${row.id}~${at}`,
      title: t('referrals.intro.in-file', { service: body?.serviceName ?? '', date: t.date(kept.on) }),
      text: [wayText(t, kept.inTheWay), kept.words].filter((part) => part !== '').join('\n'),
    }))
  })
}
