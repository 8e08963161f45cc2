import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { keepingsOf } from './keeping.actions.ts'
import { threadsOfFile } from './list.actions.ts'

/** What a case holds of who kept hold of the person and what there was meanwhile, for the person's own file. */
export async function keepingsInFile(
  db: Tx,
  actor: Actor,
  t: Words,
  file: CaseFile,
): Promise<readonly { readonly key: string; readonly title: string; readonly text: string }[]> {
  const keepings = await keepingsOf(db, actor, file.key)
  if (keepings.size === 0) return []
  return (await threadsOfFile(db, actor, file)).flatMap((line) => {
    const body = keepings.get(line.id)?.body
    if (body === undefined) return []
    const { meanwhile, settled } = body
    const text = [
      meanwhile === null ? '' : `${t('referrals.hold.meanwhile')}: ${meanwhile.what} (${meanwhile.who})`,
      settled === null
        ? ''
        : t(`referrals.hold.settled-${settled.how}`, {
            agency: line.otherName,
            service: 'service' in settled ? settled.service : '',
            person: 'person' in settled ? settled.person : '',
            when: 'at' in settled ? t.dateTime(settled.at) : '',
          }),
    ]
    return [
      {
        key: `kept~${line.id}`,
        title: t('referrals.hold.in-file', { agency: line.otherName }),
        text: text.filter((part) => part !== '').join('\n'),
      },
    ]
  })
}
