import type { Words } from '#platform/i18n'

import type { FilledForm } from './answer.ts'
import { filledPath } from './paths.ts'

/** A filled form as a line: what it is called, when and by whom it was last written, and whether more is to come. */
export function filledItem(t: Words, caseId: string, filled: FilledForm, names: ReadonlyMap<string, string>) {
  return {
    href: filledPath('filled', caseId, filled.id),
    title: filled.title,
    meta: filledBy(t, filled, names),
    ...(filled.state === 'in-progress'
      ? { tag: { text: t('intake.filled.state.in-progress'), colour: 'yellow' as const } }
      : {}),
  }
}

/** When a form was last written, and by whom. */
export function filledBy(
  t: Words,
  filled: Pick<FilledForm, 'updatedAt' | 'updatedBy'>,
  names: ReadonlyMap<string, string>,
): string {
  const name = names.get(filled.updatedBy) ?? t('intake.gone')
  return t('intake.filled.by', { date: t.dateTime(filled.updatedAt), name })
}
