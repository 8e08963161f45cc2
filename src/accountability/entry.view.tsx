import type { Words } from '#platform/i18n'
import { Lines, type SummaryListRow } from '#platform/ui'

import type { Entry, EntryBody } from './entry.ts'

/** What an entry says in one line. */
export function entryTitle(t: Words, body: EntryBody): string {
  if (body.kind === 'action') return t(`accountability.measure.${body.measure}`)
  if (body.kind === 'change') return t(`accountability.changed.${body.change}`)
  return body.dangers.length === 0
    ? t('accountability.notice.one')
    : t.list(body.dangers.map((danger) => t(`accountability.danger.${danger}`)))
}

/** Which agency, and who there. */
export function entryWho(t: Words, body: EntryBody): string {
  const agency = body.agency === '' ? t(`accountability.source.${body.source}`) : body.agency
  return 'who' in body && body.who !== '' ? t('accountability.who-of', { who: body.who, agency }) : agency
}

/** When it was, or is due. */
export function entryWhen(t: Words, entry: Entry): string {
  const { body, dueAt } = entry
  if (body.kind !== 'action') return t.date(body.on)
  if (body.result !== null) return t.date(body.result.on)
  return dueAt === null ? '' : t('accountability.by-when', { date: t.date(dueAt) })
}

/** Everything an entry says, row by row. */
export function entryRows(t: Words, entry: Entry): readonly SummaryListRow[] {
  const { body } = entry
  const rows: SummaryListRow[] = [
    { key: t('accountability.what'), value: entryTitle(t, body) },
    { key: t('accountability.who'), value: entryWho(t, body) },
    { key: t('accountability.when'), value: entryWhen(t, entry) },
  ]
  if (body.words !== '') rows.push({ key: t('accountability.words'), value: <Lines text={body.words} /> })
  const end = body.kind === 'action' ? body.result : body.kind === 'notice' ? body.answer : null
  if (end !== null && end !== undefined) {
    const how = body.kind === 'action' && body.result !== null ? body.result.outcome : 'answered'
    rows.push({ key: t(`accountability.end.${how}`), value: <Lines text={end.words} /> })
  }
  return rows
}
