import type { LoosePapers } from '#people'

import { othersIn } from './file-pack.rules.ts'
import { eraseLetters, lettersOf } from './letter.store.ts'

/** More than any agency files: all of them are read before something is erased. */
const all = 2000

/**
 * The letters from outside, for whoever erases a case. They were filed without looking whether anybody is known, so a person reads
 * them and ticks; a name of the case only brings a letter to the front.
 */
export const lettersToErase: LoosePapers = {
  async list(db, actor, t, file) {
    const letters = await lettersOf(db, actor, all)
    const papers = letters.map((letter) => {
      const words = [letter.from, letter.about, letter.answerTo, letter.answer ?? ''].filter(Boolean)
      return {
        id: letter.id,
        title: t('asks.letters.line', {
          writer: t(`asks.letters.writer-${letter.writer}`),
          date: t.date(letter.receivedOn),
        }),
        text: words.join(' · '),
        named: othersIn(words.join(' '), null, file.cards).length > 0,
      }
    })
    return [...papers.filter((paper) => paper.named), ...papers.filter((paper) => !paper.named)]
  },
  erase: (db, _actor, ids) => (ids.length === 0 ? Promise.resolve(0) : eraseLetters(db, ids)),
}
