import type { Words } from '#platform/i18n'

import type { Urgency } from './urgency.ts'
import { owedBy, urgencyLevels } from './urgency.rules.ts'

/** The levels to choose from, each with the time it gives. */
export function levelItems(t: Words): readonly { value: string; text: string; hint: string }[] {
  return urgencyLevels(t.pack).map(({ level, hours }) => ({
    value: level,
    text: t(`people.urgency.${level}`),
    hint: hours === null ? t('people.urgency.no-hours') : t('people.urgency.hours', { count: hours }),
  }))
}

/** How urgent a case is in one sentence, and plainly whether a first contact is overdue. */
export function urgencySentence(t: Words, urgency: Urgency | null, now: Date = new Date()): string {
  if (urgency === null) return t('people.urgency.not-said')
  const level = t(`people.urgency.${urgency.level}`)
  const owed = owedBy(urgency)
  if (urgency.met !== null)
    return t('people.urgency.says-met', { level, when: t.dateTime(new Date(urgency.met.at)) })
  if (owed === null) return t('people.urgency.says-none', { level })
  const key = owed.getTime() < now.getTime() ? 'people.urgency.says-overdue' : 'people.urgency.says-owed'
  return t(key, { level, when: t.dateTime(owed) })
}
