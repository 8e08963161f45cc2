import type { Words } from '#platform/i18n'

import { type Barrier, barriers, noAnswers, type SessionBody } from './session.ts'

const own: readonly Barrier[] = noAnswers

/** What got in the way, in the words in which it is asked everywhere. */
export function barrierText(t: Words, barrier: Barrier): string {
  return own.includes(barrier) ? t(`referrals.session.barrier.${barrier}`) : t(`diary.way.${barrier}`)
}

/** A session, line by line: how it went, when, when instead, and what got in the way. */
export function sessionLines(
  t: Words,
  session: Pick<SessionBody, 'went' | 'on' | 'movedTo' | 'barriers' | 'words'>,
): readonly { readonly key: string; readonly value: string }[] {
  const { went, on, movedTo, words } = session
  const inOrder = barriers.filter((each) => session.barriers.includes(each))
  return [
    { key: t('referrals.session.went'), value: t(`referrals.session.way.${went}`) },
    { key: t('referrals.session.on'), value: t.date(on) },
    { key: t('referrals.session.moved-to'), value: movedTo === null ? '' : t.date(movedTo) },
    { key: t('referrals.session.barriers'), value: inOrder.map((each) => barrierText(t, each)).join('\n') },
    { key: t('referrals.letter.own-words'), value: words },
  ]
}
