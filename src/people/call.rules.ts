import { AccessNeeds } from './access-needs.ts'
import type { CallForm } from './call.ts'
import { CardBody } from './card.ts'
import type { Need } from './need.ts'
import type { SafeContact } from './safe-contact.ts'

/** What one call becomes in a case; null where nothing was said, so that nothing is written as if it had been. */
export interface FromCall {
  readonly card: CardBody
  readonly contact: SafeContact | null
  readonly needs: readonly Need[]
  readonly accessNeeds: AccessNeeds | null
}

/** What the call needs of its surroundings. */
export interface CallContext {
  readonly zone: string
  readonly by: string
  readonly now: string
  readonly today: string
  readonly newId: () => string
}

/**
 * Sorts a call into the places of a case. A number counts as checked only when the person gave it themself: from anybody else
 * it is kept, and the gate refuses it until the person was asked (safe contact 3.2).
 */
export function fromCall(form: CallForm, at: CallContext): FromCall {
  const own = form.caller === 'self'
  const source = own ? 'said-so' : form.caller === 'professional' ? 'referrer' : 'other'
  const access = form.language !== '' || form.access !== ''
  return {
    card: CardBody.parse({ name: form.name, role: 'survivor', roleSource: source, roleSince: at.today }),
    contact: form.value === '' && form.when === 'not-known' ? null : contactFromCall(form, at, own),
    needs: form.words === '' ? [] : [{ id: at.newId(), code: '', words: form.words }],
    accessNeeds: access
      ? AccessNeeds.parse({
          language: form.language,
          interpreter: form.language === '' ? 'not-known' : 'yes',
          other: form.access,
        })
      : null,
  }
}

/** Which time box is wrong: hours that must not be rung need both ends; null where the times can be read. */
export function wrongTime(form: Pick<CallForm, 'when' | 'days' | 'from' | 'to'>): 'from' | 'to' | null {
  if (form.when !== 'except') return null
  if (form.from === '' && form.to === '') return form.days.length === 0 ? 'from' : null
  return form.from === '' ? 'from' : form.to === '' ? 'to' : null
}

function contactFromCall(form: CallForm, at: CallContext, own: boolean): SafeContact {
  const { channel, value, whoElseSees, voicemail } = form
  const days = form.days.length === 0 ? [1, 2, 3, 4, 5, 6, 7] : [...form.days]
  const window = { days, date: null, from: padded(form.from), to: padded(form.to) }
  return {
    nothingAtAll: false,
    ways: [
      {
        id: at.newId(),
        channel,
        value,
        whoElseSees,
        zone: at.zone,
        whenever: form.when !== 'not-known',
        safe: [],
        unsafe: form.when === 'except' ? [window] : [],
        callAs: 'neutral',
        voicemail,
        ifSomeoneElse: 'hang-up',
        content: 'neutral',
        envelope: 'no',
        trustedPersonRef: null,
      },
    ],
    nameSafeToSay: null,
    hasCodeWord: false,
    language: null,
    interpreter: null,
    reminders: 'no',
    calendar: 'no',
    printing: 'no',
    notSafe: [],
    verifiedAt: own ? at.now : null,
    verifiedBy: own ? at.by : null,
    changedBecause: null,
  }
}

function padded(clock: string): string {
  return clock === '' ? '00:00' : clock.padStart(5, '0')
}
