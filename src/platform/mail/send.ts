import { type Letterhead, writeLetter } from './letter.ts'
import type { MailCarrier, MailOrder, MailRefusal } from './mail.ts'

/** Sends one order; what the jobs call. */
export type SendMail = (order: MailOrder) => Promise<{ readonly sent: true } | MailRefusal>

/** Puts letterhead and carrier together. */
export function sendMail(head: Letterhead, carrier: MailCarrier): SendMail {
  return async (order) => {
    const letter = writeLetter(order, head)
    return 'refused' in letter ? letter : carrier.carry(letter)
  }
}
