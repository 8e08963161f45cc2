import type { CaseFile, Helper } from '#people'
import type { Words } from '#platform/i18n'

import type { HeldItem } from './held-items.view.ts'
import { itemKey } from './kept-release.ts'
import { flaggedByName, namedIn } from './named.rules.ts'

/**
 * The agencies that help, each a thing of its own that the person may let one recipient see; none is chosen from the start. A
 * worker who has meanwhile been named as not safe is not offered.
 */
export function helperItems(t: Words, file: CaseFile): readonly HeldItem[] {
  return safeHelpers(file).map((helper) => {
    const item = { kind: 'helper-pointer' as const, ref: helper.id }
    const words = [
      [helper.person, helper.role, helper.phone].filter((part) => part !== '').join(', '),
      helper.next === '' ? '' : t('releases.held.helper-next', { next: helper.next }),
      t('releases.held.helper-kept'),
    ]
    return {
      ...item,
      key: itemKey(item),
      title: t('releases.held.helper', { agency: helper.agency }).slice(0, 200),
      text: words.filter((line) => line !== '').join('\n'),
      start: 'offered' as const,
    }
  })
}

/** Who helps, without anybody who is named in the case as causing harm or as not safe. */
export function safeHelpers(
  file: Parameters<typeof namedIn>[0] & Pick<CaseFile, 'helpers'>,
): readonly Helper[] {
  const people = namedIn(file)
  return file.helpers.filter((helper) => flaggedByName(people, helper.person) === null)
}
