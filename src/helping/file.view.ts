import type { CaseFile } from '#people'
import type { Words } from '#platform/i18n'
import { helperText } from '#referrals'

/** The list as the person's own file shows it. */
export function helpersInFile(t: Words, file: CaseFile): { readonly title: string; readonly text: string } {
  const lines = file.helpers.map((each) => `${each.agency}\n${helperText(t, { ...each, ref: each.id })}`)
  return { title: t('helping.title'), text: lines.join('\n\n') }
}
