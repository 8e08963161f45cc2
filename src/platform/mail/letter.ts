import { calendarText } from '#platform/calendar'

import type { Letter, MailOrder, MailRefusal } from './mail.ts'

/** What every letter of this installation shares. */
export interface Letterhead {
  /** Says a sentence of `mail.…` in the installation's language. */
  readonly say: (key: string, vars?: Readonly<Record<string, string>>) => string
  readonly from: string
  /** The address people type; links lead nowhere else. */
  readonly publicUrl: string
}

/** Writes the letter for an order. Refuses an address that is not exactly one, and a link that leaves this installation. */
export function writeLetter(order: MailOrder, head: Letterhead): Letter | MailRefusal {
  if (!isOneAddress(order.to)) return { refused: 'address' }
  const link = order.link ?? head.publicUrl
  if (!leadsHere(link, head.publicUrl)) return { refused: 'link' }
  const { say, from } = head
  const text = say(`mail.${order.template}.text`, { link })
  const letter = { fromName: say('mail.sender'), from, to: order.to, subject: say('mail.subject'), text }
  return order.entry === undefined ? letter : { ...letter, calendar: calendarOf(order.entry, order.to, head) }
}

function calendarOf(
  entry: NonNullable<MailOrder['entry']>,
  to: string,
  { say, from }: Letterhead,
): NonNullable<Letter['calendar']> {
  const line = { ...entry, title: say('mail.calendar.title') }
  const text = calendarText([line], { is: 'mailed', from, to }, new Date())
  return { method: entry.off === true ? 'CANCEL' : 'REQUEST', text }
}

// Deliberately narrow: quoted names, comments and lists are ways to add a second reader.
function isOneAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@,;:<>()[\]"\\]+@[^\s@,;:<>()[\]"\\]+\.[^\s@,;:<>()[\]"\\]+$/.test(text)
}

function leadsHere(link: string, publicUrl: string): boolean {
  return URL.canParse(link) && new URL(link).origin === new URL(publicUrl).origin && !/\s/.test(link)
}
