import type { CalendarLine } from '#platform/calendar'

/** The only mails there are. None says who, what or why. */
export const mailTemplates = [
  'something-waits',
  'invitation-link',
  'something-waits-link',
  'letter-link',
  'calendar',
] as const
export type MailTemplate = (typeof mailTemplates)[number]

/** What is to be sent: to one address, one of the closed list, perhaps with a link into this installation. */
export interface MailOrder {
  readonly to: string
  readonly template: MailTemplate
  readonly link?: string | undefined
  /** An entry for the calendar of whoever gets the mail; its words are the same for everybody and stand in the wording packs. */
  readonly entry?: Omit<CalendarLine, 'title' | 'place'> | undefined
}

/** A mail as it leaves: plain text, perhaps a calendar entry, nothing to load, nothing to count. */
export interface Letter {
  readonly fromName: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  /** iCalendar text that mail programs take into a calendar. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string }
}

/** Why a mail did not leave; no address and no server's sentence, which could quote one. */
export type MailRefusal = { readonly refused: 'address' | 'link' | 'unreachable' | 'not-accepted' }

/** Where mail goes when no server is set: the demo's outbox page. */
export interface Outbox {
  put(letter: Letter): Promise<void>
}

/** Sends letters until it is closed. */
export interface MailCarrier {
  carry(letter: Letter): Promise<{ readonly sent: true } | MailRefusal>
  close(): void
}
