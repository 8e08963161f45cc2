import type { CaseFile } from '#people'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import { closingsOf } from './closing.store.ts'
import { closingRows } from './closing.view.ts'
import { entriesOf } from './entry.store.ts'
import { cameText, whenText } from './entry.view.tsx'
import { handingsOf } from './handing.store.ts'

/** One thing of the diary as the person's own file has it. */
export interface DiaryInFile {
  readonly key: string
  readonly title: string
  readonly text: string
}

/** Everything the diary holds of a case, each with its words: steps, appointments, handing over, ending. */
export async function diaryInFile(db: Tx, t: Words, file: CaseFile): Promise<readonly DiaryInFile[]> {
  const entries = [
    ...(await entriesOf(db, file.key, 'open', 1000)),
    ...(await entriesOf(db, file.key, 'over', 1000)),
  ]
  return [
    ...entries.map((entry) => ({
      key: `diary~${entry.id}`,
      title: t(`diary.file.${entry.body.kind}`, { when: whenText(t, entry) }),
      text: [entry.body.words, entry.body.place, entry.body.theirWords, cameText(t, entry)]
        .filter((part) => part !== '')
        .join('\n'),
    })),
    ...(await handingsOf(db, file.key)).map((handing) => ({
      key: `handing~${handing.id}`,
      title: t('diary.file.handing', { when: t.date(handing.offeredAt) }),
      text: [handing.body.note, handing.body.answer].filter((part) => part !== '').join('\n'),
    })),
    ...(await closingsOf(db, file.key)).map((closing) => ({
      key: `closing~${closing.id}`,
      title: t('diary.file.closing', { when: t.date(closing.body.endedAt ?? closing.askedAt) }),
      text: closingRows(t, closing)
        .map((row) => `${row.key}: ${row.value}`)
        .join('\n'),
    })),
  ]
}
