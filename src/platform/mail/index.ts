export { outboxCarrier, smtpCarrier } from './carriers.ts'
export { type Letterhead, writeLetter } from './letter.ts'
export {
  type Letter,
  type MailCarrier,
  type MailOrder,
  type MailRefusal,
  type MailTemplate,
  mailTemplates,
  type Outbox,
} from './mail.ts'
export { type SendMail, sendMail } from './send.ts'
export { mailWords } from './words.ts'
export { putMail, sealOrder, sendWaiting, waitingMail } from './queue.ts'
