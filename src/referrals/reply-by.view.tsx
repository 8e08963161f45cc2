import { type CaseFile, urgencyIds } from '#people'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { Radios } from '#platform/ui'

import { replyDue } from './reply-time.rules.ts'
import { agreedTimes } from './reply-time.store.ts'
import { soonOf } from './sending.actions.ts'

/** How soon an answer is asked for: as urgent as the case, to change. The other side sees the time, and nothing of why. */
export async function ReplyBy(p: {
  readonly t: Words
  readonly db: Tx
  readonly partyId: string
  readonly to: { readonly partyId: string; readonly name: string }
  readonly file: Pick<CaseFile, 'urgency'>
  readonly typed: string | undefined
}) {
  const { t, to } = p
  const agreed = await agreedTimes(p.db, p.partyId, to.partyId)
  const now = Temporal.Now.instant()
  return (
    <Radios
      name="soon"
      small
      legend={t('referrals.reply.legend')}
      hint={t('referrals.reply.hint', { agency: to.name })}
      value={p.typed ?? soonOf(p.file)}
      items={urgencyIds.map((level) => ({
        value: level,
        text: t('referrals.reply.by', {
          when: t.dateTime(replyDue(t.pack, { kind: 'referral', level }, now, t.timeZone, agreed)),
        }),
        hint: t(`people.urgency.${level}`),
      }))}
    />
  )
}
