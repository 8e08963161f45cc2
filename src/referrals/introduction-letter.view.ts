import type { Words } from '#platform/i18n'

import type { Introduction, Meeting } from './introduction.ts'
import type { LetterRow } from './letter.view.ts'

/** What a letter about an introduction says, line by line. */
export function introductionRows(t: Words, letter: Introduction): readonly LetterRow[] {
  switch (letter.about) {
    case 'introduction':
      return [
        ...meetingRows(t, letter.meeting),
        {
          key: t('referrals.letter.agreed'),
          value: letter.agreed === true ? t('referrals.intro.agreed') : '',
        },
        { key: t('referrals.letter.in-the-way'), value: wayText(t, letter.moved?.inTheWay ?? []) },
      ]
    case 'introduction-step':
      return stepRows(t, letter)
    case 'met':
      return [
        { key: t('referrals.letter.met-on'), value: t.date(letter.on) },
        { key: t('referrals.letter.came-along'), value: letter.cameAlong },
        { key: t('referrals.letter.own-words'), value: letter.words },
      ]
  }
}

/** A meeting, line by line; what nobody settled is left out by whoever shows it. */
export function meetingRows(t: Words, meeting: Meeting): readonly LetterRow[] {
  const { at, dayOnly, way } = meeting
  const when = at === null ? '' : dayOnly === true ? t.date(at) : t.dateTime(at)
  return [
    { key: t('referrals.letter.when'), value: when },
    { key: t('referrals.letter.way'), value: way === undefined ? '' : t(`referrals.intro.way-${way}`) },
    { key: t('referrals.letter.where'), value: meeting.where },
    { key: t('referrals.letter.along'), value: meeting.whoGoesAlong },
  ]
}

function stepRows(
  t: Words,
  letter: Extract<Introduction, { about: 'introduction-step' }>,
): readonly LetterRow[] {
  const { step, on, who, inTheWay, asked, words } = letter
  const missed = step === 'not-happened'
  return [
    { key: t('referrals.letter.step'), value: t(`referrals.intro.state-${step}`) },
    { key: t('referrals.letter.on'), value: t.date(on) },
    { key: t('referrals.letter.was-there'), value: who },
    {
      key: t('referrals.letter.in-the-way'),
      value: asked ? wayText(t, inTheWay) : t('referrals.intro.not-asked'),
    },
    { key: t(missed ? 'referrals.letter.own-words' : 'referrals.letter.note'), value: words },
  ]
}

/** What got in the way, as one sentence of a list. */
export function wayText(t: Words, inTheWay: readonly string[]): string {
  return inTheWay.map((barrier) => t(`diary.way.${barrier}`)).join('\n')
}
