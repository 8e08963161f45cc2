import type { Words } from '#platform/i18n'
import { InsetText } from '#platform/ui'

/** The query that says what of a file is kept and not acted on. */
export const noteKey = 'note'

const known = ['required', 'initial', 'not-equal', 'narrative', 'lists', 'logic']

/** What whoever brought a file should know of it; nothing when there is nothing. */
export function BroughtNotes({ t, notes }: { readonly t: Words; readonly notes: readonly string[] }) {
  const said = notes.filter((note) => known.includes(note))
  if (said.length === 0) return null
  return (
    <InsetText>
      <p>{t('intake.note.lead')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {said.map((note) => (
          <li>{t(`intake.note.${note}`)}</li>
        ))}
      </ul>
    </InsetText>
  )
}
