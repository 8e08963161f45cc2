import type { Words } from '#platform/i18n'
import { InsetText, Lines, Radios } from '#platform/ui'

import { hears } from './thread.rules.ts'
import { endTellings, type Thread } from './thread.ts'

/** Whether the other side could hear how it ended: only then is the person asked what it may hear. */
export function couldHearEnd(thread: Pick<Thread, 'side' | 'kind' | 'comesBack'>): boolean {
  return thread.kind === 'referral' && (thread.side === 'from' || hears(thread.comesBack, 'outcome'))
}

/** The person’s wish: what the other side may hear of how it ended. As much as the permission lets, or less. */
export function MayHear(p: {
  readonly t: Words
  readonly thread: Thread
  readonly value: string
  readonly error: string | undefined
}) {
  const { t, thread } = p
  if (!couldHearEnd(thread))
    return thread.kind === 'ask' ? null : (
      <InsetText>{t('referrals.ended.never', { agency: thread.otherName })}</InsetText>
    )
  return (
    <Radios
      name="told"
      legend={t('referrals.ended.legend', { agency: thread.otherName })}
      hint={t('referrals.ended.hint')}
      value={p.value}
      error={p.error}
      items={endTellings.map((each) => ({ value: each, text: t(`referrals.ended.${each}`) }))}
    />
  )
}

/** How it ended, where the other side heard less than is kept here. */
export function EndedHere({ t, thread }: { readonly t: Words; readonly thread: Thread }) {
  const ended = thread.body?.ended ?? null
  if (thread.state !== 'ended' || ended === null || ended.told === 'all') return null
  return (
    <InsetText>
      <p class="govuk-body">{t(`referrals.ended.kept-${ended.told}`, { agency: thread.otherName })}</p>
      <p class="govuk-body">
        <strong>{t(`referrals.outcome.${ended.outcome}`)}</strong>
      </p>
      {ended.words === '' ? null : <Lines text={ended.words} />}
    </InsetText>
  )
}
