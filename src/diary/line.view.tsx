import type { Words } from '#platform/i18n'
import type { DenseItem } from '#platform/ui'

import type { DiaryLine } from './diary.actions.ts'
import type { Task } from './entry.ts'
import { standsAt } from './entry.rules.ts'
import { entryItem, type Names } from './entry.view.tsx'
import { taskPath } from './paths.ts'

/** One thing of a day: an entry of a case, or a task of one's own. */
export interface DayLine {
  readonly dueAt: Date
  readonly item: DenseItem
}

/** The lines of a diary and one's own tasks together, in the order of their time. */
export function dayLines(
  t: Words,
  lines: readonly DiaryLine[],
  tasks: readonly Task[],
  about: { readonly names: Names; readonly now: Date; readonly self: string },
): readonly DayLine[] {
  const entries = lines.map(({ entry, name }) => ({
    dueAt: entry.dueAt,
    item: entryItem(t, entry, { ...about, name }),
  }))
  const own = tasks.map((task) => ({ dueAt: task.dueAt, item: taskItem(t, task, about.now) }))
  return [...entries, ...own].toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
}

function taskItem(t: Words, task: Task, now: Date): DenseItem {
  const late = standsAt({ dueAt: task.dueAt, kind: 'task' }, now, t.timeZone) === 'late'
  return {
    href: taskPath(task.id),
    title: task.words,
    meta: [t('diary.task.own'), late ? t.shortDate(task.dueAt) : '']
      .filter((part) => part !== '')
      .join(' · '),
    fresh: late,
    tag: late ? { text: t('diary.tag.late'), colour: 'orange' } : undefined,
  }
}
