import { InsetText } from '#platform/ui'
import { lawPackOf, packField, privilegeOf, privilegeText, roleOf, type Screen } from '#releases'

import { byRule } from './frame.view.tsx'

/** Whether the law of the place wants the person told before anything goes; not set, or no pack, is yes. */
export function mustTell(who: Pick<Screen['actor'], 'pack' | 'law'>): boolean {
  return packField(lawPackOf(who.pack, who.law), 'notify-if-compelled').value
}

/** What the law of the place says of an advocate's words, and of telling the person: for whoever asks the lawyer. */
export function CourtLaw({ screen: { t, actor } }: { readonly screen: Pick<Screen, 't' | 'actor'> }) {
  const law = lawPackOf(actor.pack, actor.law)
  const privilege = privilegeOf(law, roleOf(actor.sector))
  const told = packField(law, 'notify-if-compelled')
  const read = packField(law, 'advocate-privilege')
  return (
    <InsetText>
      {actor.pack === 'us' ? (
        <>
          <p class="govuk-body">
            {byRule(t, t(`grounds.court.privilege.${privilege.class}`), privilege.row)}
          </p>
          {privilege.class === 'on-conditions' ? (
            <p class="govuk-body">{privilegeText(t, read.value)}</p>
          ) : null}
        </>
      ) : null}
      <p class="govuk-body">
        {byRule(t, t(`grounds.court.must-tell.${told.value ? 'yes' : 'no'}`), told.row)}
      </p>
    </InsetText>
  )
}
