import type { FieldErrors } from '#platform/http'
import type { Words } from '#platform/i18n'

import type { NoLacks } from './keeping.ts'

const fields: Readonly<Record<NoLacks, string>> = {
  'same-day': 'sameDay',
  'same-day-person': 'sameDayPerson',
  sentence: 'sentence',
  who: 'who',
}

/** What a no lacks, at its field. */
export function lackAtField(t: Words, lacks: NoLacks): FieldErrors {
  return { [fields[lacks]]: t(`referrals.act.decline.${lacks}-missing`) }
}
