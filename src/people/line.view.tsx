import type { Words } from '#platform/i18n'
import type { DenseItem } from '#platform/ui'

import type { CaseLine } from './case.ts'
import { casePath } from './paths.ts'

/** A case as a line of a list: the name to use, what is due, when it last changed, and whose it is where that matters. */
export function caseItem(t: Words, line: CaseLine, owner?: string): DenseItem {
  const due = line.dueAt === null ? null : t('people.line.due', { date: dueText(t, line.dueAt) })
  const late = line.dueAt !== null && line.dueAt.getTime() < Date.now()
  const parts = [
    line.name === '' ? t('people.line.started', { date: t.shortDate(line.openedAt) }) : null,
    due,
    t('people.line.changed', { date: t.shortDate(line.updatedAt) }),
    owner === undefined ? null : t('people.line.worker', { name: owner }),
  ]
  return {
    href: casePath('case', line.caseId),
    title: line.name === '' ? t('people.no-name') : line.name,
    meta: parts.filter((part) => part !== null).join(' · '),
    fresh: late,
    tag: late
      ? { text: t('people.line.late'), colour: 'orange' }
      : line.sort === 'closed'
        ? { text: t('people.closed-tag'), colour: 'purple' }
        : undefined,
  }
}

/** A day where only a day was set, which lies at noon; else the hour too: a first contact is owed by the hour. */
function dueText(t: Words, due: Date): string {
  const at = Temporal.Instant.fromEpochMilliseconds(due.getTime()).toZonedDateTimeISO(t.timeZone)
  return at.hour === 12 && at.minute === 0 ? t.shortDate(due) : t.dateTime(due)
}
