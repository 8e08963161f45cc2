import type { Words } from '#platform/i18n'

import type { ToldFrom } from './told.ts'

/** Where something was told, in one sentence. */
export function toldText(t: Words, from: ToldFrom): string {
  const who = from.who === '' ? t('people.told.somebody') : from.who
  return t(`people.told.how-${from.how}`, { who, date: t.date(from.on) })
}
