import type { Words } from '#platform/i18n'

import type { Closing } from './closing.ts'

/** One thing that was said, under its question. */
export interface ClosingRow {
  readonly key: string
  readonly value: string
}

/** What was said when a case ended, row by row. */
export function closingRows(t: Words, { body }: Pick<Closing, 'body'>): readonly ClosingRow[] {
  const { said } = body
  const row = (key: string, ...parts: readonly string[]) => {
    const value = parts.filter((part) => part !== '').join(' · ')
    return value === '' ? [] : [{ key: t(key), value }]
  }
  return [
    ...row('diary.closing.reason.legend', t(`diary.closing.reason.${said.reason}`)),
    ...row('diary.closing.outcome.legend', t(`diary.closing.outcome.${said.outcome}`), said.outcomeWords),
    ...row('diary.closing.way-back', said.wayBack),
    ...row('diary.closing.after.legend', t(`diary.closing.after.${said.after}`), said.afterWords),
    ...row('diary.closing.knows.legend', t(`diary.closing.knows.${said.knows}`), said.knowsWords),
    ...(said.spoken === null
      ? []
      : row('diary.closing.spoken.row', said.spoken.name, t.date(said.spoken.on), said.spoken.words)),
    ...row('diary.closing.open-then', body.open.join(' · ')),
  ]
}
