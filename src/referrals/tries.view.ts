import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { openThread } from './thread-seal.ts'
import { threadsOfCase } from './thread.store.ts'
import type { Try } from './thread.ts'

/** One try in a line: on which way, and what came of it. */
export function triedText(t: Words, each: Try): string {
  return t('referrals.tries.line', {
    way: t(`people.contact.channel.${each.channel}`),
    came: t(`referrals.tries.result.${each.came}`),
  })
}

/** What a referral keeps of the person on our side alone: each try to reach them, and how they judged it. */
export async function keptInFile(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly { readonly key: string; readonly title: string; readonly text: string }[]> {
  const rows = await threadsOfCase(db, file.key.partyId, file.caseId)
  return rows.map((row) => {
    const body = openThread(actor, file.key, row)
    const ended =
      body?.ended === null || body?.ended === undefined
        ? []
        : [t(`referrals.outcome.${body.ended.outcome}`), body.ended.words]
    return {
      key: `referral~${row.id}`,
      title: t('referrals.tries.file', { service: body?.serviceName ?? '' }),
      text: [...(body?.tries ?? []).map((each) => `${t.dateTime(each.at)}: ${triedText(t, each)}`), ...ended]
        .filter((part) => part !== '')
        .join('\n'),
    }
  })
}
