import type { TodaySource } from '#people'
import { mayDo } from '#platform/access'
import type { Words } from '#platform/i18n'
import type { DenseItem } from '#platform/ui'

import { isUndecided } from './due.view.ts'
import { threadItem } from './line.view.tsx'
import { type ListLine, threadsToday } from './list.actions.ts'
import { dayMarks, queryOf } from './list.rules.ts'
import { paths } from './paths.ts'

/** What needs a worker today from partners: a question to us, an answer of ours, a day that was expected, something unopened. */
export const threadsNow: TodaySource = async (db, actor, t, asked) => {
  const rest = {
    href: `${paths.list}${queryOf({ group: 'ours', who: 'mine' })}`,
    text: t('referrals.list.title'),
  }
  if (!mayDo(actor.roles, 'referral:read')) return { items: [], total: 0, rest }
  const marks = dayMarks(Temporal.Instant.fromEpochMilliseconds(asked.now.getTime()), t.timeZone)
  const found = await threadsToday(db, actor, asked.owners, marks, asked.limit)
  const items = found.lines.map((line) => ({
    at: momentOf(line),
    item: itemOf(t, line, { now: asked.now, worker: nameFor(line, actor.accountId, asked.names) }),
  }))
  return { items, total: found.total, rest }
}

/** When it needs somebody: when an answer is due, when something was expected; else since it began. */
function momentOf(line: ListLine): Date {
  if (line.dueAt !== null && isUndecided(line)) return line.dueAt
  return line.expectedAt ?? line.startedAt
}

function nameFor(line: ListLine, self: string, names: ReadonlyMap<string, string>): string {
  return line.assigneeId === null || line.assigneeId === self ? '' : (names.get(line.assigneeId) ?? '')
}

function itemOf(t: Words, line: ListLine, about: { readonly now: Date; readonly worker: string }): DenseItem {
  const item = threadItem(t, line)
  const due = isUndecided(line) && line.side === 'to' ? line.dueAt : null
  const late = due !== null && due.getTime() < about.now.getTime()
  const meta = [
    t(`referrals.today.${whyOf(line)}`),
    typeof item.meta === 'string' ? item.meta : '',
    about.worker === '' ? '' : t('referrals.today.for', { name: about.worker }),
  ]
  return {
    ...item,
    meta: meta.filter((part) => part !== '').join(' · '),
    fresh: item.fresh === true || late,
    tag: late ? { text: t('referrals.today.late'), colour: 'orange' } : item.tag,
  }
}

/** The next act, in a few words. */
function whyOf(line: ListLine): 'answer' | 'decide' | 'ask-how' | 'read' {
  if (line.side === 'from' && line.state === 'question') return 'answer'
  if (line.side === 'to' && isUndecided(line)) return 'decide'
  if (line.fresh) return 'read'
  return 'ask-how'
}
