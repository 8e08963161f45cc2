import { type ContactAct, mayContact, type SafeContact } from '#people'

/** Whether the person may be given day and time, on paper or for a calendar, and the sentence that says why not. */
export function mayTell(
  contact: SafeContact | null,
  how: 'print' | 'calendar',
  now: Date,
): { readonly may: boolean; readonly key: string } {
  if (contact === null) return { may: false, key: 'people.print.not-asked' }
  const act: ContactAct = {
    kind: how,
    wayId: null,
    namesAgency: false,
    hasLink: false,
    tellsMore: false,
    reminder: false,
  }
  const answer = mayContact(contact, act, now)
  return 'refused' in answer ? { may: false, key: answer.key } : { may: true, key: '' }
}
